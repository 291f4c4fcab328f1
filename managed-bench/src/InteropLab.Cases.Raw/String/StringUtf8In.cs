using System.Runtime.InteropServices;

namespace InteropLab.Cases.Raw;

/// <summary>The declarations of string_utf8_in in an assembly without runtime marshalling.</summary>
public static partial class StringUtf8InRaw
{
    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf8_in", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong LibraryImport(string text);
}

/// <summary>The declarations of string_utf8_in_len in an assembly without runtime marshalling.</summary>
public static partial class StringUtf8InLenRaw
{
    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf8_in_len", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong LibraryImport(string text, nuint length);
}
