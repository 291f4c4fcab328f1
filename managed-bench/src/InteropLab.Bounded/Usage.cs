using System;
using System.IO;
using System.Text;

namespace InteropLab.Bounded;

/// <summary>What the program says about itself.</summary>
internal static class Usage
{
    private const string Text = """
        InteropLab.Bounded: what no loop around a call can time: pauses, threads, finalizers, and misuse that ends the process

          InteropLab.Bounded run        reads a plan (one JSON object) on stdin, runs one variant and writes JSON lines on stdout;
                                        with --end-with-stdin the plan is one line, and it ends when stdin does
          InteropLab.Bounded --help

        Try it:  echo '{"schema":1,"case":"transition_gc_pause","params":{"work_us":"1000"},"variant":"Suppressed"}' |
                 LAB_LIBRARY=/path/to/libkernels_rust.so InteropLab.Bounded run

        Plan:  {"schema":1,"case":ID,"params":{NAME:VALUE},"variant":NAME,"seed":N}

        Lines: hello (runtime, library, CPUs); begin, the last line before what may end the process; event (role pause, wait or
               variant; calls; ns of all of them); count (name, value, unit); done

        Exit codes: 0 done; 2 bad plan or library; anything else: the process was ended
        """;

    public static int Print(Stream output)
    {
        output.Write(Encoding.UTF8.GetBytes(Text + "\n"));
        return ExitCode.Done;
    }

    public static int Refuse(string[] args)
    {
        Console.Error.WriteLine($"InteropLab.Bounded: cannot make sense of '{string.Join(' ', args)}'; see --help");
        return ExitCode.BadPlan;
    }
}
