using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ComCallImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nint, int, int, int*, int> Pointer =
        (delegate* unmanaged[Cdecl]<nint, int, int, int*, int>)KernelLibrary.Export("com_call");

    [DllImport(KernelLibrary.Name, EntryPoint = "com_call", ExactSpelling = true)]
    internal static extern int DllImport(nint self, int a, int b, out int sum);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "com_call")]
    internal static partial int LibraryImport(nint self, int a, int b, out int sum);
}

/// <summary>The answer is the sum; no call fails.</summary>
public unsafe class ComCall : IDisposable
{
    private NativeObject _native = null!;
    private GeneratedWrapper<ICalc> _generatedWrapper = null!;
    private GeneratedWrapper<ICalcPreserveSig> _preserveSigWrapper = null!;
    private StaticCalc _staticCalc = null!;
    private DynamicCalc _dynamicCalc = null!;

    private nint _pointer;
    private ICalc _generated = null!;
    private ICalcPreserveSig _preserveSig = null!;
    private ICalculator _static = null!;
    private ICalculator _dynamic = null!;
    private ICalculator _managed = null!;
    private int _left, _right;

    [GlobalSetup]
    public void Setup()
    {
        _native = new NativeObject();
        _pointer = _native.Pointer;
        _generatedWrapper = new GeneratedWrapper<ICalc>();
        _generated = _generatedWrapper.Value;
        _preserveSigWrapper = new GeneratedWrapper<ICalcPreserveSig>();
        _preserveSig = _preserveSigWrapper.Value;
        _staticCalc = (StaticCalc)new CalcWrappers(isDynamic: false).GetOrCreateObjectForComInstance(_pointer, CreateObjectFlags.UniqueInstance);
        _static = _staticCalc;
        _dynamicCalc = (DynamicCalc)new CalcWrappers(isDynamic: true).GetOrCreateObjectForComInstance(_pointer, CreateObjectFlags.UniqueInstance);
        _dynamic = (ICalculator)(object)_dynamicCalc;
        _managed = new ManagedCalc();
        _left = Inputs.Left;
        _right = Inputs.Right;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _generatedWrapper?.Dispose();
        _preserveSigWrapper?.Dispose();
        _staticCalc?.Dispose();
        _dynamicCalc?.Dispose();
        _native?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public int Managed() => _managed.Add(_left, _right);

    [Benchmark]
    public int DllImport()
    {
        int status = ComCallImports.DllImport(_pointer, _left, _right, out int sum);
        return status < 0 ? status : sum;
    }

    [Benchmark]
    public int LibraryImport()
    {
        int status = ComCallImports.LibraryImport(_pointer, _left, _right, out int sum);
        return status < 0 ? status : sum;
    }

    [Benchmark]
    public int FunctionPointer()
    {
        int sum;
        int status = ComCallImports.Pointer(_pointer, _left, _right, &sum);
        return status < 0 ? status : sum;
    }

    [Benchmark]
    public int Vtable()
    {
        nint self = _pointer;
        int sum;
        int status = ((delegate* unmanaged[MemberFunction]<nint, int, int, int*, int>)(*(nint**)self)[3])(self, _left, _right, &sum);
        return status < 0 ? status : sum;
    }

    [Benchmark]
    public int ComWrappersStatic() => _static.Add(_left, _right);

    [Benchmark]
    public int ComWrappersDynamic() => _dynamic.Add(_left, _right);

    [Benchmark]
    public int GeneratedComInterface() => _generated.Add(_left, _right);

    [Benchmark]
    public int GeneratedComInterfacePreserveSig()
    {
        int sum;
        int status = _preserveSig.Add(_left, _right, &sum);
        return status < 0 ? status : sum;
    }
}
