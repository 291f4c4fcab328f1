using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class BlittableArity0Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong>)KernelLibrary.Export("blittable_arity_0");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_arity_0", ExactSpelling = true)]
    internal static extern ulong DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_0")]
    internal static partial ulong LibraryImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_0_nogc"), SuppressGCTransition]
    internal static partial ulong LibraryImportNoGc();
}

internal static unsafe partial class BlittableArity2Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong, ulong, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong, ulong, ulong>)KernelLibrary.Export("blittable_arity_2");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_arity_2", ExactSpelling = true)]
    internal static extern ulong DllImport(ulong a0, ulong a1);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_2")]
    internal static partial ulong LibraryImport(ulong a0, ulong a1);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_2_nogc"), SuppressGCTransition]
    internal static partial ulong LibraryImportNoGc(ulong a0, ulong a1);
}

internal static unsafe partial class BlittableArity4Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong>)KernelLibrary.Export("blittable_arity_4");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_arity_4", ExactSpelling = true)]
    internal static extern ulong DllImport(ulong a0, ulong a1, ulong a2, ulong a3);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_4")]
    internal static partial ulong LibraryImport(ulong a0, ulong a1, ulong a2, ulong a3);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_4_nogc"), SuppressGCTransition]
    internal static partial ulong LibraryImportNoGc(ulong a0, ulong a1, ulong a2, ulong a3);
}

internal static unsafe partial class BlittableArity6Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ulong, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ulong, ulong>)KernelLibrary.Export("blittable_arity_6");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_arity_6", ExactSpelling = true)]
    internal static extern ulong DllImport(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_6")]
    internal static partial ulong LibraryImport(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_6_nogc"), SuppressGCTransition]
    internal static partial ulong LibraryImportNoGc(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5);
}

internal static unsafe partial class BlittableArity7Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong>)KernelLibrary.Export("blittable_arity_7");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_arity_7", ExactSpelling = true)]
    internal static extern ulong DllImport(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong a6);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_7")]
    internal static partial ulong LibraryImport(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong a6);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_7_nogc"), SuppressGCTransition]
    internal static partial ulong LibraryImportNoGc(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong a6);
}

internal static unsafe partial class BlittableArity8Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong>)KernelLibrary.Export("blittable_arity_8");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_arity_8", ExactSpelling = true)]
    internal static extern ulong DllImport(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong a6, ulong a7);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_8")]
    internal static partial ulong LibraryImport(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong a6, ulong a7);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_8_nogc"), SuppressGCTransition]
    internal static partial ulong LibraryImportNoGc(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong a6, ulong a7);
}

internal static unsafe partial class BlittableArity12Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong>)KernelLibrary.Export("blittable_arity_12");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_arity_12", ExactSpelling = true)]
    internal static extern ulong DllImport(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong a6, ulong a7, ulong a8, ulong a9, ulong a10, ulong a11);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_12")]
    internal static partial ulong LibraryImport(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong a6, ulong a7, ulong a8, ulong a9, ulong a10, ulong a11);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_arity_12_nogc"), SuppressGCTransition]
    internal static partial ulong LibraryImportNoGc(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong a6, ulong a7, ulong a8, ulong a9, ulong a10, ulong a11);
}

/// <summary>n=0.</summary>
public unsafe class BlittableArity0
{
    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public ulong DllImport() => BlittableArity0Imports.DllImport();

    [Benchmark]
    public ulong LibraryImport() => BlittableArity0Imports.LibraryImport();

    [Benchmark]
    public ulong FunctionPointer() => BlittableArity0Imports.Pointer();

    [Benchmark]
    public ulong LibraryImportNoGc() => BlittableArity0Imports.LibraryImportNoGc();
}

/// <summary>n=2.</summary>
public unsafe class BlittableArity2
{
    private ulong _a0, _a1;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = Inputs.Word(0);
        _a1 = Inputs.Word(1);
    }

    [Benchmark]
    public ulong DllImport() => BlittableArity2Imports.DllImport(_a0, _a1);

    [Benchmark]
    public ulong LibraryImport() => BlittableArity2Imports.LibraryImport(_a0, _a1);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArity2Imports.Pointer(_a0, _a1);

    [Benchmark]
    public ulong LibraryImportNoGc() => BlittableArity2Imports.LibraryImportNoGc(_a0, _a1);
}

