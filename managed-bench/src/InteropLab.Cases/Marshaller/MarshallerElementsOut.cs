using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

using Elements = System.Runtime.InteropServices.Marshalling.ArrayMarshaller<InteropLab.Cases.ErrorRecord, InteropLab.Cases.MarshallerError>.ManagedToUnmanagedIn;

namespace InteropLab.Cases;

internal static unsafe partial class MarshallerElementsOutImports
{
    internal static readonly delegate* unmanaged[Cdecl]<MarshallerError*, nuint, void> Pointer =
        (delegate* unmanaged[Cdecl]<MarshallerError*, nuint, void>)KernelLibrary.Export("marshaller_elements_out");

    [DllImport(KernelLibrary.Name, EntryPoint = "marshaller_elements_out", ExactSpelling = true)]
    internal static extern void DllImport([Out] ErrorRecord[] errors, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_elements_out")]
    internal static partial void LibraryImport([Out] ErrorRecord[] errors, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_elements_out")]
    internal static partial void LibraryImport(MarshallerError* errors, nuint count);
}

/// <summary>direction=out: native code fills the records, the caller frees their texts. The answer is what is in the last one.</summary>
public unsafe class MarshallerElementsOut
{
    private nuint _count;
    private ErrorRecord[] _errors = null!;

    [Params(1, 64, 1024)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _count = (nuint)N;
        _errors = new ErrorRecord[N];
    }

    [Benchmark]
    public long DllImport()
    {
        MarshallerElementsOutImports.DllImport(_errors, _count);
        return _errors[^1].Mark;
    }

    [Benchmark]
    public long LibraryImport()
    {
        MarshallerElementsOutImports.LibraryImport(_errors, _count);
        return _errors[^1].Mark;
    }

    // What the generator writes.
    [Benchmark]
    [SkipLocalsInit]
    public long FunctionPointer()
    {
        bool invoked = default;
        scoped Elements errors = new();
        try
        {
            errors.FromManaged(_errors, stackalloc MarshallerError[Elements.BufferSize]);
            errors.GetUnmanagedValuesDestination().Clear();
            fixed (void* unused = errors)
            {
                MarshallerElementsOutImports.Pointer(errors.ToUnmanaged(), _count);
            }

            invoked = true;
            Span<ErrorRecord> managed = MemoryMarshal.CreateSpan(ref Unsafe.AsRef(in errors.GetManagedValuesSource().GetPinnableReference()), errors.GetManagedValuesSource().Length);
            Span<MarshallerError> native = errors.GetUnmanagedValuesDestination();
            for (int i = 0; i < managed.Length; i++)
            {
                managed[i] = ErrorRecordMarshaller.ConvertToManaged(native[i]);
            }
        }
        finally
        {
            if (invoked)
            {
                ReadOnlySpan<MarshallerError> native = errors.GetUnmanagedValuesDestination();
                for (int i = 0; i < native.Length; i++)
                {
                    ErrorRecordMarshaller.Free(native[i]);
                }
            }

            errors.Free();
        }

        return _errors[^1].Mark;
    }

    [Benchmark]
    public long HandWritten()
    {
        ErrorRecord[] errors = _errors;
        MarshallerError* native = (MarshallerError*)NativeMemory.Alloc((nuint)errors.Length, (nuint)sizeof(MarshallerError));
        MarshallerElementsOutImports.LibraryImport(native, _count);
        for (int i = 0; i < errors.Length; i++)
        {
            nint message = native[i].Message;
            errors[i] = new ErrorRecord { Code = native[i].Code, IsFatal = native[i].IsFatal != 0, Message = Marshal.PtrToStringUTF8(message) };
            NativeMemory.Free((void*)message);
        }

        NativeMemory.Free(native);
        return errors[^1].Mark;
    }

    [Benchmark]
    public long PointerRead()
    {
        int count = (int)_count;
        MarshallerError* native = (MarshallerError*)NativeMemory.Alloc((nuint)count, (nuint)sizeof(MarshallerError));
        MarshallerElementsOutImports.LibraryImport(native, _count);
        MarshallerError last = native[count - 1];
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)last.Message);
        long mark = last.Code + (last.IsFatal != 0 ? 1 : 0) + text.Length + text[^1];
        for (int i = 0; i < count; i++)
        {
            NativeMemory.Free((void*)native[i].Message);
        }

        NativeMemory.Free(native);
        return mark;
    }
}
