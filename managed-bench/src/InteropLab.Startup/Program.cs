using System;
using System.Diagnostics;

using InteropLab.Startup;

long begun = Stopwatch.GetTimestamp();
try
{
    return args switch
    {
        ["run", string program, string @params, string variant] => Launch.Run(new Asked(program, @params, variant), begun, counting: false),
        ["run", string program, string @params, string variant, "--count"] => Launch.Run(new Asked(program, @params, variant), begun, counting: true),
        ["--help" or "-h"] => Usage.Print(),
        _ => Usage.Refuse(args),
    };
}
catch (RefusedException refused)
{
    Console.Error.WriteLine($"InteropLab.Startup: {refused.Message}");
    return refused.ExitCode;
}
