using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

/// <summary>The declarations of blittable_converted_decimal in an assembly without runtime marshalling.</summary>
public static partial class BlittableConvertedDecimalRaw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_converted_decimal", ExactSpelling = true)]
    public static extern ulong DllImport(decimal value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_converted_decimal")]
    public static partial ulong LibraryImport(decimal value);
}
