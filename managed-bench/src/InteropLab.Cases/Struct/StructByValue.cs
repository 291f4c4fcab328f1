using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

internal static unsafe partial class StructByValue8Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords8, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords8, ulong>)KernelLibrary.Export("struct_by_value_8");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_8", ExactSpelling = true)]
    internal static extern ulong DllImport(StructWords8 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_value_8")]
    internal static partial ulong LibraryImport(StructWords8 words);
}

/// <summary>size=8.</summary>
public unsafe class StructByValue8
{
    private StructWords8 _words;
    private Raw.StructWords8 _rawWords;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _rawWords = Unsafe.BitCast<StructWords8, Raw.StructWords8>(_words);
    }

    [Benchmark]
    public ulong DllImport() => StructByValue8Imports.DllImport(_words);

    [Benchmark]
    public ulong DllImportRaw() => StructByValue8Raw.DllImport(_rawWords);

    [Benchmark]
    public ulong LibraryImport() => StructByValue8Imports.LibraryImport(_words);

    [Benchmark]
    public ulong FunctionPointer() => StructByValue8Imports.Pointer(_words);
}

internal static unsafe partial class StructByValue16Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords16, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords16, ulong>)KernelLibrary.Export("struct_by_value_16");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_16", ExactSpelling = true)]
    internal static extern ulong DllImport(StructWords16 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_value_16")]
    internal static partial ulong LibraryImport(StructWords16 words);
}

/// <summary>size=16.</summary>
public unsafe class StructByValue16
{
    private StructWords16 _words;
    private Raw.StructWords16 _rawWords;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _words.W1 = Inputs.Word(1);
        _rawWords = Unsafe.BitCast<StructWords16, Raw.StructWords16>(_words);
    }

    [Benchmark]
    public ulong DllImport() => StructByValue16Imports.DllImport(_words);

    [Benchmark]
    public ulong DllImportRaw() => StructByValue16Raw.DllImport(_rawWords);

    [Benchmark]
    public ulong LibraryImport() => StructByValue16Imports.LibraryImport(_words);

    [Benchmark]
    public ulong FunctionPointer() => StructByValue16Imports.Pointer(_words);
}

internal static unsafe partial class StructByValue24Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords24, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords24, ulong>)KernelLibrary.Export("struct_by_value_24");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_24", ExactSpelling = true)]
    internal static extern ulong DllImport(StructWords24 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_value_24")]
    internal static partial ulong LibraryImport(StructWords24 words);
}

/// <summary>size=24.</summary>
public unsafe class StructByValue24
{
    private StructWords24 _words;
    private Raw.StructWords24 _rawWords;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _words.W1 = Inputs.Word(1);
        _words.W2 = Inputs.Word(2);
        _rawWords = Unsafe.BitCast<StructWords24, Raw.StructWords24>(_words);
    }

    [Benchmark]
    public ulong DllImport() => StructByValue24Imports.DllImport(_words);

    [Benchmark]
    public ulong DllImportRaw() => StructByValue24Raw.DllImport(_rawWords);

    [Benchmark]
    public ulong LibraryImport() => StructByValue24Imports.LibraryImport(_words);

    [Benchmark]
    public ulong FunctionPointer() => StructByValue24Imports.Pointer(_words);
}

internal static unsafe partial class StructByValue32Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords32, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords32, ulong>)KernelLibrary.Export("struct_by_value_32");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_32", ExactSpelling = true)]
    internal static extern ulong DllImport(StructWords32 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_value_32")]
    internal static partial ulong LibraryImport(StructWords32 words);
}

/// <summary>size=32.</summary>
public unsafe class StructByValue32
{
    private StructWords32 _words;
    private Raw.StructWords32 _rawWords;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _words.W1 = Inputs.Word(1);
        _words.W2 = Inputs.Word(2);
        _words.W3 = Inputs.Word(3);
        _rawWords = Unsafe.BitCast<StructWords32, Raw.StructWords32>(_words);
    }

    [Benchmark]
    public ulong DllImport() => StructByValue32Imports.DllImport(_words);

    [Benchmark]
    public ulong DllImportRaw() => StructByValue32Raw.DllImport(_rawWords);

    [Benchmark]
    public ulong LibraryImport() => StructByValue32Imports.LibraryImport(_words);

    [Benchmark]
    public ulong FunctionPointer() => StructByValue32Imports.Pointer(_words);
}

internal static unsafe partial class StructByValue64Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords64, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords64, ulong>)KernelLibrary.Export("struct_by_value_64");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_64", ExactSpelling = true)]
    internal static extern ulong DllImport(StructWords64 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_value_64")]
    internal static partial ulong LibraryImport(StructWords64 words);
}

