using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class BlittableArgsF64X2Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<double, double, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<double, double, ulong>)KernelLibrary.Export("blittable_args_f64_x2");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_args_f64_x2", ExactSpelling = true)]
    internal static extern ulong DllImport(double a0, double a1);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_args_f64_x2")]
    internal static partial ulong LibraryImport(double a0, double a1);
}

internal static unsafe partial class BlittableArgsF64X8Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<double, double, double, double, double, double, double, double, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<double, double, double, double, double, double, double, double, ulong>)KernelLibrary.Export("blittable_args_f64_x8");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_args_f64_x8", ExactSpelling = true)]
    internal static extern ulong DllImport(double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_args_f64_x8")]
    internal static partial ulong LibraryImport(double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7);
}

internal static unsafe partial class BlittableArgsF64X9Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<double, double, double, double, double, double, double, double, double, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<double, double, double, double, double, double, double, double, double, ulong>)KernelLibrary.Export("blittable_args_f64_x9");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_args_f64_x9", ExactSpelling = true)]
    internal static extern ulong DllImport(double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7, double a8);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_args_f64_x9")]
    internal static partial ulong LibraryImport(double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7, double a8);
}

internal static unsafe partial class BlittableArgsF64X12Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<double, double, double, double, double, double, double, double, double, double, double, double, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<double, double, double, double, double, double, double, double, double, double, double, double, ulong>)KernelLibrary.Export("blittable_args_f64_x12");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_args_f64_x12", ExactSpelling = true)]
    internal static extern ulong DllImport(double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7, double a8, double a9, double a10, double a11);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_args_f64_x12")]
    internal static partial ulong LibraryImport(double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7, double a8, double a9, double a10, double a11);
}

internal static unsafe partial class BlittableArgsF64Mixed12Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong, double, ulong, double, ulong, double, ulong, double, ulong, double, ulong, double, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong, double, ulong, double, ulong, double, ulong, double, ulong, double, ulong, double, ulong>)KernelLibrary.Export("blittable_args_f64_mixed12");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_args_f64_mixed12", ExactSpelling = true)]
    internal static extern ulong DllImport(ulong a0, double a1, ulong a2, double a3, ulong a4, double a5, ulong a6, double a7, ulong a8, double a9, ulong a10, double a11);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_args_f64_mixed12")]
    internal static partial ulong LibraryImport(ulong a0, double a1, ulong a2, double a3, ulong a4, double a5, ulong a6, double a7, ulong a8, double a9, ulong a10, double a11);
}

/// <summary>arguments=f64x2.</summary>
public unsafe class BlittableArgsF64X2
{
    private double _a0, _a1;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = BitConverter.UInt64BitsToDouble(Inputs.Word(0));
        _a1 = BitConverter.UInt64BitsToDouble(Inputs.Word(1));
    }

    [Benchmark]
    public ulong DllImport() => BlittableArgsF64X2Imports.DllImport(_a0, _a1);

    [Benchmark]
    public ulong LibraryImport() => BlittableArgsF64X2Imports.LibraryImport(_a0, _a1);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArgsF64X2Imports.Pointer(_a0, _a1);
}

/// <summary>arguments=f64x8.</summary>
public unsafe class BlittableArgsF64X8
{
    private double _a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = BitConverter.UInt64BitsToDouble(Inputs.Word(0));
        _a1 = BitConverter.UInt64BitsToDouble(Inputs.Word(1));
        _a2 = BitConverter.UInt64BitsToDouble(Inputs.Word(2));
        _a3 = BitConverter.UInt64BitsToDouble(Inputs.Word(3));
        _a4 = BitConverter.UInt64BitsToDouble(Inputs.Word(4));
        _a5 = BitConverter.UInt64BitsToDouble(Inputs.Word(5));
        _a6 = BitConverter.UInt64BitsToDouble(Inputs.Word(6));
        _a7 = BitConverter.UInt64BitsToDouble(Inputs.Word(7));
    }

    [Benchmark]
    public ulong DllImport() => BlittableArgsF64X8Imports.DllImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7);

    [Benchmark]
    public ulong LibraryImport() => BlittableArgsF64X8Imports.LibraryImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArgsF64X8Imports.Pointer(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7);
}

