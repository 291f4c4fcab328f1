using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace InteropLab.Startup;

/// <summary>What the loader was asked for, where the program was started with its recorder in LD_PRELOAD.</summary>
internal static unsafe class Opens
{
    /// <summary>Whether everything is recorded: the recorder is there, and was not asked for more than it keeps.</summary>
    public static bool Recorded => Count() is not (0 or uint.MaxValue);

    /// <summary>File names with this part, in the order in which they were asked for.</summary>
    public static List<string> Of(string part)
    {
        List<string> files = [];
        if (Recorded && Find("opens_name", out nint name))
        {
            for (uint at = 0; at < Count(); at++)
            {
                string file = Path.GetFileName(Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<uint, nint>)name)(at)) ?? "");
                if (file.Contains(part))
                {
                    files.Add(file);
                }
            }
        }

        return files;
    }

    // The runtime itself has been asked for before: 0 is a recorder that is not there.
    private static uint Count() => Find("opens_count", out nint count) ? ((delegate* unmanaged[Cdecl]<uint>)count)() : 0;

    private static bool Find(string symbol, out nint address) =>
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), symbol, out address);
}
