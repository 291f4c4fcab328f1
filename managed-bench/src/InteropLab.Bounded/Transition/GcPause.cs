using System;
using System.Threading;

namespace InteropLab.Bounded.Transition;

/// <summary>Collections while another thread is inside native code most of the time, with and without the transition.</summary>
internal static class GcPause
{
    private const int Collections = 40;
    private const int MostSpins = 2000;

    public static void Run(Asked asked)
    {
        uint iterations = Work.IterationsOf(asked.Number("work_us"));
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
            Collect(pauses, asked.Seed);
        }

        foreach (Collection one in pauses.Collected())
        {
            asked.Event(Roles.Pause, one.Pause);
        }
    }

    /// <summary>Collections at random moments of whatever the other threads do.</summary>
    public static void Collect(Pauses pauses, ulong seed)
    {
        Random random = new((int)seed);
        for (int at = 0; at < Collections; at++)
        {
            Thread.SpinWait(random.Next(MostSpins));
            pauses.Collect();
        }
    }

    /// <summary>Suspensions of <see cref="Collect"/>.</summary>
    public static void TellWaits(Pauses pauses, Asked asked)
    {
        foreach (Collection one in pauses.Collected())
        {
            asked.Event(Roles.Wait, one.Suspend);
        }
    }
}
