using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class MarshallerStructImports
{
    internal static readonly delegate* unmanaged[Cdecl]<MarshallerError*, long> Pointer =
        (delegate* unmanaged[Cdecl]<MarshallerError*, long>)KernelLibrary.Export("marshaller_struct");

    [DllImport(KernelLibrary.Name, EntryPoint = "marshaller_struct", ExactSpelling = true)]
    internal static extern long DllImport(in ErrorRecord error);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct")]
    internal static partial long LibraryImport(in ErrorRecord error);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct")]
    internal static partial long LibraryImportMarshalUsing([MarshalUsing(typeof(ErrorRecordMarshaller))] in ErrorRecord error);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct")]
    internal static partial long LibraryImport(MarshallerError* error);
}

internal static unsafe partial class MarshallerStructOutImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nuint, MarshallerError*, void> Pointer =
        (delegate* unmanaged[Cdecl]<nuint, MarshallerError*, void>)KernelLibrary.Export("marshaller_struct_out");

    [DllImport(KernelLibrary.Name, EntryPoint = "marshaller_struct_out", ExactSpelling = true)]
    internal static extern void DllImport(nuint length, out ErrorRecord error);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct_out")]
    internal static partial void LibraryImport(nuint length, out ErrorRecord error);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct_out")]
    internal static partial void LibraryImportMarshalUsing(nuint length, [MarshalUsing(typeof(ErrorRecordMarshaller))] out ErrorRecord error);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct_out")]
    internal static partial void LibraryImportGuaranteed(nuint length, [MarshalUsing(typeof(GuaranteedErrorRecordMarshaller))] out ErrorRecord error);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct_out")]
    internal static partial void LibraryImport(nuint length, MarshallerError* error);
}

internal static unsafe partial class MarshallerStructReturnedImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nuint, MarshallerError> Pointer =
        (delegate* unmanaged[Cdecl]<nuint, MarshallerError>)KernelLibrary.Export("marshaller_struct_returned");

    [DllImport(KernelLibrary.Name, EntryPoint = "marshaller_struct_returned", ExactSpelling = true)]
    internal static extern ErrorRecord DllImport(nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct_returned")]
    internal static partial ErrorRecord LibraryImport(nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct_returned")]
    [return: MarshalUsing(typeof(ErrorRecordMarshaller))]
    internal static partial ErrorRecord LibraryImportMarshalUsing(nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct_returned")]
    [return: MarshalUsing(typeof(GuaranteedErrorRecordMarshaller))]
    internal static partial ErrorRecord LibraryImportGuaranteed(nuint length);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "marshaller_struct_returned")]
    internal static partial MarshallerError LibraryImportBlittable(nuint length);
}

/// <summary>direction=in. The answer is code, flag, length and last letter, added by native code.</summary>
public unsafe class MarshallerStruct
{
    private ErrorRecord _error;

