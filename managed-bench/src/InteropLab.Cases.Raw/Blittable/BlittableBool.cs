using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

/// <summary>The declaration of blittable_bool_1 in an assembly without runtime marshalling: a bool is its byte, which must be 0 or 1.</summary>
public static class BlittableBool1Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_bool_1", ExactSpelling = true)]
    public static extern bool DllImport(bool flag);
}
