using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using InteropLab.Cases;

namespace InteropLab.Bounded.Com;

/// <summary>Threads that look up a wrapper that is there: of one object, or each of its own; from either side.</summary>
internal static class Contention
{
    private const int Lookups = 100_000;

    private static readonly StrategyBasedComWrappers s_wrappers = new();

    public static void Run(Asked asked)
    {
        int threads = asked.Number("threads");
        bool shared = asked.Variant.EndsWith("Shared", StringComparison.Ordinal);
        switch (asked.Variant)
        {
            case "VtableEach" or "VtableShared":
                Vtables(asked, threads, shared);
                break;
            case "ObjectEach" or "ObjectShared":
                Objects(asked, threads, shared);
                break;
            case "CallableEach" or "CallableShared":
                Callables(asked, threads, shared);
                break;
            default:
                throw asked.NoVariant();
        }

        // What the wrappers hold is let go when they are collected.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    // As far apart as no cache line reaches: three of four objects are nobody's.
    private static NativeObject[] Natives(int threads) => [.. Enumerable.Range(0, (4 * threads) + 1).Select(static _ => new NativeObject())];

    private static void Vtables(Asked asked, int threads, bool shared)
    {
        NativeObject[] natives = Natives(threads);
        Rounds.Run(asked, threads, Lookups, at =>
        {
            nint pointer = natives[shared ? 0 : 4 * at].Pointer;
            for (int lookup = 0; lookup < Lookups; lookup++)
            {
                _ = NativeObject.AddRef(pointer);
                _ = NativeObject.Release(pointer);
            }
        });
        System.Array.ForEach(natives, static native => native.Dispose());
    }

    private static void Objects(Asked asked, int threads, bool shared)
    {
        NativeObject[] natives = Natives(threads);
        object[] wrappers = [.. natives.Select(static native => s_wrappers.GetOrCreateObjectForComInstance(native.Pointer, CreateObjectFlags.None))];
        Rounds.Run(asked, threads, Lookups, at =>
        {
            nint pointer = natives[shared ? 0 : 4 * at].Pointer;
            for (int lookup = 0; lookup < Lookups; lookup++)
            {
                _ = s_wrappers.GetOrCreateObjectForComInstance(pointer, CreateObjectFlags.None);
            }
        });
        GC.KeepAlive(wrappers);
        System.Array.ForEach(natives, static native => native.Dispose());
    }

    private static void Callables(Asked asked, int threads, bool shared)
    {
        GeneratedEach[] each = [.. Enumerable.Range(0, threads).Select(static _ => new GeneratedEach(Inputs.CallbackContext))];
        nint[] callables = [.. each.Select(static one => s_wrappers.GetOrCreateComInterfaceForObject(one, CreateComInterfaceFlags.None))];
        Rounds.Run(asked, threads, Lookups, at =>
        {
            GeneratedEach one = each[shared ? 0 : at];
            for (int lookup = 0; lookup < Lookups; lookup++)
            {
                _ = NativeObject.Release(s_wrappers.GetOrCreateComInterfaceForObject(one, CreateComInterfaceFlags.None));
            }
        });
        System.Array.ForEach(callables, static callable => NativeObject.Release(callable));
    }
}
