using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace InteropLab.Bounded.String;

/// <summary>Text that native code keeps, declared as if it were the caller's: the marshaller frees it.</summary>
internal static partial class StringMisuse
{
    private const nuint Length = 16;

    [DllImport(KernelLibrary.Name, EntryPoint = "string_returned_static", ExactSpelling = true)]
    [return: MarshalAs(UnmanagedType.LPUTF8Str)]
    private static extern string ByDllImport(nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_returned_static", StringMarshalling = StringMarshalling.Utf8)]
    private static partial string ByLibraryImport(nuint length);

    public static void Run(Asked asked)
    {
        Func<nuint, string> misuse = asked.Variant switch
        {
            "StaticFreedByDllImport" => ByDllImport,
            "StaticFreedByLibraryImport" => ByLibraryImport,
            _ => throw asked.NoVariant(),
        };
        asked.Begin();
        long from = Stopwatch.GetTimestamp();
        _ = misuse(Length);
        asked.Time(1, Stopwatch.GetTimestamp() - from);
    }
}
