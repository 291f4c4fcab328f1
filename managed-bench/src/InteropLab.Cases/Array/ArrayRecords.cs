using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

/// <summary>array_record as it crosses the border.</summary>
[KernelStruct("array_record")]
[StructLayout(LayoutKind.Sequential)]
public struct ArrayRecordRaw
{
    public int Id;
    public int Active;
}

/// <summary>array_record as a C# programmer would write it: one bool, and it is no longer blittable.</summary>
[NativeMarshalling(typeof(ArrayRecordMarshaller))]
[StructLayout(LayoutKind.Sequential)]
public struct ArrayRecord
{
    public int Id;

    [MarshalAs(UnmanagedType.Bool)]
    public bool Active;
}

/// <summary>What LibraryImport needs to be told of the record.</summary>
[CustomMarshaller(typeof(ArrayRecord), MarshalMode.Default, typeof(ArrayRecordMarshaller))]
public static class ArrayRecordMarshaller
{
    public static ArrayRecordRaw ConvertToUnmanaged(ArrayRecord managed) => new() { Id = managed.Id, Active = managed.Active ? 1 : 0 };

    public static ArrayRecord ConvertToManaged(ArrayRecordRaw native) => new() { Id = native.Id, Active = native.Active != 0 };
}

internal static unsafe partial class ArrayRecordsImports
{
    internal static readonly delegate* unmanaged[Cdecl]<ArrayRecordRaw*, nuint, long> Pointer =
        (delegate* unmanaged[Cdecl]<ArrayRecordRaw*, nuint, long>)KernelLibrary.Export("array_records");

    [DllImport(KernelLibrary.Name, EntryPoint = "array_records", ExactSpelling = true)]
    internal static extern long DllImport([In] ArrayRecord[] records, nuint count);

    [DllImport(KernelLibrary.Name, EntryPoint = "array_records_out", ExactSpelling = true)]
    internal static extern long DllImportOut([Out] ArrayRecord[] records, nuint count);

    [DllImport(KernelLibrary.Name, EntryPoint = "array_records", ExactSpelling = true)]
    internal static extern long DllImportInOut([In, Out] ArrayRecord[] records, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_records")]
    internal static partial long LibraryImport([In] ArrayRecord[] records, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_records_out")]
    internal static partial long LibraryImportOut([Out] ArrayRecord[] records, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_records")]
    internal static partial long LibraryImportInOut([In, Out] ArrayRecord[] records, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_records")]
    internal static partial long LibraryImport(ReadOnlySpan<ArrayRecordRaw> records, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_records_out")]
    internal static partial long LibraryImportOut(Span<ArrayRecordRaw> records, nuint count);
}

/// <summary>The answer is the sum of the ids of active records, as native code read or wrote them.</summary>
public unsafe class ArrayRecords
{
    private nuint _count;
    private ArrayRecord[] _records = null!;
    private ArrayRecord[] _written = null!;
    private ArrayRecordRaw[] _raw = null!;
    private ArrayRecordRaw[] _rawWritten = null!;

    [Params(1, 16, 256)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _count = (nuint)N;
        bool[] flags = Inputs.Flags(N);
        _records = new ArrayRecord[N];
        _raw = new ArrayRecordRaw[N];
        for (int i = 0; i < N; i++)
        {
            _records[i] = new ArrayRecord { Id = i + 1, Active = flags[i] };
            _raw[i] = ArrayRecordMarshaller.ConvertToUnmanaged(_records[i]);
        }

        _written = new ArrayRecord[N];
        _rawWritten = new ArrayRecordRaw[N];
    }

    [Benchmark]
    public long DllImport() => ArrayRecordsImports.DllImport(_records, _count);

    [Benchmark]
    public long DllImportOut() => ArrayRecordsImports.DllImportOut(_written, _count);

    [Benchmark]
    public long DllImportInOut() => ArrayRecordsImports.DllImportInOut(_records, _count);

    [Benchmark]
    public long LibraryImport() => ArrayRecordsImports.LibraryImport(_records, _count);

    [Benchmark]
    public long LibraryImportOut() => ArrayRecordsImports.LibraryImportOut(_written, _count);

    [Benchmark]
    public long LibraryImportInOut() => ArrayRecordsImports.LibraryImportInOut(_records, _count);

    // By hand: a native copy, and no way back.
    [Benchmark]
    public long FunctionPointer()
    {
        ArrayRecord[] records = _records;
        ArrayRecordRaw* native = (ArrayRecordRaw*)NativeMemory.Alloc((nuint)records.Length, (nuint)sizeof(ArrayRecordRaw));
        for (int i = 0; i < records.Length; i++)
        {
            native[i] = ArrayRecordMarshaller.ConvertToUnmanaged(records[i]);
        }

        long sum = ArrayRecordsImports.Pointer(native, _count);
        NativeMemory.Free(native);
        return sum;
    }

    [Benchmark]
    public long Blittable() => ArrayRecordsImports.LibraryImport(new ReadOnlySpan<ArrayRecordRaw>(_raw), _count);

    [Benchmark]
    public long BlittableOut() => ArrayRecordsImports.LibraryImportOut(new Span<ArrayRecordRaw>(_rawWritten), _count);
}
