using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace InteropLab.Bounded.Transition;

/// <summary>Native work of a length in microseconds: the kernel of <c>transition_work</c>.</summary>
internal static partial class Work
{
    private const uint Trial = 1 << 20;

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_work")]
    internal static partial ulong Plain(uint iterations);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_work_nogc"), SuppressGCTransition]
    internal static partial ulong Suppressed(uint iterations);

    /// <summary>Iterations that take so long on this machine, by the fastest of some trials.</summary>
    public static uint IterationsOf(double microseconds)
    {
        long fastest = long.MaxValue;
        for (int trial = 0; trial < 10; trial++)
        {
            long from = Stopwatch.GetTimestamp();
            _ = Plain(Trial);
            fastest = Math.Min(fastest, Stopwatch.GetTimestamp() - from);
        }

        double perMicrosecond = Trial / (fastest * 1e6 / Stopwatch.Frequency);
        return (uint)Math.Max(1, microseconds * perMicrosecond);
    }
}
