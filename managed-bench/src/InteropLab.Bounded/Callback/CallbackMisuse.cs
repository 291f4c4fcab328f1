using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InteropLab.Bounded.Callback;

/// <summary>What a callback must not do. A variant that comes back tells how long it took: then nothing has ended the process.</summary>
internal static unsafe partial class CallbackMisuse
{
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate long Each(long value, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_each")]
    private static partial long Call(long k, nint callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_each"), SuppressGCTransition]
    private static partial long CallSuppressed(long k, nint callback, nint context);

    public static void Run(Asked asked)
    {
        Action misuse = asked.Variant switch
        {
            "ThrowFromDelegate" => ThrowFromDelegate,
            "ThrowFromUnmanagedCallersOnly" => static () => Call(1, (nint)(delegate* unmanaged[Cdecl]<long, nint, long>)&Throw, 0),
            "CollectedDelegate" => CallCollected,
            "SuppressedTransition" => static () => CallSuppressed(1, (nint)(delegate* unmanaged[Cdecl]<long, nint, long>)&Return, 0),
            _ => throw asked.NoVariant(),
        };
        asked.Begin();
        long from = Stopwatch.GetTimestamp();
        try
        {
            misuse();
        }
        catch (InvalidOperationException)
        {
            // It would have crossed the native frame: that, too, is coming back.
        }

        asked.Time(1, Stopwatch.GetTimestamp() - from);
    }

    private static void ThrowFromDelegate()
    {
        Each instance = static (_, _) => throw new InvalidOperationException("thrown by a callback");
        _ = Call(1, Marshal.GetFunctionPointerForDelegate(instance), 0);
        GC.KeepAlive(instance);
    }

    private static void CallCollected()
    {
        nint pointer = PointerOfNothing();
        for (int at = 0; at < 3; at++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        _ = Call(1, pointer, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint PointerOfNothing()
    {
        int captured = Environment.ProcessorCount; // a closure: the compiler caches what captures nothing
        return Marshal.GetFunctionPointerForDelegate<Each>((value, context) => value + context + captured);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Throw(long value, nint context) => throw new InvalidOperationException("thrown by a callback");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Return(long value, nint context) => value + context;
}
