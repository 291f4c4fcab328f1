using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace InteropLab.Paired;

/// <summary>Finds how many calls fill a block, for entries whose plan does not say it.</summary>
internal static class Calibration
{
    private const int Unroll = 16;
    private const int Tries = 3;

    public static IEnumerable<CalibratedLine> Run(IEnumerable<Group> groups, LaunchPlan plan)
    {
        double ticks = plan.BlockNs * Stopwatch.Frequency / 1e9;
        long clock = plan.ClockCalls;
        long wide = plan.WideCalls;
        foreach (Group group in groups)
        {
            Set(group, Role.Clock, clock);
            Set(group, Role.Wide, wide);
            foreach (Timed entry in group.Entries.Where(static entry => entry.Calls == 0))
            {
                // Twins of the reference take as many calls as it does.
                if (entry.Role is Role.SamePointer or Role.Copy)
                {
                    entry.Calls = Array.Find(group.Entries, other => other.Key == entry.Key && other.Role == Role.Variant)!.Calls;
                    continue;
                }

                double perCall = TicksPerCall(entry.Bodies[0], ticks);
                entry.Calls = CallsOf(ticks / perCall);
                yield return new CalibratedLine("calibrated", entry.Key, entry.Role, entry.Calls, perCall * 1e9 / Stopwatch.Frequency);
            }

            clock = group.Entries[group.At(Role.Clock)].Calls;
            wide = group.Entries[group.At(Role.Wide)].Calls;
        }
    }

    /// <summary>Whole rounds of the unrolled loop, lead-in included, where a block has enough calls for them.</summary>
    internal static long CallsOf(double calls) => calls switch
    {
        >= 8 * Unroll => (long)calls / (2 * Unroll) * (2 * Unroll),
        >= Unroll => (long)calls / Unroll * Unroll,
        _ => Math.Max(1, (long)calls),
    };

    private static void Set(Group group, string role, long calls) => group.Entries[group.At(role)].Calls = calls;

    private static double TicksPerCall(Body body, double ticks)
    {
        long calls = 1;
        while (true)
        {
            long least = long.MaxValue;
            for (int i = 0; i < Tries; i++)
            {
                least = Math.Min(least, Rounds.Time(body, 1, calls));
            }

            if (least >= ticks / 4)
            {
                return (double)least / calls;
            }

            calls *= 4;
        }
    }
}
