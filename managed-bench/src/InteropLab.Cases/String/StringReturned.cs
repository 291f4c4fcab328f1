using System;
using System.Runtime.InteropServices;
using System.Text;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StringReturnedImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nuint, byte*> Pointer =
        (delegate* unmanaged[Cdecl]<nuint, byte*>)KernelLibrary.Export("string_returned");

    [DllImport(KernelLibrary.Name, EntryPoint = "string_returned", ExactSpelling = true)]
    [return: MarshalAs(UnmanagedType.LPUTF8Str)]
    internal static extern string DllImport(nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_returned", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial string LibraryImport(nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_returned")]
    internal static partial byte* PointerDecodeFree(nuint length);
}

internal static unsafe partial class StringReturnedStaticImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nuint, byte*> Pointer =
        (delegate* unmanaged[Cdecl]<nuint, byte*>)KernelLibrary.Export("string_returned_static");

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_returned_static")]
    internal static partial byte* LibraryImport(nuint length);
}

internal static unsafe partial class StringReturnedLenImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nuint, nuint*, byte*> Pointer =
        (delegate* unmanaged[Cdecl]<nuint, nuint*, byte*>)KernelLibrary.Export("string_returned_len");

    internal static readonly delegate* unmanaged[Cdecl]<byte*, void> PointerFree =
        (delegate* unmanaged[Cdecl]<byte*, void>)KernelLibrary.Export("string_returned_free");

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_returned_len")]
    internal static partial byte* LibraryImport(nuint length, out nuint written);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_returned_free")]
    internal static partial void LibraryImportFree(byte* text);
}

/// <summary>entry=owned: the caller frees the text with free(). The answer is the length plus the last character.</summary>
public unsafe class StringReturned
{
    private nuint _length;
    private byte[] _buffer = null!;

    [Params(16, 256)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _length = (nuint)Length;
        _buffer = new byte[Length];
    }

    [Benchmark]
    public int DllImport()
    {
        string text = StringReturnedImports.DllImport(_length);
        return text.Length + text[^1];
    }

    [Benchmark]
    public int LibraryImport()
    {
        string text = StringReturnedImports.LibraryImport(_length);
        return text.Length + text[^1];
    }

    [Benchmark]
    public int FunctionPointer()
    {
        byte* native = StringReturnedImports.Pointer(_length);
        string text = Marshal.PtrToStringUTF8((nint)native)!;
        NativeMemory.Free(native);
        return text.Length + text[^1];
    }

    [Benchmark]
    public int PointerDecodeFree()
    {
        byte* native = StringReturnedImports.PointerDecodeFree(_length);
        string text = Marshal.PtrToStringUTF8((nint)native)!;
        NativeMemory.Free(native);
        return text.Length + text[^1];
    }

    [Benchmark]
    public int CopyToBuffer()
    {
        byte[] buffer = _buffer;
        byte* native = StringReturnedImports.PointerDecodeFree(_length);
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(native);
        text.CopyTo(buffer);
        int length = text.Length;
        NativeMemory.Free(native);
        return length + buffer[length - 1];
    }
}

/// <summary>entry=static: nobody frees the text.</summary>
public unsafe class StringReturnedStatic
{
    private nuint _length;
    private byte[] _buffer = null!;

    [Params(16, 256)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _length = (nuint)Length;
        _buffer = new byte[Length];
    }

    [Benchmark]
    public int LibraryImport()
    {
        byte* native = StringReturnedStaticImports.LibraryImport(_length);
        string text = Marshal.PtrToStringUTF8((nint)native)!;
        return text.Length + text[^1];
    }

    [Benchmark]
    public int FunctionPointer()
    {
        byte* native = StringReturnedStaticImports.Pointer(_length);
        string text = Marshal.PtrToStringUTF8((nint)native)!;
        return text.Length + text[^1];
    }

    [Benchmark]
    public int CopyToBuffer()
    {
        byte[] buffer = _buffer;
        byte* native = StringReturnedStaticImports.LibraryImport(_length);
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(native);
        text.CopyTo(buffer);
        int length = text.Length;
        return length + buffer[length - 1];
    }
}

/// <summary>entry=len: the length comes with the pointer, and an export of the library frees the text.</summary>
public unsafe class StringReturnedLen
{
    private nuint _length;
    private byte[] _buffer = null!;

    [Params(16, 256)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _length = (nuint)Length;
        _buffer = new byte[Length];
    }

    [Benchmark]
    public int LibraryImport()
    {
        byte* native = StringReturnedLenImports.LibraryImport(_length, out nuint written);
        string text = Encoding.UTF8.GetString(native, (int)written);
        StringReturnedLenImports.LibraryImportFree(native);
        return text.Length + text[^1];
    }

    [Benchmark]
    public int FunctionPointer()
    {
        nuint written;
        byte* native = StringReturnedLenImports.Pointer(_length, &written);
        string text = Encoding.UTF8.GetString(native, (int)written);
        StringReturnedLenImports.PointerFree(native);
        return text.Length + text[^1];
    }

    [Benchmark]
    public int CopyToBuffer()
    {
        byte[] buffer = _buffer;
        byte* native = StringReturnedLenImports.LibraryImport(_length, out nuint written);
        ReadOnlySpan<byte> text = new(native, (int)written);
        text.CopyTo(buffer);
        int length = text.Length;
        StringReturnedLenImports.LibraryImportFree(native);
        return length + buffer[length - 1];
    }
}
