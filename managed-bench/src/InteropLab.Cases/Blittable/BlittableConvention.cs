using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class BlittableConventionImports
{
    internal static readonly delegate* unmanaged<int, int, int> Pointer =
        (delegate* unmanaged<int, int, int>)KernelLibrary.Export("blittable_convention");

    internal static readonly delegate* unmanaged[Cdecl]<int, int, int> PointerCdecl =
        (delegate* unmanaged[Cdecl]<int, int, int>)KernelLibrary.Export("blittable_convention");

    internal static readonly delegate* unmanaged[Stdcall]<int, int, int> PointerStdcall =
        (delegate* unmanaged[Stdcall]<int, int, int>)KernelLibrary.Export("blittable_convention");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_convention", ExactSpelling = true)]
    internal static extern int DllImport(int a, int b);

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_convention", ExactSpelling = true, CallingConvention = CallingConvention.Cdecl)]
    internal static extern int DllImportCdecl(int a, int b);

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_convention", ExactSpelling = true, CallingConvention = CallingConvention.StdCall)]
    internal static extern int DllImportStdcall(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_convention")]
    internal static partial int LibraryImport(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_convention"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int LibraryImportCdecl(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_convention"), UnmanagedCallConv(CallConvs = [typeof(CallConvStdcall)])]
    internal static partial int LibraryImportStdcall(int a, int b);
}

public unsafe class BlittableConvention
{
    private int _left;
    private int _right;

    [GlobalSetup]
    public void Setup()
    {
        _left = Inputs.Left;
        _right = Inputs.Right;
    }

    [Benchmark]
    public int DllImport() => BlittableConventionImports.DllImport(_left, _right);

    [Benchmark]
    public int DllImportCdecl() => BlittableConventionImports.DllImportCdecl(_left, _right);

    [Benchmark]
    public int DllImportStdcall() => BlittableConventionImports.DllImportStdcall(_left, _right);

    [Benchmark]
    public int LibraryImport() => BlittableConventionImports.LibraryImport(_left, _right);

    [Benchmark]
    public int LibraryImportCdecl() => BlittableConventionImports.LibraryImportCdecl(_left, _right);

    [Benchmark]
    public int LibraryImportStdcall() => BlittableConventionImports.LibraryImportStdcall(_left, _right);

    [Benchmark]
    public int FunctionPointer() => BlittableConventionImports.Pointer(_left, _right);

    [Benchmark]
    public int FunctionPointerCdecl() => BlittableConventionImports.PointerCdecl(_left, _right);

    [Benchmark]
    public int FunctionPointerStdcall() => BlittableConventionImports.PointerStdcall(_left, _right);
}
