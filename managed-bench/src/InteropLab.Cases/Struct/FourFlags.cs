using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace InteropLab.Cases;

/// <summary>struct_four_flags, as bytes: blittable.</summary>
[KernelStruct("struct_four_flags")]
[StructLayout(LayoutKind.Sequential)]
public struct FlagBytes
{
    public byte First, Second, Third, Fourth;

    /// <summary>The first flag is the lowest bit.</summary>
    public readonly ulong Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => First | ((ulong)Second << 1) | ((ulong)Third << 2) | ((ulong)Fourth << 3);
    }
}

/// <summary>The same flags as bool, a byte each on the native side: not blittable. DllImport reads MarshalAs, LibraryImport the marshaller.</summary>
[NativeMarshalling(typeof(FlagBoolsMarshaller))]
[StructLayout(LayoutKind.Sequential)]
public struct FlagBools
{
    [MarshalAs(UnmanagedType.U1)]
    public bool First;

    [MarshalAs(UnmanagedType.U1)]
    public bool Second;

    [MarshalAs(UnmanagedType.U1)]
    public bool Third;

    [MarshalAs(UnmanagedType.U1)]
    public bool Fourth;

    public FlagBools(ulong bits)
    {
        First = (bits & 1) != 0;
        Second = (bits & 2) != 0;
        Third = (bits & 4) != 0;
        Fourth = (bits & 8) != 0;
    }

    /// <summary>The first flag is the lowest bit.</summary>
    public readonly ulong Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (First ? 1UL : 0) | (Second ? 2UL : 0) | (Third ? 4UL : 0) | (Fourth ? 8UL : 0);
    }
}

/// <summary>One bool among bytes: enough to make the struct another one on the native side.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct OneFlagBool
{
    [MarshalAs(UnmanagedType.U1)]
    public bool First;

    public byte Second, Third, Fourth;

    /// <summary>The first flag is the lowest bit.</summary>
    public readonly ulong Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (First ? 1UL : 0) | ((ulong)Second << 1) | ((ulong)Third << 2) | ((ulong)Fourth << 3);
    }
}

/// <summary>What the source generator calls for <see cref="FlagBools"/>.</summary>
[CustomMarshaller(typeof(FlagBools), MarshalMode.Default, typeof(FlagBoolsMarshaller))]
internal static class FlagBoolsMarshaller
{
    internal static FlagBytes ConvertToUnmanaged(FlagBools managed) => new()
    {
        First = managed.First ? (byte)1 : (byte)0,
        Second = managed.Second ? (byte)1 : (byte)0,
        Third = managed.Third ? (byte)1 : (byte)0,
        Fourth = managed.Fourth ? (byte)1 : (byte)0,
    };

    internal static FlagBools ConvertToManaged(FlagBytes unmanaged) => new()
    {
        First = unmanaged.First != 0,
        Second = unmanaged.Second != 0,
        Third = unmanaged.Third != 0,
        Fourth = unmanaged.Fourth != 0,
    };
}
