using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading;

namespace InteropLab;

/// <summary>
/// The one kernel library of this process: which file it is, that it fits the generated tables, and where its exports are.
/// It refuses a library that was built from another header or catalogue; it knows nothing of what the exports do.
/// </summary>
public static unsafe class KernelLibrary
{
    /// <summary>The name every declaration uses; the resolver turns it into the file of <see cref="PathVariable"/>.</summary>
    public const string Name = "kernels";

    /// <summary>The environment variable that holds the library's absolute path; processes started from here inherit it.</summary>
    public const string PathVariable = "LAB_LIBRARY";

    /// <summary>The value of <see cref="PathVariable"/> where the kernels are part of the program.</summary>
    public const string Linked = "linked";

    // Opened on first use, by whoever comes first: the classes ask from their type initialisers and the runtime from its
    // import resolver, so neither a module initialiser nor a static field of another class may be what opens it.
    private static readonly Lock s_opening = new();
    private static nint s_handle;
    private static int s_asked;

    /// <summary>The handle, from <c>NativeLibrary.Load</c>; the library is opened once and never closed.</summary>
    /// <exception cref="KernelLibraryException">The variable, the file or its contract is wrong; the message is one line.</exception>
    public static nint Handle
    {
        get
        {
            lock (s_opening)
            {
                return s_handle != 0 ? s_handle : s_handle = Open(Environment.GetEnvironmentVariable(PathVariable));
            }
        }
    }

    /// <summary>How many imports asked for the library when they were first called; none do where they were bound before.</summary>
    public static int Asked => s_asked;

    /// <summary>The address of an export.</summary>
    /// <exception cref="KernelLibraryException">The library has no such export.</exception>
    public static nint Export(string symbol) => NativeLibrary.TryGetExport(Handle, symbol, out nint address)
        ? address
        : throw new KernelLibraryException($"{Environment.GetEnvironmentVariable(PathVariable)} does not export {symbol}");

    /// <summary>Makes the imports of an assembly find the library; called once from each assembly's module initialiser.</summary>
    public static void Resolve(Assembly assembly) =>
        NativeLibrary.SetDllImportResolver(assembly, static (name, _, _) =>
        {
            if (name != Name)
            {
                return 0;
            }

            _ = Interlocked.Increment(ref s_asked);
            return Handle;
        });

    /// <summary>Loads a file and proves that it was built from the same header and catalogue as <see cref="Catalogue"/>.</summary>
    /// <param name="path">The value of <see cref="PathVariable"/>; null where it is not set.</param>
    public static nint Open(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            throw new KernelLibraryException($"{PathVariable} is not set: it must hold the absolute path of a kernel library (./lab sets it)");
        }

        if (path == Linked)
        {
            return Proved(NativeLibrary.GetMainProgramHandle(), "this program");
        }

        // A relative path would be searched for in places that depend on the process.
        if (!Path.IsPathFullyQualified(path))
        {
            throw new KernelLibraryException($"{PathVariable}={path} is not an absolute path");
        }

        if (!File.Exists(path))
        {
            throw new KernelLibraryException($"{PathVariable}={path}: there is no such file; ./lab check builds it");
        }

        if (IsTruncated(path))
        {
            throw new KernelLibraryException($"{path} is truncated: its section table lies beyond its end; delete it and rebuild with ./lab check");
        }

        try
        {
            return Proved(NativeLibrary.Load(path), path);
        }
        catch (Exception refused) when (refused is DllNotFoundException or BadImageFormatException)
        {
            string reason = refused.Message.ReplaceLineEndings(" ").Trim();
            throw new KernelLibraryException($"{path} cannot be loaded: {reason}", refused);
        }
    }

    private static nint Proved(nint handle, string path)
    {
        if (!NativeLibrary.TryGetExport(handle, "kernels_contract", out nint contract))
        {
            throw new KernelLibraryException($"{path} is not a kernel library: it does not export kernels_contract");
        }

        ulong found = ((delegate* unmanaged[Cdecl]<ulong>)contract)();
        return found == Catalogue.Contract
            ? handle
            : throw new KernelLibraryException(
                $"{path} was built from another header or catalogue: its contract is {found:x16}, expected {Catalogue.Contract:x16}; rebuild with ./lab check");
    }

    // The loader maps what the header promises and touches it: half an ELF file, as an interrupted link leaves it, ends the
    // process with SIGBUS. Linkers write the section table last, so a file that reaches its end is whole.
    private static bool IsTruncated(string path)
    {
        const int HeaderBytes = 64;
        const int SectionTableOffset = 0x28;
        const int SectionEntryBytes = 0x3A;
        const int SectionCount = 0x3C;
        const byte Class64 = 2;

        using FileStream file = File.OpenRead(path);
        byte[] header = new byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes
            || !header.AsSpan().StartsWith("\u007fELF"u8) || header[4] != Class64)
        {
            return false; // Whatever it is, the loader refuses it with a reason or knows it better.
        }

        long end = BitConverter.ToInt64(header, SectionTableOffset)
            + (BitConverter.ToUInt16(header, SectionEntryBytes) * BitConverter.ToUInt16(header, SectionCount));
        return end > file.Length;
    }
}
