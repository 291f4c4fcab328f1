using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ErrorHresultImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int, int, int*, int> Pointer =
        (delegate* unmanaged[Cdecl]<int, int, int*, int>)KernelLibrary.Export("error_hresult");

    [DllImport(KernelLibrary.Name, EntryPoint = "error_hresult", ExactSpelling = true)]
    internal static extern int DllImport(int a, int b, out int sum);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "error_hresult")]
    internal static partial int LibraryImport(int a, int b, out int sum);

    [DllImport(KernelLibrary.Name, EntryPoint = "error_hresult", ExactSpelling = true, PreserveSig = false)]
    internal static extern int DllImportPreserveSig(int a, int b);
}

/// <summary>The answer is the sum, or the HRESULT, which is also what an exception carries.</summary>
public unsafe class ErrorHresult
{
    private int _left, _right;

    [Params("ok", "overflow")]
    public string Outcome { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        _left = Inputs.Left;
        _right = Inputs.Addend(Outcome);
    }

    [Benchmark]
    public int DllImport()
    {
        int status = ErrorHresultImports.DllImport(_left, _right, out int sum);
        return status < 0 ? status : sum;
    }

    [Benchmark]
    public int LibraryImport()
    {
        int status = ErrorHresultImports.LibraryImport(_left, _right, out int sum);
        return status < 0 ? status : sum;
    }

    [Benchmark]
    public int FunctionPointer()
    {
        int sum;
        int status = ErrorHresultImports.Pointer(_left, _right, &sum);
        return status < 0 ? status : sum;
    }

    [Benchmark]
    public int DllImportPreserveSig()
    {
        try
        {
            return ErrorHresultImports.DllImportPreserveSig(_left, _right);
        }
        catch (OverflowException overflow)
        {
            return overflow.HResult;
        }
    }

    [Benchmark]
    public int LibraryImportThrow()
    {
        try
        {
            Marshal.ThrowExceptionForHR(ErrorHresultImports.LibraryImport(_left, _right, out int sum));
            return sum;
        }
        catch (OverflowException overflow)
        {
            return overflow.HResult;
        }
    }

    [Benchmark]
    public int LibraryImportException()
    {
        int status = ErrorHresultImports.LibraryImport(_left, _right, out int sum);
        return status < 0 ? Marshal.GetExceptionForHR(status)!.HResult : sum;
    }
}
