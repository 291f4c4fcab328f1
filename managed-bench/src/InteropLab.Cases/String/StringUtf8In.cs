using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Text;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

internal static unsafe partial class StringUtf8InImports
{
    internal static readonly delegate* unmanaged[Cdecl]<byte*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<byte*, ulong>)KernelLibrary.Export("string_utf8_in");

    [DllImport(KernelLibrary.Name, EntryPoint = "string_utf8_in", ExactSpelling = true)]
    internal static extern ulong DllImport([MarshalAs(UnmanagedType.LPUTF8Str)] string text);

    [DllImport(KernelLibrary.Name, EntryPoint = "string_utf8_in", ExactSpelling = true)]
    internal static extern ulong DllImportLPStr([MarshalAs(UnmanagedType.LPStr)] string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf8_in", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial ulong LibraryImport(string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf8_in")]
    internal static partial ulong LibraryImport(byte* text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf8_in")]
    internal static partial ulong LibraryImport(ReadOnlySpan<byte> text);
}

internal static unsafe partial class StringUtf8InLenImports
{
    internal static readonly delegate* unmanaged[Cdecl]<byte*, nuint, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<byte*, nuint, ulong>)KernelLibrary.Export("string_utf8_in_len");

    [DllImport(KernelLibrary.Name, EntryPoint = "string_utf8_in_len", ExactSpelling = true)]
    internal static extern ulong DllImport([MarshalAs(UnmanagedType.LPUTF8Str)] string text, nuint length);

    [DllImport(KernelLibrary.Name, EntryPoint = "string_utf8_in_len", ExactSpelling = true)]
    internal static extern ulong DllImportLPStr([MarshalAs(UnmanagedType.LPStr)] string text, nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf8_in_len", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial ulong LibraryImport(string text, nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf8_in_len")]
    internal static partial ulong LibraryImport(byte* text, nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf8_in_len")]
    internal static partial ulong LibraryImport(ReadOnlySpan<byte> text, nuint length);
}

/// <summary>entry=z: the text ends at its first 0.</summary>
public unsafe class StringUtf8In
{
    private const int StackBytes = 1024;

    private string _text = null!;
    private byte[] _utf8 = null!;

    [Params(0, 8, 64, 85, 86, 127, 128, 255, 256, 1024, 65536)]
    public int Length { get; set; }

    [Params("ascii", "latin", "cjk", "emoji")]
    public string Text { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        _text = Inputs.Text(Length, Text);
        _utf8 = Inputs.Utf8(Length, Text);
    }

    [Benchmark]
    public ulong DllImport() => StringUtf8InImports.DllImport(_text);

    [Benchmark]
    public ulong DllImportLPStr() => StringUtf8InImports.DllImportLPStr(_text);

    [Benchmark]
    public ulong LibraryImport() => StringUtf8InImports.LibraryImport(_text);

    [Benchmark]
    public ulong LibraryImportRaw() => StringUtf8InRaw.LibraryImport(_text);

    // Line by line what the generator writes, SkipLocalsInit included, so that only the call differs from LibraryImport.
    [Benchmark]
    [SkipLocalsInit]
    public ulong FunctionPointer()
    {
        scoped Utf8StringMarshaller.ManagedToUnmanagedIn marshaller = new();
        try
        {
            marshaller.FromManaged(_text, stackalloc byte[Utf8StringMarshaller.ManagedToUnmanagedIn.BufferSize]);
            return StringUtf8InImports.Pointer(marshaller.ToUnmanaged());
        }
        finally
        {
            marshaller.Free();
        }
    }

    // A literal's bytes are followed by a 0 in the assembly, though not within the span.
    [Benchmark]
    public ulong Utf8Literal()
    {
        ReadOnlySpan<byte> literal = _text.Length switch
        {
            0 => ""u8, // BenchmarkDotNet's validator sets up with the first length only
            8 => "aaaaaaaa"u8,
            64 => "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"u8,
            _ => throw new NotSupportedException("a literal has one length: there are three, of 0, 8 and 64 characters"),
        };
        fixed (byte* text = literal)
        {
            return StringUtf8InImports.LibraryImport(text);
        }
    }

