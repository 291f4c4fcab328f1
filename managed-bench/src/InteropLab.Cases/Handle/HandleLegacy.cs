using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using Microsoft.Win32.SafeHandles;

namespace InteropLab.Cases;

/// <summary>Owns a counter as <see cref="CounterHandle"/> does, without a count of its users: disposed of during a call, it is freed under it.</summary>
internal sealed partial class CounterCriticalHandle : CriticalHandleZeroOrMinusOneIsInvalid
{
    internal static CounterCriticalHandle Create()
    {
        CounterCriticalHandle created = new();
        created.SetHandle(CreateCounter());
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

internal static unsafe partial class HandleLegacyImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nint, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<nint, ulong>)KernelLibrary.Export("handle_legacy");

    [DllImport(KernelLibrary.Name, EntryPoint = "handle_legacy", ExactSpelling = true)]
    internal static extern ulong DllImport(CounterHandle counter);

    [DllImport(KernelLibrary.Name, EntryPoint = "handle_legacy", ExactSpelling = true)]
    internal static extern ulong DllImport(HandleRef counter);

    [DllImport(KernelLibrary.Name, EntryPoint = "handle_legacy", ExactSpelling = true)]
    internal static extern ulong DllImport(CounterCriticalHandle counter);

    [DllImport(KernelLibrary.Name, EntryPoint = "handle_legacy", ExactSpelling = true)]
    internal static extern ulong DllImport(nint counter);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_legacy")]
    internal static partial ulong LibraryImport(CounterHandle counter);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "handle_legacy")]
    internal static partial ulong LibraryImport(nint counter);
}

public unsafe class HandleLegacy : IDisposable
{
    private CounterHandle _handle = null!;
    private CounterCriticalHandle _criticalHandle = null!;
    private nint _counter;

    [GlobalSetup]
    public void Setup()
    {
        _handle = CounterHandle.Create();
        _criticalHandle = CounterCriticalHandle.Create();
        _counter = _handle.DangerousGetHandle(); // the handle lives as long as this object
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _handle?.Dispose();
        _criticalHandle?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public ulong DllImport() => HandleLegacyImports.DllImport(_handle);

    [Benchmark]
    public ulong LibraryImport() => HandleLegacyImports.LibraryImport(_handle);

    [Benchmark]
    public ulong DllImportHandleRef() => HandleLegacyImports.DllImport(new HandleRef(this, _counter));

    [Benchmark]
    public ulong DllImportCriticalHandle() => HandleLegacyImports.DllImport(_criticalHandle);

    [Benchmark]
    public ulong FunctionPointer()
    {
        HandleRef handle = new(this, _counter);
        ulong value = HandleLegacyImports.Pointer(handle.Handle);
        GC.KeepAlive(handle.Wrapper);
        return value;
    }

    [Benchmark]
    public ulong DllImportNint() => HandleLegacyImports.DllImport(_counter);

    [Benchmark]
    public ulong LibraryImportNint() => HandleLegacyImports.LibraryImport(_counter);
}
