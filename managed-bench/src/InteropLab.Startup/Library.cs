using System;
using System.Runtime.InteropServices;

namespace InteropLab.Startup;

/// <summary>What is done to a library as a whole. An operation answers whether it did what it is to do.</summary>
internal static unsafe class Library
{
    private const string Symbol = "loading_first_call";

    private static string s_path = "";
    private static string s_missing = "";
    private static nint s_handle;

    public static Steps Of(Asked asked)
    {
        s_path = Kernels.Path;
        s_missing = s_path + ".missing";
        Steps steps = new()
        {
            First = 1,
            Second = 1,
            Call = asked.Variant switch
            {
                "Load" => &Load,
                "LoadMissing" => &LoadMissing,
                "TryLoadMissing" => &TryLoadMissing,
                "GetExport" => &GetExport,
                "TryGetExportMissing" => &TryGetExportMissing,
                "Free" => &Free,
                _ => throw asked.NoSuch("variant"),
            },
        };
        if (asked.Variant is "GetExport" or "TryGetExportMissing")
        {
            steps.Load = &LoadAhead;
        }
        else if (asked.Variant is "Free")
        {
            steps.Load = &LoadTwice;
        }

        return steps;
    }

    private static void LoadAhead() => s_handle = NativeLibrary.Load(s_path);

    private static void LoadTwice()
    {
        LoadAhead();
        LoadAhead();
    }

    private static long Load()
    {
        LoadAhead();
        return s_handle != 0 ? 1 : 0;
    }

    private static long LoadMissing()
    {
        try
        {
            _ = NativeLibrary.Load(s_missing);
            return 0;
        }
        catch (DllNotFoundException)
        {
            return 1;
        }
    }

    private static long TryLoadMissing() => NativeLibrary.TryLoad(s_missing, out _) ? 0 : 1;

    private static long GetExport() => NativeLibrary.GetExport(s_handle, Symbol) != 0 ? 1 : 0;

    private static long TryGetExportMissing() => NativeLibrary.TryGetExport(s_handle, Symbol + "_missing", out _) ? 0 : 1;

    private static long Free()
    {
        NativeLibrary.Free(s_handle);
        return 1;
    }
}
