using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace InteropLab.Paired;

/// <summary>One launch: one process, several groups, one library.</summary>
/// <param name="Launch">Its number in the run, from 1.</param>
/// <param name="Seed">Of every random order in it.</param>
/// <param name="BlockNs">How long a timed block is to take.</param>
/// <param name="ClockCalls">Additions of the clock probe's block; 0 to find out.</param>
/// <param name="WideCalls">The same of the wide probe.</param>
/// <param name="WideFloor">The smallest quotient of wide and clock probe seen on this machine.</param>
/// <param name="ExtendMax">A group that lacks quiet rounds gets up to so many times its rounds.</param>
/// <param name="Code">What the code of the bodies has to be: tier1, optimized, tier0, ready_to_run, ready_to_run_tier1 or native.</param>
/// <param name="Sift">Tell which entries cannot be timed in this deployment and go on without them, instead of ending.</param>
/// <param name="Cpu">The CPU the timed thread is pinned to; null for none.</param>
internal sealed record LaunchPlan(
    int Schema,
    int Launch,
    ulong Seed,
    string Impl,
    string Deployment,
    LibraryPlan Libraries,
    GroupPlan[] Groups,
    double BlockNs,
    long ClockCalls = 0,
    long WideCalls = 0,
    double? WideFloor = null,
    double ExtendMax = 3,
    int? Cpu = null,
    string Code = "tier1",
    bool Sift = false)
{
    public const int Version = 1;
    private const int MostReplicas = 64;

    private static readonly Dictionary<string, CodeKind> CodeKinds = new()
    {
        ["tier1"] = CodeKind.Tier1,
        ["optimized"] = CodeKind.Optimized,
        ["tier0"] = CodeKind.Tier0,
        ["ready_to_run"] = CodeKind.ReadyToRun,
        ["ready_to_run_tier1"] = CodeKind.ReadyToRunTier1,
        ["native"] = CodeKind.Native,
    };

    public CodeKind Kind() => CodeKinds[Code];

    public static LaunchPlan Read(TextReader input) => Parse(input.ReadToEnd());

    /// <summary>Reads a plan, and refuses what could not be run as it is written.</summary>
    public static LaunchPlan Parse(string text)
    {
        LaunchPlan plan = PlanJson.Parse<LaunchPlan>(text);
        PlanJson.Check(plan.Schema == Version, $"schema {plan.Schema}: this program reads schema {Version}");
        PlanJson.Check(plan.Groups.Length > 0, "groups is empty: there is nothing to time");
        PlanJson.Check(plan.BlockNs is >= 1000 and <= 1e9, $"block_ns {plan.BlockNs}: expected 1000 to 1000000000");
        PlanJson.Check(plan.ExtendMax is >= 1 and <= 10, $"extend_max {plan.ExtendMax}: expected 1 to 10");
        PlanJson.Check(plan.Cpu is null or (>= 0 and < 64), $"cpu {plan.Cpu}: expected 0 to 63, or null");
        PlanJson.Check(plan.ClockCalls >= 0 && plan.WideCalls >= 0, "clock_calls and wide_calls cannot be negative");
        PlanJson.Check(CodeKinds.ContainsKey(plan.Code), $"code {plan.Code}: expected {string.Join(", ", CodeKinds.Keys)}");
        HashSet<string> keys = [];
        foreach (GroupPlan group in plan.Groups)
        {
            string name = $"{group.Case}/{group.Params}";
            PlanJson.Check(group.Entries.Length > 0, $"{name}: entries is empty");
            PlanJson.Check(group.Entries.Any(entry => entry.Key == group.Reference), $"{name}: its reference {group.Reference} is not among its entries");
            PlanJson.Check(group.Replicas is >= 1 and <= MostReplicas, $"{name}: replicas {group.Replicas}: expected 1 to {MostReplicas}");
            PlanJson.Check(group.Rounds >= 0, $"{name}: rounds {group.Rounds} is negative");
            PlanJson.Check(group.EmptyCalls >= 0 && group.Native is null or { Calls: >= 0 }, $"{name}: calls cannot be negative");
            foreach (EntryPlan entry in group.Entries)
            {
                PlanJson.Check(keys.Add(entry.Key), $"key {entry.Key} stands there twice");
                PlanJson.Check(entry.Calls >= 0, $"{entry.Key}: calls {entry.Calls} is negative");
            }
        }

        return plan;
    }
}

/// <param name="Path">The library the variants call: an absolute path.</param>
/// <param name="Loops">The Rust library, whose floor loops drive either library.</param>
/// <param name="Contract">What <paramref name="Path"/> must have been built from, in hexadecimal; null for what this program was built from.</param>
internal sealed record LibraryPlan(string Path, string Loops, string? Contract = null);

/// <summary>What is compared with each other: the variants of a case at one params tuple.</summary>
/// <param name="Params">As in the row key.</param>
/// <param name="Reference">Key of the entry that the controls repeat.</param>
/// <param name="Rounds">0 for a pilot.</param>
/// <param name="Replicas">How often each body is compiled.</param>
/// <param name="EmptyCalls">Calls of the empty managed method in a block; 0 to find out.</param>
internal sealed record GroupPlan(
    string Case, string Params, string Reference, EntryPlan[] Entries, int Rounds, int Replicas, NativePlan? Native = null, long EmptyCalls = 0);

/// <param name="Calls">Of a block; 0 to find out.</param>
internal sealed record EntryPlan(string Key, string Type, string Method, long Calls = 0);

/// <summary>The floor of the group.</summary>
internal sealed record NativePlan(string Key, long Calls = 0);
