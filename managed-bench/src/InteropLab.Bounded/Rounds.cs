using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace InteropLab.Bounded;

/// <summary>Threads that start together, and the time from the first that begins to the last that ends: ten times, after once for nothing.</summary>
internal static class Rounds
{
    private const int Timed = 10;

    /// <param name="repeats">How often each thread does it in a round.</param>
    /// <param name="work">What a thread, by its number, does in a round.</param>
    public static void Run(Asked asked, int threads, int repeats, Action<int> work)
    {
        _ = Ticks(threads, work);
        for (int at = 0; at < Timed; at++)
        {
            asked.Time(repeats, Ticks(threads, work));
        }
    }

    private static long Ticks(int threads, Action<int> work)
    {
        using Barrier start = new(threads);
        long[] begun = new long[threads];
        long[] ended = new long[threads];
        Thread[] all = new Thread[threads];
        for (int at = 0; at < threads; at++)
        {
            int own = at;
            all[at] = new Thread(() =>
            {
                start.SignalAndWait();
                begun[own] = Stopwatch.GetTimestamp();
                work(own);
                ended[own] = Stopwatch.GetTimestamp();
            });
            all[at].Start();
        }

        foreach (Thread thread in all)
        {
            thread.Join();
        }

        return ended.Max() - begun.Min();
    }
}
