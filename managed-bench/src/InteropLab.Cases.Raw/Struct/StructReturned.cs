using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

/// <summary>The declaration of struct_returned_8 in an assembly without runtime marshalling.</summary>
public static class StructReturned8Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_returned_8", ExactSpelling = true)]
    public static extern StructWords8 DllImport();
}

/// <summary>The declaration of struct_returned_16 in an assembly without runtime marshalling.</summary>
public static class StructReturned16Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_returned_16", ExactSpelling = true)]
    public static extern StructWords16 DllImport();
}

/// <summary>The declaration of struct_returned_24 in an assembly without runtime marshalling.</summary>
public static class StructReturned24Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_returned_24", ExactSpelling = true)]
    public static extern StructWords24 DllImport();
}

/// <summary>The declaration of struct_returned_32 in an assembly without runtime marshalling.</summary>
public static class StructReturned32Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_returned_32", ExactSpelling = true)]
    public static extern StructWords32 DllImport();
}

/// <summary>The declaration of struct_returned_64 in an assembly without runtime marshalling.</summary>
public static class StructReturned64Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_returned_64", ExactSpelling = true)]
    public static extern StructWords64 DllImport();
}
