using System;
using System.IO;

using InteropLab;
using InteropLab.Bounded;

// Nothing but our own JSON lines may reach the real standard output.
using Stream lines = Console.OpenStandardOutput();
Console.SetOut(Console.Error);
KernelLibrary.Resolve(typeof(Asked).Assembly);

try
{
    return args switch
    {
        ["run"] => Launch.Run(BoundedPlan.Parse(Console.In.ReadToEnd()), lines),
        ["run", "--end-with-stdin"] => RunLine(lines),
        ["--help" or "-h"] => Usage.Print(lines),
        _ => Usage.Refuse(args),
    };
}
catch (Exception refused) when (refused is BadPlanException or KernelLibraryException)
{
    Console.Error.WriteLine($"InteropLab.Bounded: {refused.Message}");
    return ExitCode.BadPlan;
}

// The plan is one line, and the input stays open: the program ends when its starter does.
static int RunLine(Stream lines)
{
    BoundedPlan plan = BoundedPlan.Parse(Console.In.ReadLine() ?? "");
    return EndWithStdin.Watching(() => Launch.Run(plan, lines));
}
