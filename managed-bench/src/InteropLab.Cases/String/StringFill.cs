using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StringFillImports
{
    internal static readonly delegate* unmanaged[Cdecl]<ushort*, int, int> Pointer =
        (delegate* unmanaged[Cdecl]<ushort*, int, int>)KernelLibrary.Export("string_fill");

    [DllImport(KernelLibrary.Name, EntryPoint = "string_fill", ExactSpelling = true, CharSet = CharSet.Unicode)]
    internal static extern int DllImport([Out] char[] buffer, int capacity);

#pragma warning disable CA1838 // what a StringBuilder costs is one of the questions
    [DllImport(KernelLibrary.Name, EntryPoint = "string_fill", ExactSpelling = true, CharSet = CharSet.Unicode)]
    internal static extern int DllImport(StringBuilder buffer, int capacity);
#pragma warning restore CA1838

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_fill", StringMarshalling = StringMarshalling.Utf16)]
    internal static partial int LibraryImport([Out] char[] buffer, int capacity);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_fill", StringMarshalling = StringMarshalling.Utf16)]
    internal static partial int LibraryImport(Span<char> buffer, int capacity);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_fill")]
    internal static partial int LibraryImport(ushort* buffer, int capacity);
}

/// <summary>Every variant ends with a string of the text; the answer is its length plus its last character.</summary>
public unsafe class StringFill
{
    private const int StackChars = 1024;

    // The capacity that _reused has: a property may have changed since.
    private int _capacity;
    private StringBuilder _reused = null!;

    [Params(16, 259, 260, 4096)]
    public int Capacity { get; set; }

    // A StringBuilder counts its capacity without the terminator, the kernel with it: one character of the builder stays free.
    [GlobalSetup]
    public void Setup()
    {
        _capacity = Capacity;
        _reused = new StringBuilder(Capacity);
    }

    [Benchmark]
    public int DllImport()
    {
        char[] buffer = new char[_capacity];
        int length = StringFillImports.DllImport(buffer, buffer.Length);
        string text = new(buffer, 0, length);
        return text.Length + text[^1];
    }

    [Benchmark]
    public int LibraryImport()
    {
        char[] buffer = new char[_capacity];
        int length = StringFillImports.LibraryImport(buffer, buffer.Length);
        string text = new(buffer, 0, length);
        return text.Length + text[^1];
    }

    [Benchmark]
    public int FunctionPointer()
    {
        char[] buffer = new char[_capacity];
        int length;
        fixed (char* start = buffer)
        {
            length = StringFillImports.Pointer((ushort*)start, buffer.Length);
        }

        string text = new(buffer, 0, length);
        return text.Length + text[^1];
    }

    [Benchmark]
    public int StringBuilderNew()
    {
        StringBuilder buffer = new(_capacity);
        _ = StringFillImports.DllImport(buffer, _capacity);
        string text = buffer.ToString();
        return text.Length + text[^1];
    }

    [Benchmark]
    public int StringBuilderReused()
    {
        StringBuilder buffer = _reused.Clear(); // or the text of the last call would be copied in
        _ = StringFillImports.DllImport(buffer, _capacity);
        string text = buffer.ToString();
        return text.Length + text[^1];
    }

    [Benchmark]
    public int PooledArray()
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(_capacity);
        int length = StringFillImports.LibraryImport(buffer, _capacity);
        string text = new(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return text.Length + text[^1];
    }

    [Benchmark]
    [SkipLocalsInit]
    public int Stackalloc()
    {
        int capacity = _capacity;
        char[]? rented = capacity > StackChars ? ArrayPool<char>.Shared.Rent(capacity) : null;
        Span<char> buffer = rented ?? stackalloc char[StackChars];
        int length = StringFillImports.LibraryImport(buffer, capacity);
        string text = new(buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return text.Length + text[^1];
    }

    // A string has room for the terminator behind its last character.
    [Benchmark]
    public int StringCreate()
    {
        string text = string.Create(_capacity - 1, 0, static (characters, _) =>
        {
            fixed (char* start = characters)
            {
                _ = StringFillImports.LibraryImport((ushort*)start, characters.Length + 1);
            }
        });
        return text.Length + text[^1];
    }
}
