using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.Results;

namespace InteropLab.Bench;

/// <summary>One finished entry, as its file holds it.</summary>
/// <param name="Error">Null for a success; otherwise the last words of the benchmark process or of its build, in one line.</param>
/// <param name="ManagedBytes">Allocated per call.</param>
/// <param name="GcCount">Collections during the iteration that counted <paramref name="ManagedBytes"/>.</param>
/// <param name="CodeBytes">Machine code of the method and of the methods it calls directly; the stubs that the runtime makes are not in it.</param>
/// <param name="CodeHash">Of their disassembly, addresses masked; null where there is none.</param>
/// <param name="Measurements">Everything BenchmarkDotNet recorded, in order; with the stage Result once more what it reports.</param>
internal sealed record Part(
    int Schema, string Key, string Type, string Method, IReadOnlyDictionary<string, string> Params, string Started, string Ended, string? Runtime,
    bool Success, string? Error, long? ManagedBytes, long? GcCount, long? CodeBytes, string? CodeHash, string Job, IReadOnlyList<PartMeasurement> Measurements)
{
    private const int CurrentSchema = 1;
    private const string InnerException = " ---> "; // how Exception.ToString marks it
    private const string CodeSizeMetric = "Native Code Size"; // the id that BenchmarkDotNet's disassembler gives it

    /// <summary>What BenchmarkDotNet says about one benchmark, in our words.</summary>
    public static Part Of(BenchEntry entry, BenchmarkReport report, string? codeHash, DateTime started, DateTime ended) => new(
        CurrentSchema,
        entry.Key,
        entry.Type,
        entry.Method,
        entry.Params,
        started.ToString("O"),
        ended.ToString("O"),
        report.ExecuteResults.Count == 0 ? null : report.GetRuntimeInfo(),
        report.Success,
        report.Success ? null : LastWords(report),
        report.Success ? report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) : null,
        report.Success ? report.GcStats.Gen0Collections : null, // the runtime counts a collection in each generation it includes: gen 0 has them all
        report.Metrics.TryGetValue(CodeSizeMetric, out Metric? code) ? (long)code.Value : null,
        codeHash,
        report.BenchmarkCase.Job.DisplayInfo,
        [.. report.AllMeasurements.Select(static one => new PartMeasurement(
            one.LaunchIndex,
            one.IterationMode.ToString(),
            one.IterationStage.ToString(),
            one.IterationIndex,
            one.Operations,
            one.Nanoseconds))]);

    /// <summary>Writes the file under a temporary name and renames it: a part that is there is whole, whenever the process was killed.</summary>
    public void Write(string folder, string name)
    {
        string temporary = Path.Combine(folder, $"{name}.partial");
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, PlanJson.Options));
        File.Move(temporary, Path.Combine(folder, name), overwrite: true);
    }

    internal static string LastWords(BenchmarkReport report)
    {
        BuildResult build = report.BuildResult;
        if (!build.IsBuildSuccess)
        {
            return OneLine.Of(build.GenerateException is Exception thrown ? OneLine.Of(thrown) : $"the build failed: {FirstError(build.ErrorMessage)}");
        }

        // An exception comes as its full text among the result lines; of a chain the innermost says what really happened. A process
        // that is killed or fails fast writes to standard error, which BenchmarkDotNet passes through.
        ExecuteResult? last = report.ExecuteResults.LastOrDefault();
        string words =
            last?.Errors.FirstOrDefault(static line => !string.IsNullOrWhiteSpace(line))
            ?? last?.Results.LastOrDefault(static line => line.StartsWith(InnerException, StringComparison.Ordinal))?[InnerException.Length..]
            ?? last?.Results.FirstOrDefault(static line => line.Contains("Exception", StringComparison.Ordinal))
            ?? "it gave no reason";
        return OneLine.Of($"the benchmark process ended with code {last?.ExitCode?.ToString() ?? "unknown"}: {words}");
    }

    // As MSBuild writes it: FILE(LINE,COLUMN): error CODE: TEXT.
    private static string FirstError(string? output) =>
        output?.Split('\n').FirstOrDefault(static line => line.Contains(": error ", StringComparison.Ordinal)) ?? "see the log among the artifacts";
}

/// <summary>One iteration.</summary>
/// <param name="Launch">Process, from 1.</param>
/// <param name="Calls">Calls of the method.</param>
internal sealed record PartMeasurement(int Launch, string Mode, string Stage, int Iteration, long Calls, double ElapsedNs);
