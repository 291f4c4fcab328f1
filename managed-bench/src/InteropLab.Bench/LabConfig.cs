using System;
using System.IO;

using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.NativeAot;
using BenchmarkDotNet.Validators;

using Perfolizer.Horology;
using Perfolizer.Mathematics.OutlierDetection;

namespace InteropLab.Bench;

/// <summary>How long BenchmarkDotNet takes for one entry.</summary>
internal enum Profile
{
    /// <summary>About a second: is it alive, and of which order.</summary>
    Quick,

    /// <summary>About three seconds, in three processes.</summary>
    Standard,

    /// <summary>As everybody runs it.</summary>
    Publish,
}

/// <summary>The one BenchmarkDotNet configuration; each number has its reason at the end of its line.</summary>
internal static class LabConfig
{
    // A native build compiles all of BenchmarkDotNet: minutes, and its own limit is five.
    private static readonly TimeSpan s_build = TimeSpan.FromMinutes(20);

    public static IConfig For(BenchPlan plan, PlannedOnly planned, DisassemblyDiagnoser disassembler)
    {
        Profile profile = Enum.Parse<Profile>(plan.Profile, ignoreCase: true);
        Job job = JobOf(profile)
            .WithEvaluateOverhead(false) // an empty loop's time does not add up with a call's, and both engines must report what was timed
            .WithOutlierMode(OutlierMode.DontRemove) // nothing is discarded by its value
            .WithArguments([new MsBuildArgument("/p:RunAnalyzers=false")]); // BenchmarkDotNet compiles the cases again; their own build has analysed them
        if (plan.Cpu is int cpu)
        {
            job = job.WithAffinity((nint)(1L << cpu)); // the benchmark process only: its parent stays elsewhere
        }

        if (plan.IsAot())
        {
            job = job.WithToolchain(NativeAotToolchain.CreateBuilder()
                .UseNuGet(Environment.Version.ToString(), "") // the version of this runtime; no feed beside those of the machine
                .TargetFrameworkMoniker("net10.0")
                .ToToolchain());
        }

        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(job.WithId(profile.ToString().ToLowerInvariant()))
            .AddFilter(planned)
            .WithOrderer(new PlanOrder(plan, planned))
            .AddValidator(ReturnValueValidator.FailOnError) // one class, one answer: a wrong variant must never be a fast one
            .AddValidator(JitOptimizationsValidator.FailOnError) // a debug build would be measured without a word
            .AddDiagnoser(MemoryDiagnoser.Default) // one more iteration in the same process, after the timed ones
            .AddLogger(NullLogger.Instance) // none of ours: BenchmarkDotNet always writes its log file into the artifacts, and stdout is for JSON lines
            .AddExporter(JsonExporter.Full)
            .AddColumnProvider(DefaultColumnProviders.Instance) // for the table in the log file
            .WithArtifactsPath(Path.GetFullPath(plan.Artifacts))
            .WithBuildTimeout(s_build);
        return plan.IsAot() ? config : config.AddDiagnoser(disassembler); // it reads what a JIT has compiled
    }

    /// <summary>Code of the method and of what it calls directly: its size is then as in everybody's tables. It looks after the last iteration.</summary>
    public static DisassemblyDiagnoser Disassembler() => new(new DisassemblyDiagnoserConfig(maxDepth: 1));

    private static Job JobOf(Profile profile) => profile switch
    {
        Profile.Quick => Short(launches: 1), // one process: 0.3 s to start, 0.7 s to measure
        Profile.Standard => Short(launches: 3), // where code lands is fixed per process: one launch hides it, three show it
        _ => Job.Default, // BenchmarkDotNet's own defaults, so that the table is comparable with other people's; its warm-up outlasts tier-up
    };

    private static Job Short(int launches) => Job.Default
        .WithLaunchCount(launches)
        .WithIterationTime(TimeInterval.FromMilliseconds(10)) // reading the clock takes some 25 ns, a hundred-thousandth or less; a preemption spoils one iteration of many; and several hundred rows fit into half an hour
        .WithUnrollFactor(16) // BenchmarkDotNet's default, said aloud: left open, a slow first call makes it 1 for some variants and not for others
        .WithWarmupCount(24) // pinned to one CPU, the JIT works off its queue beside the pilot: tier 1 was seen to land as late as 125 ms into the warm-up
        .WithIterationCount(15) // the least of BenchmarkDotNet's own default: a median with quartiles
        .WithEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "0"); // a process that sees one CPU waits ten times longer, 1 s, before it counts calls towards tier 1
}
