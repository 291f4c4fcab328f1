using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

/// <summary>The declaration of blittable_native_int_long in an assembly without runtime marshalling.</summary>
public static class BlittableNativeIntLongRaw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_long", ExactSpelling = true)]
    public static extern CLong DllImport(CLong value);
}

/// <summary>The declaration of blittable_native_int_nint in an assembly without runtime marshalling.</summary>
public static class BlittableNativeIntNintRaw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_nint", ExactSpelling = true)]
    public static extern nint DllImport(nint value);
}

/// <summary>The declaration of blittable_native_int_nuint in an assembly without runtime marshalling.</summary>
public static class BlittableNativeIntNuintRaw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_native_int_nuint", ExactSpelling = true)]
    public static extern nuint DllImport(nuint value);
}
