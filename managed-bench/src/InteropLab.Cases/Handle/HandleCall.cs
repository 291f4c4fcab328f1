using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class HandleCallImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nint, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<nint, ulong>)KernelLibrary.Export("handle_call");

    [DllImport(KernelLibrary.Name, EntryPoint = "handle_call", ExactSpelling = true)]
    internal static extern ulong DllImport(CounterHandle counter);

    [DllImport(KernelLibrary.Name, EntryPoint = "handle_call", ExactSpelling = true)]
    internal static extern ulong DllImport(nint counter);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_call")]
    internal static partial ulong LibraryImport(CounterHandle counter);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_call")]
    internal static partial ulong LibraryImport(nint counter);
}

public unsafe class HandleCall : IDisposable
{
    private CounterHandle _handle = null!;
    private nint _counter;

    [GlobalSetup]
    public void Setup()
    {
        _handle = CounterHandle.Create();
        _counter = _handle.DangerousGetHandle(); // the handle lives as long as this object
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _handle?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public ulong DllImport() => HandleCallImports.DllImport(_handle);

    [Benchmark]
    public ulong LibraryImport() => HandleCallImports.LibraryImport(_handle);

    // Line by line what the generator writes.
    [Benchmark]
    public ulong FunctionPointer()
    {
        SafeHandleMarshaller<CounterHandle>.ManagedToUnmanagedIn marshaller = new();
        try
        {
            marshaller.FromManaged(_handle);
            return HandleCallImports.Pointer(marshaller.ToUnmanaged());
        }
        finally
        {
            marshaller.Free();
        }
    }

    [Benchmark]
    public ulong DllImportNint() => HandleCallImports.DllImport(_counter);

    [Benchmark]
    public ulong LibraryImportNint() => HandleCallImports.LibraryImport(_counter);

    [Benchmark]
    public ulong FunctionPointerNint() => HandleCallImports.Pointer(_counter);

    [Benchmark]
    public ulong ManualAddRef()
    {
        CounterHandle handle = _handle;
        bool added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            return HandleCallImports.LibraryImport(handle.DangerousGetHandle());
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    [Benchmark]
    public ulong KeepAlive()
    {
        CounterHandle handle = _handle;
        ulong value = HandleCallImports.LibraryImport(handle.DangerousGetHandle());
        GC.KeepAlive(handle);
        return value;
    }
}
