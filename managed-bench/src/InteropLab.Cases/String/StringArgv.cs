using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Text;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StringArgvImports
{
    internal static readonly delegate* unmanaged[Cdecl]<byte**, int, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<byte**, int, ulong>)KernelLibrary.Export("string_argv");

    [DllImport(KernelLibrary.Name, EntryPoint = "string_argv", ExactSpelling = true)]
    internal static extern ulong DllImport([MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string[] texts, int count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_argv", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial ulong LibraryImport(string[] texts, int count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "string_argv_packed")]
    internal static partial ulong LibraryImportPacked(byte* block, int count);
}

/// <summary>A list of texts, each of eight characters.</summary>
public unsafe class StringArgv
{
    private string[] _texts = null!;
    private byte[] _packed = null!;
    private int _count;

    [Params(1, 16, 256)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _texts = Inputs.Texts(N);
        _packed = Inputs.PackedTexts(N);
        _count = N;
    }

    [Benchmark]
    public ulong DllImport() => StringArgvImports.DllImport(_texts, _count);

    [Benchmark]
    public ulong LibraryImport() => StringArgvImports.LibraryImport(_texts, _count);

    // By hand: one allocation for the list, one for each text.
    [Benchmark]
    public ulong FunctionPointer()
    {
        string[] texts = _texts;
        byte** list = (byte**)NativeMemory.Alloc((nuint)texts.Length, (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Length; i++)
        {
            list[i] = Utf8StringMarshaller.ConvertToUnmanaged(texts[i]);
        }

        ulong hash = StringArgvImports.Pointer(list, _count);
        for (int i = 0; i < texts.Length; i++)
        {
            Utf8StringMarshaller.Free(list[i]);
        }

        NativeMemory.Free(list);
        return hash;
    }

    [Benchmark]
    public ulong PackedEncode()
    {
        string[] texts = _texts;
        int size = 0;
        foreach (string text in texts)
        {
            size += Encoding.UTF8.GetMaxByteCount(text.Length) + 1;
        }

        byte[] block = ArrayPool<byte>.Shared.Rent(size);
        int used = 0;
        foreach (string text in texts)
        {
            used += Encoding.UTF8.GetBytes(text, block.AsSpan(used));
            block[used++] = 0;
        }

        ulong hash;
        fixed (byte* start = block)
        {
            hash = StringArgvImports.LibraryImportPacked(start, _count);
        }

        ArrayPool<byte>.Shared.Return(block);
        return hash;
    }

    [Benchmark]
    public ulong PrePacked()
    {
        fixed (byte* start = _packed)
        {
            return StringArgvImports.LibraryImportPacked(start, _count);
        }
    }
}
