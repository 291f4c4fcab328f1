using System;
using System.Runtime.InteropServices;

namespace InteropLab.Bench;

/// <summary>What the current thread has taken from its heaps so far.</summary>
/// <param name="NativeAllocs">Null where the program was started without the allocation counter.</param>
internal readonly record struct HeapCounts(long ManagedBytes, long? NativeAllocs, long? NativeFrees)
{
    private const string Symbol = "allocations_read";

    private static readonly unsafe delegate* unmanaged[Cdecl]<ulong*, void> s_read =
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), Symbol, out nint address)
            ? (delegate* unmanaged[Cdecl]<ulong*, void>)address
            : null;

    /// <summary>Whether calls of malloc and free are counted: the counter is in LD_PRELOAD.</summary>
    public static unsafe bool CountsNative => s_read is not null;

    /// <summary>Allocates nothing itself.</summary>
    public static unsafe HeapCounts Now()
    {
        const int Allocations = 0;
        const int Frees = 1;
        const int Numbers = 3;
        if (s_read is null)
        {
            return new HeapCounts(GC.GetAllocatedBytesForCurrentThread(), null, null);
        }

        ulong* native = stackalloc ulong[Numbers];
        s_read(native);
        return new HeapCounts(GC.GetAllocatedBytesForCurrentThread(), (long)native[Allocations], (long)native[Frees]);
    }

    public static HeapCounts operator -(HeapCounts after, HeapCounts before) => new(
        after.ManagedBytes - before.ManagedBytes,
        after.NativeAllocs - before.NativeAllocs,
        after.NativeFrees - before.NativeFrees);

    /// <summary>The least of each: what one of two batches had beside its calls, the runtime did.</summary>
    public HeapCounts Least(HeapCounts other) => new(
        Math.Min(ManagedBytes, other.ManagedBytes), Least(NativeAllocs, other.NativeAllocs), Least(NativeFrees, other.NativeFrees));

    private static long? Least(long? left, long? right) => left is long a && right is long b ? Math.Min(a, b) : null;
}
