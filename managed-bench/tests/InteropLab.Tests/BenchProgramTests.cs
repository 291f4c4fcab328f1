using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

using Xunit;

namespace InteropLab.Tests;

/// <summary>What InteropLab.Bench refuses, and how it says so: one line, before anything is built or timed.</summary>
public sealed class BenchProgramTests : IDisposable
{
    private const string Entry = """{"key":"k","part":"k.json","type":"BlittableAddI32","method":"DllImport","params":{}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("bench-program").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("not json", "bad plan")]
    [InlineData("{}", "missing required properties")]
    [InlineData("""{"schema":2,"entries":[]}""", "schema 2")]
    [InlineData("""{"schema":1,"entries":[{"key":"k","type":"Nobody","method":"M","params":{},"symbol":null,"expected":0,"calls":0}]}""", "k: there is no class Nobody")]
    [InlineData("""{"schema":1,"entries":[{"key":"k","type":"BlittableAddI32","method":"Nothing","params":{},"symbol":null,"expected":0,"calls":0}]}""", "has no method Nothing")]
    public void A_bad_verify_plan(string plan, string reason) => Refused(["verify"], plan, Libraries.Path(Libraries.C), reason);

    [Theory]
    [InlineData("", "entries is empty")]
    [InlineData(Entry + "," + Entry, "key 'k' stands there twice")]
    [InlineData("""{"key":"k","part":"../k","type":"BlittableAddI32","method":"DllImport","params":{}}""", "is not a file name")]
    [InlineData("""{"key":"k","part":"k","type":"CallbackEach","method":"DllImport","params":{"k":"7"}}""", "no such params")]
    [InlineData("""{"key":"k","part":"k","type":"CallbackEach","method":"DllImport","params":{}}""", "no such params")]
    public void Bad_entries_of_a_bench_plan(string entries, string reason) => RefusedBench(BenchPlan(entries), reason);

    [Theory]
    [InlineData("\"quick\"", "\"hasty\"", "profile 'hasty'")]
    [InlineData("\"cpu\":0", "\"cpu\":64", "cpu 64")]
    [InlineData("\"artifacts\":\"", "\"artifacts\":\"relative", "is not an absolute path")]
    public void A_bad_bench_plan(string right, string wrong, string reason)
    {
        string plan = BenchPlan(Entry).Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(BenchPlan(Entry), plan);
        RefusedBench(plan, reason);
    }

    [Fact]
    public void A_plan_file_that_is_not_there() => Refused(["bench", "--plan", Path.Combine(_folder, "absent")], "", Libraries.Path(Libraries.C), "absent");

    [Fact]
    public void No_library() => Refused(["verify"], """{"schema":1,"entries":[]}""", null, "LAB_LIBRARY is not set");

    [Fact]
    public void An_unknown_verb() => Refused(["time"], "", null, "cannot make sense of 'time'");

    [Theory]
    [InlineData("{}", "missing required properties")]
    [InlineData("""{"schema":2,"entries":[]}""", "schema 2")]
    [InlineData("""{"schema":1,"entries":[{"key":"k","type":"Nobody","method":"M","params":{}}]}""", "k: there is no class Nobody")]
    public void A_bad_allocations_plan(string plan, string reason) => Refused(["allocations"], plan, Libraries.Path(Libraries.C), reason);

    [Fact]
    public void Allocations_are_those_of_optimised_code_and_what_throws_has_none()
    {
        const string Plan = """
            {"schema":1,"entries":[
              {"key":"none","type":"StringUtf8In","method":"LibraryImport","params":{"length":"8","text":"ascii"}},
              {"key":"some","type":"StringUtf8In","method":"DllImportLPStr","params":{"length":"256","text":"ascii"}},
              {"key":"throws","type":"StringUtf8In","method":"Utf8Literal","params":{"length":"85","text":"ascii"}}]}
            """;
        Dictionary<string, string?> environment = BenchProgram.Driving(Libraries.Path(Libraries.C));
        environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        BenchProgram.Ending ending = BenchProgram.Run(["allocations"], Plan, environment);
        Assert.Equal(0, ending.ExitCode);
        JsonElement[] lines = Array.ConvertAll(ending.Output, static line => JsonDocument.Parse(line).RootElement);
        Assert.Equal(["none", "some", "throws"], lines[..3].Select(static line => line.GetProperty("key").GetString()));
        Assert.Equal(0, lines[0].GetProperty("managed_bytes").GetInt64());
        Assert.True(lines[1].GetProperty("managed_bytes").GetInt64() > 0, "the text does not fit the stub's stack buffer");
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("native_allocs").ValueKind);
        Assert.StartsWith("NotSupportedException: ", lines[2].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(lines[3].GetProperty("native").GetBoolean());
    }

    [Fact]
    public void Code_that_is_never_optimised_is_not_counted()
    {
        const string Plan = """{"schema":1,"entries":[{"key":"k","type":"BlittableAddI32","method":"DllImport","params":{}}]}""";
        Dictionary<string, string?> environment = BenchProgram.Driving(Libraries.Path(Libraries.C));
        environment["DOTNET_TC_CallCountingDelayMs"] = "7FFFFFFF"; // hexadecimal, as all such variables: no call is counted in this life
        JsonElement line = JsonDocument.Parse(BenchProgram.Run(["allocations"], Plan, environment).Output[0]).RootElement;
        Assert.Equal("never reached tier 1", line.GetProperty("error").GetString());
        Assert.Equal(JsonValueKind.Null, line.GetProperty("managed_bytes").ValueKind);
    }

    [Fact]
    public void Help_explains_every_verb()
    {
        BenchProgram.Ending ending = BenchProgram.Run(["--help"], "", BenchProgram.Driving(null));
        Assert.Equal(0, ending.ExitCode);
        Assert.Contains(ending.Output, static line => line.Contains("verify", StringComparison.Ordinal));
        Assert.Contains(ending.Output, static line => line.Contains("allocations", StringComparison.Ordinal));
        Assert.Contains(ending.Output, static line => line.Contains("bench --plan", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_expectation_is_data_and_not_a_failure()
    {
        const string Plan = """{"schema":1,"entries":[{"key":"k","type":"StringUtf8In","method":"Utf8Literal","params":{"length":"85","text":"ascii"},"symbol":"string_utf8_in","expected":1,"calls":1}]}""";
        BenchProgram.Ending ending = BenchProgram.Run(["verify"], Plan, BenchProgram.Driving(Libraries.Path(Libraries.C)));
        Assert.Equal(0, ending.ExitCode);
        JsonElement line = JsonDocument.Parse(ending.Output[1]).RootElement;
        Assert.Equal(JsonValueKind.Null, line.GetProperty("got").ValueKind);
        Assert.StartsWith("NotSupportedException: ", line.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private void RefusedBench(string plan, string reason)
    {
        string file = Path.Combine(_folder, "plan.json");
        File.WriteAllText(file, plan);
        Refused(["bench", "--plan", file], "", Libraries.Path(Libraries.C), reason);
    }

    private static void Refused(string[] arguments, string input, string? library, string reason)
    {
        Dictionary<string, string?> environment = BenchProgram.Driving(library);
        BenchProgram.Ending ending = BenchProgram.Run(arguments, input, environment);
        Assert.Equal(2, ending.ExitCode);
        Assert.Empty(ending.Output);
        Assert.Contains(reason, Assert.Single(ending.Error), StringComparison.Ordinal);
    }

    private string BenchPlan(string entries) =>
        $$"""{"schema":1,"profile":"quick","parts":{{JsonSerializer.Serialize(_folder)}},"artifacts":{{JsonSerializer.Serialize(_folder)}},"cpu":0,"entries":[{{entries}}]}""";
}
