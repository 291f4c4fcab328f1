using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate long EachCallback(long value, nint context);

internal static unsafe partial class CallbackEachImports
{
    internal static readonly delegate* unmanaged[Cdecl]<long, nint, nint, long> Pointer =
        (delegate* unmanaged[Cdecl]<long, nint, nint, long>)KernelLibrary.Export("callback_each");

    [DllImport(KernelLibrary.Name, EntryPoint = "callback_each", ExactSpelling = true)]
    internal static extern long DllImport(long k, EachCallback callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_each")]
    internal static partial long LibraryImport(long k, EachCallback callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_each")]
    internal static partial long LibraryImport(long k, delegate* unmanaged[Cdecl]<long, nint, long> callback, nint context);

    internal static long OnItem(long value, nint context) => value + context;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OnItemUnmanaged(long value, nint context) => value + context;
}

public unsafe class CallbackEach
{
    // Made once and kept: a delegate per call, and what it costs, is another question.
    private EachCallback _static = null!;
    private EachCallback _instance = null!;
    private EachCallback _closure = null!;
    private nint _context;

    [Params(1, 100, 10000)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _context = Inputs.CallbackContext;
        _static = CallbackEachImports.OnItem;
        _instance = OnItem;
        long captured = _context;
        _closure = (value, _) => value + captured;
    }

    [Benchmark]
    public long DllImport() => CallbackEachImports.DllImport(K, _static, _context);

    [Benchmark]
    public long LibraryImport() => CallbackEachImports.LibraryImport(K, _static, _context);

    [Benchmark]
    public long FunctionPointer()
    {
        EachCallback callback = _static;
        nint pointer = Marshal.GetFunctionPointerForDelegate(callback);
        long sum = CallbackEachImports.Pointer(K, pointer, _context);
        GC.KeepAlive(callback);
        return sum;
    }

    [Benchmark]
    public long DelegateInstance() => CallbackEachImports.LibraryImport(K, _instance, _context);

    [Benchmark]
    public long DelegateClosure() => CallbackEachImports.LibraryImport(K, _closure, _context);

    [Benchmark]
    public long UnmanagedCallersOnly() => CallbackEachImports.LibraryImport(K, &CallbackEachImports.OnItemUnmanaged, _context);

    private long OnItem(long value, nint context) => value + context;
}
