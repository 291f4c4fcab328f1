using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StringAnsiInImports
{
    internal static readonly delegate* unmanaged[Cdecl]<byte*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<byte*, ulong>)KernelLibrary.Export("string_ansi_in");

    // What C# takes where nothing is said.
    [DllImport(KernelLibrary.Name, EntryPoint = "string_ansi_in", ExactSpelling = true, CharSet = CharSet.Ansi)]
    internal static extern ulong DllImport(string text);

    [DllImport(KernelLibrary.Name, EntryPoint = "string_ansi_in", ExactSpelling = true, CharSet = CharSet.Auto)]
    internal static extern ulong DllImportAuto(string text);

    [DllImport(KernelLibrary.Name, EntryPoint = "string_ansi_in", ExactSpelling = true)]
    internal static extern ulong DllImportUtf8([MarshalAs(UnmanagedType.LPUTF8Str)] string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_ansi_in", StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(AnsiStringMarshaller))]
    internal static partial ulong LibraryImport(string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_ansi_in", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial ulong LibraryImportUtf8(string text);
}

/// <summary>What Linux calls ANSI is UTF-8: every encoding here gives the same bytes.</summary>
public unsafe class StringAnsiIn
{
    private string _text = null!;

    [Params(8, 85, 86, 255, 256, 1024)]
    public int Length { get; set; }

    [Params("ascii", "latin", "cjk")]
    public string Text { get; set; } = null!;

    [GlobalSetup]
    public void Setup() => _text = Inputs.Text(Length, Text);

    [Benchmark]
    public ulong DllImport() => StringAnsiInImports.DllImport(_text);

    [Benchmark]
    public ulong DllImportAuto() => StringAnsiInImports.DllImportAuto(_text);

    [Benchmark]
    public ulong DllImportUtf8() => StringAnsiInImports.DllImportUtf8(_text);

    [Benchmark]
    public ulong LibraryImport() => StringAnsiInImports.LibraryImport(_text);

    [Benchmark]
    public ulong LibraryImportUtf8() => StringAnsiInImports.LibraryImportUtf8(_text);

    // Line by line what the generator writes, SkipLocalsInit included, so that only the call differs from LibraryImport.
    [Benchmark]
    [SkipLocalsInit]
    public ulong FunctionPointer()
    {
        scoped AnsiStringMarshaller.ManagedToUnmanagedIn marshaller = new();
        try
        {
            marshaller.FromManaged(_text, stackalloc byte[AnsiStringMarshaller.ManagedToUnmanagedIn.BufferSize]);
            return StringAnsiInImports.Pointer(marshaller.ToUnmanaged());
        }
        finally
        {
            marshaller.Free();
        }
    }
}
