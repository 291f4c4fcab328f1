using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;

using InteropLab.Cases;

namespace InteropLab.Bench;

/// <summary>Counts what one call of each entry takes from the heaps, in optimised code; times nothing, judges nothing.</summary>
internal static class AllocationsVerb
{
    // The runtime allocates now and then too: the least of several batches is the method's own.
    private const int Batches = 5;
    private const int MostCalls = 64;
    private static readonly TimeSpan s_batch = TimeSpan.FromMicroseconds(200);

    public static int Run(TextReader input, TextWriter output)
    {
        AllocationsPlan plan = Plans.ReadAllocations(input);
        _ = KernelLibrary.Handle; // refuse before anything is called
        HashSet<(string Type, string Method)> slow = WarmUp.Run(plan.Entries);
        foreach (AllocationsEntry entry in plan.Entries)
        {
            Write(output, slow.Contains((entry.Type, entry.Method))
                ? new Allocations("allocations", entry.Key) { Error = "never reached tier 1" }
                : Count(entry));
        }

        Write(output, new Counted("done", HeapCounts.CountsNative));
        output.Flush();
        return ExitCode.Done;
    }

    private static Allocations Count(AllocationsEntry entry)
    {
        object? instance = null;
        try
        {
            Entry type = Entries.Find(entry.Type)!;
            Func<object, long> call = type.Find(entry.Method)!.Call;
            instance = type.Prepare(entry.Params);
            int calls = CallsPerBatch(call, instance);
            HeapCounts least = Batch(call, instance, calls);
            for (int i = 1; i < Batches; i++)
            {
                least = least.Least(Batch(call, instance, calls));
            }

            return new Allocations("allocations", entry.Key, calls, least.ManagedBytes, least.NativeAllocs, least.NativeFrees);
        }
        catch (Exception thrown)
        {
            return new Allocations("allocations", entry.Key) { Error = OneLine.Of(thrown) };
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
        }
    }

    private static HeapCounts Batch(Func<object, long> call, object instance, int calls)
    {
        HeapCounts before = HeapCounts.Now();
        for (int i = 0; i < calls; i++)
        {
            _ = call(instance);
        }

        return HeapCounts.Now() - before;
    }

    // The first call of an instance may rent or bind something; the second tells how long one takes.
    private static int CallsPerBatch(Func<object, long> call, object instance)
    {
        _ = call(instance);
        long start = Stopwatch.GetTimestamp();
        _ = call(instance);
        long ticks = Math.Max(1, Stopwatch.GetElapsedTime(start).Ticks);
        return (int)Math.Clamp(s_batch.Ticks / ticks, 1, MostCalls);
    }

    private static void Write<T>(TextWriter output, T line) => output.WriteLine(JsonSerializer.Serialize(line, PlanJson.Options));
}

/// <summary>One entry.</summary>
/// <param name="Calls">Calls of the method that the counts are of.</param>
/// <param name="NativeAllocs">By the calling thread, the kernel's own among them; null where nothing counted them.</param>
internal sealed record Allocations(
    string Kind, string Key, int? Calls = null, long? ManagedBytes = null, long? NativeAllocs = null, long? NativeFrees = null)
{
    /// <summary>Why there is no count.</summary>
    public string? Error { get; init; }
}

/// <summary>Last line.</summary>
/// <param name="Native">Whether calls of malloc and free were counted.</param>
internal sealed record Counted(string Kind, bool Native);
