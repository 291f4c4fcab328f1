using System;
using System.Diagnostics;
using System.Threading;

namespace InteropLab.Bounded.Transition;

/// <summary>Collections while another thread is inside native code most of the time, with and without the transition.</summary>
internal static class GcPause
{
    private const int Collections = 40;

    public static void Run(Asked asked)
    {
        int microseconds = asked.Number("work_us");
        uint iterations = Work.IterationsOf(microseconds);
        Action work = asked.Variant switch
        {
            "Plain" => () => Work.Plain(iterations),
            "Suppressed" => () => Work.Suppressed(iterations),
            "Idle" => static () => Thread.Sleep(1),
            _ => throw asked.NoVariant(),
        };
        using Pauses pauses = Pauses.Listening();
        using (Workers workers = new(1, work))
        {
            Collect(pauses, asked.Seed, 2 * microseconds);
        }

        asked.Tell(pauses, Roles.Pause);
    }

    /// <summary>
    /// Collections at random moments of whatever the other threads do. The one before ends where a call ends: without a wait of about
    /// a call's length every collection would find the next call at the same point.
    /// </summary>
    /// <param name="most">The longest wait, in microseconds.</param>
    public static void Collect(Pauses pauses, ulong seed, int most)
    {
        Random random = new((int)seed);
        for (int at = 0; at < Collections; at++)
        {
            long until = Stopwatch.GetTimestamp() + (long)(random.NextDouble() * most * Stopwatch.Frequency / 1e6);
            while (Stopwatch.GetTimestamp() < until)
            {
            }

            pauses.Collect();
        }
    }
}
