using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ErrorLastErrorImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int, int> Pointer =
        (delegate* unmanaged[Cdecl]<int, int>)KernelLibrary.Export("error_last_error");

    [DllImport(KernelLibrary.Name, EntryPoint = "error_last_error", ExactSpelling = true)]
    internal static extern int DllImport(int code);

    [DllImport(KernelLibrary.Name, EntryPoint = "error_last_error", ExactSpelling = true, SetLastError = true)]
    internal static extern int DllImportSetLastError(int code);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "error_last_error")]
    internal static partial int LibraryImport(int code);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "error_last_error", SetLastError = true)]
    internal static partial int LibraryImportSetLastError(int code);
}

/// <summary>The answer is the error: the returned status, or what Marshal says it was.</summary>
public unsafe class ErrorLastError
{
    [Params(0, 34)]
    public int Code { get; set; }

    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public int DllImport() => ErrorLastErrorImports.DllImport(Code);

    [Benchmark]
    public int LibraryImport() => ErrorLastErrorImports.LibraryImport(Code);

    [Benchmark]
    public int FunctionPointer() => ErrorLastErrorImports.Pointer(Code);

    [Benchmark]
    public int DllImportSetLastError()
    {
        _ = ErrorLastErrorImports.DllImportSetLastError(Code);
        return Marshal.GetLastPInvokeError();
    }

    [Benchmark]
    public int LibraryImportSetLastError()
    {
        _ = ErrorLastErrorImports.LibraryImportSetLastError(Code);
        return Marshal.GetLastPInvokeError();
    }

    // What the generator writes: clear, call, read, store.
    [Benchmark]
    public int FunctionPointerByHand()
    {
        Marshal.SetLastSystemError(0);
        _ = ErrorLastErrorImports.Pointer(Code);
        Marshal.SetLastPInvokeError(Marshal.GetLastSystemError());
        return Marshal.GetLastPInvokeError();
    }
}
