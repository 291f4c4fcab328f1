using System;
using System.Collections.Concurrent;
using System.Threading;

namespace InteropLab.Bench;

/// <summary>Which methods of this program are optimised by now.</summary>
internal sealed class Tiers : MethodLoads
{
    private readonly ConcurrentDictionary<(string Type, string Method), bool> _optimized = new();
    private long _loads;

    /// <summary>Methods of this program compiled so far, in any tier.</summary>
    public long Loads => Interlocked.Read(ref _loads);

    /// <param name="type">A class, with its namespace.</param>
    public bool IsOptimized(string type, string method) => _optimized.ContainsKey((type, method));

    protected override void Loaded(in MethodLoad load)
    {
        if (!load.Type.StartsWith(nameof(InteropLab), StringComparison.Ordinal))
        {
            return;
        }

        _ = Interlocked.Increment(ref _loads);
        if (load.Tier is Tier.Optimized or Tier.Tier1)
        {
            _optimized[(load.Type, load.Name)] = true;
        }
    }
}
