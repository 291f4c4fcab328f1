using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal unsafe delegate int SortCallback(int* left, int* right);

internal static unsafe partial class CallbackSortImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int*, nuint, nint, void> Pointer =
        (delegate* unmanaged[Cdecl]<int*, nuint, nint, void>)KernelLibrary.Export("callback_sort");

    [DllImport(KernelLibrary.Name, EntryPoint = "callback_sort", ExactSpelling = true)]
    internal static extern void DllImport([In, Out] int[] values, nuint count, SortCallback compare);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_sort")]
    internal static partial void LibraryImport([In, Out] int[] values, nuint count, SortCallback compare);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_sort")]
    internal static partial void LibraryImport([In, Out] int[] values, nuint count, delegate* unmanaged[Cdecl]<int*, int*, int> compare);

    internal static int Compare(int* left, int* right) => left->CompareTo(*right);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int CompareUnmanaged(int* left, int* right) => left->CompareTo(*right);
}

/// <summary>Every body copies the same numbers first and sorts the copy.</summary>
public unsafe class CallbackSort
{
    private nuint _count;
    private int[] _input = null!;
    private int[] _values = null!;
    private SortCallback _callback = null!;
    private Comparison<int> _comparison = null!;
    private delegate* unmanaged[Cdecl]<int*, int*, int> _ascending;

    [Params(8, 64, 1024, 16384)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _count = (nuint)N;
        _input = Inputs.Integers(N);
        _values = Inputs.Scratch(N);
        _callback = CallbackSortImports.Compare;
        _comparison = static (left, right) => left.CompareTo(right);
        _ascending = (delegate* unmanaged[Cdecl]<int*, int*, int>)KernelLibrary.Export("callback_sort_ascending");
    }

    /// <summary>The sum of number i times i + 1. What was sorted is cleared, so that no variant lives on what another one left.</summary>
    public long Observe()
    {
        long sum = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            sum += (long)_values[i] * (i + 1);
        }

        Array.Clear(_values);
        return sum;
    }

    [Benchmark]
    public void Managed()
    {
        Span<int> values = _values;
        _input.CopyTo(values);
        values.Sort();
    }

    [Benchmark]
    public void ManagedComparison()
    {
        Span<int> values = _values;
        _input.CopyTo(values);
        values.Sort(_comparison);
    }

    [Benchmark]
    public void DllImport()
    {
        int[] values = _values;
        _input.CopyTo(values.AsSpan());
        CallbackSortImports.DllImport(values, _count, _callback);
    }

    [Benchmark]
    public void LibraryImport()
    {
        int[] values = _values;
        _input.CopyTo(values.AsSpan());
        CallbackSortImports.LibraryImport(values, _count, _callback);
    }

    [Benchmark]
    public void FunctionPointer()
    {
        int[] values = _values;
        _input.CopyTo(values.AsSpan());
        SortCallback callback = _callback;
        fixed (int* start = values)
        {
            CallbackSortImports.Pointer(start, _count, Marshal.GetFunctionPointerForDelegate(callback));
        }

        GC.KeepAlive(callback);
    }

    [Benchmark]
    public void UnmanagedCallersOnly()
    {
        int[] values = _values;
        _input.CopyTo(values.AsSpan());
        CallbackSortImports.LibraryImport(values, _count, &CallbackSortImports.CompareUnmanaged);
    }

    [Benchmark]
    public void NativeComparator()
    {
        int[] values = _values;
        _input.CopyTo(values.AsSpan());
        CallbackSortImports.LibraryImport(values, _count, _ascending);
    }
}
