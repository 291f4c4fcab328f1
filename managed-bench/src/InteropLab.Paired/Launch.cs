using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InteropLab.Paired;

/// <summary>One launch, from plan to last line.</summary>
internal static class Launch
{
    /// <summary>To be raised whenever the engine would measure the same code differently: history starts anew.</summary>
    public const int Epoch = 2;

    public static int Run(LaunchPlan plan, Stream output)
    {
        Lines lines = new(output);
        if (plan.Cpu is int cpu)
        {
            Machine.Pin(cpu);
        }

        Environment.SetEnvironmentVariable(KernelLibrary.PathVariable, plan.Libraries.Path);
        if (plan.Libraries.Contract is string contract && contract != Catalogue.Contract.ToString("x16", null))
        {
            throw PlanJson.Bad($"contract {contract}: this program was built for {Catalogue.Contract:x16}; rebuild with ./lab check");
        }

        string? binding = Identity.Binding(plan.Libraries.Path); // before anything opens the library
        EngineLibrary engine = new(plan.Libraries.Loops);
        lines.Write(Hello(plan, binding));
        try
        {
            Measure(plan, engine, binding, lines);
            return ExitCode.Done;
        }
        catch (InvalidLaunchException invalid)
        {
            lines.Write(new InvalidLine("invalid", invalid.Message));
            Console.Error.WriteLine($"InteropLab.Paired: {invalid.Message}");
            return invalid.Code;
        }
        catch (Exception unexpected) when (unexpected is not (BadPlanException or KernelLibraryException))
        {
            string reason = OneLine.Of(unexpected);
            lines.Write(new InvalidLine("invalid", reason));
            Console.Error.WriteLine($"InteropLab.Paired: {reason}");
            return ExitCode.Invalid;
        }
    }

    private static void Measure(LaunchPlan plan, EngineLibrary engine, string? binding, Lines lines)
    {
        Randomness random = new(plan.Seed);
        Stopwatch watch = Stopwatch.StartNew();
        Dictionary<ManagedBody, BodyCode> code;
        List<Group> groups;
        Sieve sieve = new(plan.Sift, lines);
        using (Compiled? compiled = RuntimeFeature.IsDynamicCodeSupported ? new() : null)
        {
            groups = sieve.Prepared(plan.Groups, engine);
            List<Judged> judged = [.. groups.SelectMany(static group => group.Judged)];
            random.Shuffle(judged);
            sieve.Verify(judged);
            sieve.Sort(groups);
            Identity.ProveBinding(binding);
            lines.Write(new VerifiedLine("verified", judged.Count));
            List<ManagedBody> bodies = [.. groups.SelectMany(static group => group.ManagedBodies)];
            random.Shuffle(bodies);
            code = compiled is null ? WarmUp.RunNative(bodies) : WarmUp.Run(compiled, bodies, plan.Kind(), plan.Sift);
            sieve.Judge(groups, code, plan.Kind());
            sieve.Sort(groups);
        }

        foreach (CalibratedLine line in Calibration.Run(groups, plan))
        {
            lines.Write(line);
        }

        double warmUp = watch.Elapsed.TotalSeconds;
        int[] order = [.. Enumerable.Range(0, groups.Count)];
        random.Shuffle(order);
        double wideFloor = double.PositiveInfinity;
        List<(int Number, Rounds Rounds)> done = [];
        for (int i = 0; i < order.Length; i++)
        {
            Group group = groups[order[i]];
            if (group.Plan.Rounds > 0)
            {
                Rounds rounds = new(group, random, plan.ExtendMax);
                if (i == 0)
                {
                    rounds.WarmEngine();
                }

                rounds.Settle();
                rounds.Run(plan.WideFloor, plan.ExtendMax);
                wideFloor = Math.Min(wideFloor, rounds.WideFloor);
                done.Add((order[i], rounds));
            }

            lines.Write(new ProgressLine("progress", i + 1, order.Length));
        }

        double timed = watch.Elapsed.TotalSeconds - warmUp;

        // Not before: a writer that is called often is compiled again, while the next group is timed.
        foreach ((int number, Rounds rounds) in done)
        {
            lines.Write(number, groups[number], rounds);
        }

        sieve.Verify([.. groups.SelectMany(static group => group.Judged)]); // a body may be right once and wrong later
        foreach (Judged judged in groups.SelectMany(static group => group.Judged))
        {
            BodyCode body = code[judged.Body];
            lines.Write(new BodyLine("body", judged.Key, judged.Replica, body.Tier, (int)(body.Address % 64), body.Size, CodeHash.Of(body)));
        }

        groups.ForEach(static group => group.CleanUp());
        lines.Write(new DoneLine("done", double.IsFinite(wideFloor) ? wideFloor : null, warmUp, timed));
    }

    private static HelloLine Hello(LaunchPlan plan, string? binding) => new(
        "hello",
        LaunchPlan.Version,
        Epoch,
        plan.Launch,
        Environment.Version.ToString(),
        RuntimeInformation.FrameworkDescription,
        RuntimeFeature.IsDynamicCodeSupported ? RuntimeEnvironment.GetRuntimeDirectory() : null,
        RuntimeInformation.RuntimeIdentifier,
        plan.Deployment,
        !RuntimeFeature.IsDynamicCodeCompiled,
        Identity.IsPrecompiled(),
        binding,
        GCSettings.IsServerGC,
        KernelFacts.Impl,
        Catalogue.Contract.ToString("x16", null),
        KernelFacts.Compiler,
        plan.Cpu,
        Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Where(static pair => ((string)pair.Key).StartsWith("DOTNET_", StringComparison.Ordinal) && !((string)pair.Key).Contains("ROOT", StringComparison.Ordinal))
            .OrderBy(static pair => (string)pair.Key, StringComparer.Ordinal)
            .ToDictionary(static pair => (string)pair.Key, static pair => (string)pair.Value!));
}
