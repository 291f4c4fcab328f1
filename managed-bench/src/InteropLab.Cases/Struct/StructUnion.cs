using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

/// <summary>What may lie in a struct_tagged, one over the other.</summary>
[StructLayout(LayoutKind.Explicit)]
public struct Choice
{
    [FieldOffset(0)]
    public ulong Integer;

    [FieldOffset(0)]
    public double Real;

    [FieldOffset(0)]
    public ulong W0;

    [FieldOffset(8)]
    public ulong W1;

    [FieldOffset(16)]
    public ulong W2;
}

/// <summary>struct_tagged: a union, and what it holds.</summary>
[KernelStruct("struct_tagged")]
[StructLayout(LayoutKind.Sequential)]
public struct Tagged
{
    public uint Kind;
    public Choice Value;
}

/// <summary>The same bytes without a union: what the words of the union are, one after the other.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TaggedFlat
{
    public uint Kind;
    public ulong W0, W1, W2;
}

internal static unsafe partial class StructUnionImports
{
    internal static readonly delegate* unmanaged[Cdecl]<Tagged, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<Tagged, ulong>)KernelLibrary.Export("struct_union");

    internal static readonly delegate* unmanaged[Cdecl]<TaggedFlat, ulong> PointerFlat =
        (delegate* unmanaged[Cdecl]<TaggedFlat, ulong>)KernelLibrary.Export("struct_union");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_union", ExactSpelling = true)]
    internal static extern ulong DllImport(Tagged tagged);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_union", ExactSpelling = true)]
    internal static extern ulong DllImportFlat(TaggedFlat tagged);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_union")]
    internal static partial ulong LibraryImport(Tagged tagged);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_union")]
    internal static partial ulong LibraryImportFlat(TaggedFlat tagged);
}

internal static unsafe partial class StructUnionRefImports
{
    internal static readonly delegate* unmanaged[Cdecl]<Tagged*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<Tagged*, ulong>)KernelLibrary.Export("struct_union_ref");

    internal static readonly delegate* unmanaged[Cdecl]<TaggedFlat*, ulong> PointerFlat =
        (delegate* unmanaged[Cdecl]<TaggedFlat*, ulong>)KernelLibrary.Export("struct_union_ref");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_union_ref", ExactSpelling = true)]
    internal static extern ulong DllImport(in Tagged tagged);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_union_ref", ExactSpelling = true)]
    internal static extern ulong DllImportFlat(in TaggedFlat tagged);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_union_ref")]
    internal static partial ulong LibraryImport(in Tagged tagged);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_union_ref")]
    internal static partial ulong LibraryImportFlat(in TaggedFlat tagged);
}

/// <summary>passing=value.</summary>
public unsafe class StructUnion
{
    private const uint Words = 2; // what the union holds

    private Tagged _tagged;
    private TaggedFlat _flat;
    private Raw.Tagged _rawTagged;

    [GlobalSetup]
    public void Setup()
    {
        _flat = new TaggedFlat { Kind = Words, W0 = Inputs.Word(0), W1 = Inputs.Word(1), W2 = Inputs.Word(2) };
        _tagged = Unsafe.BitCast<TaggedFlat, Tagged>(_flat);
        _rawTagged = Unsafe.BitCast<TaggedFlat, Raw.Tagged>(_flat);
    }

    [Benchmark]
    public ulong DllImport() => StructUnionImports.DllImport(_tagged);

    [Benchmark]
    public ulong DllImportRaw() => StructUnionRaw.DllImport(_rawTagged);

    [Benchmark]
    public ulong LibraryImport() => StructUnionImports.LibraryImport(_tagged);

    [Benchmark]
    public ulong FunctionPointer() => StructUnionImports.Pointer(_tagged);

    [Benchmark]
    public ulong DllImportFlat() => StructUnionImports.DllImportFlat(_flat);

    [Benchmark]
    public ulong LibraryImportFlat() => StructUnionImports.LibraryImportFlat(_flat);

    [Benchmark]
    public ulong FunctionPointerFlat() => StructUnionImports.PointerFlat(_flat);
}

/// <summary>passing=ref.</summary>
public unsafe class StructUnionRef
{
    private const uint Words = 2; // what the union holds

    private Tagged _tagged;
    private TaggedFlat _flat;

    [GlobalSetup]
    public void Setup()
    {
        _flat = new TaggedFlat { Kind = Words, W0 = Inputs.Word(0), W1 = Inputs.Word(1), W2 = Inputs.Word(2) };
        _tagged = Unsafe.BitCast<TaggedFlat, Tagged>(_flat);
    }

    [Benchmark]
    public ulong DllImport() => StructUnionRefImports.DllImport(in _tagged);

    [Benchmark]
    public ulong LibraryImport() => StructUnionRefImports.LibraryImport(in _tagged);

    [Benchmark]
    public ulong FunctionPointer()
    {
        fixed (Tagged* tagged = &_tagged)
        {
            return StructUnionRefImports.Pointer(tagged);
        }
    }

    [Benchmark]
    public ulong DllImportFlat() => StructUnionRefImports.DllImportFlat(in _flat);

    [Benchmark]
    public ulong LibraryImportFlat() => StructUnionRefImports.LibraryImportFlat(in _flat);

    [Benchmark]
    public ulong FunctionPointerFlat()
    {
        fixed (TaggedFlat* tagged = &_flat)
        {
            return StructUnionRefImports.PointerFlat(tagged);
        }
    }
}
