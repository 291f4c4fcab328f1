using System;
using System.IO;

namespace InteropLab.Bench;

/// <summary>What the program says about itself.</summary>
internal static class Usage
{
    private const string Text = """
        InteropLab.Bench: runs the benchmark classes, once to prove them or by BenchmarkDotNet to time them

          InteropLab.Bench verify              reads a plan (one JSON object) on stdin, calls each entry and writes one JSON
                                               line for each: its answer, and how many native calls it made where the library counts them
          InteropLab.Bench allocations         reads a plan on stdin, brings each method to tier 1 and writes one JSON line for each
                                               entry: bytes taken from the managed heap by some calls, the least of several
                                               batches; also calls of malloc and free where the counter is in LD_PRELOAD
          InteropLab.Bench bench --plan FILE   times exactly the plan's entries with BenchmarkDotNet; each finished entry becomes
                                               a file in the plan's folder `parts`, and a JSON line on stdout; within a
                                               class in the plan's order; with --end-with-stdin it ends when its stdin does
          InteropLab.Bench --help

        Verify plan:  {"schema":1,"entries":[{"key":K,"type":CLASS,"method":VARIANT,"params":{NAME:VALUE},"symbol":S|null,"expected":N,"calls":N}]}
        Allocations:  {"schema":1,"entries":[{"key":K,"type":CLASS,"method":VARIANT,"params":{NAME:VALUE}}]}
        Bench plan:   {"schema":1,"profile":"quick|standard|publish","parts":DIR,"artifacts":DIR,"cpu":N|null,
                       "entries":[{"key":K,"part":FILE,"type":CLASS,"method":VARIANT,"params":{NAME:VALUE}}]}

        LAB_LIBRARY   the kernel library: an absolute path
        LAB_ROOT      the checkout (bench only; BenchmarkDotNet builds from its project files)

        Exit codes: 0 done (disagreements and allocations are data); 1 BenchmarkDotNet refused or ran nothing; 2 bad plan or library; 5 some entries failed
        """;

    public static int Print(TextWriter output)
    {
        output.WriteLine(Text);
        return ExitCode.Done;
    }

    public static int Refuse(string[] args)
    {
        Console.Error.WriteLine($"InteropLab.Bench: cannot make sense of '{string.Join(' ', args)}'; see --help");
        return ExitCode.BadPlan;
    }
}
