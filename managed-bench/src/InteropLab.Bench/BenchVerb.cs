using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

using InteropLab.Cases;

namespace InteropLab.Bench;

/// <summary>Times a plan's entries with BenchmarkDotNet: one build, then one process per entry and launch.</summary>
internal static class BenchVerb
{
    public static int Run(string planFile, TextWriter output)
    {
        BenchPlan plan = Plans.ReadBench(planFile);
        _ = KernelLibrary.Handle; // refuse before minutes are spent; the benchmark processes inherit the variable

        PlannedOnly planned = new(plan);
        DisassemblyDiagnoser disassembler = LabConfig.Disassembler();
        PartWriter parts = new(plan, planned, disassembler, output);
        IConfig config = ManualConfig.Create(LabConfig.For(plan, planned, disassembler)).AddEventProcessor(parts);
        BenchmarkRunInfo[] runs =
            [.. plan.Entries.Select(static entry => entry.Type).Distinct().Select(type => BenchmarkConverter.TypeToBenchmarks(Entries.Find(type)!.Class, config))];
        RefuseUnknown(plan, planned, runs);

        // BenchmarkDotNet looks for the project of a class below the solution file it finds from the working directory upwards.
        Environment.CurrentDirectory = SolutionFolder();
        return Verdict(plan, parts, BenchmarkRunner.Run(runs));
    }

    // An entry whose params no [Params] lists would otherwise vanish without a word.
    private static void RefuseUnknown(BenchPlan plan, PlannedOnly planned, BenchmarkRunInfo[] runs)
    {
        HashSet<string> found = [.. runs.SelectMany(static run => run.BenchmarksCases).Select(one => planned.EntryOf(one).Key)];
        if (Array.Find(plan.Entries, entry => !found.Contains(entry.Key)) is BenchEntry missing)
        {
            throw PlanJson.Bad($"{missing.Key}: {missing.Type} has no such params in its [Params]");
        }
    }

    // BenchmarkDotNet ends well when validation or the build failed and nothing was run: the parts say what really happened.
    private static int Verdict(BenchPlan plan, PartWriter parts, Summary[] summaries)
    {
        if (parts.Succeeded == plan.Entries.Length)
        {
            return ExitCode.Done;
        }

        if (parts.Started)
        {
            Console.Error.WriteLine($"{plan.Entries.Length - parts.Succeeded} of {plan.Entries.Length} entries failed; their parts say why");
            return ExitCode.SomeFailed;
        }

        string? failure = summaries.SelectMany(static summary => summary.Reports).Select(Part.LastWords).FirstOrDefault();
        Console.Error.WriteLine($"nothing was run: {parts.Refusal ?? failure ?? "BenchmarkDotNet gave no reason"}");
        return ExitCode.NothingRan;
    }

    private static string SolutionFolder()
    {
        const string Solution = "InteropLab.slnx";
        string? root = Environment.GetEnvironmentVariable("LAB_ROOT");
        string folder = Path.Combine(root ?? "", "managed-bench");
        return root is not null && File.Exists(Path.Combine(folder, Solution))
            ? folder
            : throw new BadPlanException($"LAB_ROOT={root}: there is no managed-bench/{Solution}; it must be the absolute path of the checkout");
    }
}
