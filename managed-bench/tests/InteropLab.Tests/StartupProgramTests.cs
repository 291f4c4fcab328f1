using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;

using Xunit;

namespace InteropLab.Tests;

/// <summary>Every row of the start-up programs is run once with each library, in a process of its own, as the runner does.</summary>
public sealed class StartupProgramTests
{
    private const string Program = "InteropLab.Startup";

    public static TheoryData<string, string, string, string> Rows()
    {
        TheoryData<string, string, string, string> rows = [];
        foreach (CatalogueProgram program in Catalogue.Programs.Where(static program => program.Startup))
        {
            foreach (CatalogueProgramRow row in program.Rows)
            {
                rows.Add(Libraries.Rust, program.Id, row.Params, row.Variant);
                rows.Add(Libraries.C, program.Id, row.Params, row.Variant);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Tells_its_intervals_in_order(string library, string program, string @params, string variant)
    {
        BenchProgram.Ending ending = Start(Environment(Libraries.Path(library)), "run", program, @params, variant);
        Assert.Equal((0, ""), (ending.ExitCode, string.Join(' ', ending.Error)));
        JsonElement[] lines = Lines(ending.Output);
        Assert.Equal("hello", Text(lines[0], "kind"));
        Assert.False(lines[0].GetProperty("aot").GetBoolean());
        Assert.Equal($"{Catalogue.Contract:x16}", Text(lines[0], "contract"));
        Assert.Equal("done", Text(lines[^1], "kind"));

        string[] order = ["main", "load", "bind", "stub", "first_call", "second_call"];
        string[] roles = [.. lines.Where(static line => Text(line, "kind") == "event").Select(static line => Text(line, "role"))];
        Assert.Equal(order.Where(roles.Contains), roles);
        Assert.Equal("main", roles[0]);
        Assert.Equal(["first_call", "second_call"], roles[^2..]);
        Assert.Equal(variant == "DllImportPrelinked", roles.Contains("stub"));
        Assert.True(!OperatingSystem.IsLinux() || Counts(lines)["peak_memory"] > 0);
    }

    [Theory]
    [InlineData("loading_first_call", "signature=blittable", "DllImport", 0)]
    [InlineData("loading_first_call", "signature=text", "DllImport", 1)]
    [InlineData("loading_first_call", "signature=text", "DllImportPrelinked", 1)]
    [InlineData("loading_first_call", "signature=text", "LibraryImport", 0)]
    [InlineData("loading_first_call", "signature=struct", "DllImport", 1)]
    [InlineData("loading_first_call", "signature=struct", "FunctionPointer", 0)]
    [InlineData("loading_many_imports", "imports=50", "DllImport", 50)]
    [InlineData("loading_many_imports", "imports=50", "LibraryImport", 0)]
    public void A_stub_is_made_for_each_signature_that_the_runtime_marshals(string program, string @params, string variant, long stubs)
    {
        BenchProgram.Ending ending = Start(Environment(Libraries.Path(Libraries.Rust)), "run", program, @params, variant, "--count");
        JsonElement[] lines = Lines(ending.Output);
        Assert.DoesNotContain(lines, static line => Text(line, "kind") == "event");
        Assert.Equal(stubs, Counts(lines)["stubs"]);
        // The method that calls, at the least; and each stub is compiled.
        Assert.True(Counts(lines)["jitted_methods"] > stubs);
    }

    [Fact]
    public void A_resolver_is_asked_once_for_each_entry_point()
    {
        foreach (string variant in new[] { "DllImport", "LibraryImport" })
        {
            Dictionary<string, long> counts = Counts(Lines(
                Start(Environment(Libraries.Path(Libraries.Rust)), "run", "loading_resolver", "imports=50", variant).Output));
            Assert.Equal((50, 50), (counts["resolver_calls"], counts["entry_points"]));
        }
    }

    [Theory]
    [InlineData("there is no program 'nobody_asks'", "run", "nobody_asks", "-", "Plain")]
    [InlineData("loading_library has no variant 'Plain'", "run", "loading_library", "-", "Plain")]
    [InlineData("loading_first_call has no signature 'signature=odd'", "run", "loading_first_call", "signature=odd", "DllImport")]
    [InlineData("params 'n=1' are not imports=VALUE", "run", "loading_many_imports", "n=1", "DllImport")]
    [InlineData("has no number of imports 'imports=7'", "run", "loading_many_imports", "imports=7", "DllImport")]
    [InlineData("unknown arguments 'run loading_library'", "run", "loading_library")]
    [InlineData("unknown arguments 'run loading_library - Load --often'", "run", "loading_library", "-", "Load", "--often")]
    public void What_cannot_be_run_is_refused_in_one_line(string said, params string[] arguments)
    {
        BenchProgram.Ending ending = Start(Environment(Libraries.Path(Libraries.Rust)), arguments);
        Assert.Equal(2, ending.ExitCode);
        Assert.Empty(ending.Output);
        Assert.Contains(said, Assert.Single(ending.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("relative.so")]
    [InlineData("/nowhere/libkernels_rust.so")]
    public void A_library_that_is_not_there_is_refused(string? path)
    {
        BenchProgram.Ending ending = Start(Environment(path), "run", "loading_library", "-", "Load");
        Assert.Equal(2, ending.ExitCode);
        Assert.Contains("LAB_LIBRARY", Assert.Single(ending.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void The_counting_library_answers_as_the_timed_one_does()
    {
        BenchProgram.Ending ending = Start(Environment(Libraries.Path(Libraries.Count)), "run", "loading_many_imports", "imports=50", "LibraryImport");
        Assert.Equal(0, ending.ExitCode);
    }

    [Fact]
    public void A_wrong_answer_is_no_result()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string source = Path.Combine(folder, "wrong.c");
        string library = Path.Combine(folder, "libwrong.so");
        File.WriteAllText(source, $$"""
            unsigned long long kernels_contract(void) { return {{Catalogue.Contract}}ULL; }
            const char *kernels_impl(void) { return "c"; }
            int loading_first_call(int a, int b) { return a - b; }
            """);
        using (Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", library, source]))
        {
            compiler.WaitForExit();
            Assert.Equal(0, compiler.ExitCode);
        }

        BenchProgram.Ending ending = Start(Environment(library), "run", "loading_first_call", "signature=blittable", "DllImport");
        Directory.Delete(folder, recursive: true);
        Assert.Equal(11, ending.ExitCode);
        Assert.Empty(ending.Output);
        Assert.Contains("the first call answered 1234567889, expected 1234567891", Assert.Single(ending.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_time_of_its_start_there_is_no_interval_before_main()
    {
        Dictionary<string, string?> environment = Environment(Libraries.Path(Libraries.Rust));
        environment["LAB_SPAWNED_NS"] = null;
        BenchProgram.Ending ending = Start(environment, "run", "loading_library", "-", "Load");
        Assert.DoesNotContain(Lines(ending.Output), static line => Text(line, "kind") == "event" && Text(line, "role") == "main");
    }

    private static Dictionary<string, string?> Environment(string? library)
    {
        Dictionary<string, string?> environment = BenchProgram.Driving(library);
        environment["LAB_SPAWNED_NS"] = "1"; // any time before: what is told of it is not asked here
        environment["LD_LIBRARY_PATH"] = Path.GetDirectoryName(library ?? "");
        return environment;
    }

    private static BenchProgram.Ending Start(Dictionary<string, string?> environment, params string[] arguments) =>
        BenchProgram.Run(arguments, "", environment, Program);

    private static JsonElement[] Lines(string[] output) => [.. output.Select(static line => JsonDocument.Parse(line).RootElement)];

    private static Dictionary<string, long> Counts(JsonElement[] lines) => lines
        .Where(static line => Text(line, "kind") == "count")
        .ToDictionary(static line => Text(line, "name"), static line => line.GetProperty("value").GetInt64());

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;
}
