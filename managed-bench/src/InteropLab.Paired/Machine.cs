using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace InteropLab.Paired;

/// <summary>The timed thread and the CPU it runs on.</summary>
internal static unsafe partial class Machine
{
    private const int OfThisThread = 1; // RUSAGE_THREAD of Linux
    private const int Longs = 18; // struct rusage of 64-bit Linux: two times of two longs, fourteen counts
    private const int InvoluntaryAt = 17;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, long* usage);

    /// <summary>Times the system took the CPU from this thread so far; 0 where it cannot be asked.</summary>
    public static int InvoluntarySwitches()
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != sizeof(long))
        {
            return 0;
        }

        long* usage = stackalloc long[Longs];
        return GetUsage(OfThisThread, usage) == 0 ? (int)usage[InvoluntaryAt] : 0;
    }

    /// <summary>Pins the main thread, which does all the timing; the runtime's own threads, started before, stay free.</summary>
    public static void Pin(int cpu)
    {
        try
        {
            using Process self = Process.GetCurrentProcess();
            if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            {
                self.ProcessorAffinity = (nint)(1UL << cpu);
                return;
            }

            throw PlanJson.Bad($"cpu {cpu}: this system pins no thread");
        }
        catch (Exception refused) when (refused is Win32Exception or ArgumentException)
        {
            throw PlanJson.Bad($"cpu {cpu}: cannot be pinned to: {OneLine.Of(refused.Message)}");
        }
    }
}
