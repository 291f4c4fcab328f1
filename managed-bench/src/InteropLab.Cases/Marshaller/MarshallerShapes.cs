using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class MarshallerShapesImports
{
    internal static readonly delegate* unmanaged[Cdecl]<uint*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<uint*, ulong>)KernelLibrary.Export("marshaller_shapes");

    [DllImport(KernelLibrary.Name, EntryPoint = "marshaller_shapes", ExactSpelling = true)]
    internal static extern ulong DllImport(
        [MarshalAs(UnmanagedType.CustomMarshaler, MarshalTypeRef = typeof(Utf32TextCustomMarshaler))] Utf32Text text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_shapes")]
    internal static partial ulong LibraryImport([MarshalUsing(typeof(Utf32TextStateless))] Utf32Text text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_shapes")]
    internal static partial ulong LibraryImportStatelessBuffer([MarshalUsing(typeof(Utf32TextStatelessBuffer))] Utf32Text text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_shapes")]
    internal static partial ulong LibraryImportStateful([MarshalUsing(typeof(Utf32TextStateful))] Utf32Text text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_shapes")]
    internal static partial ulong LibraryImportStatefulBuffer([MarshalUsing(typeof(Utf32TextStatefulBuffer))] Utf32Text text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_shapes")]
    internal static partial ulong LibraryImportPinnable([MarshalUsing(typeof(Utf32TextPinnable))] Utf32Text text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_shapes")]
    internal static partial ulong LibraryImportPinnableStateful([MarshalUsing(typeof(Utf32TextPinnableStateful))] Utf32Text text);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_shapes")]
    internal static partial ulong LibraryImport(uint* text);
}

/// <summary>One object, by every shape of a marshaller. The answer is the hash of its code points.</summary>
public unsafe class MarshallerShapes
{
    private Utf32Text _text = null!;

    [Params(8, 63, 65, 1024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup() => _text = new Utf32Text(Inputs.Utf32(Length, "ascii"));

    [Benchmark]
    public ulong DllImport() => MarshallerShapesImports.DllImport(_text);

    [Benchmark]
    public ulong LibraryImport() => MarshallerShapesImports.LibraryImport(_text);

    // What the generator writes.
    [Benchmark]
    public ulong FunctionPointer()
    {
        uint* text = default;
        try
        {
            text = Utf32TextStateless.ConvertToUnmanaged(_text);
            return MarshallerShapesImports.Pointer(text);
        }
        finally
        {
            Utf32TextStateless.Free(text);
        }
    }

    [Benchmark]
    public ulong LibraryImportStatelessBuffer() => MarshallerShapesImports.LibraryImportStatelessBuffer(_text);

    [Benchmark]
    public ulong LibraryImportStateful() => MarshallerShapesImports.LibraryImportStateful(_text);

    [Benchmark]
    public ulong LibraryImportStatefulBuffer() => MarshallerShapesImports.LibraryImportStatefulBuffer(_text);

    [Benchmark]
    public ulong LibraryImportPinnable() => MarshallerShapesImports.LibraryImportPinnable(_text);

    [Benchmark]
    public ulong LibraryImportPinnableStateful() => MarshallerShapesImports.LibraryImportPinnableStateful(_text);

    [Benchmark]
    public ulong Fixed()
    {
        fixed (uint* text = _text.Points)
        {
            return MarshallerShapesImports.LibraryImport(text);
        }
    }
}
