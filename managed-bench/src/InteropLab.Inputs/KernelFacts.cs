using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace InteropLab;

/// <summary>What the library says about itself: who built it, what it still holds, and, in the counting build, who was called.</summary>
public static unsafe class KernelFacts
{
    private const ulong UnknownSymbol = ulong.MaxValue;

    /// <summary><c>rust</c> or <c>c</c>.</summary>
    public static string Impl => Text("kernels_impl");

    /// <summary>Compiler version and flags.</summary>
    public static string Compiler => Text("kernels_compiler");

    /// <summary>Whether this is the build in which every kernel counts its calls; the libraries that are timed do not.</summary>
    public static bool CountsCalls => NativeLibrary.TryGetExport(KernelLibrary.Handle, "kernels_calls", out _);

    /// <summary>Live objects by kind; every case must leave all of them at 0.</summary>
    public static LiveObjects Live()
    {
        delegate* unmanaged[Cdecl]<uint, long> live = (delegate* unmanaged[Cdecl]<uint, long>)KernelLibrary.Export("kernels_live");
        return new LiveObjects(live(0), live(1), live(2), live(3));
    }

    /// <summary>Sets all call counters to 0. Counting build only.</summary>
    public static void ResetCalls() => ((delegate* unmanaged[Cdecl]<void>)KernelLibrary.Export("kernels_calls_reset"))();

    /// <summary>Calls of one export since the last reset. Counting build only.</summary>
    public static long Calls(string symbol)
    {
        delegate* unmanaged[Cdecl]<byte*, ulong> calls = (delegate* unmanaged[Cdecl]<byte*, ulong>)KernelLibrary.Export("kernels_calls");
        byte* name = (byte*)Marshal.StringToCoTaskMemUTF8(symbol);
        ulong count = calls(name);
        Marshal.FreeCoTaskMem((nint)name);
        return count != UnknownSymbol
            ? (long)count
            : throw new KernelLibraryException($"the kernel library does not count calls of {symbol}: it is not in its catalogue");
    }

    /// <summary>The library's own table of the structs that cross the border, one line per type and field.</summary>
    public static IReadOnlyList<LayoutLine> Layout()
    {
        uint count;
        KernelsLayoutEntry* table =
            ((delegate* unmanaged[Cdecl]<uint*, KernelsLayoutEntry*>)KernelLibrary.Export("kernels_layout"))(&count);
        List<LayoutLine> lines = [];
        for (uint i = 0; i < count; i++)
        {
            lines.Add(new LayoutLine(
                Marshal.PtrToStringUTF8(table[i].Type)!, Marshal.PtrToStringUTF8(table[i].Field)!, table[i].Size, table[i].Align, table[i].Offset));
        }

        return lines;
    }

    private static string Text(string symbol) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)KernelLibrary.Export(symbol))())!;
}

/// <summary>Objects the kernel library made and has not freed.</summary>
public sealed record LiveObjects(long Handles, long Strings, long Blocks, long Objects);
