using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Disassemblers;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;

namespace InteropLab.Bench;

/// <summary>
/// Writes each benchmark's part the moment it ends. BenchmarkDotNet's own export comes when a class has ended, and a kill would lose it.
/// </summary>
internal sealed class PartWriter(BenchPlan plan, PlannedOnly planned, DisassemblyDiagnoser disassembler, TextWriter output) : EventProcessor
{
    private readonly HashSet<string> _written = [];
    private DateTime _started = DateTime.UtcNow;

    /// <summary>Why BenchmarkDotNet refused to run at all; null where it did not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether any benchmark process was started.</summary>
    public bool Started { get; private set; }

    /// <summary>Entries that were run to their end.</summary>
    public int Succeeded { get; private set; }

    public override void OnValidationError(ValidationError validationError)
    {
        string message = OneLine.Of(validationError.Message);
        Console.Error.WriteLine($"{(validationError.IsCritical ? "refused" : "warning")}: {message}");
        if (validationError.IsCritical)
        {
            Refusal ??= message;
        }
    }

    public override void OnStartBuildStage(IReadOnlyList<BuildPartition> partitions) => Console.Error.WriteLine("building the benchmark program");

    public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase)
    {
        _started = DateTime.UtcNow;
        Started = true;
    }

    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report) => Write(report);

    // A benchmark that could not be built is never started, and comes up only here.
    public override void OnEndRunBenchmarksInType(Type type, Summary summary)
    {
        foreach (BenchmarkReport report in summary.Reports.Where(report => !_written.Contains(planned.EntryOf(report.BenchmarkCase).Key)))
        {
            _started = DateTime.UtcNow;
            Write(report);
        }
    }

    private void Write(BenchmarkReport report)
    {
        BenchEntry entry = planned.EntryOf(report.BenchmarkCase);
        Disassembly? code = disassembler.Results.TryGetValue(report.BenchmarkCase, out DisassemblyResult? result) ? Disassembly.Of(result) : null;
        Part part = Part.Of(entry, report, code?.Hash, _started, DateTime.UtcNow);
        code?.Write(plan.Parts, Path.ChangeExtension(entry.Part, ".asm")); // before the part: an entry with a part is finished
        part.Write(plan.Parts, entry.Part);
        _ = _written.Add(entry.Key);
        Succeeded += part.Success ? 1 : 0;
        output.WriteLine(JsonSerializer.Serialize(new Finished("finished", entry.Key, part.Success, part.Error), PlanJson.Options));
        output.Flush();
    }
}

/// <summary>A line on standard output: one entry has its part.</summary>
internal sealed record Finished(string Kind, string Key, bool Success, string? Error);
