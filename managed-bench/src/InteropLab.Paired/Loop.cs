using System;
using System.Runtime.CompilerServices;

namespace InteropLab.Paired;

/// <summary>
/// The one place from which the methods of a return type are called, whatever their variant or replica. It is compiled with full
/// optimisation at once and without profile, so that no target is ever inlined and no call skipped; nothing here allocates.
/// </summary>
internal static class Loop<T>
    where T : struct
{
    /// <summary>Calls so often; the last answer comes back.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static T Run(Func<T> call, long calls)
    {
        T last = default;
        for (long sixteens = calls >> 4; sixteens > 0; sixteens--)
        {
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            _ = call();
            last = call();
        }

        for (long rest = calls & 15; rest > 0; rest--)
        {
            last = call();
        }

        return last;
    }
}

/// <summary>The same for methods without a result.</summary>
internal static class VoidLoop
{
    /// <summary>Calls so often.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(Action call, long calls)
    {
        for (long sixteens = calls >> 4; sixteens > 0; sixteens--)
        {
            call();
            call();
            call();
            call();
            call();
            call();
            call();
            call();
            call();
            call();
            call();
            call();
            call();
            call();
            call();
            call();
        }

        for (long rest = calls & 15; rest > 0; rest--)
        {
            call();
        }
    }
}
