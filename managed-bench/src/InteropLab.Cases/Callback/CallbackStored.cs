using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate long StoredCallback(long value, nint context);

internal static unsafe partial class CallbackStoredImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nint, long, long> Pointer =
        (delegate* unmanaged[Cdecl]<nint, long, long>)KernelLibrary.Export("callback_stored");

    [DllImport(KernelLibrary.Name, EntryPoint = "callback_stored", ExactSpelling = true)]
    internal static extern long DllImport(nint subscription, long k);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_stored")]
    internal static partial long LibraryImport(nint subscription, long k);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_stored_new")]
    internal static partial nint New(StoredCallback callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_stored_new")]
    internal static partial nint New(delegate* unmanaged[Cdecl]<long, nint, long> callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_stored_free")]
    internal static partial void Free(nint subscription);
}

internal static class CallbackStoredMethods
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OfContext(long value, nint context) => value + context;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OfGCHandle(long value, nint context) => value + ((CallbackAdder)GCHandle.FromIntPtr(context).Target!).Added;
}

/// <summary>Each instance has subscriptions of its own; what is measured is a call to one that has outlived collections.</summary>
public unsafe class CallbackStored : IDisposable
{
    private long _k;
    private StoredCallback _kept = null!;
    private GCHandle _delegate;
    private GCHandle _adder;
    private nint _byField;
    private nint _byHandle;
    private nint _unmanaged;
    private nint _unmanagedHandle;

    [Params(1, 100)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _k = K;
        Subscribe(Inputs.CallbackContext);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        CallbackStoredImports.Free(_byField);
        CallbackStoredImports.Free(_byHandle);
        CallbackStoredImports.Free(_unmanaged);
        CallbackStoredImports.Free(_unmanagedHandle);
        _byField = _byHandle = _unmanaged = _unmanagedHandle = 0;
        if (_delegate.IsAllocated)
        {
            _delegate.Free();
            _adder.Free();
        }

        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public long DllImport() => CallbackStoredImports.DllImport(_byField, _k);

    [Benchmark]
    public long LibraryImport() => CallbackStoredImports.LibraryImport(_byField, _k);

    [Benchmark]
    public long FunctionPointer() => CallbackStoredImports.Pointer(_byField, _k);

    [Benchmark]
    public long DelegateByGCHandle() => CallbackStoredImports.LibraryImport(_byHandle, _k);

    [Benchmark]
    public long UnmanagedCallersOnly() => CallbackStoredImports.LibraryImport(_unmanaged, _k);

    [Benchmark]
    public long UnmanagedCallersOnlyGCHandle() => CallbackStoredImports.LibraryImport(_unmanagedHandle, _k);

    // A frame of its own: what it makes and does not keep is gone when it returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Subscribe(long added)
    {
        _kept = new CallbackAdder { Added = added }.Add;
        _byField = CallbackStoredImports.New(_kept, 0);

        StoredCallback byHandle = new CallbackAdder { Added = added }.Add;
        _delegate = GCHandle.Alloc(byHandle);
        _byHandle = CallbackStoredImports.New(byHandle, 0);

        _unmanaged = CallbackStoredImports.New(&CallbackStoredMethods.OfContext, (nint)added);

        _adder = GCHandle.Alloc(new CallbackAdder { Added = added });
        _unmanagedHandle = CallbackStoredImports.New(&CallbackStoredMethods.OfGCHandle, GCHandle.ToIntPtr(_adder));
    }
}