    [Params(8, 64, 1024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup() => _error = new ErrorRecord { Code = Inputs.ErrorCode, IsFatal = true, Message = Inputs.Letters(Length) };

    [Benchmark]
    public long DllImport() => MarshallerStructImports.DllImport(in _error);

    [Benchmark]
    public long LibraryImport() => MarshallerStructImports.LibraryImport(in _error);

    [Benchmark]
    public long LibraryImportMarshalUsing() => MarshallerStructImports.LibraryImportMarshalUsing(in _error);

    // What the generator writes.
    [Benchmark]
    public long FunctionPointer()
    {
        MarshallerError error = default;
        try
        {
            error = ErrorRecordMarshaller.ConvertToUnmanaged(_error);
            return MarshallerStructImports.Pointer(&error);
        }
        finally
        {
            ErrorRecordMarshaller.Free(error);
        }
    }

    [Benchmark]
    [SkipLocalsInit]
    public long HandWritten()
    {
        scoped Utf8StringMarshaller.ManagedToUnmanagedIn message = new();
        message.FromManaged(_error.Message, stackalloc byte[Utf8StringMarshaller.ManagedToUnmanagedIn.BufferSize]);
        MarshallerError error = new() { Code = _error.Code, IsFatal = _error.IsFatal ? 1 : 0, Message = (nint)message.ToUnmanaged() };
        long mark = MarshallerStructImports.LibraryImport(&error);
        message.Free();
        return mark;
    }
}

/// <summary>direction=out: native code fills a record whose text the caller frees. The answer is code, flag, length and last letter, added.</summary>
public unsafe class MarshallerStructOut
{
    private nuint _length;

    [Params(8, 64, 1024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup() => _length = (nuint)Length;

    [Benchmark]
    public long DllImport()
    {
        MarshallerStructOutImports.DllImport(_length, out ErrorRecord error);
        return error.Mark;
    }

    [Benchmark]
    public long LibraryImport()
    {
        MarshallerStructOutImports.LibraryImport(_length, out ErrorRecord error);
        return error.Mark;
    }

    [Benchmark]
    public long LibraryImportMarshalUsing()
    {
        MarshallerStructOutImports.LibraryImportMarshalUsing(_length, out ErrorRecord error);
        return error.Mark;
    }

    [Benchmark]
    public long LibraryImportGuaranteed()
    {
        MarshallerStructOutImports.LibraryImportGuaranteed(_length, out ErrorRecord error);
        return error.Mark;
    }

    // What the generator writes.
    [Benchmark]
    public long FunctionPointer()
    {
        bool invoked = default;
        MarshallerError native = default;
        try
        {
            MarshallerStructOutImports.Pointer(_length, &native);
            invoked = true;
            ErrorRecord error = ErrorRecordMarshaller.ConvertToManaged(native);
            return error.Mark;
        }
        finally
        {
            if (invoked)
            {
                ErrorRecordMarshaller.Free(native);
            }
        }
    }

    [Benchmark]
    public long HandWritten()
    {
        MarshallerError native;
        MarshallerStructOutImports.LibraryImport(_length, &native);
        ErrorRecord error = new() { Code = native.Code, IsFatal = native.IsFatal != 0, Message = Marshal.PtrToStringUTF8(native.Message) };
        NativeMemory.Free((void*)native.Message);
        return error.Mark;
    }
}

/// <summary>direction=returned: the same as the result.</summary>
public unsafe class MarshallerStructReturned
{
    private nuint _length;

    [Params(8, 64, 1024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup() => _length = (nuint)Length;

    [Benchmark]
    public long DllImport() => MarshallerStructReturnedImports.DllImport(_length).Mark;

    [Benchmark]
    public long LibraryImport() => MarshallerStructReturnedImports.LibraryImport(_length).Mark;

    [Benchmark]
    public long LibraryImportMarshalUsing() => MarshallerStructReturnedImports.LibraryImportMarshalUsing(_length).Mark;

    [Benchmark]
    public long LibraryImportGuaranteed() => MarshallerStructReturnedImports.LibraryImportGuaranteed(_length).Mark;

    // What the generator writes.
    [Benchmark]
    public long FunctionPointer()
    {
        bool invoked = default;
        MarshallerError native = default;
        try
        {
            native = MarshallerStructReturnedImports.Pointer(_length);
            invoked = true;
            ErrorRecord error = ErrorRecordMarshaller.ConvertToManaged(native);
            return error.Mark;
        }
        finally
        {
            if (invoked)
            {
                ErrorRecordMarshaller.Free(native);
            }
        }
    }

    [Benchmark]
    public long HandWritten()
    {
        MarshallerError native = MarshallerStructReturnedImports.LibraryImportBlittable(_length);
        ErrorRecord error = new() { Code = native.Code, IsFatal = native.IsFatal != 0, Message = Marshal.PtrToStringUTF8(native.Message) };
        NativeMemory.Free((void*)native.Message);
        return error.Mark;
    }
}
