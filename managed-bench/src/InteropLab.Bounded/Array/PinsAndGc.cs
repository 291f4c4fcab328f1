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
        Action<int> round = asked.Variant switch
        {
            "Plain" => static n => Handles(n, null),
            "Handle" => static n => Handles(n, GCHandleType.Normal),
            "PinnedHandle" => static n => Handles(n, GCHandleType.Pinned),
            "PinnedHeap" => PinnedHeap,
            "NativeMemory" => Native,
            _ => throw asked.NoVariant(),
        };
        using Pauses pauses = Pauses.Listening();
        double fragmented = 0;
        for (int at = 0; at < Collections; at++)
        {
            round(n);
            fragmented += GC.GetGCMemoryInfo(GCKind.Ephemeral).FragmentedBytes / (double)Collections;
            GC.Collect(); // the next round starts from an empty generation 0
        }

        foreach (Collection one in pauses.Of(0, Collections))
        {
            asked.Event(Roles.Pause, one.Pause);
        }

        asked.Count("fragmented_bytes", fragmented, "bytes");
    }

    /// <summary>Arrays with garbage between them, each held by a handle of a type, or by nothing but a reference.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Handles(int n, GCHandleType? type)
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

        GC.Collect(0);
        foreach (GCHandle handle in handles)
        {
            handle.Free();
        }

        GC.KeepAlive(arrays);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PinnedHeap(int n)
    {
        byte[][] arrays = new byte[n][];
        for (int at = 0; at < n; at++)
        {
            arrays[at] = GC.AllocateArray<byte>(Bytes, pinned: true);
            GC.KeepAlive(new byte[Bytes]);
        }

        GC.Collect(0);
        GC.KeepAlive(arrays);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Native(int n)
    {
        nint[] blocks = new nint[n];
        for (int at = 0; at < n; at++)
        {
            blocks[at] = (nint)NativeMemory.AllocZeroed(Bytes);
            GC.KeepAlive(new byte[Bytes]);
        }

        GC.Collect(0);
        foreach (nint block in blocks)
        {
            NativeMemory.Free((void*)block);
        }
    }
}
