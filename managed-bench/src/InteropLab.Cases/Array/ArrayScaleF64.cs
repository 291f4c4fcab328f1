using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ArrayScaleF64Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<double*, nuint, double, void> Pointer =
        (delegate* unmanaged[Cdecl]<double*, nuint, double, void>)KernelLibrary.Export("array_scale_f64");

    [DllImport(KernelLibrary.Name, EntryPoint = "array_scale_f64", ExactSpelling = true)]
    internal static extern void DllImport(double[] values, nuint count, double factor);

    [DllImport(KernelLibrary.Name, EntryPoint = "array_scale_f64", ExactSpelling = true)]
    internal static extern void DllImportInOut([In, Out] double[] values, nuint count, double factor);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_scale_f64")]
    internal static partial void LibraryImport(double[] values, nuint count, double factor);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_scale_f64")]
    internal static partial void LibraryImportInOut([In, Out] double[] values, nuint count, double factor);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_scale_f64")]
    internal static partial void LibraryImport(Span<double> values, nuint count, double factor);
}

/// <summary>The last number is 3 before each call and the answer after it; the factor of -1 keeps all others of one size.</summary>
public unsafe class ArrayScaleF64
{
    private const double Last = 3;

    private nuint _count;
    private double _factor;
    private double[] _values = null!;

    [Params(1, 16, 256, 4096, 65536)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _count = (nuint)N;
        _factor = -1;
        _values = Inputs.ScratchDoubles(N);
    }

    [Benchmark]
    public int DllImport()
    {
        double[] values = _values;
        values[^1] = Last;
        ArrayScaleF64Imports.DllImport(values, _count, _factor);
        return (int)values[^1];
    }

    [Benchmark]
    public int DllImportInOut()
    {
        double[] values = _values;
        values[^1] = Last;
        ArrayScaleF64Imports.DllImportInOut(values, _count, _factor);
        return (int)values[^1];
    }

    [Benchmark]
    public int LibraryImport()
    {
        double[] values = _values;
        values[^1] = Last;
        ArrayScaleF64Imports.LibraryImport(values, _count, _factor);
        return (int)values[^1];
    }

    [Benchmark]
    public int LibraryImportInOut()
    {
        double[] values = _values;
        values[^1] = Last;
        ArrayScaleF64Imports.LibraryImportInOut(values, _count, _factor);
        return (int)values[^1];
    }

    [Benchmark]
    public int FunctionPointer()
    {
        double[] values = _values;
        values[^1] = Last;
        fixed (double* start = values)
        {
            ArrayScaleF64Imports.Pointer(start, _count, _factor);
        }

        return (int)values[^1];
    }

    [Benchmark]
    public int SpanDouble()
    {
        double[] values = _values;
        values[^1] = Last;
        ArrayScaleF64Imports.LibraryImport(new Span<double>(values), _count, _factor);
        return (int)values[^1];
    }
}
