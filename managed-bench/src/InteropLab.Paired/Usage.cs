using System;
using System.IO;
using System.Text;

namespace InteropLab.Paired;

/// <summary>What the program says about itself.</summary>
internal static class Usage
{
    private const string Text = """
        InteropLab.Paired: times all variants of a case side by side, in rounds, each compiled at many places of one process

          InteropLab.Paired run                    reads a plan (one JSON object) on stdin, runs one launch and writes JSON lines
                                                   on stdout; with --end-with-stdin the plan is one line, and it ends when stdin does
          InteropLab.Paired plan CASE [PARAMS]     writes a plan for one group: all variants of a case at one params tuple
          InteropLab.Paired --help

        Try it:  LAB_LIBRARY=/path/to/libkernels_rust.so DOTNET_TC_CallCountingDelayMs=0
                 InteropLab.Paired plan blittable_add_i32 | InteropLab.Paired run

        Plan:  {"schema":1,"launch":N,"seed":N,"impl":"rust|c","deployment":"jit","libraries":{"path":FILE,"loops":FILE,"contract":HEX|null},
                "code":C,"sift":false,
                "block_ns":25000,"clock_calls":N,"wide_calls":N,"wide_floor":R|null,"extend_max":3,"cpu":N|null,
                "groups":[{"case":ID,"params":P,"reference":KEY,"rounds":N,"replicas":K,"empty_calls":N,"native":{"key":KEY,"calls":N}|null,
                           "entries":[{"key":KEY,"type":CLASS,"method":VARIANT,"calls":N}]}]}
               libraries: path is what the variants call, loops the Rust library, which holds the floor loops and the probes;
               code is what the bodies have to be, or the launch is invalid: tier1 (if missing), optimized, tier0, ready_to_run,
               ready_to_run_tier1, native; with sift, what cannot be timed in the deployment is told (unfit) and left out;
               libraries.path is 'linked' where the kernels are part of the program;
               calls are those of one block, 0 to find them here; rounds 0 only finds them (a pilot); cpu is what the timed thread is pinned to

        Lines: hello (runtime, library, how they are bound), unfit, calibrated (what calls 0 came to), verified, group (what its rounds hold, in order of number),
               round (blocks in order of time: [entry, replica|null, calls, elapsed_ns, gc_count, gc_pause_ns, switches]), progress,
               body (tier, place and hash of the code of each variant in each replica), done or invalid with a reason

        LAB_LIBRARY                      the kernel library that `plan` writes into its plan
        DOTNET_TC_CallCountingDelayMs=0  brings methods to tier 1 in milliseconds; without it a launch takes seconds longer

        Exit codes: 0 done; 2 bad plan or library; 10 invalid launch (not tier 1, say); 11 a variant gave another answer than the catalogue's
        """;

    public static int Print(Stream output)
    {
        output.Write(Encoding.UTF8.GetBytes(Text + "\n"));
        return ExitCode.Done;
    }

    public static int Refuse(string[] args)
    {
        Console.Error.WriteLine($"InteropLab.Paired: cannot make sense of '{string.Join(' ', args)}'; see --help");
        return ExitCode.BadPlan;
    }
}
