using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class TransitionBatchingImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int, int, int> Pointer =
        (delegate* unmanaged[Cdecl]<int, int, int>)KernelLibrary.Export("transition_batching");

    internal static readonly delegate* unmanaged[Cdecl]<int*, int*, nuint, int> PointerBatch =
        (delegate* unmanaged[Cdecl]<int*, int*, nuint, int>)KernelLibrary.Export("transition_batching_batch");

    [DllImport(KernelLibrary.Name, EntryPoint = "transition_batching", ExactSpelling = true)]
    internal static extern int DllImport(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_batching")]
    internal static partial int LibraryImport(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_batching_nogc"), SuppressGCTransition]
    internal static partial int LibraryImportNoGc(int a, int b);

    [DllImport(KernelLibrary.Name, EntryPoint = "transition_batching_batch", ExactSpelling = true)]
    internal static extern int DllImportBatch(int[] left, int[] right, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_batching_batch")]
    internal static partial int LibraryImportBatch(int[] left, int[] right, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_batching_batch_nogc"), SuppressGCTransition]
    internal static partial int LibraryImportBatchNoGc(int[] left, int[] right, nuint count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Managed(int a, int b) => unchecked(a + b);
}

public unsafe class TransitionBatching
{
    private int[] _left = null!;
    private int[] _right = null!;

    [Params(1, 4, 16, 64, 256, 1024)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _left = Inputs.Integers(N);
        _right = Inputs.Addends(N);
    }

    [Benchmark]
    public int Managed()
    {
        int[] left = _left;
        int[] right = _right;
        int sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum = unchecked(sum + TransitionBatchingImports.Managed(left[i], right[i]));
        }

        return sum;
    }

    [Benchmark]
    public int DllImport()
    {
        int[] left = _left;
        int[] right = _right;
        int sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum = unchecked(sum + TransitionBatchingImports.DllImport(left[i], right[i]));
        }

        return sum;
    }

    [Benchmark]
    public int LibraryImport()
    {
        int[] left = _left;
        int[] right = _right;
        int sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum = unchecked(sum + TransitionBatchingImports.LibraryImport(left[i], right[i]));
        }

        return sum;
    }

    [Benchmark]
    public int FunctionPointer()
    {
        int[] left = _left;
        int[] right = _right;
        int sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum = unchecked(sum + TransitionBatchingImports.Pointer(left[i], right[i]));
        }

        return sum;
    }

    [Benchmark]
    public int LibraryImportNoGc()
    {
        int[] left = _left;
        int[] right = _right;
        int sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum = unchecked(sum + TransitionBatchingImports.LibraryImportNoGc(left[i], right[i]));
        }

        return sum;
    }

    [Benchmark]
    public int DllImportBatch() => TransitionBatchingImports.DllImportBatch(_left, _right, (nuint)_left.Length);

    [Benchmark]
    public int LibraryImportBatch() => TransitionBatchingImports.LibraryImportBatch(_left, _right, (nuint)_left.Length);

    [Benchmark]
    public int FunctionPointerBatch()
    {
        int[] array = _left;
        fixed (int* left = array, right = _right)
        {
            return TransitionBatchingImports.PointerBatch(left, right, (nuint)array.Length);
        }
    }

    [Benchmark]
    public int LibraryImportBatchNoGc() => TransitionBatchingImports.LibraryImportBatchNoGc(_left, _right, (nuint)_left.Length);
}
