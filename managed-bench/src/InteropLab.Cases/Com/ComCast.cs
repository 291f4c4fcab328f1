using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

/// <summary>The answer is 1: what is asked for is there, or, in a variant about a miss, it is not.</summary>
public unsafe class ComCast : IDisposable
{
    private static readonly StrategyBasedComWrappers s_wrappers = new();
    private static readonly Guid s_calc = new(ComIds.Calc);
    private static readonly Guid s_missing = new(ComIds.Missing);

    private NativeObject _native = null!;
    private GeneratedWrapper<ICalc> _wrapper = null!;
    private StaticCalc _staticCalc = null!;
    private DynamicCalc _dynamicCalc = null!;

    private nint _pointer;
    private object _generated = null!;
    private object _static = null!;
    private object _dynamic = null!;

    [GlobalSetup]
    public void Setup()
    {
        _native = new NativeObject();
        _pointer = _native.Pointer;
        _wrapper = new GeneratedWrapper<ICalc>();
        _generated = _wrapper.Value;
        _staticCalc = new StaticCalc(_pointer);
        _static = _staticCalc;
        _dynamicCalc = new DynamicCalc(_pointer);
        _dynamic = _dynamicCalc;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _wrapper?.Dispose();
        _staticCalc?.Dispose();
        _dynamicCalc?.Dispose();
        _native?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public int Vtable()
    {
        int status = NativeObject.Query(_pointer, in s_calc, out nint found);
        _ = NativeObject.Release(found);
        return status == 0 ? 1 : 0;
    }

    [Benchmark]
    public int VtableMiss() => NativeObject.Query(_pointer, in s_missing, out _) < 0 ? 1 : 0;

    [Benchmark]
    public int GeneratedAgain() => (ICalc)_generated is null ? 0 : 1;

    [Benchmark]
    public int GeneratedMiss() => _generated is IMissing ? 0 : 1;

    [Benchmark]
    public int GeneratedWrap()
    {
        object wrapper = s_wrappers.GetOrCreateObjectForComInstance(_pointer, CreateObjectFlags.UniqueInstance);
        ((ComObject)wrapper).FinalRelease();
        return 1;
    }

    [Benchmark]
    public int GeneratedWrapAndFirst()
    {
        object wrapper = s_wrappers.GetOrCreateObjectForComInstance(_pointer, CreateObjectFlags.UniqueInstance);
        int is1 = (ICalc)wrapper is null ? 0 : 1;
        ((ComObject)wrapper).FinalRelease();
        return is1;
    }

    [Benchmark]
    public int ComWrappersStaticAgain() => (ICalculator)_static is null ? 0 : 1;

    [Benchmark]
    public int ComWrappersDynamicAgain() => (ICalculator)_dynamic is null ? 0 : 1;

    [Benchmark]
    public int ComWrappersDynamicMiss() => _dynamic is IDisposableCalculator ? 0 : 1;
}

/// <summary>What a dynamic wrapper is asked for and is not.</summary>
internal interface IDisposableCalculator : ICalculator, IDisposable;
