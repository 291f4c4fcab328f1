using System.Collections.Concurrent;

namespace InteropLab;

/// <summary>What the transition cases pass beside two integers.</summary>
public static partial class Inputs
{
    /// <summary>Where the chain of transition_work starts.</summary>
    public const ulong ChainStart = 1234567890;

    private static readonly ConcurrentDictionary<int, int[]> s_addends = new();

    /// <summary>The integers that follow <see cref="Integers"/>: what is added to them, pair by pair. Not to be written to.</summary>
    public static int[] Addends(int count) => s_addends.GetOrAdd(count, static count => Integers(2 * count)[count..]);
}
