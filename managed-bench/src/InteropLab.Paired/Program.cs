using System;
using System.IO;

using InteropLab;
using InteropLab.Paired;

// A case may print; nothing but our own JSON lines may reach the real standard output.
using Stream lines = Console.OpenStandardOutput();
Console.SetOut(Console.Error);

try
{
    return args switch
    {
        ["run"] => Launch.Run(LaunchPlan.Read(Console.In), lines),
        ["run", "--end-with-stdin"] => RunLine(lines),
        ["plan", string id] => OwnPlan.Write(id, null, lines),
        ["plan", string id, string values] => OwnPlan.Write(id, values, lines),
        ["--help" or "-h"] => Usage.Print(lines),
        _ => Usage.Refuse(args),
    };
}
catch (Exception refused) when (refused is BadPlanException or KernelLibraryException)
{
    Console.Error.WriteLine($"InteropLab.Paired: {refused.Message}");
    return ExitCode.BadPlan;
}

// The plan is one line, and the input stays open: the launch ends when its starter does.
static int RunLine(Stream lines)
{
    LaunchPlan plan = LaunchPlan.Parse(Console.In.ReadLine() ?? "");
    return EndWithStdin.Watching(() => Launch.Run(plan, lines));
}
