using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Text;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StringByRefImports
{
    internal static readonly delegate* unmanaged[Cdecl]<byte**, void> Pointer =
        (delegate* unmanaged[Cdecl]<byte**, void>)KernelLibrary.Export("string_by_ref");

    [DllImport(KernelLibrary.Name, EntryPoint = "string_by_ref", ExactSpelling = true)]
    internal static extern void DllImport([MarshalAs(UnmanagedType.LPUTF8Str)] ref string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_by_ref", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void LibraryImport(ref string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_by_ref")]
    internal static partial void LibraryImport(byte** text);
}

/// <summary>The native side frees the text it is handed and leaves one of its own. The answer is the length plus the last character.</summary>
public unsafe class StringByRef
{
    private string _text = null!;
    private byte[] _utf8 = null!;

    [Params(16, 256)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _text = Inputs.Text(Length, "ascii");
        _utf8 = Inputs.Utf8(Length, "ascii");
    }

    [Benchmark]
    public int DllImport()
    {
        string text = _text;
        StringByRefImports.DllImport(ref text);
        return text.Length + text[^1];
    }

    [Benchmark]
    public int LibraryImport()
    {
        string text = _text;
        StringByRefImports.LibraryImport(ref text);
        return text.Length + text[^1];
    }

    // What the generator writes, so that only the call differs from LibraryImport.
    [Benchmark]
    public int FunctionPointer()
    {
        byte* native = null;
        string? text;
        try
        {
            native = Utf8StringMarshaller.ConvertToUnmanaged(_text);
            StringByRefImports.Pointer(&native);
            text = Utf8StringMarshaller.ConvertToManaged(native);
        }
        finally
        {
            Utf8StringMarshaller.Free(native);
        }

        return text!.Length + text[^1];
    }

    [Benchmark]
    public int Utf8Bytes()
    {
        ReadOnlySpan<byte> source = _utf8;
        byte* native = (byte*)NativeMemory.Alloc((nuint)source.Length);
        source.CopyTo(new Span<byte>(native, source.Length));
        StringByRefImports.LibraryImport(&native);
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(native);
        int answer = text.Length + text[^1];
        NativeMemory.Free(native);
        return answer;
    }
}
