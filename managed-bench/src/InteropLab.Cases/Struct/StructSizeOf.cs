using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StructSizeOf16Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong>)KernelLibrary.Export("struct_size_of_16");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_size_of_16", ExactSpelling = true)]
    internal static extern ulong DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_size_of_16")]
    internal static partial ulong LibraryImport();
}

internal static unsafe partial class StructSizeOf256Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong>)KernelLibrary.Export("struct_size_of_256");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_size_of_256", ExactSpelling = true)]
    internal static extern ulong DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_size_of_256")]
    internal static partial ulong LibraryImport();
}

internal static unsafe partial class StructSizeOfFlagsImports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ulong>)KernelLibrary.Export("struct_size_of_flags");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_size_of_flags", ExactSpelling = true)]
    internal static extern ulong DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_size_of_flags")]
    internal static partial ulong LibraryImport();
}

internal static unsafe partial class StructSizeOfRead16Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords16*> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords16*>)KernelLibrary.Export("struct_size_of_read_16");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_size_of_read_16", ExactSpelling = true)]
    internal static extern StructWords16* DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_size_of_read_16")]
    internal static partial StructWords16* LibraryImport();
}

internal static unsafe partial class StructSizeOfRead256Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<StructWords256*> Pointer =
        (delegate* unmanaged[Cdecl]<StructWords256*>)KernelLibrary.Export("struct_size_of_read_256");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_size_of_read_256", ExactSpelling = true)]
    internal static extern StructWords256* DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_size_of_read_256")]
    internal static partial StructWords256* LibraryImport();
}

internal static unsafe partial class StructSizeOfReadFlagsImports
{
    internal static readonly delegate* unmanaged[Cdecl]<FlagBools*> Pointer =
        (delegate* unmanaged[Cdecl]<FlagBools*>)KernelLibrary.Export("struct_size_of_read_flags");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_size_of_read_flags", ExactSpelling = true)]
    internal static extern FlagBools* DllImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_size_of_read_flags")]
    internal static partial FlagBools* LibraryImport();
}

/// <summary>entry=size_16. The answer is the size in bytes.</summary>
public unsafe class StructSizeOf16
{
    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public ulong DllImport() => StructSizeOf16Imports.DllImport();

    [Benchmark]
    public ulong LibraryImport() => StructSizeOf16Imports.LibraryImport();

    [Benchmark]
    public ulong FunctionPointer() => StructSizeOf16Imports.Pointer();

    [Benchmark]
    public ulong Sizeof() => (ulong)sizeof(StructWords16);

    [Benchmark]
    public ulong UnsafeSizeOf() => (ulong)Unsafe.SizeOf<StructWords16>();

    [Benchmark]
    public ulong MarshalSizeOf() => (ulong)Marshal.SizeOf<StructWords16>();
}

/// <summary>entry=size_256. The answer is the size in bytes.</summary>
public unsafe class StructSizeOf256
{
    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public ulong DllImport() => StructSizeOf256Imports.DllImport();

    [Benchmark]
    public ulong LibraryImport() => StructSizeOf256Imports.LibraryImport();

    [Benchmark]
    public ulong FunctionPointer() => StructSizeOf256Imports.Pointer();

    [Benchmark]
    public ulong Sizeof() => (ulong)sizeof(StructWords256);

    [Benchmark]
    public ulong UnsafeSizeOf() => (ulong)Unsafe.SizeOf<StructWords256>();

    [Benchmark]
    public ulong MarshalSizeOf() => (ulong)Marshal.SizeOf<StructWords256>();
}

/// <summary>entry=size_flags. The answer is the size in bytes.</summary>
public unsafe class StructSizeOfFlags
{
    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public ulong DllImport() => StructSizeOfFlagsImports.DllImport();

    [Benchmark]
    public ulong LibraryImport() => StructSizeOfFlagsImports.LibraryImport();

    [Benchmark]
    public ulong FunctionPointer() => StructSizeOfFlagsImports.Pointer();

    [Benchmark]
    public ulong Sizeof() => (ulong)sizeof(FlagBools);

    [Benchmark]
    public ulong UnsafeSizeOf() => (ulong)Unsafe.SizeOf<FlagBools>();

    [Benchmark]
    public ulong MarshalSizeOf() => (ulong)Marshal.SizeOf<FlagBools>();
}

/// <summary>entry=read_16. The answer is the last word.</summary>
public unsafe class StructSizeOfRead16
{
    private StructWords16* _pointer;

    [GlobalSetup]
    public void Setup() => _pointer = StructSizeOfRead16Imports.LibraryImport();

    [Benchmark]
    public ulong DllImport() => StructSizeOfRead16Imports.DllImport()->W1;

    [Benchmark]
    public ulong LibraryImport() => StructSizeOfRead16Imports.LibraryImport()->W1;

    [Benchmark]
    public ulong FunctionPointer() => StructSizeOfRead16Imports.Pointer()->W1;

    [Benchmark]
    public ulong PtrToStructure() => Marshal.PtrToStructure<StructWords16>((nint)_pointer).W1;

    [Benchmark]
    public ulong PointerRead() => _pointer->W1;

    [Benchmark]
    public ulong UnsafeRead() => Unsafe.ReadUnaligned<StructWords16>(_pointer).W1;
}

/// <summary>entry=read_256. The answer is the last word.</summary>
public unsafe class StructSizeOfRead256
{
    private StructWords256* _pointer;

    [GlobalSetup]
    public void Setup() => _pointer = StructSizeOfRead256Imports.LibraryImport();

    [Benchmark]
    public ulong DllImport() => StructSizeOfRead256Imports.DllImport()->W31;

    [Benchmark]
    public ulong LibraryImport() => StructSizeOfRead256Imports.LibraryImport()->W31;

    [Benchmark]
    public ulong FunctionPointer() => StructSizeOfRead256Imports.Pointer()->W31;

    [Benchmark]
    public ulong PtrToStructure() => Marshal.PtrToStructure<StructWords256>((nint)_pointer).W31;

    [Benchmark]
    public ulong PointerRead() => _pointer->W31;

    [Benchmark]
    public ulong UnsafeRead() => Unsafe.ReadUnaligned<StructWords256>(_pointer).W31;
}

/// <summary>entry=read_flags. The answer is the flags as bits: bool fields of a byte each, read as they lie there.</summary>
public unsafe class StructSizeOfReadFlags
{
    private FlagBools* _pointer;

    [GlobalSetup]
    public void Setup() => _pointer = StructSizeOfReadFlagsImports.LibraryImport();

    [Benchmark]
    public ulong DllImport() => StructSizeOfReadFlagsImports.DllImport()->Bits;

    [Benchmark]
    public ulong LibraryImport() => StructSizeOfReadFlagsImports.LibraryImport()->Bits;

    [Benchmark]
    public ulong FunctionPointer() => StructSizeOfReadFlagsImports.Pointer()->Bits;

    [Benchmark]
    public ulong PtrToStructure() => Marshal.PtrToStructure<FlagBools>((nint)_pointer).Bits;

    [Benchmark]
    public ulong PointerRead() => _pointer->Bits;

    [Benchmark]
    public ulong UnsafeRead() => Unsafe.ReadUnaligned<FlagBools>(_pointer).Bits;
}