/// <summary>n=4.</summary>
public unsafe class BlittableArity4
{
    private ulong _a0, _a1, _a2, _a3;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = Inputs.Word(0);
        _a1 = Inputs.Word(1);
        _a2 = Inputs.Word(2);
        _a3 = Inputs.Word(3);
    }

    [Benchmark]
    public ulong DllImport() => BlittableArity4Imports.DllImport(_a0, _a1, _a2, _a3);

    [Benchmark]
    public ulong LibraryImport() => BlittableArity4Imports.LibraryImport(_a0, _a1, _a2, _a3);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArity4Imports.Pointer(_a0, _a1, _a2, _a3);

    [Benchmark]
    public ulong LibraryImportNoGc() => BlittableArity4Imports.LibraryImportNoGc(_a0, _a1, _a2, _a3);
}

/// <summary>n=6.</summary>
public unsafe class BlittableArity6
{
    private ulong _a0, _a1, _a2, _a3, _a4, _a5;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = Inputs.Word(0);
        _a1 = Inputs.Word(1);
        _a2 = Inputs.Word(2);
        _a3 = Inputs.Word(3);
        _a4 = Inputs.Word(4);
        _a5 = Inputs.Word(5);
    }

    [Benchmark]
    public ulong DllImport() => BlittableArity6Imports.DllImport(_a0, _a1, _a2, _a3, _a4, _a5);

    [Benchmark]
    public ulong LibraryImport() => BlittableArity6Imports.LibraryImport(_a0, _a1, _a2, _a3, _a4, _a5);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArity6Imports.Pointer(_a0, _a1, _a2, _a3, _a4, _a5);

    [Benchmark]
    public ulong LibraryImportNoGc() => BlittableArity6Imports.LibraryImportNoGc(_a0, _a1, _a2, _a3, _a4, _a5);
}

/// <summary>n=7.</summary>
public unsafe class BlittableArity7
{
    private ulong _a0, _a1, _a2, _a3, _a4, _a5, _a6;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = Inputs.Word(0);
        _a1 = Inputs.Word(1);
        _a2 = Inputs.Word(2);
        _a3 = Inputs.Word(3);
        _a4 = Inputs.Word(4);
        _a5 = Inputs.Word(5);
        _a6 = Inputs.Word(6);
    }

    [Benchmark]
    public ulong DllImport() => BlittableArity7Imports.DllImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6);

    [Benchmark]
    public ulong LibraryImport() => BlittableArity7Imports.LibraryImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArity7Imports.Pointer(_a0, _a1, _a2, _a3, _a4, _a5, _a6);

    [Benchmark]
    public ulong LibraryImportNoGc() => BlittableArity7Imports.LibraryImportNoGc(_a0, _a1, _a2, _a3, _a4, _a5, _a6);
}

/// <summary>n=8.</summary>
public unsafe class BlittableArity8
{
    private ulong _a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = Inputs.Word(0);
        _a1 = Inputs.Word(1);
        _a2 = Inputs.Word(2);
        _a3 = Inputs.Word(3);
        _a4 = Inputs.Word(4);
        _a5 = Inputs.Word(5);
        _a6 = Inputs.Word(6);
        _a7 = Inputs.Word(7);
    }

    [Benchmark]
    public ulong DllImport() => BlittableArity8Imports.DllImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7);

    [Benchmark]
    public ulong LibraryImport() => BlittableArity8Imports.LibraryImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArity8Imports.Pointer(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7);

    [Benchmark]
    public ulong LibraryImportNoGc() => BlittableArity8Imports.LibraryImportNoGc(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7);
}

/// <summary>n=12.</summary>
public unsafe class BlittableArity12
{
    private ulong _a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11;

    [GlobalSetup]
    public void Setup()
    {
        _a0 = Inputs.Word(0);
        _a1 = Inputs.Word(1);
        _a2 = Inputs.Word(2);
        _a3 = Inputs.Word(3);
        _a4 = Inputs.Word(4);
        _a5 = Inputs.Word(5);
        _a6 = Inputs.Word(6);
        _a7 = Inputs.Word(7);
        _a8 = Inputs.Word(8);
        _a9 = Inputs.Word(9);
        _a10 = Inputs.Word(10);
        _a11 = Inputs.Word(11);
    }

    [Benchmark]
    public ulong DllImport() => BlittableArity12Imports.DllImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11);

    [Benchmark]
    public ulong LibraryImport() => BlittableArity12Imports.LibraryImport(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11);

    [Benchmark]
    public ulong FunctionPointer() => BlittableArity12Imports.Pointer(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11);

    [Benchmark]
    public ulong LibraryImportNoGc() => BlittableArity12Imports.LibraryImportNoGc(_a0, _a1, _a2, _a3, _a4, _a5, _a6, _a7, _a8, _a9, _a10, _a11);
}
