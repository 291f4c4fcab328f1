using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ComWrapImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nint, nint> Pointer = (delegate* unmanaged[Cdecl]<nint, nint>)KernelLibrary.Export("com_wrap");

    [LibraryImport(KernelLibrary.Name, EntryPoint = "com_wrap")]
    internal static partial ICalc LibraryImport(nint unknown);
}

/// <summary>
/// An object goes over once, with a reference of its own, and is let go. The answer is 1: it is the same object, or it was made.
/// </summary>
public unsafe class ComWrap : IDisposable
{
    private static readonly StrategyBasedComWrappers s_wrappers = new();
    private static readonly StrategyBasedComWrappers s_first = new(); // what is left to the collector must not stand in the others' way
    private static readonly CalcWrappers s_static = new(isDynamic: false);

    private NativeObject _native = null!;
    private nint _pointer;
    private object? _wrapper, _marshalled;
    private PlainEach _plain = null!;
    private GeneratedEach _each = null!;
    private nint _callable;

    [GlobalSetup]
    public void Setup()
    {
        _native = new NativeObject();
        _pointer = _native.Pointer;
        _wrapper = s_wrappers.GetOrCreateObjectForComInstance(_pointer, CreateObjectFlags.None);
        _marshalled = ComWrapImports.LibraryImport(_pointer);
        _plain = new PlainEach(Inputs.CallbackContext);
        _each = new GeneratedEach(Inputs.CallbackContext);
        _callable = s_wrappers.GetOrCreateComInterfaceForObject(_each, CreateComInterfaceFlags.None);
    }

    // Wrappers that are shared let go of their object when they are collected, and not before.
    [GlobalCleanup]
    public void Dispose()
    {
        _wrapper = null;
        _marshalled = null;
        NativeObject.ReleaseOnce(ref _callable);
        _native?.Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public int FunctionPointer()
    {
        nint handed = ComWrapImports.Pointer(_pointer);
        _ = NativeObject.Release(handed);
        return handed == _pointer ? 1 : 0;
    }

    [Benchmark]
    public int GeneratedAgain()
    {
        nint handed = ComWrapImports.Pointer(_pointer);
        ICalc wrapper = (ICalc)s_wrappers.GetOrCreateObjectForComInstance(handed, CreateObjectFlags.None);
        _ = NativeObject.Release(handed);
        return wrapper == _wrapper ? 1 : 0;
    }

    [Benchmark]
    public int LibraryImport() => ComWrapImports.LibraryImport(_pointer) == _marshalled ? 1 : 0;

    [Benchmark]
    public int GeneratedUnique()
    {
        nint handed = ComWrapImports.Pointer(_pointer);
        object wrapper = s_wrappers.GetOrCreateObjectForComInstance(handed, CreateObjectFlags.UniqueInstance);
        _ = NativeObject.Release(handed);
        ((ComObject)wrapper).FinalRelease();
        return 1;
    }

    [Benchmark]
    public int ComWrappersStaticUnique()
    {
        nint handed = ComWrapImports.Pointer(_pointer);
        object wrapper = s_static.GetOrCreateObjectForComInstance(handed, CreateObjectFlags.UniqueInstance);
        _ = NativeObject.Release(handed);
        ((StaticCalc)wrapper).Dispose();
        return 1;
    }

    [Benchmark]
    public int CallableAgain()
    {
        nint callable = s_wrappers.GetOrCreateComInterfaceForObject(_each, CreateComInterfaceFlags.None);
        nint handed = ComWrapImports.Pointer(callable);
        _ = NativeObject.Release(handed);
        _ = NativeObject.Release(callable);
        return callable == _callable ? 1 : 0;
    }

    [Benchmark]
    public int CallableFirst()
    {
        nint callable = s_first.GetOrCreateComInterfaceForObject(new GeneratedEach(Inputs.CallbackContext), CreateComInterfaceFlags.None);
        nint handed = ComWrapImports.Pointer(callable);
        _ = NativeObject.Release(handed);
        return NativeObject.Release(callable) == 0 ? 1 : 0;
    }

    [Benchmark]
    public int HandBuilt()
    {
        nint callable = HandBuiltEach.Create(_plain);
        nint handed = ComWrapImports.Pointer(callable);
        _ = NativeObject.Release(handed);
        return NativeObject.Release(callable) == 0 ? 1 : 0;
    }

    [Benchmark]
    public int HandBuiltWithVtable()
    {
        nint callable = HandBuiltEach.CreateWithVtable(_plain);
        nint handed = ComWrapImports.Pointer(callable);
        _ = NativeObject.Release(handed);
        return NativeObject.Release(callable) == 0 ? 1 : 0;
    }
}
