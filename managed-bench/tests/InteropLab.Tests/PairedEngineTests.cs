using System;
using System.Linq;

using InteropLab.Paired;

using Xunit;

namespace InteropLab.Tests;

/// <summary>The engine's own parts, in this process.</summary>
[Collection(InProcess.Name)]
public sealed class PairedEngineTests
{
    private const string Key = "blittable_add_i32/-/LibraryImport/rust/jit/paired";

    private static Group Small() => new(
        new GroupPlan("blittable_add_i32", "-", Key, [new EntryPlan(Key, "BlittableAddI32", "LibraryImport", 64)], 4, 2, new NativePlan("native", 64), 64),
        new EngineLibrary(Libraries.Path(Libraries.Rust)));

    [Fact]
    public void A_timed_span_allocates_nothing_of_its_own()
    {
        Group group = Small();
        foreach (Timed entry in group.Entries)
        {
            _ = Rounds.Time(entry.Bodies[0], 64, 64); // what the first call binds is the runtime's
            long before = GC.GetAllocatedBytesForCurrentThread();
            _ = Rounds.Time(entry.Bodies[0], 64, 64);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    /// <summary>The same question to a body that takes memory: were the counter blind, the test above could not fail.</summary>
    [Fact]
    public void What_allocates_is_seen()
    {
        ManagedBody body = ManagedBody.Of(this, GetType().GetMethod(nameof(TakesMemory))!);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = Rounds.Time(body, 1, 16);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before >= 17 * 64);
    }

    public int TakesMemory() => new byte[64].Length;

    [Fact]
    public void Every_replica_is_compiled_by_itself()
    {
        Group group = Small();
        ulong[] methods = [.. group.ManagedBodies.Select(static body => body.MethodId)];
        Assert.Equal(methods.Length, methods.Distinct().Count());
        Assert.Equal(2 + 2 + 2, methods.Length); // reference, copy, empty call
    }

    [Fact]
    public void The_same_seed_gives_the_same_order()
    {
        static int[] Order(ulong seed)
        {
            int[] items = [.. Enumerable.Range(0, 20)];
            new Randomness(seed).Shuffle(items);
            return items;
        }

        Assert.Equal(Order(1), Order(1));
        Assert.NotEqual(Order(1), Order(2));
        Assert.Equal(Enumerable.Range(0, 20), Order(3).Order());
    }

    [Theory]
    [InlineData(6250, 6240)] // whole rounds of the loop, lead-in too
    [InlineData(50, 48)]
    [InlineData(15.9, 15)]
    [InlineData(0.01, 1)]
    public void Calls_of_a_block(double fit, long expected) => Assert.Equal(expected, Calibration.CallsOf(fit));

    [Fact]
    public void Rounds_hold_every_entry_once()
    {
        Group group = Small();
        foreach (Timed entry in group.Entries)
        {
            entry.Calls = 64;
        }

        Rounds rounds = new(group, new Randomness(5), 1);
        rounds.Settle();
        rounds.Run(null, 1);
        Assert.Equal(4, rounds.Done);
        Assert.Equal(4 * group.Entries.Length, rounds.Blocks.Length);
        foreach (Block[] round in rounds.Blocks.ToArray().Chunk(group.Entries.Length))
        {
            _ = Assert.Single(round.Select(static block => block.Round).Distinct());
            Assert.Equal(group.Entries.Length, round.Select(static block => block.Entry).Distinct().Count());
        }
    }
}
