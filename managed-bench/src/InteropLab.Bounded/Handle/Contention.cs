using System;
using System.Runtime.InteropServices;

using InteropLab.Cases;

namespace InteropLab.Bounded.Handle;

/// <summary>Threads that call with one handle, with a handle each, or with one address and no handle.</summary>
internal static partial class Contention
{
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
        Rounds.Run(asked, threads, Calls, work);
        System.Array.ForEach(handles, static handle => handle.Dispose());
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
