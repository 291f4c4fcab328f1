using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InteropLab.Bounded.Array;

/// <summary>Collections of generation 0 while many buffers of 64 bytes are alive that native code could hold an address of.</summary>
internal static unsafe class PinsAndGc
{
    private const int Collections = 20;
    private const int Bytes = 64;

    public static void Run(Asked asked)
    {
        int n = asked.Number("n");
        Action<Pauses, int> round = asked.Variant switch
        {
            "Plain" => static (pauses, n) => Handles(pauses, n, null),
            "Handle" => static (pauses, n) => Handles(pauses, n, GCHandleType.Normal),
            "PinnedHandle" => static (pauses, n) => Handles(pauses, n, GCHandleType.Pinned),
            "PinnedHeap" => PinnedHeap,
            "NativeMemory" => Native,
            _ => throw asked.NoVariant(),
        };
        using Pauses pauses = Pauses.Listening();
        double fragmented = 0;
        for (int at = 0; at < Collections; at++)
        {
            round(pauses, n);
            fragmented += GC.GetGCMemoryInfo(GCKind.Ephemeral).FragmentedBytes / (double)Collections;
            GC.Collect(); // the next round starts from an empty generation 0
        }

        asked.Tell(pauses, Roles.Pause);

        asked.Count("fragmented_bytes", fragmented, "bytes");
    }

    /// <summary>Arrays with garbage between them, each held by a handle of a type, or by nothing but a reference.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Handles(Pauses pauses, int n, GCHandleType? type)
    {
        byte[][] arrays = new byte[n][];
        GCHandle[] handles = new GCHandle[type is null ? 0 : n];
        for (int at = 0; at < n; at++)
        {
            arrays[at] = new byte[Bytes];
            if (type is GCHandleType kind)
            {
                handles[at] = GCHandle.Alloc(arrays[at], kind);
            }

            GC.KeepAlive(new byte[Bytes]);
        }

        pauses.Collect();
        foreach (GCHandle handle in handles)
        {
            handle.Free();
        }

        GC.KeepAlive(arrays);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PinnedHeap(Pauses pauses, int n)
    {
        byte[][] arrays = new byte[n][];
        for (int at = 0; at < n; at++)
        {
            arrays[at] = GC.AllocateArray<byte>(Bytes, pinned: true);
            GC.KeepAlive(new byte[Bytes]);
        }

        pauses.Collect();
        GC.KeepAlive(arrays);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Native(Pauses pauses, int n)
    {
        nint[] blocks = new nint[n];
        for (int at = 0; at < n; at++)
        {
            blocks[at] = (nint)NativeMemory.AllocZeroed(Bytes);
            GC.KeepAlive(new byte[Bytes]);
        }

        pauses.Collect();
        foreach (nint block in blocks)
        {
            NativeMemory.Free((void*)block);
        }
    }
}
