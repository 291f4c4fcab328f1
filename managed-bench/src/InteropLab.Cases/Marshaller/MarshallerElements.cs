using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Text;

using BenchmarkDotNet.Attributes;

using Elements = System.Runtime.InteropServices.Marshalling.ArrayMarshaller<InteropLab.Cases.ErrorRecord, InteropLab.Cases.MarshallerError>.ManagedToUnmanagedIn;

namespace InteropLab.Cases;

internal static unsafe partial class MarshallerElementsImports
{
    internal static readonly delegate* unmanaged[Cdecl]<MarshallerError*, nuint, long> Pointer =
        (delegate* unmanaged[Cdecl]<MarshallerError*, nuint, long>)KernelLibrary.Export("marshaller_elements");

    [DllImport(KernelLibrary.Name, EntryPoint = "marshaller_elements", ExactSpelling = true)]
    internal static extern long DllImport([In] ErrorRecord[] errors, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_elements")]
    internal static partial long LibraryImport([In] ErrorRecord[] errors, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_elements")]
    internal static partial long LibraryImport(MarshallerError* errors, nuint count);

    /// <summary>Records, and behind them their texts, in one block, which the caller frees.</summary>
    internal static MarshallerError* OneBlock(ErrorRecord[] errors)
    {
        nuint size = (nuint)errors.Length * (nuint)sizeof(MarshallerError);
        foreach (ref readonly ErrorRecord error in errors.AsSpan())
        {
            size += (nuint)MostBytes(error.Message!);
        }

        MarshallerError* native = (MarshallerError*)NativeMemory.Alloc(size);
        byte* text = (byte*)(native + errors.Length);
        for (int i = 0; i < errors.Length; i++)
        {
            ref readonly ErrorRecord error = ref errors[i];
            int length = Encoding.UTF8.GetBytes(error.Message, new Span<byte>(text, MostBytes(error.Message!) - 1));
            native[i] = new MarshallerError { Code = error.Code, IsFatal = error.IsFatal ? 1 : 0, Message = (nint)text };
            text[length] = 0;
            text += length + 1;
        }

        return native;
    }

    // A code unit takes three bytes of UTF-8 at most; and a 0.
    private static int MostBytes(string text) => (3 * text.Length) + 1;
}

/// <summary>direction=in. The answer is what native code adds of all records, and the last code.</summary>
public unsafe class MarshallerElements
{
    private nuint _count;
    private ErrorRecord[] _errors = null!;

    [Params(1, 64, 1024)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _count = (nuint)N;
        _errors = [.. Inputs.Texts(N).Select(static (text, i) => new ErrorRecord { Code = i + 1, IsFatal = i % 2 != 0, Message = text })];
    }

    [Benchmark]
    public long DllImport() => MarshallerElementsImports.DllImport(_errors, _count);

    [Benchmark]
    public long LibraryImport() => MarshallerElementsImports.LibraryImport(_errors, _count);

    // What the generator writes.
    [Benchmark]
    [SkipLocalsInit]
    public long FunctionPointer()
    {
        scoped Elements errors = new();
        int marshalled = 0;
        try
        {
            errors.FromManaged(_errors, stackalloc MarshallerError[Elements.BufferSize]);
            ReadOnlySpan<ErrorRecord> managed = errors.GetManagedValuesSource();
            Span<MarshallerError> native = errors.GetUnmanagedValuesDestination();
            for (int i = 0; i < managed.Length; i++, marshalled++)
            {
                native[i] = ErrorRecordMarshaller.ConvertToUnmanaged(managed[i]);
            }

            fixed (void* unused = errors)
            {
                return MarshallerElementsImports.Pointer(errors.ToUnmanaged(), _count);
            }
        }
        finally
        {
            ReadOnlySpan<MarshallerError> native = errors.GetUnmanagedValuesDestination();
            for (int i = 0; i < marshalled; i++)
            {
                ErrorRecordMarshaller.Free(native[i]);
            }

            errors.Free();
        }
    }

    [Benchmark]
    public long HandWritten()
    {
        MarshallerError* native = MarshallerElementsImports.OneBlock(_errors);
        long sum = MarshallerElementsImports.LibraryImport(native, _count);
        NativeMemory.Free(native);
        return sum;
    }
}
