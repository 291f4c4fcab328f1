using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace InteropLab.Bounded;

/// <summary>What a program is asked for, and where it says what it found.</summary>
internal sealed partial class Asked(BoundedPlan plan, Stream output)
{
    private static readonly double s_nanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private const int SetDumpable = 4; // PR_SET_DUMPABLE

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int SetProcess(int option, nuint value);

    public string Variant => plan.Variant;

    public ulong Seed => plan.Seed;

    public string Text(string param) =>
        plan.Params.TryGetValue(param, out string? text) ? text : throw PlanJson.Bad($"{plan.Case} needs the param {param}");

    public int Number(string param) =>
        int.TryParse(Text(param), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw PlanJson.Bad($"{plan.Case}: {param}={Text(param)} is not a positive number");

    public BadPlanException NoVariant() => PlanJson.Bad($"{plan.Case} has no variant '{Variant}'");

    /// <summary>The last words before something that may end the process, which leaves no file of its memory then.</summary>
    public void Begin()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetProcess(SetDumpable, 0);
        }

        Write(new BeginLine("begin"));
    }

    /// <summary>A pause or a wait, in nanoseconds.</summary>
    private void Event(string role, double ns) => Write(new EventLine("event", role, 1, ns));

    /// <summary>One event a collection: how long it paused, or how long it took until all threads stood.</summary>
    public void Tell(Pauses pauses, string role)
    {
        foreach (Collection one in pauses.Collected())
        {
            Event(role, role == Roles.Pause ? one.Pause : one.Suspend);
        }
    }

    /// <summary>So many calls took so long.</summary>
    public void Time(long calls, long ticks) => TimeNs(calls, ticks * s_nanosecondsPerTick);

    public void TimeNs(long calls, double ns) => Write(new EventLine("event", Roles.Time, calls, ns));

    /// <summary>What is not a time.</summary>
    public void Count(string name, double value, string unit) => Write(new CountLine("count", name, value, unit));

    public void Write<T>(T line) => JsonLine.Write(output, line);
}

/// <summary>What an event's time is of, as the samples' roles spell it.</summary>
internal static class Roles
{
    /// <summary>All managed threads stand still.</summary>
    public const string Pause = "pause";

    /// <summary>From the wish to stop all threads until they stand.</summary>
    public const string Wait = "wait";

    /// <summary>Calls of the variant.</summary>
    public const string Time = "variant";
}

/// <summary>First line: what this is.</summary>
/// <param name="Cpus">Processors that the process may use: without them a figure about threads means nothing.</param>
internal sealed record HelloLine(string Kind, int Schema, string Framework, bool ServerGc, int Cpus, string Impl, string Contract);

internal sealed record BeginLine(string Kind);

internal sealed record EventLine(string Kind, string Role, long Calls, double Ns);

internal sealed record CountLine(string Kind, string Name, double Value, string Unit);

internal sealed record DoneLine(string Kind);
