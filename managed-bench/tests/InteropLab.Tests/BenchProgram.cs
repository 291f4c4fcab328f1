using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace InteropLab.Tests;

/// <summary>Runs the managed programs as the runner does: a process, a plan, lines.</summary>
internal static class BenchProgram
{
    /// <summary>How it ended, and what it said.</summary>
    public sealed record Ending(int ExitCode, string[] Output, string[] Error);

    /// <param name="environment">Variables to set; null removes one.</param>
    public static Ending Run(string[] arguments, string input, IReadOnlyDictionary<string, string?> environment, string program = "InteropLab.Bench")
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read the plan: its exit code and its line say why.
        }

        process.WaitForExit();
        return new Ending(process.ExitCode, Lines(output.Result), Lines(error.Result));
    }

    /// <summary>The environment in which a library is driven.</summary>
    public static Dictionary<string, string?> Driving(string? library) => new() { [KernelLibrary.PathVariable] = library };

    private static string[] Lines(string text) => [.. text.Split('\n').Select(static line => line.TrimEnd('\r')).Where(static line => line.Length > 0)];
}
