using System;
using System.Numerics;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ArraySumI32Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<int*, nuint, long> Pointer =
        (delegate* unmanaged[Cdecl]<int*, nuint, long>)KernelLibrary.Export("array_sum_i32");

    [DllImport(KernelLibrary.Name, EntryPoint = "array_sum_i32", ExactSpelling = true)]
    internal static extern long DllImport(int[] values, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_sum_i32")]
    internal static partial long LibraryImport(int[] values, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_sum_i32")]
    internal static partial long LibraryImport(ReadOnlySpan<int> values, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_sum_i32")]
    internal static partial long LibraryImport(int* values, nuint count);
}

public unsafe class ArraySumI32
{
    private int[] _values = null!;

    [Params(0, 1, 16, 256, 4096, 65536, 1048576)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => _values = Inputs.Integers(N);

    [Benchmark]
    public long Managed()
    {
        long sum = 0;
        foreach (int value in _values)
        {
            sum += value;
        }

        return sum;
    }

    [Benchmark]
    public long ManagedVector()
    {
        ReadOnlySpan<int> values = _values;
        Vector<long> sums = Vector<long>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector.Widen(new Vector<int>(values[i..]), out Vector<long> low, out Vector<long> high);
            sums += low + high;
        }

        long sum = Vector.Sum(sums);
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    [Benchmark]
    public long DllImport() => ArraySumI32Imports.DllImport(_values, (nuint)_values.Length);

    [Benchmark]
    public long LibraryImport() => ArraySumI32Imports.LibraryImport(_values, (nuint)_values.Length);

    [Benchmark]
    public long FunctionPointer()
    {
        int[] array = _values;
        fixed (int* values = array)
        {
            return ArraySumI32Imports.Pointer(values, (nuint)array.Length);
        }
    }

    [Benchmark]
    public long ReadOnlySpanInt() => ArraySumI32Imports.LibraryImport(new ReadOnlySpan<int>(_values), (nuint)_values.Length);

    [Benchmark]
    public long FixedPointer()
    {
        int[] array = _values;
        fixed (int* values = array)
        {
            return ArraySumI32Imports.LibraryImport(values, (nuint)array.Length);
        }
    }
}
