using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

/// <summary>The declarations of blittable_noop in an assembly without runtime marshalling.</summary>
public static class BlittableNoopRaw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_noop", ExactSpelling = true)]
    public static extern void DllImport();

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_noop_nogc", ExactSpelling = true), SuppressGCTransition]
    public static extern void DllImportNoGc();
}
