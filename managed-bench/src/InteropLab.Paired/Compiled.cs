using System;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading;

namespace InteropLab.Paired;

/// <summary>What the code of the bodies has to be; anything else and the launch does not count.</summary>
internal enum CodeKind
{
    /// <summary>Compiled at run time, and again with its profile.</summary>
    Tier1,

    /// <summary>Compiled at run time with optimisation at once: tiered compilation is off.</summary>
    Optimized,

    /// <summary>Compiled at run time without optimisation, and left so.</summary>
    Tier0,

    /// <summary>The image's ReadyToRun code, and left so.</summary>
    ReadyToRun,

    /// <summary>The image's ReadyToRun code first, compiled again at run time since.</summary>
    ReadyToRunTier1,

    /// <summary>Native AOT: there is no other.</summary>
    Native,
}

/// <summary>Where the code of a body lies, and what it is.</summary>
/// <param name="Size">Bytes; null where nobody says.</param>
internal readonly record struct BodyCode(CodeKind? Kind, string Tier, ulong Address, uint? Size);

/// <summary>What the runtime said of every method it compiled or took from an image while this was listening: the last word counts.</summary>
internal sealed class Compiled : MethodLoads
{
    private readonly ConcurrentDictionary<ulong, MethodLoad> _last = new();
    private readonly ConcurrentDictionary<ulong, ulong> _precompiled = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>The code a body has now; null for what nothing was said of.</summary>
    public BodyCode? Of(ulong method)
    {
        bool fromImage = _precompiled.TryGetValue(method, out ulong entry);
        if (!_last.TryGetValue(method, out MethodLoad load) || (!load.Jitted && fromImage))
        {
            return fromImage ? new BodyCode(CodeKind.ReadyToRun, "readytorun", entry, null) : null;
        }

        CodeKind? kind = load.Tier switch
        {
            Tier.Tier1 when fromImage => CodeKind.ReadyToRunTier1,
            Tier.Tier1 => CodeKind.Tier1,
            Tier.Optimized => CodeKind.Optimized,
            Tier.QuickJitted => CodeKind.Tier0,
            _ => null,
        };
        return new BodyCode(kind, load.Tier.ToString().ToLowerInvariant(), load.Address, load.Size);
    }

    protected override bool HearsOfImages => Identity.IsPrecompiled();

    protected override void Loaded(in MethodLoad load)
    {
        _last[load.Id] = load;
        _ = Interlocked.Increment(ref _count);
    }

    protected override void Precompiled(ulong id, ulong entry)
    {
        _precompiled[id] = entry;
        _ = Interlocked.Increment(ref _count);
    }
}
