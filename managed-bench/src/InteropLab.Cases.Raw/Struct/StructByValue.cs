using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

/// <summary>The declaration of struct_by_value_8 in an assembly without runtime marshalling.</summary>
public static class StructByValue8Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_8", ExactSpelling = true)]
    public static extern ulong DllImport(StructWords8 words);
}

/// <summary>The declaration of struct_by_value_16 in an assembly without runtime marshalling.</summary>
public static class StructByValue16Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_16", ExactSpelling = true)]
    public static extern ulong DllImport(StructWords16 words);
}

/// <summary>The declaration of struct_by_value_24 in an assembly without runtime marshalling.</summary>
public static class StructByValue24Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_24", ExactSpelling = true)]
    public static extern ulong DllImport(StructWords24 words);
}

/// <summary>The declaration of struct_by_value_32 in an assembly without runtime marshalling.</summary>
public static class StructByValue32Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_32", ExactSpelling = true)]
    public static extern ulong DllImport(StructWords32 words);
}

/// <summary>The declaration of struct_by_value_64 in an assembly without runtime marshalling.</summary>
public static class StructByValue64Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_64", ExactSpelling = true)]
    public static extern ulong DllImport(StructWords64 words);
}

/// <summary>The declaration of struct_by_value_128 in an assembly without runtime marshalling.</summary>
public static class StructByValue128Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_128", ExactSpelling = true)]
    public static extern ulong DllImport(StructWords128 words);
}

/// <summary>The declaration of struct_by_value_256 in an assembly without runtime marshalling.</summary>
public static class StructByValue256Raw
{
    [DllImport(KernelLibrary.Name, EntryPoint = "struct_by_value_256", ExactSpelling = true)]
    public static extern ulong DllImport(StructWords256 words);
}
