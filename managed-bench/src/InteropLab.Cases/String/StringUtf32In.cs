using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Text;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

/// <summary>UTF-32 with a 0 at the end: from a buffer of the caller where the text fits, else from the native heap.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedIn, typeof(Stateful))]
internal static unsafe class Utf32Marshaller
{
    internal ref struct Stateful
    {
        private uint* _allocated;
        private uint* _text;

        /// <summary>In code points.</summary>
        public static int BufferSize => 64;

        public void FromManaged(string? text, Span<uint> buffer)
        {
            if (text is null)
            {
                return;
            }

            int points = Utf32.Count(text) + 1;
            Span<uint> target = buffer;
            if (points > buffer.Length)
            {
                _allocated = (uint*)NativeMemory.Alloc((nuint)points, sizeof(uint));
                target = new Span<uint>(_allocated, points);
            }

            Utf32.Encode(text, target);
            // The caller's buffer lies on its stack.
            _text = (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(target));
        }

        public readonly uint* ToUnmanaged() => _text;

        public readonly void Free() => NativeMemory.Free(_allocated);
    }
}

/// <summary>The same, always from the native heap.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedIn, typeof(Utf32StatelessMarshaller))]
internal static unsafe class Utf32StatelessMarshaller
{
    public static uint* ConvertToUnmanaged(string? text)
    {
        if (text is null)
        {
            return null;
        }

        int points = Utf32.Count(text) + 1;
        uint* allocated = (uint*)NativeMemory.Alloc((nuint)points, sizeof(uint));
        Utf32.Encode(text, new Span<uint>(allocated, points));
        return allocated;
    }

    public static void Free(uint* text) => NativeMemory.Free(text);
}

/// <summary>The runtime's own kind of custom marshaller.</summary>
internal sealed unsafe class Utf32CustomMarshaler : ICustomMarshaler
{
    private static readonly Utf32CustomMarshaler s_instance = new();

    public static ICustomMarshaler GetInstance(string cookie) => s_instance;

    public nint MarshalManagedToNative(object managed) => (nint)Utf32StatelessMarshaller.ConvertToUnmanaged((string)managed);

    public void CleanUpNativeData(nint native) => NativeMemory.Free((void*)native);

    public object MarshalNativeToManaged(nint native) => throw new NotSupportedException("text goes one way");

    public void CleanUpManagedData(object managed)
    {
    }

    public int GetNativeDataSize() => -1;
}

/// <summary>Rune by rune: Encoding.UTF32 allocates at each call, which is not what the shapes of a marshaller differ in.</summary>
internal static class Utf32
{
    internal static int Count(string text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>Code points and a 0.</summary>
    internal static void Encode(string text, Span<uint> target)
    {
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            target[at++] = (uint)rune.Value;
        }

        target[at] = 0;
    }
}

internal static unsafe partial class StringUtf32InImports
{
    internal static readonly delegate* unmanaged[Cdecl]<uint*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<uint*, ulong>)KernelLibrary.Export("string_utf32_in");

    [DllImport(KernelLibrary.Name, EntryPoint = "string_utf32_in", ExactSpelling = true)]
    internal static extern ulong DllImport(
        [MarshalAs(UnmanagedType.CustomMarshaler, MarshalTypeRef = typeof(Utf32CustomMarshaler))] string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf32_in")]
    internal static partial ulong LibraryImport([MarshalUsing(typeof(Utf32Marshaller))] string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf32_in")]
    internal static partial ulong LibraryImportStateless([MarshalUsing(typeof(Utf32StatelessMarshaller))] string text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_utf32_in")]
    internal static partial ulong LibraryImport(uint* text);
}

/// <summary>An encoding the runtime has no marshaller for.</summary>
public unsafe class StringUtf32In
{
    private const int StackPoints = 256;

    private string _text = null!;
    private uint[] _utf32 = null!;

    [Params(8, 62, 64, 1024)]
    public int Length { get; set; }

    [Params("ascii", "cjk", "emoji")]
    public string Text { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        _text = Inputs.Text(Length, Text);
        _utf32 = Inputs.Utf32(Length, Text);
    }

    [Benchmark]
    public ulong DllImport() => StringUtf32InImports.DllImport(_text);

    [Benchmark]
    public ulong LibraryImport() => StringUtf32InImports.LibraryImport(_text);

    [Benchmark]
    public ulong LibraryImportStateless() => StringUtf32InImports.LibraryImportStateless(_text);

    // Line by line what the generator writes, SkipLocalsInit included, so that only the call differs from LibraryImport.
    [Benchmark]
    [SkipLocalsInit]
    public ulong FunctionPointer()
    {
        scoped Utf32Marshaller.Stateful marshaller = new();
        try
        {
            marshaller.FromManaged(_text, stackalloc uint[Utf32Marshaller.Stateful.BufferSize]);
            return StringUtf32InImports.Pointer(marshaller.ToUnmanaged());
        }
        finally
        {
            marshaller.Free();
        }
    }

    [Benchmark]
    [SkipLocalsInit]
    public ulong StackallocEncode()
    {
        int points = (Encoding.UTF32.GetByteCount(_text) / sizeof(uint)) + 1;
        uint[]? rented = points > StackPoints ? ArrayPool<uint>.Shared.Rent(points) : null;
        Span<uint> buffer = rented ?? stackalloc uint[points];
        int bytes = Encoding.UTF32.GetBytes(_text, MemoryMarshal.AsBytes(buffer));
        buffer[bytes / sizeof(uint)] = 0;
        ulong hash;
        fixed (uint* text = buffer)
        {
            hash = StringUtf32InImports.LibraryImport(text);
        }

        if (rented is not null)
        {
            ArrayPool<uint>.Shared.Return(rented);
        }

        return hash;
    }

    [Benchmark]
    public ulong PreEncoded()
    {
        fixed (uint* text = _utf32)
        {
            return StringUtf32InImports.LibraryImport(text);
        }
    }
}
