using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StringBstrInImports
{
    internal static readonly delegate* unmanaged[Cdecl]<ushort*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<ushort*, ulong>)KernelLibrary.Export("string_bstr_in");

    [DllImport(KernelLibrary.Name, EntryPoint = "string_bstr_in", ExactSpelling = true)]
    internal static extern ulong DllImport([MarshalAs(UnmanagedType.BStr)] string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_bstr_in")]
    internal static partial ulong LibraryImport([MarshalAs(UnmanagedType.BStr)] string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_bstr_in")]
    internal static partial ulong LibraryImportMarshalUsing([MarshalUsing(typeof(BStrStringMarshaller))] string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_bstr_in")]
    internal static partial ulong LibraryImport(nint text);
}

/// <summary>A BSTR carries its length in front: native code need not look for the end.</summary>
public unsafe class StringBstrIn : IDisposable
{
    private string _text = null!;
    private nint _made;

    [Params(8, 125, 126, 260, 261, 1024)]
    public int Length { get; set; }

    [Params("ascii", "cjk")]
    public string Text { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        _text = Inputs.Text(Length, Text);
        Marshal.FreeBSTR(_made);
        _made = Marshal.StringToBSTR(_text);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        Marshal.FreeBSTR(_made);
        _made = 0;
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public ulong DllImport() => StringBstrInImports.DllImport(_text);

    [Benchmark]
    public ulong LibraryImport() => StringBstrInImports.LibraryImport(_text);

    [Benchmark]
    public ulong LibraryImportMarshalUsing() => StringBstrInImports.LibraryImportMarshalUsing(_text);

    // Line by line what the generator writes, SkipLocalsInit included, so that only the call differs from LibraryImport.
    [Benchmark]
    [SkipLocalsInit]
    public ulong FunctionPointer()
    {
        scoped BStrStringMarshaller.ManagedToUnmanagedIn marshaller = new();
        try
        {
            marshaller.FromManaged(_text, stackalloc byte[BStrStringMarshaller.ManagedToUnmanagedIn.BufferSize]);
            return StringBstrInImports.Pointer(marshaller.ToUnmanaged());
        }
        finally
        {
            marshaller.Free();
        }
    }

    [Benchmark]
    public ulong StringToBstr()
    {
        nint text = Marshal.StringToBSTR(_text);
        ulong hash = StringBstrInImports.LibraryImport(text);
        Marshal.FreeBSTR(text);
        return hash;
    }

    [Benchmark]
    public ulong MadeOnce() => StringBstrInImports.LibraryImport(_made);
}
