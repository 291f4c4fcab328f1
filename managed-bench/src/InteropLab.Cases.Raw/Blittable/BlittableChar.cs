using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

/// <summary>The declarations of blittable_char in an assembly without runtime marshalling: a char is its two bytes.</summary>
public static partial class BlittableCharRaw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_char", ExactSpelling = true)]
    public static extern char DllImport(char unit);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_char")]
    public static partial char LibraryImport(char unit);
}

/// <summary>The declaration of blittable_char_array in an assembly without runtime marshalling.</summary>
public static partial class BlittableCharArrayRaw
{
    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_char_array")]
    public static partial ulong LibraryImport(char[] units, nuint count);
}
