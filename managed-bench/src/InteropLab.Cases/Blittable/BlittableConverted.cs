using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

/// <summary>blittable_decimal: the bits of a decimal.</summary>
[KernelStruct("blittable_decimal")]
[StructLayout(LayoutKind.Sequential)]
public struct BlittableDecimal
{
    public ushort Reserved;
    public byte Scale, Sign;
    public uint High;
    public ulong Low;
}

internal static unsafe partial class BlittableConvertedGuidImports
{
    internal static readonly delegate* unmanaged[Cdecl]<Guid*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<Guid*, ulong>)KernelLibrary.Export("blittable_converted_guid");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_converted_guid", ExactSpelling = true)]
    internal static extern ulong DllImport(in Guid guid);

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_converted_guid", ExactSpelling = true)]
    internal static extern ulong DllImportLPStruct([MarshalAs(UnmanagedType.LPStruct)] Guid guid);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_converted_guid")]
    internal static partial ulong LibraryImport(in Guid guid);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_converted_guid")]
    internal static partial ulong LibraryImportByHand(Guid* guid);
}

internal static unsafe partial class BlittableConvertedDecimalImports
{
    internal static readonly delegate* unmanaged[Cdecl]<BlittableDecimal, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<BlittableDecimal, ulong>)KernelLibrary.Export("blittable_converted_decimal");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_converted_decimal", ExactSpelling = true)]
    internal static extern ulong DllImport(decimal value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_converted_decimal")]
    internal static partial ulong LibraryImportByHand(BlittableDecimal value);
}

internal static unsafe partial class BlittableConvertedDateImports
{
    internal static readonly delegate* unmanaged[Cdecl]<double, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<double, ulong>)KernelLibrary.Export("blittable_converted_date");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_converted_date", ExactSpelling = true)]
    internal static extern ulong DllImport(DateTime date);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_converted_date")]
    internal static partial ulong LibraryImportByHand(double days);
}

/// <summary>type=guid.</summary>
public unsafe class BlittableConvertedGuid
{
    private Guid _guid;

    [GlobalSetup]
    public void Setup() => _guid = Inputs.Guid;

    [Benchmark]
    public ulong DllImport() => BlittableConvertedGuidImports.DllImport(in _guid);

    [Benchmark]
    public ulong DllImportLPStruct() => BlittableConvertedGuidImports.DllImportLPStruct(_guid);

    [Benchmark]
    public ulong LibraryImport() => BlittableConvertedGuidImports.LibraryImport(in _guid);

    [Benchmark]
    public ulong LibraryImportByHand()
    {
        fixed (Guid* guid = &_guid)
        {
            return BlittableConvertedGuidImports.LibraryImportByHand(guid);
        }
    }

    [Benchmark]
    public ulong FunctionPointer()
    {
        fixed (Guid* guid = &_guid)
        {
            return BlittableConvertedGuidImports.Pointer(guid);
        }
    }
}

/// <summary>type=decimal.</summary>
public unsafe class BlittableConvertedDecimal
{
    private decimal _value;

    [GlobalSetup]
    public void Setup() => _value = Inputs.Decimal;

    [Benchmark]
    public ulong DllImport() => BlittableConvertedDecimalImports.DllImport(_value);

    [Benchmark]
    public ulong DllImportRaw() => BlittableConvertedDecimalRaw.DllImport(_value);

    [Benchmark]
    public ulong LibraryImportRaw() => BlittableConvertedDecimalRaw.LibraryImport(_value);

    [Benchmark]
    public ulong LibraryImportByHand() =>
        BlittableConvertedDecimalImports.LibraryImportByHand(Unsafe.BitCast<decimal, BlittableDecimal>(_value));

    [Benchmark]
    public ulong FunctionPointer() => BlittableConvertedDecimalImports.Pointer(Unsafe.BitCast<decimal, BlittableDecimal>(_value));
}

/// <summary>type=date.</summary>
public unsafe class BlittableConvertedDate
{
    private DateTime _date;

    [GlobalSetup]
    public void Setup() => _date = Inputs.Date;

    [Benchmark]
    public ulong DllImport() => BlittableConvertedDateImports.DllImport(_date);

    [Benchmark]
    public ulong LibraryImportByHand() => BlittableConvertedDateImports.LibraryImportByHand(_date.ToOADate());

    [Benchmark]
    public ulong FunctionPointer() => BlittableConvertedDateImports.Pointer(_date.ToOADate());
}