    [Benchmark]
    [SkipLocalsInit]
    public ulong StackallocEncode()
    {
        int size = Encoding.UTF8.GetByteCount(_text) + 1;
        byte[]? rented = size > StackBytes ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> buffer = rented ?? stackalloc byte[size];
        int length = Encoding.UTF8.GetBytes(_text, buffer);
        buffer[length] = 0;
        ulong hash;
        fixed (byte* text = buffer)
        {
            hash = StringUtf8InImports.LibraryImport(text);
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    [Benchmark]
    public ulong PooledEncode()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(_text.Length) + 1);
        int length = Encoding.UTF8.GetBytes(_text, buffer);
        buffer[length] = 0;
        ulong hash;
        fixed (byte* text = buffer)
        {
            hash = StringUtf8InImports.LibraryImport(text);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    [Benchmark]
    public ulong PreEncoded()
    {
        fixed (byte* text = _utf8)
        {
            return StringUtf8InImports.LibraryImport(text);
        }
    }

    [Benchmark]
    public ulong ReadOnlySpanByte() => StringUtf8InImports.LibraryImport(new ReadOnlySpan<byte>(_utf8));
}

/// <summary>entry=len: pointer and length in bytes. Who has only the string must count its bytes at each call.</summary>
public unsafe class StringUtf8InLen
{
    private const int StackBytes = 1024;

    private string _text = null!;
    private byte[] _utf8 = null!;
    private int _utf8Bytes;

    [Params(0, 8, 64, 85, 86, 127, 128, 255, 256, 1024, 65536)]
    public int Length { get; set; }

    [Params("ascii", "latin", "cjk", "emoji")]
    public string Text { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        _text = Inputs.Text(Length, Text);
        _utf8 = Inputs.Utf8(Length, Text);
        _utf8Bytes = _utf8.Length - 1;
    }

    [Benchmark]
    public ulong DllImport() => StringUtf8InLenImports.DllImport(_text, (nuint)Encoding.UTF8.GetByteCount(_text));

    [Benchmark]
    public ulong DllImportLPStr() => StringUtf8InLenImports.DllImportLPStr(_text, (nuint)Encoding.UTF8.GetByteCount(_text));

    [Benchmark]
    public ulong LibraryImport() => StringUtf8InLenImports.LibraryImport(_text, (nuint)Encoding.UTF8.GetByteCount(_text));

    [Benchmark]
    public ulong LibraryImportRaw() => StringUtf8InLenRaw.LibraryImport(_text, (nuint)Encoding.UTF8.GetByteCount(_text));

    // Line by line what the generator writes, SkipLocalsInit included, so that only the call differs from LibraryImport.
    [Benchmark]
    [SkipLocalsInit]
    public ulong FunctionPointer()
    {
        nuint length = (nuint)Encoding.UTF8.GetByteCount(_text);
        scoped Utf8StringMarshaller.ManagedToUnmanagedIn marshaller = new();
        try
        {
            marshaller.FromManaged(_text, stackalloc byte[Utf8StringMarshaller.ManagedToUnmanagedIn.BufferSize]);
            return StringUtf8InLenImports.Pointer(marshaller.ToUnmanaged(), length);
        }
        finally
        {
            marshaller.Free();
        }
    }

    [Benchmark]
    public ulong Utf8Literal()
    {
        ReadOnlySpan<byte> literal = _text.Length switch
        {
            0 => ""u8, // BenchmarkDotNet's validator sets up with the first length only
            8 => "aaaaaaaa"u8,
            64 => "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"u8,
            _ => throw new NotSupportedException("a literal has one length: there are three, of 0, 8 and 64 characters"),
        };
        fixed (byte* text = literal)
        {
            return StringUtf8InLenImports.LibraryImport(text, (nuint)literal.Length);
        }
    }

    [Benchmark]
    [SkipLocalsInit]
    public ulong StackallocEncode()
    {
        int size = Encoding.UTF8.GetByteCount(_text);
        byte[]? rented = size > StackBytes ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> buffer = rented ?? stackalloc byte[size];
        int length = Encoding.UTF8.GetBytes(_text, buffer);
        ulong hash;
        fixed (byte* text = buffer)
        {
            hash = StringUtf8InLenImports.LibraryImport(text, (nuint)length);
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    [Benchmark]
    public ulong PooledEncode()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(_text.Length));
        int length = Encoding.UTF8.GetBytes(_text, buffer);
        ulong hash;
        fixed (byte* text = buffer)
        {
            hash = StringUtf8InLenImports.LibraryImport(text, (nuint)length);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    [Benchmark]
    public ulong PreEncoded()
    {
        fixed (byte* text = _utf8)
        {
            return StringUtf8InLenImports.LibraryImport(text, (nuint)_utf8Bytes);
        }
    }

    [Benchmark]
    public ulong ReadOnlySpanByte()
    {
        ReadOnlySpan<byte> text = new(_utf8, 0, _utf8Bytes);
        return StringUtf8InLenImports.LibraryImport(text, (nuint)text.Length);
    }
}
