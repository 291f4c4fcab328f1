using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

/// <summary>struct_inline with a fixed buffer.</summary>
[KernelStruct("struct_inline")]
[StructLayout(LayoutKind.Sequential)]
public unsafe struct InlineFixed
{
    public uint Count;
    public fixed int Values[Inputs.Room];
}

/// <summary>The elements of <see cref="InlineElements"/>.</summary>
[InlineArray(Inputs.Room)]
public struct SixteenInts
{
    public int First;
}

/// <summary>struct_inline with a field that is an inline array.</summary>
[KernelStruct("struct_inline")]
[StructLayout(LayoutKind.Sequential)]
public struct InlineElements
{
    public uint Count;
    public SixteenInts Values;
}

/// <summary>The same with an array of its own, whose elements the marshaller copies into place.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct InlineByValArray
{
    public uint Count;

    [MarshalAs(UnmanagedType.ByValArray, SizeConst = Inputs.Room)]
    public int[] Values;
}

internal static unsafe partial class StructInlineArrayImports
{
    internal static readonly delegate* unmanaged[Cdecl]<InlineFixed*, long> Pointer =
        (delegate* unmanaged[Cdecl]<InlineFixed*, long>)KernelLibrary.Export("struct_inline_array");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_inline_array", ExactSpelling = true)]
    internal static extern long DllImport(in InlineFixed record);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_inline_array", ExactSpelling = true)]
    internal static extern long DllImportInlineArray(in InlineElements record);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_inline_array", ExactSpelling = true)]
    internal static extern long DllImportByValArray(in InlineByValArray record);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_inline_array", ExactSpelling = true)]
    internal static extern long DllImportByValArrayRef(ref InlineByValArray record);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_inline_array")]
    internal static partial long LibraryImport(in InlineFixed record);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_inline_array")]
    internal static partial long LibraryImportInlineArray(in InlineElements record);
}

public unsafe class StructInlineArray
{
    private InlineFixed _fixed;
    private InlineElements _elements;
    private InlineByValArray _byValArray;

    [Params(4, 16)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _byValArray = new InlineByValArray { Count = (uint)N, Values = [.. Inputs.Integers(Inputs.Room)] };
        _fixed.Count = (uint)N;
        _elements.Count = (uint)N;
        for (int i = 0; i < Inputs.Room; i++)
        {
            _fixed.Values[i] = Inputs.Integers(Inputs.Room)[i];
            _elements.Values[i] = Inputs.Integers(Inputs.Room)[i];
        }
    }

    [Benchmark]
    public long DllImport() => StructInlineArrayImports.DllImport(in _fixed);

    [Benchmark]
    public long LibraryImport() => StructInlineArrayImports.LibraryImport(in _fixed);

    [Benchmark]
    public long FunctionPointer()
    {
        fixed (InlineFixed* record = &_fixed)
        {
            return StructInlineArrayImports.Pointer(record);
        }
    }

    [Benchmark]
    public long DllImportInlineArray() => StructInlineArrayImports.DllImportInlineArray(in _elements);

    [Benchmark]
    public long LibraryImportInlineArray() => StructInlineArrayImports.LibraryImportInlineArray(in _elements);

    [Benchmark]
    public long DllImportByValArray() => StructInlineArrayImports.DllImportByValArray(in _byValArray);

    // The field gets a new array at each call.
    [Benchmark]
    public long DllImportByValArrayRef() => StructInlineArrayImports.DllImportByValArrayRef(ref _byValArray);
}
