using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace InteropLab.Cases;

/// <summary>handle_counter: what a handle stands for. Only the layout table looks inside.</summary>
[KernelStruct("handle_counter")]
[StructLayout(LayoutKind.Sequential)]
public struct HandleCounter
{
    public ulong Value;
}

/// <summary>Owns a counter of the kernel library and releases it once.</summary>
public sealed partial class CounterHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Public and without arguments: what LibraryImport needs to return one.</summary>
    public CounterHandle()
        : base(ownsHandle: true)
    {
    }

    /// <summary>A new counter and its handle.</summary>
    public static CounterHandle Create()
    {
        CounterHandle created = new();
        Marshal.InitHandle(created, CreateCounter());
        return created;
    }

    protected override bool ReleaseHandle()
    {
        ReleaseCounter(handle);
        return true;
    }

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_create")]
    private static partial nint CreateCounter();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_create_release")]
    private static partial void ReleaseCounter(nint counter);
}
