using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;

using InteropLab.Cases;
using InteropLab.Cases.Raw;

namespace InteropLab.Bench;

/// <summary>Calls every entry of a plan and says what it answered; times nothing, judges nothing.</summary>
internal static class VerifyVerb
{
    // A variant may be right once and wrong later: a buffer given back too early, a callback collected.
    private const int CallsPerEntry = 4;

    public static int Run(TextReader input, TextWriter output)
    {
        VerifyPlan plan = Plans.ReadVerify(input);
        Write(output, Hello());
        bool counts = KernelFacts.CountsCalls;
        foreach (VerifyEntry entry in plan.Entries)
        {
            LiveObjects before = KernelFacts.Live();
            Verified line = Verify(entry, counts);
            LiveObjects after = KernelFacts.Live();
            Write(output, line with { Error = line.Error ?? Leak(before, after) });
        }

        Write(output, new Done("done", KernelFacts.Live(), LayoutDifference() ?? "ok"));
        output.Flush();
        return ExitCode.Done;
    }

    private static Hello Hello() => new(
        "hello",
        1,
        Environment.Version.ToString(),
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.RuntimeIdentifier,
        KernelFacts.Impl,
        Catalogue.Contract.ToString("x16", null),
        KernelFacts.Compiler,
        Environment.GetEnvironmentVariable(KernelLibrary.PathVariable)!);

    private static Verified Verify(VerifyEntry entry, bool counts)
    {
        Verified line = new("verified", entry.Key, entry.Expected, null, entry.Calls, null, null);
        object? instance = null;
        try
        {
            Entry type = Entries.Find(entry.Type)!;
            EntryMethod method = type.Find(entry.Method)!;
            instance = type.Prepare(entry.Params);

            // The first call is apart: it binds imports, and may call more than a later one does.
            line = line with { Got = Answer(type, method, instance) };
            if (counts)
            {
                (long calls, string? strays) = CountCalls(entry, () => method.Call(instance));
                line = line with { Calls = calls, Error = strays };
            }

            for (int i = counts ? 2 : 1; i < CallsPerEntry; i++)
            {
                long again = Answer(type, method, instance);
                if (again != line.Got)
                {
                    return line with { Error = $"call {i + 1} answered {again}, the first one {line.Got}" };
                }
            }
        }
        catch (Exception thrown)
        {
            return line with { Got = null, Error = OneLine.Of(thrown) };
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
        }

        return line;
    }

    // A method that returns nothing is proved by what it left behind.
    private static long Answer(Entry type, EntryMethod method, object instance)
    {
        long returned = method.Call(instance);
        return type.Observe is null ? returned : type.Observe(instance);
    }

    private static (long Calls, string? Strays) CountCalls(VerifyEntry entry, Func<long> call)
    {
        KernelFacts.ResetCalls();
        _ = call();
        long calls = entry.Symbol is null ? 0 : KernelFacts.Calls(entry.Symbol);
        IEnumerable<string> strays =
            from other in Catalogue.Symbols
            where other != entry.Symbol
            let count = KernelFacts.Calls(other)
            let expected = entry.Also?.GetValueOrDefault(other) ?? 0
            where count != expected
            select expected == 0 ? $"also called {count} x {other}" : $"called {count} x {other}, expected {expected}";
        string text = string.Join(", ", strays);
        return (calls, text.Length == 0 ? null : text);
    }

    // The instance is disposed of: what still lives, this entry has made and not freed.
    private static string? Leak(LiveObjects before, LiveObjects after) => before == after
        ? null
        : $"leaves {after.Handles - before.Handles} handles, {after.Strings - before.Strings} strings, {after.Blocks - before.Blocks} blocks, {after.Objects - before.Objects} objects alive";

    private static string? LayoutDifference() => Layouts.Difference(
        KernelFacts.Layout(),
        Layouts.Managed(typeof(KernelsLayoutEntry).Assembly, typeof(Entries).Assembly, typeof(BlittableAddI32Raw).Assembly));

    private static void Write<T>(TextWriter output, T line) => output.WriteLine(JsonSerializer.Serialize(line, PlanJson.Options));
}

/// <summary>First line: which runtime, which library.</summary>
internal sealed record Hello(
    string Kind, int Schema, string Runtime, string Framework, string Rid, string Impl, string Contract, string Compiler, string Library);

/// <summary>One entry.</summary>
/// <param name="Got">Its answer; null where it threw.</param>
/// <param name="Calls">Native calls it made; null where the library does not count.</param>
/// <param name="Error">What went wrong beyond the answer; null where nothing did.</param>
internal sealed record Verified(string Kind, string Key, long Expected, long? Got, long CallsExpected, long? Calls, string? Error);

/// <summary>Last line: what the library still holds, and whether both sides lay out structs alike.</summary>
internal sealed record Done(string Kind, LiveObjects Live, string Layout);
