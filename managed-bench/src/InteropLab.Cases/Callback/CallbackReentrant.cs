using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate long ReentrantCallback(long value, nint context);

internal static unsafe partial class CallbackReentrantImports
{
    internal static readonly delegate* unmanaged[Cdecl]<long, delegate* unmanaged[Cdecl]<long, nint, long>, nint, long> Pointer =
        (delegate* unmanaged[Cdecl]<long, delegate* unmanaged[Cdecl]<long, nint, long>, nint, long>)KernelLibrary.Export("callback_reentrant");

    internal static readonly delegate* unmanaged[Cdecl]<long, long, long> PointerAdd =
        (delegate* unmanaged[Cdecl]<long, long, long>)KernelLibrary.Export("callback_reentrant_add");

    [DllImport(KernelLibrary.Name, EntryPoint = "callback_reentrant", ExactSpelling = true)]
    internal static extern long DllImport(long k, delegate* unmanaged[Cdecl]<long, nint, long> callback, nint context);

    [DllImport(KernelLibrary.Name, EntryPoint = "callback_reentrant_add", ExactSpelling = true)]
    internal static extern long DllImportAdd(long value, long added);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_reentrant")]
    internal static partial long LibraryImport(long k, delegate* unmanaged[Cdecl]<long, nint, long> callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_reentrant")]
    internal static partial long LibraryImport(long k, ReentrantCallback callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_reentrant_add")]
    internal static partial long LibraryImportAdd(long value, long added);
}

internal static unsafe class CallbackReentrantMethods
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long UpOnly(long value, nint context) => value + context;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long DllImport(long value, nint context) => CallbackReentrantImports.DllImportAdd(value, context);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long LibraryImport(long value, nint context) => CallbackReentrantImports.LibraryImportAdd(value, context);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long FunctionPointer(long value, nint context) => CallbackReentrantImports.PointerAdd(value, context);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long DllImportMethod(long value, nint context) => ByDllImport(value, context);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long LibraryImportMethod(long value, nint context) => ByLibraryImport(value, context);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long FunctionPointerMethod(long value, nint context) => ByFunctionPointer(value, context);

    internal static long Delegate(long value, nint context) => CallbackReentrantImports.LibraryImportAdd(value, context);

    internal static long DelegateMethod(long value, nint context) => ByLibraryImport(value, context);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long ByDllImport(long value, long added) => CallbackReentrantImports.DllImportAdd(value, added);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long ByLibraryImport(long value, long added) => CallbackReentrantImports.LibraryImportAdd(value, added);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long ByFunctionPointer(long value, long added) => CallbackReentrantImports.PointerAdd(value, added);
}

public unsafe class CallbackReentrant
{
    private long _k;
    private nint _context;
    private ReentrantCallback _delegate = null!;
    private ReentrantCallback _delegateMethod = null!;

    [Params(1, 100)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _k = K;
        _context = Inputs.CallbackContext;
        _delegate = CallbackReentrantMethods.Delegate;
        _delegateMethod = CallbackReentrantMethods.DelegateMethod;

        // What native code calls is compiled once and for good at its first call: by then the imports are bound and the pointer
        // is a constant, as in code that is compiled again.
        _ = CallbackReentrantImports.DllImportAdd(0, 0);
        _ = CallbackReentrantImports.LibraryImportAdd(0, 0);
        _ = CallbackReentrantImports.PointerAdd(0, 0);
    }

    [Benchmark]
    public long UpOnly() => CallbackReentrantImports.LibraryImport(_k, &CallbackReentrantMethods.UpOnly, _context);

    [Benchmark]
    public long DllImport() => CallbackReentrantImports.DllImport(_k, &CallbackReentrantMethods.DllImport, _context);

    [Benchmark]
    public long LibraryImport() => CallbackReentrantImports.LibraryImport(_k, &CallbackReentrantMethods.LibraryImport, _context);

    [Benchmark]
    public long FunctionPointer() => CallbackReentrantImports.Pointer(_k, &CallbackReentrantMethods.FunctionPointer, _context);

    [Benchmark]
    public long DllImportMethod() => CallbackReentrantImports.DllImport(_k, &CallbackReentrantMethods.DllImportMethod, _context);

    [Benchmark]
    public long LibraryImportMethod() => CallbackReentrantImports.LibraryImport(_k, &CallbackReentrantMethods.LibraryImportMethod, _context);

    [Benchmark]
    public long FunctionPointerMethod() => CallbackReentrantImports.Pointer(_k, &CallbackReentrantMethods.FunctionPointerMethod, _context);

    [Benchmark]
    public long Delegate() => CallbackReentrantImports.LibraryImport(_k, _delegate, _context);

    [Benchmark]
    public long DelegateMethod() => CallbackReentrantImports.LibraryImport(_k, _delegateMethod, _context);
}
