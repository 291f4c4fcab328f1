using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class HandleCreateImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nint> Pointer = (delegate* unmanaged[Cdecl]<nint>)KernelLibrary.Export("handle_create");

    [DllImport(KernelLibrary.Name, EntryPoint = "handle_create", ExactSpelling = true)]
    internal static extern CounterHandle DllImport();

    [DllImport(KernelLibrary.Name, EntryPoint = "handle_create_out", ExactSpelling = true)]
    internal static extern void DllImportOut(out CounterHandle counter);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_create")]
    internal static partial CounterHandle LibraryImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_create_out")]
    internal static partial void LibraryImportOut(out CounterHandle counter);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_create")]
    internal static partial nint Raw();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_create_release")]
    internal static partial void RawRelease(nint counter);
}

/// <summary>The answer is 1 where a valid handle was made; each is disposed of before the method returns.</summary>
public unsafe class HandleCreate
{
    [GlobalSetup]
    public void Setup()
    {
    }

    [Benchmark]
    public int DllImport()
    {
        CounterHandle handle = HandleCreateImports.DllImport();
        int valid = handle.IsInvalid ? 0 : 1;
        handle.Dispose();
        return valid;
    }

    [Benchmark]
    public int LibraryImport()
    {
        CounterHandle handle = HandleCreateImports.LibraryImport();
        int valid = handle.IsInvalid ? 0 : 1;
        handle.Dispose();
        return valid;
    }

    // What the generator writes: the handle is made in advance, so that nothing can fail between the call and its owner.
    [Benchmark]
    public int FunctionPointer()
    {
        bool called = false;
        SafeHandleMarshaller<CounterHandle>.ManagedToUnmanagedOut marshaller = new();
        CounterHandle handle;
        try
        {
            nint counter = HandleCreateImports.Pointer();
            called = true;
            marshaller.FromUnmanaged(counter);
            handle = marshaller.ToManaged();
        }
        finally
        {
            if (called)
            {
                marshaller.Free();
            }
        }

        int valid = handle.IsInvalid ? 0 : 1;
        handle.Dispose();
        return valid;
    }

    [Benchmark]
    public int DllImportOut()
    {
        HandleCreateImports.DllImportOut(out CounterHandle handle);
        int valid = handle.IsInvalid ? 0 : 1;
        handle.Dispose();
        return valid;
    }

    [Benchmark]
    public int LibraryImportOut()
    {
        HandleCreateImports.LibraryImportOut(out CounterHandle handle);
        int valid = handle.IsInvalid ? 0 : 1;
        handle.Dispose();
        return valid;
    }

    [Benchmark]
    public int InitHandle()
    {
        CounterHandle handle = new();
        Marshal.InitHandle(handle, HandleCreateImports.Raw());
        int valid = handle.IsInvalid ? 0 : 1;
        handle.Dispose();
        return valid;
    }

    [Benchmark]
    public int Raw()
    {
        nint counter = HandleCreateImports.Raw();
        int valid = counter == 0 ? 0 : 1;
        HandleCreateImports.RawRelease(counter);
        return valid;
    }
}
