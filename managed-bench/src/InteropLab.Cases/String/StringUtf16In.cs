using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StringUtf16InImports
{
    internal static readonly delegate* unmanaged[Cdecl]<ushort*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ushort*, ulong>)KernelLibrary.Export("string_utf16_in");

    [DllImport(KernelLibrary.Name, EntryPoint = "string_utf16_in", ExactSpelling = true, CharSet = CharSet.Unicode)]
    internal static extern ulong DllImport(string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf16_in", StringMarshalling = StringMarshalling.Utf16)]
    internal static partial ulong LibraryImport(string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf16_in")]
    internal static partial ulong LibraryImport(ushort* text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf16_in", StringMarshalling = StringMarshalling.Utf16)]
    internal static partial ulong LibraryImport(ReadOnlySpan<char> text);
}

internal static unsafe partial class StringUtf16InLenImports
{
    internal static readonly delegate* unmanaged[Cdecl]<ushort*, nuint, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ushort*, nuint, ulong>)KernelLibrary.Export("string_utf16_in_len");

    [DllImport(KernelLibrary.Name, EntryPoint = "string_utf16_in_len", ExactSpelling = true, CharSet = CharSet.Unicode)]
    internal static extern ulong DllImport(string text, nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf16_in_len", StringMarshalling = StringMarshalling.Utf16)]
    internal static partial ulong LibraryImport(string text, nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf16_in_len")]
    internal static partial ulong LibraryImport(ushort* text, nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf16_in_len", StringMarshalling = StringMarshalling.Utf16)]
    internal static partial ulong LibraryImport(ReadOnlySpan<char> text, nuint length);
}

/// <summary>entry=z: the text ends at its first 0, which every string has behind its last character.</summary>
public unsafe class StringUtf16In
{
    private string _text = null!;

    [Params(0, 8, 64, 85, 86, 127, 128, 255, 256, 1024, 65536)]
    public int Length { get; set; }

    [Params("ascii", "latin", "cjk", "emoji")]
    public string Text { get; set; } = null!;

    [GlobalSetup]
    public void Setup() => _text = Inputs.Text(Length, Text);

    [Benchmark]
    public ulong DllImport() => StringUtf16InImports.DllImport(_text);

    [Benchmark]
    public ulong LibraryImport() => StringUtf16InImports.LibraryImport(_text);

    // What the generator writes: the string is pinned by the marshaller's own pinnable reference.
    [Benchmark]
    public ulong FunctionPointer()
    {
        string managed = _text;
        fixed (void* text = &Utf16StringMarshaller.GetPinnableReference(managed))
        {
            return StringUtf16InImports.Pointer((ushort*)text);
        }
    }

    [Benchmark]
    public ulong FixedPointer()
    {
        string managed = _text;
        fixed (char* text = managed)
        {
            return StringUtf16InImports.LibraryImport((ushort*)text);
        }
    }

    [Benchmark]
    public ulong ReadOnlySpanChar() => StringUtf16InImports.LibraryImport(_text.AsSpan());
}

/// <summary>entry=len: pointer and length in code units.</summary>
public unsafe class StringUtf16InLen
{
    private string _text = null!;

    [Params(0, 8, 64, 85, 86, 127, 128, 255, 256, 1024, 65536)]
    public int Length { get; set; }

    [Params("ascii", "latin", "cjk", "emoji")]
    public string Text { get; set; } = null!;

    [GlobalSetup]
    public void Setup() => _text = Inputs.Text(Length, Text);

    [Benchmark]
    public ulong DllImport() => StringUtf16InLenImports.DllImport(_text, (nuint)_text.Length);

    [Benchmark]
    public ulong LibraryImport() => StringUtf16InLenImports.LibraryImport(_text, (nuint)_text.Length);

    // What the generator writes: the string is pinned by the marshaller's own pinnable reference.
    [Benchmark]
    public ulong FunctionPointer()
    {
        string managed = _text;
        fixed (void* text = &Utf16StringMarshaller.GetPinnableReference(managed))
        {
            return StringUtf16InLenImports.Pointer((ushort*)text, (nuint)managed.Length);
        }
    }

    [Benchmark]
    public ulong FixedPointer()
    {
        string managed = _text;
        fixed (char* text = managed)
        {
            return StringUtf16InLenImports.LibraryImport((ushort*)text, (nuint)managed.Length);
        }
    }

    [Benchmark]
    public ulong ReadOnlySpanChar() => StringUtf16InLenImports.LibraryImport(_text.AsSpan(), (nuint)_text.Length);
}
