using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StructOut16Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords16*, void> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords16*, void>)KernelLibrary.Export("struct_out_16");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_16", ExactSpelling = true)]
    internal static extern void DllImport(out StructWords16 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_16", ExactSpelling = true)]
    internal static extern void DllImportRef(ref StructWords16 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_16", ExactSpelling = true)]
    internal static extern void DllImportPointer(StructWords16* words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_16", ExactSpelling = true)]
    internal static extern void DllImportClass([Out] ClassWords16 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_out_16")]
    internal static partial void LibraryImport(out StructWords16 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_out_16")]
    internal static partial void LibraryImportRef(ref StructWords16 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_out_16")]
    internal static partial void LibraryImportPointer(StructWords16* words);
}

internal static unsafe partial class StructOut64Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords64*, void> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords64*, void>)KernelLibrary.Export("struct_out_64");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_64", ExactSpelling = true)]
    internal static extern void DllImport(out StructWords64 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_64", ExactSpelling = true)]
    internal static extern void DllImportRef(ref StructWords64 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_64", ExactSpelling = true)]
    internal static extern void DllImportPointer(StructWords64* words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_64", ExactSpelling = true)]
    internal static extern void DllImportClass([Out] ClassWords64 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_out_64")]
    internal static partial void LibraryImport(out StructWords64 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_out_64")]
    internal static partial void LibraryImportRef(ref StructWords64 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_out_64")]
    internal static partial void LibraryImportPointer(StructWords64* words);
}

internal static unsafe partial class StructOut256Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords256*, void> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords256*, void>)KernelLibrary.Export("struct_out_256");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_256", ExactSpelling = true)]
    internal static extern void DllImport(out StructWords256 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_256", ExactSpelling = true)]
    internal static extern void DllImportRef(ref StructWords256 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_256", ExactSpelling = true)]
    internal static extern void DllImportPointer(StructWords256* words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_out_256", ExactSpelling = true)]
    internal static extern void DllImportClass([Out] ClassWords256 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_out_256")]
    internal static partial void LibraryImport(out StructWords256 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_out_256")]
    internal static partial void LibraryImportRef(ref StructWords256 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_out_256")]
    internal static partial void LibraryImportPointer(StructWords256* words);
}

/// <summary>size=16. The answer is the last word.</summary>
public unsafe class StructOut16
{
    private ClassWords16 _object = null!;

    [GlobalSetup]
    public void Setup() => _object = new ClassWords16();

    [Benchmark]
    public ulong DllImport()
    {
        StructOut16Imports.DllImport(out StructWords16 words);
        return words.W1;
    }

    [Benchmark]
    public ulong LibraryImport()
    {
        StructOut16Imports.LibraryImport(out StructWords16 words);
        return words.W1;
    }

    [Benchmark]
    public ulong FunctionPointer()
    {
        StructWords16 words;
        StructOut16Imports.Pointer(&words);
        return words.W1;
    }

    [Benchmark]
    public ulong DllImportRef()
    {
        StructWords16 words = default;
        StructOut16Imports.DllImportRef(ref words);
        return words.W1;
    }

    [Benchmark]
    public ulong LibraryImportRef()
    {
        StructWords16 words = default;
        StructOut16Imports.LibraryImportRef(ref words);
        return words.W1;
    }

    [Benchmark]
    public ulong DllImportPointer()
    {
        StructWords16 words;
        StructOut16Imports.DllImportPointer(&words);
        return words.W1;
    }

    [Benchmark]
    public ulong LibraryImportPointer()
    {
        StructWords16 words;
        StructOut16Imports.LibraryImportPointer(&words);
        return words.W1;
    }

    [Benchmark]
    [SkipLocalsInit]
    public ulong SkipLocalsInit()
    {
        StructWords16 words;
        StructOut16Imports.LibraryImportPointer(&words);
        return words.W1;
    }

    [Benchmark]
    public ulong DllImportClass()
    {
        ClassWords16 words = _object;
        StructOut16Imports.DllImportClass(words);
        return words.W1;
    }
}

/// <summary>size=64. The answer is the last word.</summary>
public unsafe class StructOut64
{
    private ClassWords64 _object = null!;

    [GlobalSetup]
    public void Setup() => _object = new ClassWords64();

    [Benchmark]
    public ulong DllImport()
    {
        StructOut64Imports.DllImport(out StructWords64 words);
        return words.W7;
    }

    [Benchmark]
    public ulong LibraryImport()
    {
        StructOut64Imports.LibraryImport(out StructWords64 words);
        return words.W7;
    }

    [Benchmark]
    public ulong FunctionPointer()
    {
        StructWords64 words;
        StructOut64Imports.Pointer(&words);
        return words.W7;
    }

    [Benchmark]
    public ulong DllImportRef()
    {
        StructWords64 words = default;
        StructOut64Imports.DllImportRef(ref words);
        return words.W7;
    }

    [Benchmark]
    public ulong LibraryImportRef()
    {
        StructWords64 words = default;
        StructOut64Imports.LibraryImportRef(ref words);
        return words.W7;
    }

    [Benchmark]
    public ulong DllImportPointer()
    {
        StructWords64 words;
        StructOut64Imports.DllImportPointer(&words);
        return words.W7;
    }

    [Benchmark]
    public ulong LibraryImportPointer()
    {
        StructWords64 words;
        StructOut64Imports.LibraryImportPointer(&words);
        return words.W7;
    }

    [Benchmark]
    [SkipLocalsInit]
    public ulong SkipLocalsInit()
    {
        StructWords64 words;
        StructOut64Imports.LibraryImportPointer(&words);
        return words.W7;
    }

    [Benchmark]
    public ulong DllImportClass()
    {
        ClassWords64 words = _object;
        StructOut64Imports.DllImportClass(words);
        return words.W7;
    }
}

/// <summary>size=256. The answer is the last word.</summary>
public unsafe class StructOut256
{
    private ClassWords256 _object = null!;

    [GlobalSetup]
    public void Setup() => _object = new ClassWords256();

    [Benchmark]
    public ulong DllImport()
    {
        StructOut256Imports.DllImport(out StructWords256 words);
        return words.W31;
    }

    [Benchmark]
    public ulong LibraryImport()
    {
        StructOut256Imports.LibraryImport(out StructWords256 words);
        return words.W31;
    }

    [Benchmark]
    public ulong FunctionPointer()
    {
        StructWords256 words;
        StructOut256Imports.Pointer(&words);
        return words.W31;
    }

    [Benchmark]
    public ulong DllImportRef()
    {
        StructWords256 words = default;
        StructOut256Imports.DllImportRef(ref words);
        return words.W31;
    }

    [Benchmark]
    public ulong LibraryImportRef()
    {
        StructWords256 words = default;
        StructOut256Imports.LibraryImportRef(ref words);
        return words.W31;
    }

    [Benchmark]
    public ulong DllImportPointer()
    {
        StructWords256 words;
        StructOut256Imports.DllImportPointer(&words);
        return words.W31;
    }

    [Benchmark]
    public ulong LibraryImportPointer()
    {
        StructWords256 words;
        StructOut256Imports.LibraryImportPointer(&words);
        return words.W31;
    }

    [Benchmark]
    [SkipLocalsInit]
    public ulong SkipLocalsInit()
    {
        StructWords256 words;
        StructOut256Imports.LibraryImportPointer(&words);
        return words.W31;
    }

    [Benchmark]
    public ulong DllImportClass()
    {
        ClassWords256 words = _object;
        StructOut256Imports.DllImportClass(words);
        return words.W31;
    }
}
