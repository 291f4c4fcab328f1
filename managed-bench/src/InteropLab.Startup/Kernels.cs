using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;

namespace InteropLab.Startup;

/// <summary>The kernel library of this process. What is done to it is what is timed, so nothing here is done ahead.</summary>
internal static unsafe class Kernels
{
    /// <summary>The name every declaration uses; the resolver turns it into <see cref="s_handle"/>.</summary>
    public const string Name = "kernels";

    private const string PathVariable = "LAB_LIBRARY";

    // The value where the kernels are part of the program.
    private const string Linked = "linked";

    private static string s_path = "";
    private static nint s_handle;

    /// <summary>The library's file, which <see cref="Load"/> loads.</summary>
    /// <exception cref="RefusedException">There is no such variable or file.</exception>
    public static string Path
    {
        get
        {
            if (s_path.Length == 0)
            {
                string path = Environment.GetEnvironmentVariable(PathVariable) ?? "";
                s_path = path == Linked || (System.IO.Path.IsPathFullyQualified(path) && File.Exists(path))
                    ? path
                    : throw RefusedException.Bad($"{PathVariable}='{path}' is not the absolute path of a kernel library: ./lab check builds it");
            }

            return s_path;
        }
    }

    /// <summary>How often the runtime has asked where an import is.</summary>
    public static int ResolverCalls { get; private set; }

    public static void Load() => s_handle = s_path == Linked ? NativeLibrary.GetMainProgramHandle() : NativeLibrary.Load(s_path);

    /// <summary>Makes the imports of this assembly find the library.</summary>
    public static void Resolve() => NativeLibrary.SetDllImportResolver(typeof(Kernels).Assembly, Find);

    public static nint Export(string symbol) => NativeLibrary.GetExport(s_handle, symbol);

    /// <summary>Refuses a library of another header or catalogue; after everything timed.</summary>
    public static string Prove()
    {
        if (s_handle == 0)
        {
            _ = Path;
            Load();
        }

        nint handle = s_handle;
        if (!NativeLibrary.TryGetExport(handle, "kernels_contract", out nint contract)
            || !NativeLibrary.TryGetExport(handle, "kernels_impl", out nint implementation))
        {
            throw RefusedException.Bad($"{Path} is not a kernel library");
        }

        ulong found = ((delegate* unmanaged[Cdecl]<ulong>)contract)();
        return found == Agreed.Contract
            ? Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)implementation)())!
            : throw RefusedException.Bad($"{Path} was built from another header or catalogue: rebuild with ./lab check");
    }

    private static nint Find(string name, Assembly assembly, DllImportSearchPath? search)
    {
        ResolverCalls++;
        return name == Name ? s_handle : 0;
    }
}