/// <summary>arguments=f64x9.</summary>
public unsafe class BlittableArgsF64X9
{
    private double _a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = BitConverter.UInt64BitsToDouble(Inputs.Word(0));
        _a1 = BitConverter.UInt64BitsToDouble(Inputs.Word(1));
        _a2 = BitConverter.UInt64BitsToDouble(Inputs.Word(2));
        _a3 = BitConverter.UInt64BitsToDouble(Inputs.Word(3));
        _a4 = BitConverter.UInt64BitsToDouble(Inputs.Word(4));
        _a5 = BitConverter.UInt64BitsToDouble(Inputs.Word(5));
        _a6 = BitConverter.UInt64BitsToDouble(Inputs.Word(6));
        _a7 = BitConverter.UInt64BitsToDouble(Inputs.Word(7));
        _a8 = BitConverter.UInt64BitsToDouble(Inputs.Word(8));
    }

    [Benchmark]
    public ulong DllImport() => BlittableArgsF64X9Imports.DllImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8);

    [Benchmark]
    public ulong LibraryImport() => BlittableArgsF64X9Imports.LibraryImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArgsF64X9Imports.Pointer(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8);
}

/// <summary>arguments=f64x12.</summary>
public unsafe class BlittableArgsF64X12
{
    private double _a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = BitConverter.UInt64BitsToDouble(Inputs.Word(0));
        _a1 = BitConverter.UInt64BitsToDouble(Inputs.Word(1));
        _a2 = BitConverter.UInt64BitsToDouble(Inputs.Word(2));
        _a3 = BitConverter.UInt64BitsToDouble(Inputs.Word(3));
        _a4 = BitConverter.UInt64BitsToDouble(Inputs.Word(4));
        _a5 = BitConverter.UInt64BitsToDouble(Inputs.Word(5));
        _a6 = BitConverter.UInt64BitsToDouble(Inputs.Word(6));
        _a7 = BitConverter.UInt64BitsToDouble(Inputs.Word(7));
        _a8 = BitConverter.UInt64BitsToDouble(Inputs.Word(8));
        _a9 = BitConverter.UInt64BitsToDouble(Inputs.Word(9));
        _a10 = BitConverter.UInt64BitsToDouble(Inputs.Word(10));
        _a11 = BitConverter.UInt64BitsToDouble(Inputs.Word(11));
    }

    [Benchmark]
    public ulong DllImport() => BlittableArgsF64X12Imports.DllImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11);

    [Benchmark]
    public ulong LibraryImport() => BlittableArgsF64X12Imports.LibraryImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArgsF64X12Imports.Pointer(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11);
}

/// <summary>arguments=mixed12.</summary>
public unsafe class BlittableArgsF64Mixed12
{
    private ulong _a0, _a2, _a4, _a6, _a8, _a10;
    private double _a1, _a3, _a5, _a7, _a9, _a11;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = Inputs.Word(0);
        _a1 = BitConverter.UInt64BitsToDouble(Inputs.Word(1));
        _a2 = Inputs.Word(2);
        _a3 = BitConverter.UInt64BitsToDouble(Inputs.Word(3));
        _a4 = Inputs.Word(4);
        _a5 = BitConverter.UInt64BitsToDouble(Inputs.Word(5));
        _a6 = Inputs.Word(6);
        _a7 = BitConverter.UInt64BitsToDouble(Inputs.Word(7));
        _a8 = Inputs.Word(8);
        _a9 = BitConverter.UInt64BitsToDouble(Inputs.Word(9));
        _a10 = Inputs.Word(10);
        _a11 = BitConverter.UInt64BitsToDouble(Inputs.Word(11));
    }

    [Benchmark]
    public ulong DllImport() => BlittableArgsF64Mixed12Imports.DllImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11);

    [Benchmark]
    public ulong LibraryImport() => BlittableArgsF64Mixed12Imports.LibraryImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArgsF64Mixed12Imports.Pointer(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11);
}
