using System;
using System.IO;

using InteropLab;
using InteropLab.Bench;

// A benchmark may print; nothing but our own JSON lines may reach the real standard output.
using TextWriter lines = Console.Out;
Console.SetOut(Console.Error);

try
{
    return args switch
    {
        ["verify"] => VerifyVerb.Run(Console.In, lines),
        ["allocations"] => AllocationsVerb.Run(Console.In, lines),
        ["bench", "--plan", string file] => BenchVerb.Run(file, lines),
        ["bench", "--plan", string file, "--end-with-stdin"] => EndWithStdin.Watching(() => BenchVerb.Run(file, lines)),
        ["--help" or "-h"] => Usage.Print(lines),
        _ => Usage.Refuse(args),
    };
}
catch (Exception refused) when (refused is BadPlanException or KernelLibraryException)
{
    Console.Error.WriteLine($"InteropLab.Bench: {refused.Message}");
    return ExitCode.BadPlan;
}
