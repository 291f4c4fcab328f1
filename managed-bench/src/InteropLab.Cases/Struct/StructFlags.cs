using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

internal static unsafe partial class StructFlagsImports
{
    internal static readonly delegate* unmanaged[Cdecl]<FlagBytes, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<FlagBytes, ulong>)KernelLibrary.Export("struct_flags");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags", ExactSpelling = true)]
    internal static extern ulong DllImport(FlagBools flags);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags", ExactSpelling = true)]
    internal static extern ulong DllImportOneBool(OneFlagBool flags);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags", ExactSpelling = true)]
    internal static extern ulong DllImportByte(FlagBytes flags);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_flags")]
    internal static partial ulong LibraryImport(FlagBools flags);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_flags")]
    internal static partial ulong LibraryImportByte(FlagBytes flags);
}

internal static unsafe partial class StructFlagsRefImports
{
    internal static readonly delegate* unmanaged[Cdecl]<FlagBytes*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<FlagBytes*, ulong>)KernelLibrary.Export("struct_flags_ref");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags_ref", ExactSpelling = true)]
    internal static extern ulong DllImport(in FlagBools flags);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags_ref", ExactSpelling = true)]
    internal static extern ulong DllImportOneBool(in OneFlagBool flags);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags_ref", ExactSpelling = true)]
    internal static extern ulong DllImportByte(in FlagBytes flags);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_flags_ref")]
    internal static partial ulong LibraryImport(in FlagBools flags);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_flags_ref")]
    internal static partial ulong LibraryImportByte(in FlagBytes flags);
}

internal static unsafe partial class StructFlagsReturnedImports
{
    internal static readonly delegate* unmanaged[Cdecl]<ulong, FlagBytes> Pointer =
        (delegate* unmanaged[Cdecl]<ulong, FlagBytes>)KernelLibrary.Export("struct_flags_returned");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags_returned", ExactSpelling = true)]
    internal static extern FlagBools DllImport(ulong bits);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags_returned", ExactSpelling = true)]
    internal static extern OneFlagBool DllImportOneBool(ulong bits);

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags_returned", ExactSpelling = true)]
    internal static extern FlagBytes DllImportByte(ulong bits);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_flags_returned")]
    internal static partial FlagBools LibraryImport(ulong bits);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_flags_returned")]
    internal static partial FlagBytes LibraryImportByte(ulong bits);
}

/// <summary>passing=value. The answer is the flags as bits.</summary>
public unsafe class StructFlags
{
    private FlagBools _bools;
    private OneFlagBool _oneBool;
    private FlagBytes _bytes;
    private Raw.FlagBools _rawBools;

    [GlobalSetup]
    public void Setup()
    {
        _bools = new FlagBools(Inputs.FlagBits);
        _bytes = FlagBoolsMarshaller.ConvertToUnmanaged(_bools);
        _oneBool = new OneFlagBool { First = _bools.First, Second = _bytes.Second, Third = _bytes.Third, Fourth = _bytes.Fourth };
        _rawBools = Unsafe.BitCast<FlagBools, Raw.FlagBools>(_bools);
    }

    [Benchmark]
    public ulong DllImport() => StructFlagsImports.DllImport(_bools);

    [Benchmark]
    public ulong DllImportOneBool() => StructFlagsImports.DllImportOneBool(_oneBool);

    [Benchmark]
    public ulong DllImportByte() => StructFlagsImports.DllImportByte(_bytes);

    [Benchmark]
    public ulong DllImportRaw() => StructFlagsRaw.DllImport(_rawBools);

    [Benchmark]
    public ulong LibraryImport() => StructFlagsImports.LibraryImport(_bools);

    [Benchmark]
    public ulong LibraryImportByte() => StructFlagsImports.LibraryImportByte(_bytes);

    [Benchmark]
    public ulong LibraryImportRaw() => StructFlagsRaw.LibraryImport(_rawBools);

    [Benchmark]
    public ulong FunctionPointer() => StructFlagsImports.Pointer(FlagBoolsMarshaller.ConvertToUnmanaged(_bools));

    [Benchmark]
    public ulong FunctionPointerByte() => StructFlagsImports.Pointer(_bytes);
}

/// <summary>passing=ref.</summary>
public unsafe class StructFlagsRef
{
    private FlagBools _bools;
    private OneFlagBool _oneBool;
    private FlagBytes _bytes;
    private Raw.FlagBools _rawBools;

    [GlobalSetup]
    public void Setup()
    {
        _bools = new FlagBools(Inputs.FlagBits);
        _bytes = FlagBoolsMarshaller.ConvertToUnmanaged(_bools);
        _oneBool = new OneFlagBool { First = _bools.First, Second = _bytes.Second, Third = _bytes.Third, Fourth = _bytes.Fourth };
        _rawBools = Unsafe.BitCast<FlagBools, Raw.FlagBools>(_bools);
    }

    [Benchmark]
    public ulong DllImport() => StructFlagsRefImports.DllImport(in _bools);

    [Benchmark]
    public ulong DllImportOneBool() => StructFlagsRefImports.DllImportOneBool(in _oneBool);

    [Benchmark]
    public ulong DllImportByte() => StructFlagsRefImports.DllImportByte(in _bytes);

    [Benchmark]
    public ulong LibraryImport() => StructFlagsRefImports.LibraryImport(in _bools);

    [Benchmark]
    public ulong LibraryImportByte() => StructFlagsRefImports.LibraryImportByte(in _bytes);

    [Benchmark]
    public ulong LibraryImportRaw() => StructFlagsRefRaw.LibraryImport(in _rawBools);

    [Benchmark]
    public ulong FunctionPointer()
    {
        FlagBytes flags = FlagBoolsMarshaller.ConvertToUnmanaged(_bools);
        return StructFlagsRefImports.Pointer(&flags);
    }

    [Benchmark]
    public ulong FunctionPointerByte()
    {
        fixed (FlagBytes* flags = &_bytes)
        {
            return StructFlagsRefImports.Pointer(flags);
        }
    }
}

/// <summary>passing=returned.</summary>
public unsafe class StructFlagsReturned
{
    private ulong _bits;

    [GlobalSetup]
    public void Setup() => _bits = Inputs.FlagBits;

    [Benchmark]
    public ulong DllImport() => StructFlagsReturnedImports.DllImport(_bits).Bits;

    [Benchmark]
    public ulong DllImportOneBool() => StructFlagsReturnedImports.DllImportOneBool(_bits).Bits;

    [Benchmark]
    public ulong DllImportByte() => StructFlagsReturnedImports.DllImportByte(_bits).Bits;

    [Benchmark]
    public ulong DllImportRaw() => StructFlagsReturnedRaw.DllImport(_bits).Bits;

    [Benchmark]
    public ulong LibraryImport() => StructFlagsReturnedImports.LibraryImport(_bits).Bits;

    [Benchmark]
    public ulong LibraryImportByte() => StructFlagsReturnedImports.LibraryImportByte(_bits).Bits;

    [Benchmark]
    public ulong LibraryImportRaw() => StructFlagsReturnedRaw.LibraryImport(_bits).Bits;

    [Benchmark]
    public ulong FunctionPointer() => FlagBoolsMarshaller.ConvertToManaged(StructFlagsReturnedImports.Pointer(_bits)).Bits;

    [Benchmark]
    public ulong FunctionPointerByte() => StructFlagsReturnedImports.Pointer(_bits).Bits;
}
