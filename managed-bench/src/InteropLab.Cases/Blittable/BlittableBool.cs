using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

internal static unsafe partial class BlittableBool4Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<int, int> Pointer =
        (delegate* unmanaged[Cdecl]<int, int>)KernelLibrary.Export("blittable_bool_4");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_bool_4", ExactSpelling = true)]
    internal static extern bool DllImport(bool flag);

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_bool_4", ExactSpelling = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static extern bool DllImportMarshalAs([MarshalAs(UnmanagedType.Bool)] bool flag);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_bool_4")]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool LibraryImport([MarshalAs(UnmanagedType.Bool)] bool flag);

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_bool_4", ExactSpelling = true)]
    internal static extern int DllImportInteger(int flag);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_bool_4")]
    internal static partial int LibraryImportInteger(int flag);
}

internal static unsafe partial class BlittableBool1Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<byte, byte> Pointer =
        (delegate* unmanaged[Cdecl]<byte, byte>)KernelLibrary.Export("blittable_bool_1");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_bool_1", ExactSpelling = true)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static extern bool DllImportMarshalAs([MarshalAs(UnmanagedType.U1)] bool flag);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_bool_1")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool LibraryImport([MarshalAs(UnmanagedType.U1)] bool flag);

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_bool_1", ExactSpelling = true)]
    internal static extern byte DllImportInteger(byte flag);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_bool_1")]
    internal static partial byte LibraryImportInteger(byte flag);
}

/// <summary>width=4. Each variant starts from a flag of its own type; all return an integer, which costs a bool one instruction.</summary>
public unsafe class BlittableBool4
{
    private bool _flag;
    private int _integer;

    [GlobalSetup]
    public void Setup()
    {
        _flag = Inputs.Flag;
        _integer = Inputs.Flag ? 1 : 0;
    }

    [Benchmark]
    public int DllImport() => BlittableBool4Imports.DllImport(_flag) ? 1 : 0;

    [Benchmark]
    public int DllImportMarshalAs() => BlittableBool4Imports.DllImportMarshalAs(_flag) ? 1 : 0;

    [Benchmark]
    public int LibraryImport() => BlittableBool4Imports.LibraryImport(_flag) ? 1 : 0;

    [Benchmark]
    public int FunctionPointer() => BlittableBool4Imports.Pointer(_flag ? 1 : 0) != 0 ? 1 : 0;

    [Benchmark]
    public int DllImportInteger() => BlittableBool4Imports.DllImportInteger(_integer);

    [Benchmark]
    public int LibraryImportInteger() => BlittableBool4Imports.LibraryImportInteger(_integer);
}

/// <summary>width=1.</summary>
public unsafe class BlittableBool1
{
    private bool _flag;
    private byte _integer;

    [GlobalSetup]
    public void Setup()
    {
        _flag = Inputs.Flag;
        _integer = (byte)(Inputs.Flag ? 1 : 0);
    }

    [Benchmark]
    public int DllImportMarshalAs() => BlittableBool1Imports.DllImportMarshalAs(_flag) ? 1 : 0;

    [Benchmark]
    public int DllImportRaw() => BlittableBool1Raw.DllImport(_flag) ? 1 : 0;

    [Benchmark]
    public int LibraryImport() => BlittableBool1Imports.LibraryImport(_flag) ? 1 : 0;

    [Benchmark]
    public int FunctionPointer() => BlittableBool1Imports.Pointer((byte)(_flag ? 1 : 0)) != 0 ? 1 : 0;

    [Benchmark]
    public int DllImportInteger() => BlittableBool1Imports.DllImportInteger(_integer);

    [Benchmark]
    public int LibraryImportInteger() => BlittableBool1Imports.LibraryImportInteger(_integer);
}
