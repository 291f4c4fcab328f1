using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

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

/// <summary>The declaration of struct_union in an assembly without runtime marshalling.</summary>
public static class StructUnionRaw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_union", ExactSpelling = true)]
    public static extern ulong DllImport(Tagged tagged);
}
