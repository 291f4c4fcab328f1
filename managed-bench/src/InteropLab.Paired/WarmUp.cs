using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace InteropLab.Paired;

/// <summary>What the runtime said of every method it compiled while this was listening: the last word counts.</summary>
internal sealed class Compiled : MethodLoads
{
    private readonly ConcurrentDictionary<ulong, MethodLoad> _last = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public MethodLoad? Of(ulong method) => _last.TryGetValue(method, out MethodLoad load) ? load : null;

    protected override void Loaded(in MethodLoad load)
    {
        _last[load.Id] = load;
        _ = Interlocked.Increment(ref _count);
    }
}

/// <summary>Brings every body of a launch to tier 1, proved by the runtime's own events, or refuses the launch.</summary>
internal static class WarmUp
{
    // The runtime counts 30 calls in tier 0 and 30 more in the code that gathers the profile.
    private const int CallsPerPass = 32;

    // Since anything was last compiled.
    private static readonly TimeSpan s_giveUp = TimeSpan.FromSeconds(5);

    // Methods are compiled in the background, and events come a little later.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(10);
    private const int QuietPasses = 3;

    /// <param name="bodies">In the order of their first calls.</param>
    /// <returns>The code of each body.</returns>
    /// <exception cref="InvalidLaunchException">Some body is not at tier 1, or the engine's own loop is not optimised.</exception>
    public static Dictionary<ManagedBody, MethodLoad> Run(Compiled compiled, IReadOnlyList<ManagedBody> bodies)
    {
        List<ManagedBody> slow = [.. bodies];
        Stopwatch idle = Stopwatch.StartNew();
        long before = -1;
        for (int quiet = 0; quiet < QuietPasses;)
        {
            slow.ForEach(static body => body.Run(CallsPerPass));
            Thread.Sleep(slow.Count > 0 ? s_pause : s_rest);
            _ = slow.RemoveAll(body => TierOf(compiled, body) == Tier.Tier1);
            if (slow.FirstOrDefault(body => TierOf(compiled, body) is Tier.Optimized or Tier.MinOpts) is ManagedBody other)
            {
                throw NotTier1(compiled, other);
            }

            long now = compiled.Count;
            if (now != before)
            {
                idle.Restart();
            }

            quiet = now == before && slow.Count == 0 ? quiet + 1 : 0;
            before = now;
            if (slow.Count > 0 && idle.Elapsed > s_giveUp)
            {
                throw NotTier1(compiled, slow[0]);
            }
        }

        foreach (ManagedBody body in bodies.DistinctBy(static body => body.GetType()))
        {
            Tier driver = compiled.Of((ulong)body.Driver!.MethodHandle.Value)?.Tier ?? Tier.Unknown;
            if (driver is not (Tier.Optimized or Tier.Tier1))
            {
                throw new InvalidLaunchException($"the engine's loop {body.Driver.DeclaringType!.Name} is {driver}, not optimised");
            }
        }

        return bodies.ToDictionary(static body => body, body => compiled.Of(body.MethodId)!.Value);
    }

    private static Tier TierOf(Compiled compiled, ManagedBody body) => compiled.Of(body.MethodId)?.Tier ?? Tier.Unknown;

    private static InvalidLaunchException NotTier1(Compiled compiled, ManagedBody body) =>
        new($"{body.Name} is not at tier 1 but {TierOf(compiled, body)}: tiered compilation is off, slowed down or changed by a DOTNET_ variable");
}
