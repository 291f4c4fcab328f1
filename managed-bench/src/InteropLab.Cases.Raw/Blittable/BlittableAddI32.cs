using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

/// <summary>The declarations of blittable_add_i32 in an assembly without runtime marshalling.</summary>
public static partial class BlittableAddI32Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_add_i32", ExactSpelling = true)]
    public static extern int DllImport(int a, int b);

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_add_i32_nogc", ExactSpelling = true), SuppressGCTransition]
    public static extern int DllImportNoGc(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_add_i32")]
    public static partial int LibraryImport(int a, int b);
}
