using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

internal static unsafe partial class BlittableAddI32Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<int, int, int> Pointer =
        (delegate* unmanaged[Cdecl]<int, int, int>)KernelLibrary.Export("blittable_add_i32");

    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<int, int, int> PointerNoGc =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<int, int, int>)KernelLibrary.Export("blittable_add_i32_nogc");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_add_i32", ExactSpelling = true)]
    internal static extern int DllImport(int a, int b);

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_add_i32_nogc", ExactSpelling = true), SuppressGCTransition]
    internal static extern int DllImportNoGc(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_add_i32")]
    internal static partial int LibraryImport(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_add_i32_nogc"), SuppressGCTransition]
    internal static partial int LibraryImportNoGc(int a, int b);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Managed(int a, int b) => unchecked(a + b);
}

public unsafe class BlittableAddI32
{
    // Fields, not constants: the compiler must not know the sum.
    private int _left;
    private int _right;
    private delegate* unmanaged[Cdecl]<int, int, int> _pointer;

    [GlobalSetup]
    public void Setup()
    {
        _left = Inputs.Left;
        _right = Inputs.Right;
        _pointer = BlittableAddI32Imports.Pointer;
    }

    [Benchmark]
    public int Managed() => BlittableAddI32Imports.Managed(_left, _right);

    [Benchmark]
    public int DllImport() => BlittableAddI32Imports.DllImport(_left, _right);

    [Benchmark]
    public int DllImportRaw() => BlittableAddI32Raw.DllImport(_left, _right);

    [Benchmark]
    public int LibraryImport() => BlittableAddI32Imports.LibraryImport(_left, _right);

    [Benchmark]
    public int LibraryImportRaw() => BlittableAddI32Raw.LibraryImport(_left, _right);

    [Benchmark]
    public int FunctionPointer() => BlittableAddI32Imports.Pointer(_left, _right);

    [Benchmark]
    public int FunctionPointerField() => _pointer(_left, _right);

    [Benchmark]
    public int DllImportNoGc() => BlittableAddI32Imports.DllImportNoGc(_left, _right);

    [Benchmark]
    public int DllImportRawNoGc() => BlittableAddI32Raw.DllImportNoGc(_left, _right);

    [Benchmark]
    public int LibraryImportNoGc() => BlittableAddI32Imports.LibraryImportNoGc(_left, _right);

    [Benchmark]
    public int FunctionPointerNoGc() => BlittableAddI32Imports.PointerNoGc(_left, _right);
}
