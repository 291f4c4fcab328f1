using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

internal static unsafe partial class BlittableNativeIntLongImports
{
    internal static readonly delegate* unmanaged[Cdecl]<CLong, CLong> Pointer =
        (delegate* unmanaged[Cdecl]<CLong, CLong>)KernelLibrary.Export("blittable_native_int_long");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_long", ExactSpelling = true)]
    internal static extern CLong DllImport(CLong value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_long")]
    internal static partial CLong LibraryImport(CLong value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_long")]
    internal static partial long LibraryImportFixed(long value);
}

internal static unsafe partial class BlittableNativeIntNintImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nint, nint> Pointer =
        (delegate* unmanaged[Cdecl]<nint, nint>)KernelLibrary.Export("blittable_native_int_nint");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_nint", ExactSpelling = true)]
    internal static extern nint DllImport(nint value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_nint")]
    internal static partial nint LibraryImport(nint value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_nint")]
    internal static partial long LibraryImportFixed(long value);
}

internal static unsafe partial class BlittableNativeIntNuintImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nuint, nuint> Pointer =
        (delegate* unmanaged[Cdecl]<nuint, nuint>)KernelLibrary.Export("blittable_native_int_nuint");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_nuint", ExactSpelling = true)]
    internal static extern nuint DllImport(nuint value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_nuint")]
    internal static partial nuint LibraryImport(nuint value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_nuint")]
    internal static partial ulong LibraryImportFixed(ulong value);
}

/// <summary>type=long.</summary>
public unsafe class BlittableNativeIntLong
{
    private CLong _value;
    private long _fixed;

    [GlobalSetup]
    public void Setup()
    {
        _value = new CLong(Inputs.Negative);
        _fixed = Inputs.Negative;
    }

    [Benchmark]
    public long DllImport() => BlittableNativeIntLongImports.DllImport(_value).Value;

    [Benchmark]
    public long DllImportRaw() => BlittableNativeIntLongRaw.DllImport(_value).Value;

    [Benchmark]
    public long LibraryImport() => BlittableNativeIntLongImports.LibraryImport(_value).Value;

    [Benchmark]
    public long FunctionPointer() => BlittableNativeIntLongImports.Pointer(_value).Value;

    [Benchmark]
    public long LibraryImportFixed() => BlittableNativeIntLongImports.LibraryImportFixed(_fixed);
}

/// <summary>type=nint.</summary>
public unsafe class BlittableNativeIntNint
{
    private nint _value;
    private long _fixed;

    [GlobalSetup]
    public void Setup()
    {
        _value = Inputs.Negative;
        _fixed = Inputs.Negative;
    }

    [Benchmark]
    public long DllImport() => BlittableNativeIntNintImports.DllImport(_value);

    [Benchmark]
    public long DllImportRaw() => BlittableNativeIntNintRaw.DllImport(_value);

    [Benchmark]
    public long LibraryImport() => BlittableNativeIntNintImports.LibraryImport(_value);

    [Benchmark]
    public long FunctionPointer() => BlittableNativeIntNintImports.Pointer(_value);

    [Benchmark]
    public long LibraryImportFixed() => BlittableNativeIntNintImports.LibraryImportFixed(_fixed);
}

/// <summary>type=nuint.</summary>
public unsafe class BlittableNativeIntNuint
{
    private nuint _value;
    private ulong _fixed;

    [GlobalSetup]
    public void Setup()
    {
        _value = unchecked((nuint)(nint)Inputs.Negative);
        _fixed = unchecked((ulong)Inputs.Negative);
    }

    [Benchmark]
    public ulong DllImport() => BlittableNativeIntNuintImports.DllImport(_value);

    [Benchmark]
    public ulong DllImportRaw() => BlittableNativeIntNuintRaw.DllImport(_value);

    [Benchmark]
    public ulong LibraryImport() => BlittableNativeIntNuintImports.LibraryImport(_value);

    [Benchmark]
    public ulong FunctionPointer() => BlittableNativeIntNuintImports.Pointer(_value);

    [Benchmark]
    public ulong LibraryImportFixed() => BlittableNativeIntNuintImports.LibraryImportFixed(_fixed);
}
