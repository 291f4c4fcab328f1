using System;
using System.Diagnostics;
using System.Linq;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;

namespace InteropLab.Paired;

/// <summary>One timed block.</summary>
internal struct Block
{
    public short Entry;
    public int Round;
    public long Ticks;
    public int Collections;
    public long PauseTicks;
    public int Switches;
}

/// <summary>
/// The timed part of a group. Every entry once in each round, in random order: an untimed lead-in of half a block, then one
/// block. Nothing between two reads of the clock allocates, opens a file or calls the system.
/// </summary>
internal sealed class Rounds
{
    // Of the wide probe over the clock probe, by their own floor: a neighbour on the same core slows independent work.
    private const double QuietBound = 1.05;

    // Of the clock probe over its own floor in this group: beyond it the CPU was taken away, from the probe too.
    private const double ClockBound = 1.1;
    private const int QuietPerReplica = 8;
    private const double UsableReplicas = 0.75;
    private const int QuietEnough = 30;
    private const int RestingRounds = 3;
    private const int RoundsToTier1 = 32;
    private const int MostEngineWarmUps = 20;
    private static readonly TimeSpan s_compiling = TimeSpan.FromMilliseconds(5);
    private const int MostDryRounds = 24;
    private const int Collections = 2;
    private const int MostCollectingBlocks = 4000;

    private readonly Group _group;
    private readonly Randomness _random;
    private readonly Block[] _blocks;
    private readonly int[] _order;
    private readonly double[] _clocks;
    private readonly double[] _wides;
    private readonly int _clock;
    private readonly int _wide;
    private int _count;

    public Rounds(Group group, Randomness random, double extendMax)
    {
        _group = group;
        _random = random;
        int most = Math.Max(1, (int)(group.Plan.Rounds * extendMax));
        _blocks = new Block[most * group.Entries.Length];
        _clocks = new double[most];
        _wides = new double[most];
        _order = [.. Enumerable.Range(0, group.Entries.Length)];
        _clock = group.At(Role.Clock);
        _wide = group.At(Role.Wide);
    }

    /// <summary>Rounds that were timed.</summary>
    public int Done { get; private set; }

    public ReadOnlySpan<Block> Blocks => _blocks.AsSpan(0, _count);

    /// <summary>The smallest quotient of wide and clock probe but for its lowest 5 %.</summary>
    public double WideFloor { get; private set; } = double.PositiveInfinity;

    /// <summary>Rounds that are quiet by this launch's own floor, with both neighbours.</summary>
    public int Quiet { get; private set; }

    /// <summary>Whether enough of them are, over enough replicas.</summary>
    public bool IsUsable { get; private set; }

    /// <summary>Methods the runtime compiled while rounds were timed.</summary>
    public long CompiledMeanwhile { get; private set; }

    /// <summary>Brings the engine's own code to rest, with rounds of one call: in a launch's first rounds it would be compiled meanwhile.</summary>
    public void WarmEngine()
    {
        for (int attempt = 0, resting = 0; attempt < MostEngineWarmUps && resting < RestingRounds; attempt++)
        {
            long before = JitInfo.GetCompiledMethodCount();
            for (int round = 0; round < RoundsToTier1; round++)
            {
                _ = Round(round, brief: true);
            }

            Thread.Sleep(s_compiling);
            resting = JitInfo.GetCompiledMethodCount() == before ? resting + 1 : 0;
        }

        _count = 0;
    }

    /// <summary>Untimed rounds until nothing is compiled any more, and until what allocates has been collected twice.</summary>
    public void Settle()
    {
        GC.Collect();
        int resting = 0;
        for (int round = 0; resting < RestingRounds && round < MostDryRounds; round++)
        {
            long before = JitInfo.GetCompiledMethodCount();
            Round(round);
            resting = JitInfo.GetCompiledMethodCount() == before ? resting + 1 : 0;
        }

        foreach (Timed entry in _group.Entries)
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            _ = Time(entry.Bodies[0], entry.LeadIn, entry.Calls);
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
            int collected = GC.CollectionCount(0) + Collections;
            for (int block = 0; bytes > entry.Calls && GC.CollectionCount(0) < collected && block < MostCollectingBlocks; block++)
            {
                _ = Time(entry.Bodies[0], entry.LeadIn, entry.Calls);
            }
        }

