using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

/// <summary>The answer is the sum, or the HRESULT, which is also what an exception carries.</summary>
public unsafe class ComError : IDisposable
{
    private NativeObject _native = null!;
    private GeneratedWrapper<ICalc> _generatedWrapper = null!;
    private GeneratedWrapper<ICalcPreserveSig> _preserveSigWrapper = null!;
    private StaticCalc _staticCalc = null!;

    private nint _pointer;
    private ICalc _generated = null!;
    private ICalcPreserveSig _preserveSig = null!;
    private ICalculator _static = null!;
    private int _left, _right;

    [Params("ok", "overflow")]
    public string Outcome { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        _native = new NativeObject();
        _pointer = _native.Pointer;
        _generatedWrapper = new GeneratedWrapper<ICalc>();
        _generated = _generatedWrapper.Value;
        _preserveSigWrapper = new GeneratedWrapper<ICalcPreserveSig>();
        _preserveSig = _preserveSigWrapper.Value;
        _staticCalc = new StaticCalc(_pointer);
        _static = _staticCalc;
        _left = Inputs.Left;
        _right = Inputs.Addend(Outcome);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _generatedWrapper?.Dispose();
        _preserveSigWrapper?.Dispose();
        _staticCalc?.Dispose();
        _native?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public int Vtable()
    {
        nint self = _pointer;
        int sum;
        int status = ((delegate* unmanaged[MemberFunction]<nint, int, int, int*, int>)(*(nint**)self)[4])(self, _left, _right, &sum);
        return status < 0 ? status : sum;
    }

    [Benchmark]
    public int VtableException()
    {
        nint self = _pointer;
        int sum;
        int status = ((delegate* unmanaged[MemberFunction]<nint, int, int, int*, int>)(*(nint**)self)[4])(self, _left, _right, &sum);
        return status < 0 ? Marshal.GetExceptionForHR(status)!.HResult : sum;
    }

    [Benchmark]
    public int ComWrappersStatic()
    {
        try
        {
            return _static.AddChecked(_left, _right);
        }
        catch (OverflowException overflow)
        {
            return overflow.HResult;
        }
    }

    [Benchmark]
    public int GeneratedComInterface()
    {
        try
        {
            return _generated.AddChecked(_left, _right);
        }
        catch (OverflowException overflow)
        {
            return overflow.HResult;
        }
    }

    [Benchmark]
    public int GeneratedComInterfacePreserveSig()
    {
        int sum;
        int status = _preserveSig.AddChecked(_left, _right, &sum);
        return status < 0 ? status : sum;
    }
}
