using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StructByRef8Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords8*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords8*, ulong>)KernelLibrary.Export("struct_by_ref_8");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_8", ExactSpelling = true)]
    internal static extern ulong DllImport(in StructWords8 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_8", ExactSpelling = true)]
    internal static extern ulong DllImportRef(ref StructWords8 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_8", ExactSpelling = true)]
    internal static extern ulong DllImportPointer(StructWords8* words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_8", ExactSpelling = true)]
    internal static extern ulong DllImportClass(ClassWords8 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_8")]
    internal static partial ulong LibraryImport(in StructWords8 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_8")]
    internal static partial ulong LibraryImportRef(ref StructWords8 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_8")]
    internal static partial ulong LibraryImportPointer(StructWords8* words);
}

internal static unsafe partial class StructByRef16Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords16*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords16*, ulong>)KernelLibrary.Export("struct_by_ref_16");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_16", ExactSpelling = true)]
    internal static extern ulong DllImport(in StructWords16 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_16", ExactSpelling = true)]
    internal static extern ulong DllImportRef(ref StructWords16 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_16", ExactSpelling = true)]
    internal static extern ulong DllImportPointer(StructWords16* words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_16", ExactSpelling = true)]
    internal static extern ulong DllImportClass(ClassWords16 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_16")]
    internal static partial ulong LibraryImport(in StructWords16 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_16")]
    internal static partial ulong LibraryImportRef(ref StructWords16 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_16")]
    internal static partial ulong LibraryImportPointer(StructWords16* words);
}

internal static unsafe partial class StructByRef24Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords24*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords24*, ulong>)KernelLibrary.Export("struct_by_ref_24");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_24", ExactSpelling = true)]
    internal static extern ulong DllImport(in StructWords24 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_24", ExactSpelling = true)]
    internal static extern ulong DllImportRef(ref StructWords24 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_24", ExactSpelling = true)]
    internal static extern ulong DllImportPointer(StructWords24* words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_24", ExactSpelling = true)]
    internal static extern ulong DllImportClass(ClassWords24 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_24")]
    internal static partial ulong LibraryImport(in StructWords24 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_24")]
    internal static partial ulong LibraryImportRef(ref StructWords24 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_24")]
    internal static partial ulong LibraryImportPointer(StructWords24* words);
}

internal static unsafe partial class StructByRef32Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords32*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords32*, ulong>)KernelLibrary.Export("struct_by_ref_32");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_32", ExactSpelling = true)]
    internal static extern ulong DllImport(in StructWords32 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_32", ExactSpelling = true)]
    internal static extern ulong DllImportRef(ref StructWords32 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_32", ExactSpelling = true)]
    internal static extern ulong DllImportPointer(StructWords32* words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_32", ExactSpelling = true)]
    internal static extern ulong DllImportClass(ClassWords32 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_32")]
    internal static partial ulong LibraryImport(in StructWords32 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_32")]
    internal static partial ulong LibraryImportRef(ref StructWords32 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_32")]
    internal static partial ulong LibraryImportPointer(StructWords32* words);
}

internal static unsafe partial class StructByRef64Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords64*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords64*, ulong>)KernelLibrary.Export("struct_by_ref_64");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_64", ExactSpelling = true)]
    internal static extern ulong DllImport(in StructWords64 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_64", ExactSpelling = true)]
    internal static extern ulong DllImportRef(ref StructWords64 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_64", ExactSpelling = true)]
    internal static extern ulong DllImportPointer(StructWords64* words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_64", ExactSpelling = true)]
    internal static extern ulong DllImportClass(ClassWords64 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_64")]
    internal static partial ulong LibraryImport(in StructWords64 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_64")]
    internal static partial ulong LibraryImportRef(ref StructWords64 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_64")]
    internal static partial ulong LibraryImportPointer(StructWords64* words);
}

internal static unsafe partial class StructByRef128Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords128*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords128*, ulong>)KernelLibrary.Export("struct_by_ref_128");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_128", ExactSpelling = true)]
    internal static extern ulong DllImport(in StructWords128 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_128", ExactSpelling = true)]
    internal static extern ulong DllImportRef(ref StructWords128 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_128", ExactSpelling = true)]
    internal static extern ulong DllImportPointer(StructWords128* words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_128", ExactSpelling = true)]
    internal static extern ulong DllImportClass(ClassWords128 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_128")]
    internal static partial ulong LibraryImport(in StructWords128 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_128")]
    internal static partial ulong LibraryImportRef(ref StructWords128 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_128")]
    internal static partial ulong LibraryImportPointer(StructWords128* words);
}

internal static unsafe partial class StructByRef256Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords256*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords256*, ulong>)KernelLibrary.Export("struct_by_ref_256");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_256", ExactSpelling = true)]
    internal static extern ulong DllImport(in StructWords256 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_256", ExactSpelling = true)]
    internal static extern ulong DllImportRef(ref StructWords256 words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_256", ExactSpelling = true)]
    internal static extern ulong DllImportPointer(StructWords256* words);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_256", ExactSpelling = true)]
    internal static extern ulong DllImportClass(ClassWords256 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_256")]
    internal static partial ulong LibraryImport(in StructWords256 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_256")]
    internal static partial ulong LibraryImportRef(ref StructWords256 words);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_by_ref_256")]
    internal static partial ulong LibraryImportPointer(StructWords256* words);
}

/// <summary>size=8.</summary>
public unsafe class StructByRef8
{
    private StructWords8 _words;
    private ClassWords8 _object = null!;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _object = new ClassWords8();
        _object.W0 = Inputs.Word(0);
    }

    [Benchmark]
    public ulong DllImport() => StructByRef8Imports.DllImport(in _words);

    [Benchmark]
    public ulong LibraryImport() => StructByRef8Imports.LibraryImport(in _words);

    [Benchmark]
    public ulong FunctionPointer()
    {
        fixed (StructWords8* words = &_words)
        {
            return StructByRef8Imports.Pointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportRef() => StructByRef8Imports.DllImportRef(ref _words);

    [Benchmark]
    public ulong LibraryImportRef() => StructByRef8Imports.LibraryImportRef(ref _words);

    [Benchmark]
    public ulong DllImportPointer()
    {
        fixed (StructWords8* words = &_words)
        {
            return StructByRef8Imports.DllImportPointer(words);
        }
    }

    [Benchmark]
    public ulong LibraryImportPointer()
    {
        fixed (StructWords8* words = &_words)
        {
            return StructByRef8Imports.LibraryImportPointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportClass() => StructByRef8Imports.DllImportClass(_object);
}

/// <summary>size=16.</summary>
public unsafe class StructByRef16
{
    private StructWords16 _words;
    private ClassWords16 _object = null!;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _words.W1 = Inputs.Word(1);
        _object = new ClassWords16();
        _object.W0 = Inputs.Word(0);
        _object.W1 = Inputs.Word(1);
    }

    [Benchmark]
    public ulong DllImport() => StructByRef16Imports.DllImport(in _words);

    [Benchmark]
    public ulong LibraryImport() => StructByRef16Imports.LibraryImport(in _words);

    [Benchmark]
    public ulong FunctionPointer()
    {
        fixed (StructWords16* words = &_words)
        {
            return StructByRef16Imports.Pointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportRef() => StructByRef16Imports.DllImportRef(ref _words);

    [Benchmark]
    public ulong LibraryImportRef() => StructByRef16Imports.LibraryImportRef(ref _words);

    [Benchmark]
    public ulong DllImportPointer()
    {
        fixed (StructWords16* words = &_words)
        {
            return StructByRef16Imports.DllImportPointer(words);
        }
    }

    [Benchmark]
    public ulong LibraryImportPointer()
    {
        fixed (StructWords16* words = &_words)
        {
            return StructByRef16Imports.LibraryImportPointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportClass() => StructByRef16Imports.DllImportClass(_object);
}

/// <summary>size=24.</summary>
public unsafe class StructByRef24
{
    private StructWords24 _words;
    private ClassWords24 _object = null!;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _words.W1 = Inputs.Word(1);
        _words.W2 = Inputs.Word(2);
        _object = new ClassWords24();
        _object.W0 = Inputs.Word(0);
        _object.W1 = Inputs.Word(1);
        _object.W2 = Inputs.Word(2);
    }

    [Benchmark]
    public ulong DllImport() => StructByRef24Imports.DllImport(in _words);

    [Benchmark]
    public ulong LibraryImport() => StructByRef24Imports.LibraryImport(in _words);

    [Benchmark]
    public ulong FunctionPointer()
    {
        fixed (StructWords24* words = &_words)
        {
            return StructByRef24Imports.Pointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportRef() => StructByRef24Imports.DllImportRef(ref _words);

    [Benchmark]
    public ulong LibraryImportRef() => StructByRef24Imports.LibraryImportRef(ref _words);

    [Benchmark]
    public ulong DllImportPointer()
    {
        fixed (StructWords24* words = &_words)
        {
            return StructByRef24Imports.DllImportPointer(words);
        }
    }

    [Benchmark]
    public ulong LibraryImportPointer()
    {
        fixed (StructWords24* words = &_words)
        {
            return StructByRef24Imports.LibraryImportPointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportClass() => StructByRef24Imports.DllImportClass(_object);
}

/// <summary>size=32.</summary>
public unsafe class StructByRef32
{
    private StructWords32 _words;
    private ClassWords32 _object = null!;

    [GlobalSetup]
    public void Setup()
    {
        _words.W0 = Inputs.Word(0);
        _words.W1 = Inputs.Word(1);
        _words.W2 = Inputs.Word(2);
        _words.W3 = Inputs.Word(3);
        _object = new ClassWords32();
        _object.W0 = Inputs.Word(0);
        _object.W1 = Inputs.Word(1);
        _object.W2 = Inputs.Word(2);
        _object.W3 = Inputs.Word(3);
    }

    [Benchmark]
    public ulong DllImport() => StructByRef32Imports.DllImport(in _words);

    [Benchmark]
    public ulong LibraryImport() => StructByRef32Imports.LibraryImport(in _words);

    [Benchmark]
    public ulong FunctionPointer()
    {
        fixed (StructWords32* words = &_words)
        {
            return StructByRef32Imports.Pointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportRef() => StructByRef32Imports.DllImportRef(ref _words);

    [Benchmark]
    public ulong LibraryImportRef() => StructByRef32Imports.LibraryImportRef(ref _words);

    [Benchmark]
    public ulong DllImportPointer()
    {
        fixed (StructWords32* words = &_words)
        {
            return StructByRef32Imports.DllImportPointer(words);
        }
    }

    [Benchmark]
    public ulong LibraryImportPointer()
    {
        fixed (StructWords32* words = &_words)
        {
            return StructByRef32Imports.LibraryImportPointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportClass() => StructByRef32Imports.DllImportClass(_object);
}

/// <summary>size=64.</summary>
public unsafe class StructByRef64
{
    private StructWords64 _words;
    private ClassWords64 _object = null!;

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
        _object = new ClassWords64();
        _object.W0 = Inputs.Word(0);
        _object.W1 = Inputs.Word(1);
        _object.W2 = Inputs.Word(2);
        _object.W3 = Inputs.Word(3);
        _object.W4 = Inputs.Word(4);
        _object.W5 = Inputs.Word(5);
        _object.W6 = Inputs.Word(6);
        _object.W7 = Inputs.Word(7);
    }

    [Benchmark]
    public ulong DllImport() => StructByRef64Imports.DllImport(in _words);

    [Benchmark]
    public ulong LibraryImport() => StructByRef64Imports.LibraryImport(in _words);

    [Benchmark]
    public ulong FunctionPointer()
    {
        fixed (StructWords64* words = &_words)
        {
            return StructByRef64Imports.Pointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportRef() => StructByRef64Imports.DllImportRef(ref _words);

    [Benchmark]
    public ulong LibraryImportRef() => StructByRef64Imports.LibraryImportRef(ref _words);

    [Benchmark]
    public ulong DllImportPointer()
    {
        fixed (StructWords64* words = &_words)
        {
            return StructByRef64Imports.DllImportPointer(words);
        }
    }

    [Benchmark]
    public ulong LibraryImportPointer()
    {
        fixed (StructWords64* words = &_words)
        {
            return StructByRef64Imports.LibraryImportPointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportClass() => StructByRef64Imports.DllImportClass(_object);
}

/// <summary>size=128.</summary>
public unsafe class StructByRef128
{
    private StructWords128 _words;
    private ClassWords128 _object = null!;

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
        _object = new ClassWords128();
        _object.W0 = Inputs.Word(0);
        _object.W1 = Inputs.Word(1);
        _object.W2 = Inputs.Word(2);
        _object.W3 = Inputs.Word(3);
        _object.W4 = Inputs.Word(4);
        _object.W5 = Inputs.Word(5);
        _object.W6 = Inputs.Word(6);
        _object.W7 = Inputs.Word(7);
        _object.W8 = Inputs.Word(8);
        _object.W9 = Inputs.Word(9);
        _object.W10 = Inputs.Word(10);
        _object.W11 = Inputs.Word(11);
        _object.W12 = Inputs.Word(12);
        _object.W13 = Inputs.Word(13);
        _object.W14 = Inputs.Word(14);
        _object.W15 = Inputs.Word(15);
    }

    [Benchmark]
    public ulong DllImport() => StructByRef128Imports.DllImport(in _words);

    [Benchmark]
    public ulong LibraryImport() => StructByRef128Imports.LibraryImport(in _words);

    [Benchmark]
    public ulong FunctionPointer()
    {
        fixed (StructWords128* words = &_words)
        {
            return StructByRef128Imports.Pointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportRef() => StructByRef128Imports.DllImportRef(ref _words);

    [Benchmark]
    public ulong LibraryImportRef() => StructByRef128Imports.LibraryImportRef(ref _words);

    [Benchmark]
    public ulong DllImportPointer()
    {
        fixed (StructWords128* words = &_words)
        {
            return StructByRef128Imports.DllImportPointer(words);
        }
    }

    [Benchmark]
    public ulong LibraryImportPointer()
    {
        fixed (StructWords128* words = &_words)
        {
            return StructByRef128Imports.LibraryImportPointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportClass() => StructByRef128Imports.DllImportClass(_object);
}

/// <summary>size=256.</summary>
public unsafe class StructByRef256
{
    private StructWords256 _words;
    private ClassWords256 _object = null!;

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
        _object = new ClassWords256();
        _object.W0 = Inputs.Word(0);
        _object.W1 = Inputs.Word(1);
        _object.W2 = Inputs.Word(2);
        _object.W3 = Inputs.Word(3);
        _object.W4 = Inputs.Word(4);
        _object.W5 = Inputs.Word(5);
        _object.W6 = Inputs.Word(6);
        _object.W7 = Inputs.Word(7);
        _object.W8 = Inputs.Word(8);
        _object.W9 = Inputs.Word(9);
        _object.W10 = Inputs.Word(10);
        _object.W11 = Inputs.Word(11);
        _object.W12 = Inputs.Word(12);
        _object.W13 = Inputs.Word(13);
        _object.W14 = Inputs.Word(14);
        _object.W15 = Inputs.Word(15);
        _object.W16 = Inputs.Word(16);
        _object.W17 = Inputs.Word(17);
        _object.W18 = Inputs.Word(18);
        _object.W19 = Inputs.Word(19);
        _object.W20 = Inputs.Word(20);
        _object.W21 = Inputs.Word(21);
        _object.W22 = Inputs.Word(22);
        _object.W23 = Inputs.Word(23);
        _object.W24 = Inputs.Word(24);
        _object.W25 = Inputs.Word(25);
        _object.W26 = Inputs.Word(26);
        _object.W27 = Inputs.Word(27);
        _object.W28 = Inputs.Word(28);
        _object.W29 = Inputs.Word(29);
        _object.W30 = Inputs.Word(30);
        _object.W31 = Inputs.Word(31);
    }

    [Benchmark]
    public ulong DllImport() => StructByRef256Imports.DllImport(in _words);

    [Benchmark]
    public ulong LibraryImport() => StructByRef256Imports.LibraryImport(in _words);

    [Benchmark]
    public ulong FunctionPointer()
    {
        fixed (StructWords256* words = &_words)
        {
            return StructByRef256Imports.Pointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportRef() => StructByRef256Imports.DllImportRef(ref _words);

    [Benchmark]
    public ulong LibraryImportRef() => StructByRef256Imports.LibraryImportRef(ref _words);

    [Benchmark]
    public ulong DllImportPointer()
    {
        fixed (StructWords256* words = &_words)
        {
            return StructByRef256Imports.DllImportPointer(words);
        }
    }

    [Benchmark]
    public ulong LibraryImportPointer()
    {
        fixed (StructWords256* words = &_words)
        {
            return StructByRef256Imports.LibraryImportPointer(words);
        }
    }

    [Benchmark]
    public ulong DllImportClass() => StructByRef256Imports.DllImportClass(_object);
}
