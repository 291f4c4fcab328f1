using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases.Raw;

namespace InteropLab.Cases;

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate void Noop();

internal static unsafe partial class BlittableNoopImports
{
    internal static readonly delegate* unmanaged[Cdecl]<void> Pointer = (delegate* unmanaged[Cdecl]<void>)KernelLibrary.Export("blittable_noop");

    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<void> PointerNoGc =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<void>)KernelLibrary.Export("blittable_noop_nogc");

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_noop", ExactSpelling = true)]
    internal static extern void DllImport();

    [DllImport(KernelLibrary.Name, EntryPoint = "blittable_noop_nogc", ExactSpelling = true), SuppressGCTransition]
    internal static extern void DllImportNoGc();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_noop")]
    internal static partial void LibraryImport();

    [LibraryImport(KernelLibrary.Name, EntryPoint = "blittable_noop_nogc"), SuppressGCTransition]
    internal static partial void LibraryImportNoGc();

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Managed()
    {
    }
}

public unsafe class BlittableNoop
{
    private Noop _delegate = null!;

    [GlobalSetup]
    public void Setup() => _delegate = Marshal.GetDelegateForFunctionPointer<Noop>(KernelLibrary.Export("blittable_noop"));

    /// <summary>The kernel leaves nothing behind: that it was called is proved by the counting build.</summary>
    public long Observe() => 0;

    [Benchmark]
    public void Managed() => BlittableNoopImports.Managed();

    [Benchmark]
    public void DllImport() => BlittableNoopImports.DllImport();

    [Benchmark]
    public void DllImportRaw() => BlittableNoopRaw.DllImport();

    [Benchmark]
    public void LibraryImport() => BlittableNoopImports.LibraryImport();

    [Benchmark]
    public void FunctionPointer() => BlittableNoopImports.Pointer();

    [Benchmark]
    public void DelegateFromPointer() => _delegate();

    [Benchmark]
    public void DllImportNoGc() => BlittableNoopImports.DllImportNoGc();

    [Benchmark]
    public void DllImportRawNoGc() => BlittableNoopRaw.DllImportNoGc();

    [Benchmark]
    public void LibraryImportNoGc() => BlittableNoopImports.LibraryImportNoGc();

    [Benchmark]
    public void FunctionPointerNoGc() => BlittableNoopImports.PointerNoGc();
}
