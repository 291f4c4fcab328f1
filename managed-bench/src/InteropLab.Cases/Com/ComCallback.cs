using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ComCallbackImports
{
    internal static readonly delegate* unmanaged[Cdecl]<long, nint, long> Pointer =
        (delegate* unmanaged[Cdecl]<long, nint, long>)KernelLibrary.Export("com_callback");

    [LibraryImport(KernelLibrary.Name, EntryPoint = "com_callback")]
    internal static partial long LibraryImport(long k, IEach each);
}

/// <summary>The answer is the sum of what came back.</summary>
public unsafe class ComCallback : IDisposable
{
    private static readonly StrategyBasedComWrappers s_wrappers = new();
    private static readonly EachWrappers s_eachWrappers = new();

    private long _k;
    private GeneratedEach _each = null!;
    private nint _handBuilt, _byComWrappers, _byGeneratedClass;

    [Params(1, 100)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _k = K;
        _each = new GeneratedEach(Inputs.CallbackContext);
        _handBuilt = HandBuiltEach.Create(new PlainEach(Inputs.CallbackContext));
        nint unknown = s_eachWrappers.GetOrCreateComInterfaceForObject(new PlainEach(Inputs.CallbackContext), CreateComInterfaceFlags.None);
        _byComWrappers = Interface(unknown);
        unknown = s_wrappers.GetOrCreateComInterfaceForObject(new GeneratedEach(Inputs.CallbackContext), CreateComInterfaceFlags.None);
        _byGeneratedClass = Interface(unknown);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        NativeObject.ReleaseOnce(ref _handBuilt);
        NativeObject.ReleaseOnce(ref _byComWrappers);
        NativeObject.ReleaseOnce(ref _byGeneratedClass);
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public long HandBuilt() => ComCallbackImports.Pointer(_k, _handBuilt);

    [Benchmark]
    public long ComWrappers() => ComCallbackImports.Pointer(_k, _byComWrappers);

    [Benchmark]
    public long GeneratedComClass() => ComCallbackImports.Pointer(_k, _byGeneratedClass);

    [Benchmark]
    public long LibraryImport() => ComCallbackImports.LibraryImport(_k, _each);

    // The interface that is called, instead of the one that the object is known by.
    private static nint Interface(nint unknown)
    {
        Marshal.ThrowExceptionForHR(NativeObject.Query(unknown, new Guid(ComIds.Each), out nint each));
        _ = NativeObject.Release(unknown);
        return each;
    }
}
