using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ArrayBoolOutImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int*, nuint, void> Pointer =
        (delegate* unmanaged[Cdecl]<int*, nuint, void>)KernelLibrary.Export("array_bool_out");

    [DllImport(KernelLibrary.Name, EntryPoint = "array_bool_out", ExactSpelling = true)]
    internal static extern void DllImport([Out] bool[] flags, nuint count);

    [DllImport(KernelLibrary.Name, EntryPoint = "array_bool_out", ExactSpelling = true)]
    internal static extern void DllImportInOut([In, Out] bool[] flags, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_bool_out")]
    internal static partial void LibraryImport([Out, MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.Bool)] bool[] flags, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_bool_out")]
    internal static partial void LibraryImportInOut([In, Out, MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.Bool)] bool[] flags, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_bool_out")]
    internal static partial void LibraryImport(Span<int> flags, nuint count);
}

/// <summary>The answer is the last flag, cleared before each call.</summary>
public unsafe class ArrayBoolOut
{
    private nuint _count;
    private bool[] _flags = null!;
    private int[] _integers = null!;

    [Params(1, 16, 128, 129, 4096)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _count = (nuint)N;
        _flags = Inputs.ScratchFlags(N);
        _integers = Inputs.Scratch(N);
    }

    [Benchmark]
    public int DllImport()
    {
        bool[] flags = _flags;
        flags[^1] = false;
        ArrayBoolOutImports.DllImport(flags, _count);
        return flags[^1] ? 1 : 0;
    }

    [Benchmark]
    public int DllImportInOut()
    {
        bool[] flags = _flags;
        flags[^1] = false;
        ArrayBoolOutImports.DllImportInOut(flags, _count);
        return flags[^1] ? 1 : 0;
    }

    [Benchmark]
    public int LibraryImport()
    {
        bool[] flags = _flags;
        flags[^1] = false;
        ArrayBoolOutImports.LibraryImport(flags, _count);
        return flags[^1] ? 1 : 0;
    }

    [Benchmark]
    public int LibraryImportInOut()
    {
        bool[] flags = _flags;
        flags[^1] = false;
        ArrayBoolOutImports.LibraryImportInOut(flags, _count);
        return flags[^1] ? 1 : 0;
    }

    // By hand: native memory, and one way back.
    [Benchmark]
    public int FunctionPointer()
    {
        bool[] flags = _flags;
        flags[^1] = false;
        int* native = (int*)NativeMemory.Alloc((nuint)flags.Length, sizeof(int));
        ArrayBoolOutImports.Pointer(native, _count);
        for (int i = 0; i < flags.Length; i++)
        {
            flags[i] = native[i] != 0;
        }

        NativeMemory.Free(native);
        return flags[^1] ? 1 : 0;
    }

    [Benchmark]
    public int Int32Array()
    {
        int[] flags = _integers;
        flags[^1] = 0;
        ArrayBoolOutImports.LibraryImport(new Span<int>(flags), _count);
        return flags[^1];
    }
}
