using System;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InteropLab.Startup;

/// <summary>One process: one row, from its start to its last line.</summary>
internal static unsafe class Launch
{
    private const string Spawned = "LAB_SPAWNED_NS";
    private const string PeakLine = "VmHWM:";

    public static int Run(Asked asked, long begun, bool counting)
    {
        Intervals times = new();
        times.FromStart(Environment.GetEnvironmentVariable(Spawned), begun);
        string file = Path.GetFileNameWithoutExtension(Kernels.Path);
        Steps steps = Programs.Find(asked);
        steps.Opened ??= file;
        times.Compile();
        Counted? counted = counting ? Counted.Listening() : null;
        (long first, long second) = Take(in steps, times, counted);

        Lines lines = new();
        int resolved = Kernels.ResolverCalls;
        lines.Hello(RuntimeInformation.FrameworkDescription, !RuntimeFeature.IsDynamicCodeSupported, Image.IsPrecompiled("InteropLab.Startup"), resolved, Kernels.Prove());
        Check(asked, "first", first, steps.First);
        Check(asked, "second", second, steps.Second);
        if (counted is null)
        {
            times.Tell(lines);
            TellPeak(lines);
        }
        else
        {
            counted.Tell(lines);
        }

        if (steps.After != null)
        {
            steps.After(lines);
        }

        lines.Done();
        lines.Write();
        return ExitCode.Done;
    }

    // Nothing but what is timed may stand between two time stamps.
    private static (long First, long Second) Take(in Steps steps, Intervals times, Counted? counted)
    {
        if (steps.Load != null)
        {
            times.Begin(Intervals.Load);
            steps.Load();
            times.End(Intervals.Load);
        }

        if (steps.Bind != null)
        {
            times.Begin(Intervals.Bind);
            steps.Bind();
            times.End(Intervals.Bind);
        }

        if (steps.Stub != null)
        {
            times.Begin(Intervals.Stub);
            steps.Stub();
            times.End(Intervals.Stub);
        }

        times.Begin(Intervals.FirstCall);
        long first = steps.Call();
        times.End(Intervals.FirstCall);
        counted?.Stop(steps.Opened!);
        times.Begin(Intervals.SecondCall);
        long second = steps.Call();
        times.End(Intervals.SecondCall);
        return (first, second);
    }

    private static void Check(Asked asked, string which, long found, long expected)
    {
        if (found != expected)
        {
            throw new RefusedException(ExitCode.WrongAnswer, $"{asked.Program}/{asked.Params}/{asked.Variant}: the {which} call answered {found}, expected {expected}");
        }
    }

    // The most memory the process ever held, as the kernel counts it.
    private static void TellPeak(Lines lines)
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            return;
        }

        foreach (string line in File.ReadLines(Status))
        {
            if (line.StartsWith(PeakLine, StringComparison.Ordinal))
            {
                string kibibytes = line[PeakLine.Length..].Trim().Split(' ')[0];
                lines.Count("peak_memory", long.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024, "bytes");
            }
        }
    }
}
