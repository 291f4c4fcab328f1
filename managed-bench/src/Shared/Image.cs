using System;
using System.IO;
using System.Reflection.PortableExecutable;

namespace InteropLab;

/// <summary>What lies beside a program as the file of an assembly.</summary>
internal static class Image
{
    /// <summary>Whether it holds ReadyToRun code; false where there is no such file, as beside a native program.</summary>
    public static bool IsPrecompiled(string assembly)
    {
        string path = Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
        if (!File.Exists(path))
        {
            return false;
        }

        using PEReader image = new(File.OpenRead(path));
        return image.PEHeaders.CorHeader?.ManagedNativeHeaderDirectory.Size > 0;
    }
}
