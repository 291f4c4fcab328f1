using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

internal static unsafe partial class StructReturned8Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords8> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords8>)KernelLibrary.Export("struct_returned_8");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_returned_8", ExactSpelling = true)]
    internal static extern StructWords8 DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_returned_8")]
    internal static partial StructWords8 LibraryImport();

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static StructWords8 Managed() => new()
    {
        W0 = Inputs.Word(0),
    };
}

internal static unsafe partial class StructReturned16Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords16> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords16>)KernelLibrary.Export("struct_returned_16");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_returned_16", ExactSpelling = true)]
    internal static extern StructWords16 DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_returned_16")]
    internal static partial StructWords16 LibraryImport();

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static StructWords16 Managed() => new()
    {
        W0 = Inputs.Word(0),
        W1 = Inputs.Word(1),
    };
}

internal static unsafe partial class StructReturned24Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords24> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords24>)KernelLibrary.Export("struct_returned_24");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_returned_24", ExactSpelling = true)]
    internal static extern StructWords24 DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_returned_24")]
    internal static partial StructWords24 LibraryImport();

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static StructWords24 Managed() => new()
    {
        W0 = Inputs.Word(0),
        W1 = Inputs.Word(1),
        W2 = Inputs.Word(2),
    };
}

internal static unsafe partial class StructReturned32Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords32> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords32>)KernelLibrary.Export("struct_returned_32");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_returned_32", ExactSpelling = true)]
    internal static extern StructWords32 DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_returned_32")]
    internal static partial StructWords32 LibraryImport();

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static StructWords32 Managed() => new()
    {
        W0 = Inputs.Word(0),
        W1 = Inputs.Word(1),
        W2 = Inputs.Word(2),
        W3 = Inputs.Word(3),
    };
}

internal static unsafe partial class StructReturned64Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords64> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords64>)KernelLibrary.Export("struct_returned_64");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_returned_64", ExactSpelling = true)]
    internal static extern StructWords64 DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_returned_64")]
    internal static partial StructWords64 LibraryImport();

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static StructWords64 Managed() => new()
    {
        W0 = Inputs.Word(0),
        W1 = Inputs.Word(1),
        W2 = Inputs.Word(2),
        W3 = Inputs.Word(3),
        W4 = Inputs.Word(4),
        W5 = Inputs.Word(5),
        W6 = Inputs.Word(6),
        W7 = Inputs.Word(7),
    };
}

/// <summary>size=8. The answer is the last word.</summary>
public unsafe class StructReturned8
{
    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public ulong Managed() => StructReturned8Imports.Managed().W0;

    [Benchmark]
    public ulong DllImport() => StructReturned8Imports.DllImport().W0;

    [Benchmark]
    public ulong DllImportRaw() => StructReturned8Raw.DllImport().W0;

    [Benchmark]
    public ulong LibraryImport() => StructReturned8Imports.LibraryImport().W0;

    [Benchmark]
    public ulong FunctionPointer() => StructReturned8Imports.Pointer().W0;
}

/// <summary>size=16. The answer is the last word.</summary>
public unsafe class StructReturned16
{
    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public ulong Managed() => StructReturned16Imports.Managed().W1;

    [Benchmark]
    public ulong DllImport() => StructReturned16Imports.DllImport().W1;

    [Benchmark]
    public ulong DllImportRaw() => StructReturned16Raw.DllImport().W1;

    [Benchmark]
    public ulong LibraryImport() => StructReturned16Imports.LibraryImport().W1;

    [Benchmark]
    public ulong FunctionPointer() => StructReturned16Imports.Pointer().W1;
}

/// <summary>size=24. The answer is the last word.</summary>
public unsafe class StructReturned24
{
    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public ulong Managed() => StructReturned24Imports.Managed().W2;

    [Benchmark]
    public ulong DllImport() => StructReturned24Imports.DllImport().W2;

    [Benchmark]
    public ulong DllImportRaw() => StructReturned24Raw.DllImport().W2;

    [Benchmark]
    public ulong LibraryImport() => StructReturned24Imports.LibraryImport().W2;

    [Benchmark]
    public ulong FunctionPointer() => StructReturned24Imports.Pointer().W2;
}

/// <summary>size=32. The answer is the last word.</summary>
public unsafe class StructReturned32
{
    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public ulong Managed() => StructReturned32Imports.Managed().W3;

    [Benchmark]
    public ulong DllImport() => StructReturned32Imports.DllImport().W3;

    [Benchmark]
    public ulong DllImportRaw() => StructReturned32Raw.DllImport().W3;

    [Benchmark]
    public ulong LibraryImport() => StructReturned32Imports.LibraryImport().W3;

    [Benchmark]
    public ulong FunctionPointer() => StructReturned32Imports.Pointer().W3;
}

/// <summary>size=64. The answer is the last word.</summary>
public unsafe class StructReturned64
{
    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public ulong Managed() => StructReturned64Imports.Managed().W7;

    [Benchmark]
    public ulong DllImport() => StructReturned64Imports.DllImport().W7;

    [Benchmark]
    public ulong DllImportRaw() => StructReturned64Raw.DllImport().W7;

    [Benchmark]
    public ulong LibraryImport() => StructReturned64Imports.LibraryImport().W7;

    [Benchmark]
    public ulong FunctionPointer() => StructReturned64Imports.Pointer().W7;
}
