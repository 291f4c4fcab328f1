using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class ArrayPinningImports
{
    internal static readonly delegate* unmanaged[Cdecl]<byte*, nuint, long> Pointer =
        (delegate* unmanaged[Cdecl]<byte*, nuint, long>)KernelLibrary.Export("array_pinning");

    [DllImport(KernelLibrary.Name, EntryPoint = "array_pinning", ExactSpelling = true)]
    internal static extern long DllImport(byte[] bytes, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_pinning")]
    internal static partial long LibraryImport(byte[] bytes, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_pinning")]
    internal static partial long LibraryImport(byte* bytes, nuint count);
}

/// <summary>The answer is the sum of the bytes, however they are kept in place.</summary>
public unsafe class ArrayPinning : IDisposable
{
    private nuint _count;
    private byte[] _bytes = null!;
    private byte[] _pinned = null!;
    private GCHandle _handle;
    private PinnedGCHandle<byte[]> _typedHandle;
    private byte* _native;

    [Params(16, 4096)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Free();
        _count = (nuint)N;
        _bytes = Inputs.Bytes(N);
        _handle = GCHandle.Alloc(_bytes, GCHandleType.Pinned);
        _typedHandle = new PinnedGCHandle<byte[]>(_bytes);
        _pinned = GC.AllocateArray<byte>(N, pinned: true);
        _bytes.CopyTo(_pinned, 0);
        _native = (byte*)NativeMemory.Alloc(_count);
        _bytes.CopyTo(new Span<byte>(_native, N));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_handle.IsAllocated)
        {
            _handle.Free();
        }

        _typedHandle.Dispose();
        NativeMemory.Free(_native);
        _native = null;
    }

    [Benchmark]
    public long DllImport() => ArrayPinningImports.DllImport(_bytes, _count);

    [Benchmark]
    public long LibraryImport() => ArrayPinningImports.LibraryImport(_bytes, _count);

    [Benchmark]
    public long FunctionPointer()
    {
        fixed (byte* bytes = _bytes)
        {
            return ArrayPinningImports.Pointer(bytes, _count);
        }
    }

    [Benchmark]
    public long Fixed()
    {
        fixed (byte* bytes = _bytes)
        {
            return ArrayPinningImports.LibraryImport(bytes, _count);
        }
    }

    [Benchmark]
    public long GCHandlePerCall()
    {
        GCHandle handle = GCHandle.Alloc(_bytes, GCHandleType.Pinned);
        long sum = ArrayPinningImports.LibraryImport((byte*)handle.AddrOfPinnedObject(), _count);
        handle.Free();
        return sum;
    }

    [Benchmark]
    public long PinnedGCHandlePerCall()
    {
        PinnedGCHandle<byte[]> handle = new(_bytes);
        long sum = ArrayPinningImports.LibraryImport(handle.GetAddressOfArrayData(), _count);
        handle.Dispose();
        return sum;
    }

    [Benchmark]
    public long GCHandleHeld() => ArrayPinningImports.LibraryImport((byte*)_handle.AddrOfPinnedObject(), _count);

    [Benchmark]
    public long PinnedGCHandleHeld() => ArrayPinningImports.LibraryImport(_typedHandle.GetAddressOfArrayData(), _count);

    [Benchmark]
    public long PinnedHeap() =>
        ArrayPinningImports.LibraryImport((byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned)), _count);

    [Benchmark]
    public long NativeBlock() => ArrayPinningImports.LibraryImport(_native, _count);
}
