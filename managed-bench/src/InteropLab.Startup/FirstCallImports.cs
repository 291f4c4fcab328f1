using System.Runtime.InteropServices;

namespace InteropLab.Startup;

/// <summary>struct_words_16.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Words
{
    public ulong W0, W1;
}

/// <summary>Public, because they are looked for by name.</summary>
internal static class DllImports
{
    [DllImport(Kernels.Name, EntryPoint = "loading_first_call")]
    public static extern int Blittable(int a, int b);

    [DllImport(Kernels.Name, EntryPoint = "loading_first_call_text")]
    public static extern ulong Text([MarshalAs(UnmanagedType.LPUTF8Str)] string text);

    [DllImport(Kernels.Name, EntryPoint = "loading_first_call_struct")]
    public static extern ulong Struct(in Words words);
}

internal static partial class LibraryImports
{
    [LibraryImport(Kernels.Name, EntryPoint = "loading_first_call")]
    internal static partial int Blittable(int a, int b);

    [LibraryImport(Kernels.Name, EntryPoint = "loading_first_call_text", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial ulong Text(string text);

    [LibraryImport(Kernels.Name, EntryPoint = "loading_first_call_struct")]
    internal static partial ulong Struct(in Words words);
}
