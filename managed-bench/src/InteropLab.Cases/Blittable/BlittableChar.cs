using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

internal static unsafe partial class BlittableCharImports
{
    internal static readonly delegate* unmanaged[Cdecl]<ushort, ushort> Pointer =
        (delegate* unmanaged[Cdecl]<ushort, ushort>)KernelLibrary.Export("blittable_char");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_char", ExactSpelling = true, CharSet = CharSet.Unicode)]
    internal static extern char DllImport(char unit);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_char", StringMarshalling = StringMarshalling.Utf16)]
    internal static partial char LibraryImport(char unit);

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_char", ExactSpelling = true)]
    internal static extern ushort DllImportUshort(ushort unit);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_char")]
    internal static partial ushort LibraryImportUshort(ushort unit);
}

internal static unsafe partial class BlittableCharArrayImports
{
    internal static readonly delegate* unmanaged[Cdecl]<char*, nuint, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<char*, nuint, ulong>)KernelLibrary.Export("blittable_char_array");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_char_array", ExactSpelling = true, CharSet = CharSet.Unicode)]
    internal static extern ulong DllImport(char[] units, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_char_array", StringMarshalling = StringMarshalling.Utf16)]
    internal static partial ulong LibraryImport(char[] units, nuint count);

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_char_array", ExactSpelling = true)]
    internal static extern ulong DllImportUshort(ushort[] units, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_char_array")]
    internal static partial ulong LibraryImportUshort(ushort[] units, nuint count);
}

/// <summary>form=scalar: one character, whatever the length says.</summary>
public unsafe class BlittableChar
{
    private char _unit;
    private ushort _integer;

    [Params(1, 64, 4096)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _unit = Inputs.Arrow(0);
        _integer = Inputs.Arrow(0);
    }

    [Benchmark]
    public int DllImport() => BlittableCharImports.DllImport(_unit);

    [Benchmark]
    public int DllImportRaw() => BlittableCharRaw.DllImport(_unit);

    [Benchmark]
    public int LibraryImport() => BlittableCharImports.LibraryImport(_unit);

    [Benchmark]
    public int LibraryImportRaw() => BlittableCharRaw.LibraryImport(_unit);

    [Benchmark]
    public int FunctionPointer() => (char)BlittableCharImports.Pointer(_unit);

    [Benchmark]
    public int DllImportUshort() => BlittableCharImports.DllImportUshort(_integer);

    [Benchmark]
    public int LibraryImportUshort() => BlittableCharImports.LibraryImportUshort(_integer);
}

/// <summary>form=array.</summary>
public unsafe class BlittableCharArray
{
    private char[] _units = null!;
    private ushort[] _integers = null!;

    [Params(1, 64, 4096)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _units = Inputs.Arrows(Length);
        _integers = Inputs.ArrowIntegers(Length);
    }

    [Benchmark]
    public ulong DllImport() => BlittableCharArrayImports.DllImport(_units, (nuint)_units.Length);

    [Benchmark]
    public ulong LibraryImport() => BlittableCharArrayImports.LibraryImport(_units, (nuint)_units.Length);

    [Benchmark]
    public ulong LibraryImportRaw() => BlittableCharArrayRaw.LibraryImport(_units, (nuint)_units.Length);

    [Benchmark]
    public ulong FunctionPointer()
    {
        char[] array = _units;
        fixed (char* units = array)
        {
            return BlittableCharArrayImports.Pointer(units, (nuint)array.Length);
        }
    }

    [Benchmark]
    public ulong DllImportUshort() => BlittableCharArrayImports.DllImportUshort(_integers, (nuint)_integers.Length);

    [Benchmark]
    public ulong LibraryImportUshort() => BlittableCharArrayImports.LibraryImportUshort(_integers, (nuint)_integers.Length);
}