/// <summary>size=64.</summary>
public unsafe class StructByValue64
{
    private StructWords64 _words;
    private Raw.StructWords64 _rawWords;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _words.W1 = Inputs.Word(1);
        _words.W2 = Inputs.Word(2);
        _words.W3 = Inputs.Word(3);
        _words.W4 = Inputs.Word(4);
        _words.W5 = Inputs.Word(5);
        _words.W6 = Inputs.Word(6);
        _words.W7 = Inputs.Word(7);
        _rawWords = Unsafe.BitCast<StructWords64, Raw.StructWords64>(_words);
    }

    [Benchmark]
    public ulong DllImport() => StructByValue64Imports.DllImport(_words);

    [Benchmark]
    public ulong DllImportRaw() => StructByValue64Raw.DllImport(_rawWords);

    [Benchmark]
    public ulong LibraryImport() => StructByValue64Imports.LibraryImport(_words);

    [Benchmark]
    public ulong FunctionPointer() => StructByValue64Imports.Pointer(_words);
}

internal static unsafe partial class StructByValue128Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords128, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords128, ulong>)KernelLibrary.Export("struct_by_value_128");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_128", ExactSpelling = true)]
    internal static extern ulong DllImport(StructWords128 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_value_128")]
    internal static partial ulong LibraryImport(StructWords128 words);
}

/// <summary>size=128.</summary>
public unsafe class StructByValue128
{
    private StructWords128 _words;
    private Raw.StructWords128 _rawWords;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _words.W1 = Inputs.Word(1);
        _words.W2 = Inputs.Word(2);
        _words.W3 = Inputs.Word(3);
        _words.W4 = Inputs.Word(4);
        _words.W5 = Inputs.Word(5);
        _words.W6 = Inputs.Word(6);
        _words.W7 = Inputs.Word(7);
        _words.W8 = Inputs.Word(8);
        _words.W9 = Inputs.Word(9);
        _words.W10 = Inputs.Word(10);
        _words.W11 = Inputs.Word(11);
        _words.W12 = Inputs.Word(12);
        _words.W13 = Inputs.Word(13);
        _words.W14 = Inputs.Word(14);
        _words.W15 = Inputs.Word(15);
        _rawWords = Unsafe.BitCast<StructWords128, Raw.StructWords128>(_words);
    }

    [Benchmark]
    public ulong DllImport() => StructByValue128Imports.DllImport(_words);

    [Benchmark]
    public ulong DllImportRaw() => StructByValue128Raw.DllImport(_rawWords);

    [Benchmark]
    public ulong LibraryImport() => StructByValue128Imports.LibraryImport(_words);

    [Benchmark]
    public ulong FunctionPointer() => StructByValue128Imports.Pointer(_words);
}

internal static unsafe partial class StructByValue256Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords256, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords256, ulong>)KernelLibrary.Export("struct_by_value_256");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_256", ExactSpelling = true)]
    internal static extern ulong DllImport(StructWords256 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_value_256")]
    internal static partial ulong LibraryImport(StructWords256 words);
}

/// <summary>size=256.</summary>
public unsafe class StructByValue256
{
    private StructWords256 _words;
    private Raw.StructWords256 _rawWords;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _words.W1 = Inputs.Word(1);
        _words.W2 = Inputs.Word(2);
        _words.W3 = Inputs.Word(3);
        _words.W4 = Inputs.Word(4);
        _words.W5 = Inputs.Word(5);
        _words.W6 = Inputs.Word(6);
        _words.W7 = Inputs.Word(7);
        _words.W8 = Inputs.Word(8);
        _words.W9 = Inputs.Word(9);
        _words.W10 = Inputs.Word(10);
        _words.W11 = Inputs.Word(11);
        _words.W12 = Inputs.Word(12);
        _words.W13 = Inputs.Word(13);
        _words.W14 = Inputs.Word(14);
        _words.W15 = Inputs.Word(15);
        _words.W16 = Inputs.Word(16);
        _words.W17 = Inputs.Word(17);
        _words.W18 = Inputs.Word(18);
        _words.W19 = Inputs.Word(19);
        _words.W20 = Inputs.Word(20);
        _words.W21 = Inputs.Word(21);
        _words.W22 = Inputs.Word(22);
        _words.W23 = Inputs.Word(23);
        _words.W24 = Inputs.Word(24);
        _words.W25 = Inputs.Word(25);
        _words.W26 = Inputs.Word(26);
        _words.W27 = Inputs.Word(27);
        _words.W28 = Inputs.Word(28);
        _words.W29 = Inputs.Word(29);
        _words.W30 = Inputs.Word(30);
        _words.W31 = Inputs.Word(31);
        _rawWords = Unsafe.BitCast<StructWords256, Raw.StructWords256>(_words);
    }

    [Benchmark]
    public ulong DllImport() => StructByValue256Imports.DllImport(_words);

    [Benchmark]
    public ulong DllImportRaw() => StructByValue256Raw.DllImport(_rawWords);

    [Benchmark]
    public ulong LibraryImport() => StructByValue256Imports.LibraryImport(_words);

    [Benchmark]
    public ulong FunctionPointer() => StructByValue256Imports.Pointer(_words);
}
