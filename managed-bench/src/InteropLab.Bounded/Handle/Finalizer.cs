using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

using InteropLab.Cases;

namespace InteropLab.Bounded.Handle;

/// <summary>Handles that are disposed of beside handles that are left to their finalizer, both with the collection that ends them.</summary>
internal static class Finalizer
{
    private const int Rounds = 10;

    public static void Run(Asked asked)
    {
        int n = asked.Number("n");
        Action<int> make = asked.Variant switch
        {
            "Dispose" => Dispose,
            "Finalizer" => Abandon,
            _ => throw asked.NoVariant(),
        };
        double peak = 0;
        Collect(make, 1); // compiled, and nothing is left of what came before
        TimeSpan paused = GC.GetTotalPauseDuration();
        for (int at = 0; at < Rounds; at++)
        {
            long from = Stopwatch.GetTimestamp();
            peak = Math.Max(peak, Collect(make, n));
            asked.Time(n, Stopwatch.GetTimestamp() - from);
        }

        asked.Count("peak_live_handles", peak, "handles");
        asked.Count("gc_pause_ns", (GC.GetTotalPauseDuration() - paused).TotalNanoseconds / Rounds, "ns a round");
    }

    /// <summary>Native objects that lived before the collection.</summary>
    private static long Collect(Action<int> make, int n)
    {
        make(n);
        long live = KernelFacts.Live().Handles;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return live;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Dispose(int n)
    {
        for (int at = 0; at < n; at++)
        {
            CounterHandle.Create().Dispose();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(int n)
    {
        for (int at = 0; at < n; at++)
        {
            GC.KeepAlive(CounterHandle.Create());
        }
    }
}
