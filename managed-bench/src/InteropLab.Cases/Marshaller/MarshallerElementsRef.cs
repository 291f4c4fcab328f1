using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

using Elements = System.Runtime.InteropServices.Marshalling.ArrayMarshaller<InteropLab.Cases.ErrorRecord, InteropLab.Cases.MarshallerError>.ManagedToUnmanagedIn;

namespace InteropLab.Cases;

internal static unsafe partial class MarshallerElementsRefImports
{
    internal static readonly delegate* unmanaged[Cdecl]<MarshallerError*, nuint, long> Pointer =
        (delegate* unmanaged[Cdecl]<MarshallerError*, nuint, long>)KernelLibrary.Export("marshaller_elements_ref");

    [DllImport(KernelLibrary.Name, EntryPoint = "marshaller_elements_ref", ExactSpelling = true)]
    internal static extern long DllImport([In, Out] ErrorRecord[] errors, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_elements_ref")]
    internal static partial long LibraryImport([In, Out] ErrorRecord[] errors, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_elements_ref")]
    internal static partial long LibraryImport(MarshallerError* errors, nuint count);
}

/// <summary>direction=ref. The answer is what native code adds of all records, and the last code, which it writes and the body clears before.</summary>
public unsafe class MarshallerElementsRef
{
    private nuint _count;
    private ErrorRecord[] _errors = null!;

    [Params(1, 64, 1024)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _count = (nuint)N;
        _errors = [.. Inputs.Texts(N).Select(static (text, i) => new ErrorRecord { IsFatal = i % 2 != 0, Message = text })];
    }

    [Benchmark]
    public long DllImport()
    {
        _errors[^1].Code = 0;
        long sum = MarshallerElementsRefImports.DllImport(_errors, _count);
        return sum + _errors[^1].Code;
    }

    [Benchmark]
    public long LibraryImport()
    {
        _errors[^1].Code = 0;
        long sum = MarshallerElementsRefImports.LibraryImport(_errors, _count);
        return sum + _errors[^1].Code;
    }

    // What the generator writes.
    [Benchmark]
    [SkipLocalsInit]
    public long FunctionPointer()
    {
        _errors[^1].Code = 0;
        long sum;
        scoped Elements errors = new();
        int marshalled = 0;
        try
        {
            errors.FromManaged(_errors, stackalloc MarshallerError[Elements.BufferSize]);
            ReadOnlySpan<ErrorRecord> source = errors.GetManagedValuesSource();
            Span<MarshallerError> native = errors.GetUnmanagedValuesDestination();
            for (int i = 0; i < source.Length; i++, marshalled++)
            {
                native[i] = ErrorRecordMarshaller.ConvertToUnmanaged(source[i]);
            }

            fixed (void* unused = errors)
            {
                sum = MarshallerElementsRefImports.Pointer(errors.ToUnmanaged(), _count);
            }

            Span<ErrorRecord> managed = MemoryMarshal.CreateSpan(ref Unsafe.AsRef(in errors.GetManagedValuesSource().GetPinnableReference()), errors.GetManagedValuesSource().Length);
            native = errors.GetUnmanagedValuesDestination();
            for (int i = 0; i < managed.Length; i++)
            {
                managed[i] = ErrorRecordMarshaller.ConvertToManaged(native[i]);
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

        return sum + _errors[^1].Code;
    }

    [Benchmark]
    public long HandWritten()
    {
        ErrorRecord[] errors = _errors;
        errors[^1].Code = 0;
        MarshallerError* native = MarshallerElementsImports.OneBlock(errors);
        long sum = MarshallerElementsRefImports.LibraryImport(native, _count);
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i].Code = native[i].Code;
        }

        NativeMemory.Free(native);
        return sum + errors[^1].Code;
    }
}
