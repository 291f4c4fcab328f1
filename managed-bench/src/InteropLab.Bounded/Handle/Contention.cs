using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

using InteropLab.Cases;

namespace InteropLab.Bounded.Handle;

/// <summary>Threads that call with one handle, with a handle each, or with one address and no handle.</summary>
internal static partial class Contention
{
    private const int Rounds = 10;
    private const int Calls = 100_000;

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_call")]
    private static partial ulong Call(CounterHandle counter);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_call")]
    private static partial ulong Call(nint counter);

    public static void Run(Asked asked)
    {
        int threads = asked.Number("threads");
        CounterHandle[] handles = System.Array.ConvertAll(new int[threads], static _ => CounterHandle.Create());
        Action<int> work = asked.Variant switch
        {
            "SafeHandleShared" => _ => Repeat(handles[0]),
            "SafeHandleEach" => at => Repeat(handles[at]),
            "PointerShared" => _ => Repeat(handles[0].DangerousGetHandle()),
            _ => throw asked.NoVariant(),
        };
        _ = Round(threads, work);
        for (int at = 0; at < Rounds; at++)
        {
            asked.Time(Calls, Round(threads, work));
        }

        System.Array.ForEach(handles, static handle => handle.Dispose());
    }

    /// <summary>Ticks until the last of the threads has made its calls.</summary>
    private static long Round(int threads, Action<int> work)
    {
        using Barrier start = new(threads + 1);
        Thread[] all = new Thread[threads];
        for (int at = 0; at < threads; at++)
        {
            int own = at;
            all[at] = new Thread(() =>
            {
                start.SignalAndWait();
                work(own);
            });
            all[at].Start();
        }

        start.SignalAndWait();
        long from = Stopwatch.GetTimestamp();
        foreach (Thread thread in all)
        {
            thread.Join();
        }

        return Stopwatch.GetTimestamp() - from;
    }

    private static void Repeat(CounterHandle handle)
    {
        for (int call = 0; call < Calls; call++)
        {
            _ = Call(handle);
        }
    }

    private static void Repeat(nint counter)
    {
        for (int call = 0; call < Calls; call++)
        {
            _ = Call(counter);
        }
    }
}
