using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ArrayNativeAllocImports
{
    internal static readonly delegate* unmanaged[Cdecl]<byte*, nuint, int> Pointer =
        (delegate* unmanaged[Cdecl]<byte*, nuint, int>)KernelLibrary.Export("array_native_alloc");

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_native_alloc")]
    internal static partial int LibraryImport(byte* memory, nuint bytes);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_native_alloc_new")]
    internal static partial byte* New(nuint bytes);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_native_alloc_free")]
    internal static partial void Free(byte* memory);
}

/// <summary>Memory for one call. Native code touches its first and its last byte; the answer is their sum.</summary>
public unsafe class ArrayNativeAlloc
{
    private int _bytes;

    [Params(16, 256, 4096, 65536)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => _bytes = N;

    [Benchmark]
    public int NativeMemoryAlloc()
    {
        byte* memory = (byte*)NativeMemory.Alloc((nuint)_bytes);
        int sum = ArrayNativeAllocImports.LibraryImport(memory, (nuint)_bytes);
        NativeMemory.Free(memory);
        return sum;
    }

    [Benchmark]
    public int FunctionPointer()
    {
        byte* memory = (byte*)NativeMemory.Alloc((nuint)_bytes);
        int sum = ArrayNativeAllocImports.Pointer(memory, (nuint)_bytes);
        NativeMemory.Free(memory);
        return sum;
    }

    [Benchmark]
    public int NativeMemoryAllocZeroed()
    {
        byte* memory = (byte*)NativeMemory.AllocZeroed((nuint)_bytes);
        int sum = ArrayNativeAllocImports.LibraryImport(memory, (nuint)_bytes);
        NativeMemory.Free(memory);
        return sum;
    }

    [Benchmark]
    public int AllocHGlobal()
    {
        nint memory = Marshal.AllocHGlobal(_bytes);
        int sum = ArrayNativeAllocImports.LibraryImport((byte*)memory, (nuint)_bytes);
        Marshal.FreeHGlobal(memory);
        return sum;
    }

    [Benchmark]
    public int KernelAlloc()
    {
        byte* memory = ArrayNativeAllocImports.New((nuint)_bytes);
        int sum = ArrayNativeAllocImports.LibraryImport(memory, (nuint)_bytes);
        ArrayNativeAllocImports.Free(memory);
        return sum;
    }

    [Benchmark]
    public int PooledArray()
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(_bytes);
        int sum;
        fixed (byte* memory = rented)
        {
            sum = ArrayNativeAllocImports.LibraryImport(memory, (nuint)_bytes);
        }

        ArrayPool<byte>.Shared.Return(rented);
        return sum;
    }

    [Benchmark]
    public int NewArray()
    {
        fixed (byte* memory = new byte[_bytes])
        {
            return ArrayNativeAllocImports.LibraryImport(memory, (nuint)_bytes);
        }
    }

    [Benchmark]
    [SkipLocalsInit]
    public int Stackalloc()
    {
        byte* memory = stackalloc byte[_bytes];
        return ArrayNativeAllocImports.LibraryImport(memory, (nuint)_bytes);
    }
}