        _count = 0;
    }

    /// <summary>The rounds of the plan, and more where too few were quiet.</summary>
    /// <param name="wideFloor">The smallest quotient of the probes seen on this machine; null where none is known.</param>
    public void Run(double? wideFloor, double extendMax)
    {
        int planned = _group.Plan.Rounds;
        int most = (int)(planned * extendMax);
        int step = Math.Max(_group.Plan.Replicas, planned / 4);
        for (int until = planned; Done < until; until = Math.Min(until + step, most))
        {
            long before = JitInfo.GetCompiledMethodCount();
            for (; Done < until; Done++)
            {
                (_clocks[Done], _wides[Done]) = Round(Done);
            }

            CompiledMeanwhile += JitInfo.GetCompiledMethodCount() - before;

            IsUsable = Judge(wideFloor);
            if (IsUsable || Done >= most)
            {
                break;
            }
        }
    }

    // Returns what the clock and the wide probe took, each per addition.
    private (double Clock, double Wide) Round(int round, bool brief = false)
    {
        _random.Shuffle(_order);
        double clock = 0;
        double wide = 0;
        for (int position = 0; position < _order.Length; position++)
        {
            int at = _order[position];
            Timed entry = _group.Entries[at];
            Body body = entry.Bodies[round % entry.Bodies.Length];
            int collections = GC.CollectionCount(0);
            long pause = GC.GetTotalPauseDuration().Ticks;
            int switches = Machine.InvoluntarySwitches();
            long ticks = brief ? Time(body, 1, 1) : Time(body, entry.LeadIn, entry.Calls);
            ref Block block = ref _blocks[_count % _blocks.Length];
            _count++;
            block.Switches = Machine.InvoluntarySwitches() - switches;
            block.Collections = GC.CollectionCount(0) - collections;
            block.PauseTicks = GC.GetTotalPauseDuration().Ticks - pause;
            block.Entry = (short)at;
            block.Round = round;
            block.Ticks = ticks;
            clock = at == _clock ? (double)ticks / entry.Calls : clock;
            wide = at == _wide ? (double)ticks / entry.Calls : wide;
        }

        return (clock, wide);
    }

    /// <summary>The one place where the clock is read.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static long Time(Body body, long leadIn, long calls)
    {
        body.Run(leadIn);
        long start = Stopwatch.GetTimestamp();
        body.Run(calls);
        return Stopwatch.GetTimestamp() - start;
    }

    private bool Judge(double? wideFloor)
    {
        double clockBound = ClockBound * Quantile(_clocks.AsSpan(0, Done));
        bool OnClock(int round) => _clocks[round] < clockBound;
        WideFloor = Quantile([.. Enumerable.Range(0, Done).Where(OnClock).Select(round => _wides[round] / _clocks[round])]);
        double bound = QuietBound * Math.Min(WideFloor, wideFloor ?? double.PositiveInfinity);
        int[] replicas = new int[_group.Plan.Replicas];
        Quiet = 0;
        for (int round = 0; round < Done; round++)
        {
            bool Calm(int at) => at < 0 || at >= Done || (OnClock(at) && _wides[at] / _clocks[at] < bound);
            if (Calm(round - 1) && Calm(round) && Calm(round + 1))
            {
                Quiet++;
                replicas[round % replicas.Length]++;
            }
        }

        return Quiet >= Math.Min(QuietEnough, _group.Plan.Rounds / 2)
            && replicas.Count(static quiet => quiet >= QuietPerReplica) >= UsableReplicas * replicas.Length;
    }

    // The 5 % quantile, of type 7 (Hyndman and Fan 1996): what the probe takes undisturbed, but for luck.
    private static double Quantile(ReadOnlySpan<double> values)
    {
        const double Share = 0.05;
        double[] ascending = [.. values];
        Array.Sort(ascending);
        double at = (ascending.Length - 1) * Share;
        int below = (int)at;
        double next = ascending[Math.Min(below + 1, ascending.Length - 1)];
        return ascending[below] + ((at - below) * (next - ascending[below]));
    }
}
