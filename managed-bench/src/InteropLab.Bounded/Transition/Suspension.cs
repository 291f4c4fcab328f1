using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace InteropLab.Bounded.Transition;

/// <summary>How long it takes until all threads stand: threads in a managed loop, in short calls, in long ones, asleep.</summary>
internal static class Suspension
{
    private const double ShortMicroseconds = 1;
    private const double LongMicroseconds = 1000;
    private const int Turns = 1_000_000;

    private static int s_sink;

    public static void Run(Asked asked)
    {
        (uint few, uint many) = (Work.IterationsOf(ShortMicroseconds), Work.IterationsOf(LongMicroseconds));
        Action work = asked.Variant switch
        {
            "ManagedLoop" => Loop,
            "ShortCalls" => () => Work.Plain(few),
            "LongCalls" => () => Work.Plain(many),
            "Asleep" => static () => Thread.Sleep(1),
            _ => throw asked.NoVariant(),
        };
        using Pauses pauses = Pauses.Listening();
        using (Workers workers = new(asked.Number("threads"), work))
        {
            GcPause.Collect(pauses, asked.Seed, 2 * (int)LongMicroseconds);
        }

        asked.Tell(pauses, Roles.Wait);
    }

    // No call in it: the thread is stopped where it is, or not at all.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Loop()
    {
        int sum = s_sink;
        for (int turn = 0; turn < Turns; turn++)
        {
            sum = unchecked((sum * 31) + turn);
        }

        s_sink = sum;
    }
}
