using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

/// <summary>Four flags as bool: without runtime marshalling a byte each, on both sides.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct FlagBools
{
    public bool First, Second, Third, Fourth;

    /// <summary>The first flag is the lowest bit.</summary>
    public readonly ulong Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (First ? 1UL : 0) | (Second ? 2UL : 0) | (Third ? 4UL : 0) | (Fourth ? 8UL : 0);
    }
}

/// <summary>The declarations of struct_flags in an assembly without runtime marshalling.</summary>
public static partial class StructFlagsRaw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags", ExactSpelling = true)]
    public static extern ulong DllImport(FlagBools flags);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_flags")]
    public static partial ulong LibraryImport(FlagBools flags);
}

/// <summary>The declaration of struct_flags_ref in an assembly without runtime marshalling.</summary>
public static partial class StructFlagsRefRaw
{
    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_flags_ref")]
    public static partial ulong LibraryImport(in FlagBools flags);
}

/// <summary>The declarations of struct_flags_returned in an assembly without runtime marshalling.</summary>
public static partial class StructFlagsReturnedRaw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_flags_returned", ExactSpelling = true)]
    public static extern FlagBools DllImport(ulong bits);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_flags_returned")]
    public static partial FlagBools LibraryImport(ulong bits);
}
