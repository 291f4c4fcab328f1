using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ArrayBulkBytesImports
{
    internal static readonly delegate* unmanaged[Cdecl]<byte*, nuint, long> Pointer =
        (delegate* unmanaged[Cdecl]<byte*, nuint, long>)KernelLibrary.Export("array_bulk_bytes");

    [DllImport(KernelLibrary.Name, EntryPoint = "array_bulk_bytes", ExactSpelling = true)]
    internal static extern long DllImport(byte[] bytes, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_bulk_bytes")]
    internal static partial long LibraryImport(byte[] bytes, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_bulk_bytes")]
    internal static partial long LibraryImport(ReadOnlySpan<byte> bytes, nuint count);
}

/// <summary>The answer is the sum of the bytes.</summary>
public unsafe class ArrayBulkBytes
{
    private nuint _count;
    private byte[] _bytes = null!;

    [Params(0, 64, 4096, 65536, 1048576, 16777216)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _count = (nuint)N;
        _bytes = Inputs.Bytes(N);
    }

    [Benchmark]
    public long DllImport() => ArrayBulkBytesImports.DllImport(_bytes, _count);

    [Benchmark]
    public long LibraryImport() => ArrayBulkBytesImports.LibraryImport(_bytes, _count);

    [Benchmark]
    public long FunctionPointer()
    {
        fixed (byte* bytes = _bytes)
        {
            return ArrayBulkBytesImports.Pointer(bytes, _count);
        }
    }

    [Benchmark]
    public long ReadOnlySpanByte() => ArrayBulkBytesImports.LibraryImport(new ReadOnlySpan<byte>(_bytes), _count);
}
