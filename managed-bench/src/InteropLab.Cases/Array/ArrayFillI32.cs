using System;
using System.Buffers;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ArrayFillI32Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<int*, nuint, void> Pointer =
        (delegate* unmanaged[Cdecl]<int*, nuint, void>)KernelLibrary.Export("array_fill_i32");

    [DllImport(KernelLibrary.Name, EntryPoint = "array_fill_i32", ExactSpelling = true)]
    internal static extern void DllImport([Out] int[] values, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_fill_i32")]
    internal static partial void LibraryImport([Out] int[] values, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_fill_i32")]
    internal static partial void LibraryImport(Span<int> values, nuint count);
}

/// <summary>The answer is the last element; 0 where there is none.</summary>
public unsafe class ArrayFillI32
{
    // The length that _values has: a property may have changed since.
    private int _n;
    private int[] _values = null!;

    [Params(0, 1, 16, 256, 4096, 65536, 1048576)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _n = N;
        _values = Inputs.Scratch(N);
    }

    [Benchmark]
    public int DllImport()
    {
        int[] values = _values;
        ArrayFillI32Imports.DllImport(values, (nuint)_n);
        int last = _n == 0 ? 0 : values[_n - 1];
        return last;
    }

    [Benchmark]
    public int LibraryImport()
    {
        int[] values = _values;
        ArrayFillI32Imports.LibraryImport(values, (nuint)_n);
        int last = _n == 0 ? 0 : values[_n - 1];
        return last;
    }

    [Benchmark]
    public int FunctionPointer()
    {
        int[] values = _values;
        fixed (int* start = values)
        {
            ArrayFillI32Imports.Pointer(start, (nuint)_n);
        }

        int last = _n == 0 ? 0 : values[_n - 1];
        return last;
    }

    [Benchmark]
    public int SpanInt()
    {
        int[] values = _values;
        ArrayFillI32Imports.LibraryImport(new Span<int>(values), (nuint)_n);
        int last = _n == 0 ? 0 : values[_n - 1];
        return last;
    }

    [Benchmark]
    public int PooledArray()
    {
        int[] values = ArrayPool<int>.Shared.Rent(_n);
        ArrayFillI32Imports.LibraryImport(values, (nuint)_n);
        int last = _n == 0 ? 0 : values[_n - 1];
        ArrayPool<int>.Shared.Return(values);
        return last;
    }

    [Benchmark]
    public int NewArray()
    {
        int[] values = new int[_n];
        ArrayFillI32Imports.LibraryImport(values, (nuint)_n);
        int last = _n == 0 ? 0 : values[_n - 1];
        return last;
    }

    [Benchmark]
    public int UninitialisedArray()
    {
        int[] values = GC.AllocateUninitializedArray<int>(_n);
        ArrayFillI32Imports.LibraryImport(values, (nuint)_n);
        int last = _n == 0 ? 0 : values[_n - 1];
        return last;
    }
}
