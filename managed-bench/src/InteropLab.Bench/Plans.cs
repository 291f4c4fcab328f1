using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

using InteropLab.Cases;

namespace InteropLab.Bench;

/// <summary>What every plan entry names: a row key, and the class, method and value params that measure it.</summary>
internal interface IPlanEntry
{
    string Key { get; }

    string Type { get; }

    string Method { get; }

    Dictionary<string, string> Params { get; }
}

/// <summary>What <c>verify</c> is to prove.</summary>
internal sealed record VerifyPlan(int Schema, VerifyEntry[] Entries);

/// <param name="Symbol">The kernel whose calls count; null for a variant that calls none.</param>
/// <param name="Calls">Native calls per call of the method.</param>
/// <param name="Also">Calls of helpers beside them, by symbol; null for none.</param>
internal sealed record VerifyEntry(
    string Key,
    string Type,
    string Method,
    Dictionary<string, string> Params,
    long Expected,
    long Calls,
    string? Symbol = null,
    Dictionary<string, long>? Also = null) : IPlanEntry;

/// <summary>What <c>allocations</c> is to count.</summary>
internal sealed record AllocationsPlan(int Schema, AllocationsEntry[] Entries);

internal sealed record AllocationsEntry(string Key, string Type, string Method, Dictionary<string, string> Params) : IPlanEntry;

/// <summary>What <c>bench</c> is to time.</summary>
/// <param name="Parts">Existing folder for the part files.</param>
/// <param name="Artifacts">Folder for BenchmarkDotNet's own files.</param>
/// <param name="Cpu">The CPU the benchmark processes are pinned to; null for none.</param>
internal sealed record BenchPlan(int Schema, string Profile, string Parts, string Artifacts, BenchEntry[] Entries, int? Cpu = null, string Deployment = "jit")
{
    /// <summary>Whether BenchmarkDotNet is to compile the benchmarks ahead of time.</summary>
    public bool IsAot() => Deployment == "aot";
}

/// <param name="Part">File name of the entry's part.</param>
internal sealed record BenchEntry(string Key, string Part, string Type, string Method, Dictionary<string, string> Params) : IPlanEntry;

/// <summary>Reads plans, and refuses what could not be run as it is written.</summary>
internal static class Plans
{
    private const int Schema = 1;
    private const int MaxCpu = 63; // BenchmarkDotNet takes the affinity as one machine word.

    public static VerifyPlan ReadVerify(TextReader input)
    {
        VerifyPlan plan = PlanJson.Parse<VerifyPlan>(input.ReadToEnd());
        CheckSchema(plan.Schema);
        CheckEntries(plan.Entries);
        return plan;
    }

    public static AllocationsPlan ReadAllocations(TextReader input)
    {
        AllocationsPlan plan = PlanJson.Parse<AllocationsPlan>(input.ReadToEnd());
        CheckSchema(plan.Schema);
        CheckEntries(plan.Entries);
        return plan;
    }

    public static BenchPlan ReadBench(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadPlanException($"{file}: {unreadable.Message}");
        }

        BenchPlan plan = PlanJson.Parse<BenchPlan>(text);
        CheckSchema(plan.Schema);
        CheckEntries(plan.Entries);
        PlanJson.Check(plan.Entries.Length > 0, "entries is empty: there is nothing to run");
        PlanJson.Check(Enum.GetNames<Profile>().Contains(plan.Profile, StringComparer.OrdinalIgnoreCase), $"profile '{plan.Profile}': expected quick, standard or publish");
        PlanJson.Check(Path.IsPathFullyQualified(plan.Parts) && Directory.Exists(plan.Parts), $"parts '{plan.Parts}' is not the absolute path of a folder");
        PlanJson.Check(Path.IsPathFullyQualified(plan.Artifacts), $"artifacts '{plan.Artifacts}' is not an absolute path");
        PlanJson.Check(plan.Cpu is null or (>= 0 and <= MaxCpu), $"cpu {plan.Cpu}: expected 0 to {MaxCpu}, or null");
        PlanJson.Check(plan.Deployment is "jit" or "aot", $"deployment '{plan.Deployment}': expected jit or aot");
        foreach (BenchEntry entry in plan.Entries)
        {
            PlanJson.Check(entry.Part.Length > 0 && entry.Part == Path.GetFileName(entry.Part), $"{entry.Key}: part '{entry.Part}' is not a file name");
        }

        CheckUnique(plan.Entries.Select(static entry => entry.Part), "part");
        return plan;
    }

    private static void CheckSchema(int schema) => PlanJson.Check(schema == Schema, $"schema {schema}: this program reads schema {Schema}");

    private static void CheckEntries(IReadOnlyCollection<IPlanEntry> entries)
    {
        CheckUnique(entries.Select(static entry => entry.Key), "key");
        foreach (IPlanEntry entry in entries)
        {
            Entry? type = InteropLab.Cases.Entries.Find(entry.Type);
            PlanJson.Check(type is not null, $"{entry.Key}: there is no class {entry.Type}");
            PlanJson.Check(type!.Find(entry.Method) is not null, $"{entry.Key}: {entry.Type} has no method {entry.Method}");
        }
    }

    private static void CheckUnique(IEnumerable<string> values, string what)
    {
        HashSet<string> seen = [];
        foreach (string value in values)
        {
            PlanJson.Check(seen.Add(value), $"{what} '{value}' stands there twice");
        }
    }
}
