using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ArrayBoolImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int*, nuint, int> Pointer =
        (delegate* unmanaged[Cdecl]<int*, nuint, int>)KernelLibrary.Export("array_bool");

    [DllImport(KernelLibrary.Name, EntryPoint = "array_bool", ExactSpelling = true)]
    internal static extern int DllImport([In] bool[] flags, nuint count);

    [DllImport(KernelLibrary.Name, EntryPoint = "array_bool", ExactSpelling = true)]
    internal static extern int DllImportInOut([In, Out] bool[] flags, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_bool")]
    internal static partial int LibraryImport([In, MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.Bool)] bool[] flags, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_bool")]
    internal static partial int LibraryImportInOut([In, Out, MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.Bool)] bool[] flags, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_bool")]
    internal static partial int LibraryImport(ReadOnlySpan<int> flags, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_bool_bytes")]
    internal static partial int LibraryImportBytes(ReadOnlySpan<byte> flags, nuint count);
}

/// <summary>The answer is the number of set flags.</summary>
public unsafe class ArrayBool
{
    private nuint _count;
    private bool[] _flags = null!;
    private int[] _integers = null!;
    private byte[] _bytes = null!;

    [Params(1, 16, 128, 129, 4096)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _count = (nuint)N;
        _flags = Inputs.Flags(N);
        _integers = Inputs.FlagIntegers(N);
        _bytes = Inputs.FlagBytes(N);
    }

    [Benchmark]
    public int DllImport() => ArrayBoolImports.DllImport(_flags, _count);

    [Benchmark]
    public int DllImportInOut() => ArrayBoolImports.DllImportInOut(_flags, _count);

    [Benchmark]
    public int LibraryImport() => ArrayBoolImports.LibraryImport(_flags, _count);

    [Benchmark]
    public int LibraryImportInOut() => ArrayBoolImports.LibraryImportInOut(_flags, _count);

    // By hand: a native copy, and no way back.
    [Benchmark]
    public int FunctionPointer()
    {
        bool[] flags = _flags;
        int* native = (int*)NativeMemory.Alloc((nuint)flags.Length, sizeof(int));
        for (int i = 0; i < flags.Length; i++)
        {
            native[i] = flags[i] ? 1 : 0;
        }

        int set = ArrayBoolImports.Pointer(native, _count);
        NativeMemory.Free(native);
        return set;
    }

    [Benchmark]
    public int Int32Array() => ArrayBoolImports.LibraryImport(new ReadOnlySpan<int>(_integers), _count);

    [Benchmark]
    public int ByteArray() => ArrayBoolImports.LibraryImportBytes(new ReadOnlySpan<byte>(_bytes), _count);
}
