using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate long StateCallback(long value, nint context);

/// <summary>What a callback has to find again.</summary>
internal sealed class CallbackAdder
{
    internal long Added;

    internal long Add(long value, nint context) => value + Added;
}

/// <summary>The same as a struct, whose address can be handed out.</summary>
internal struct CallbackAddend
{
    internal long Added;
}

internal static unsafe partial class CallbackStateImports
{
    internal static readonly delegate* unmanaged[Cdecl]<long, nint, nint, long> Pointer =
        (delegate* unmanaged[Cdecl]<long, nint, nint, long>)KernelLibrary.Export("callback_state");

    [DllImport(KernelLibrary.Name, EntryPoint = "callback_state", ExactSpelling = true)]
    internal static extern long DllImport(long k, StateCallback callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_state")]
    internal static partial long LibraryImport(long k, StateCallback callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_state")]
    internal static partial long LibraryImport(long k, delegate* unmanaged[Cdecl]<long, nint, long> callback, nint context);
}

// A class without initialisers: the methods are compiled once and for good at their first call, and would keep asking for them.
internal static unsafe class CallbackStateMethods
{
    internal static CallbackAdder? Adder;

    [ThreadStatic]
    internal static CallbackAdder? AdderOfThread;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OfGCHandle(long value, nint context) => value + ((CallbackAdder)GCHandle.FromIntPtr(context).Target!).Added;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OfTypedGCHandle(long value, nint context) => value + GCHandle<CallbackAdder>.FromIntPtr(context).Target.Added;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OfStruct(long value, nint context) => value + ((CallbackAddend*)context)->Added;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OfStatic(long value, nint context) => value + Adder!.Added;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OfThreadStatic(long value, nint context) => value + AdderOfThread!.Added;
}

public unsafe class CallbackState : IDisposable
{
    private long _k;
    private CallbackAdder _adder = null!;
    private CallbackAddend _addend;
    private StateCallback _callback = null!;
    private GCHandle _handle;
    private GCHandle<CallbackAdder> _typedHandle;

    [Params(1, 100)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _k = K;
        _adder = new CallbackAdder { Added = Inputs.CallbackContext };
        _addend.Added = Inputs.CallbackContext;
        _callback = _adder.Add;
        _handle = GCHandle.Alloc(_adder);
        _typedHandle = new GCHandle<CallbackAdder>(_adder);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        if (_handle.IsAllocated)
        {
            _handle.Free();
        }

        _typedHandle.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public long DllImport() => CallbackStateImports.DllImport(_k, _callback, 0);

    [Benchmark]
    public long LibraryImport() => CallbackStateImports.LibraryImport(_k, _callback, 0);

    [Benchmark]
    public long FunctionPointer()
    {
        StateCallback callback = _callback;
        long sum = CallbackStateImports.Pointer(_k, Marshal.GetFunctionPointerForDelegate(callback), 0);
        GC.KeepAlive(callback);
        return sum;
    }

    [Benchmark]
    public long GCHandleHeld() => CallbackStateImports.LibraryImport(_k, &CallbackStateMethods.OfGCHandle, GCHandle.ToIntPtr(_handle));

    [Benchmark]
    public long GCHandlePerCall()
    {
        GCHandle handle = GCHandle.Alloc(_adder);
        long sum = CallbackStateImports.LibraryImport(_k, &CallbackStateMethods.OfGCHandle, GCHandle.ToIntPtr(handle));
        handle.Free();
        return sum;
    }

    [Benchmark]
    public long TypedGCHandleHeld() =>
        CallbackStateImports.LibraryImport(_k, &CallbackStateMethods.OfTypedGCHandle, GCHandle<CallbackAdder>.ToIntPtr(_typedHandle));

    [Benchmark]
    public long PinnedStruct()
    {
        fixed (CallbackAddend* addend = &_addend)
        {
            return CallbackStateImports.LibraryImport(_k, &CallbackStateMethods.OfStruct, (nint)addend);
        }
    }

    [Benchmark]
    public long Static()
    {
        CallbackStateMethods.Adder = _adder;
        return CallbackStateImports.LibraryImport(_k, &CallbackStateMethods.OfStatic, 0);
    }

    [Benchmark]
    public long ThreadStatic()
    {
        CallbackStateMethods.AdderOfThread = _adder;
        return CallbackStateImports.LibraryImport(_k, &CallbackStateMethods.OfThreadStatic, 0);
    }
}
