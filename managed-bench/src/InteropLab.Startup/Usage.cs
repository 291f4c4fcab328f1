using System;
using System.IO;
using System.Text;

namespace InteropLab.Startup;

/// <summary>What the program says about itself.</summary>
internal static class Usage
{
    private const string Text = """
        InteropLab.Startup: what the start of a program that calls native code consists of, told by the process itself

          InteropLab.Startup run PROGRAM PARAMS VARIANT [--count]     PARAMS as in a row key, '-' for none
          InteropLab.Startup --help

        Try it:  LAB_LIBRARY=/path/to/libkernels_rust.so InteropLab.Startup run loading_first_call signature=text DllImport

        LAB_LIBRARY     the absolute path of a kernel library
        LAB_SPAWNED_NS  the monotonic clock when the process was started: without it there is no interval 'main'

        Lines: hello (runtime, ahead of time or not, library); event (role main, load, bind, stub, first_call or second_call; ns);
               count (name, value, unit); done. With --count stubs, compiled methods and opened libraries, and no times.

        Exit codes: 0 done; 2 bad arguments or library; 11 wrong answer

        """;

    public static int Print()
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(Text));
        return ExitCode.Done;
    }

    public static int Refuse(string[] arguments) =>
        throw RefusedException.Bad($"unknown arguments '{string.Join(' ', arguments)}': expected run PROGRAM PARAMS VARIANT [--count]; try --help");
}
