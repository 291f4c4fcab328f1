using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

using Xunit;

namespace InteropLab.Tests;

/// <summary>InteropLab.Paired as the runner starts it: the plan that both halves keep, the lines it answers, and what it refuses.</summary>
public sealed class PairedProgramTests
{
    private const string Reference = "blittable_add_i32/-/LibraryImport/rust/jit/paired";

    // The runner's own tests hold that it writes this plan.
    private static string Plan { get; } = File
        .ReadAllText(Path.Combine(Environment.GetEnvironmentVariable("LAB_ROOT")!, "runner/tests/fixtures/paired/plan.json"))
        .Replace("LIBRARY", Libraries.Path(Libraries.Rust), StringComparison.Ordinal);

    [Fact]
    public void A_launch_says_everything_the_runner_reads()
    {
        BenchProgram.Ending ending = Run(Plan);
        Assert.Equal(0, ending.ExitCode);
        JsonElement[] lines = [.. ending.Output.Select(static line => JsonDocument.Parse(line).RootElement)];
        JsonElement[] Of(string kind) => [.. lines.Where(line => line.GetProperty("kind").GetString() == kind)];
        Assert.Equal("hello", lines[0].GetProperty("kind").GetString());
        Assert.Equal("done", lines[^1].GetProperty("kind").GetString());

        // Only what the plan left open is found out: DllImport, empty call, floor, and the probes.
        Assert.Equal(["clock", "managed_empty", "native", "variant", "wide"], Of("calibrated").Select(static line => line.GetProperty("role").GetString()!).Order());

        JsonElement group = Assert.Single(Of("group"), static line => line.GetProperty("group").GetInt32() == 0);
        string[] roles = [.. group.GetProperty("entries").EnumerateArray().Select(static entry => entry.GetProperty("role").GetString()!)];
        Assert.Equal(["variant", "variant", "variant", "same_pointer", "copy", "managed_empty", "native", "clock", "wide"], roles);
        JsonElement[] rounds = [.. Of("round").Where(static line => line.GetProperty("group").GetInt32() == 0)];
        Assert.Equal([1, 2, 3, 4], rounds.Select(static line => line.GetProperty("round").GetInt32()));
        foreach (JsonElement round in rounds)
        {
            JsonElement[] blocks = [.. round.GetProperty("blocks").EnumerateArray()];
            Assert.Equal(Enumerable.Range(0, roles.Length), blocks.Select(static block => block[0].GetInt32()).Order());
            int expected = (round.GetProperty("round").GetInt32() - 1) % 2;
            Assert.All(blocks, block => Assert.Equal(Replica(roles[block[0].GetInt32()], expected), block[1].ValueKind == JsonValueKind.Null ? null : block[1].GetInt32()));
            Assert.All(blocks, static block => Assert.True(block[2].GetInt64() > 0 && block[3].GetDouble() > 0));
        }

        // Two replicas of three variants, two more of the reference; one and one in the second group.
        JsonElement[] bodies = Of("body");
        Assert.Equal(((3 + 1) * 2) + 2, bodies.Length);
        Assert.All(bodies, static body => Assert.Equal("tier1", body.GetProperty("tier").GetString()));
        JsonElement[] twins = [.. bodies.Where(static body => body.GetProperty("key").GetString() == Reference)];
        Assert.Equal([0, 1, 2, 3], twins.Select(static body => body.GetProperty("replica").GetInt32()).Order());
        _ = Assert.Single(twins.Select(static body => body.GetProperty("code_hash").GetString()).Distinct());
        _ = Assert.Single(twins.Select(static body => body.GetProperty("size_bytes").GetInt32()).Distinct());
    }

    private static int? Replica(string role, int round) => role switch
    {
        "variant" or "same_pointer" or "managed_empty" => round,
        "copy" => 2 + round,
        _ => null,
    };

    [Fact]
    public void Another_variant_has_another_code_hash()
    {
        JsonElement[] bodies = [.. Run(Plan).Output.Select(static line => JsonDocument.Parse(line).RootElement).Where(static line => line.GetProperty("kind").GetString() == "body")];
        string Hash(string variant) => bodies.First(body => body.GetProperty("key").GetString()!.Contains($"_add_i32/-/{variant}/", StringComparison.Ordinal)).GetProperty("code_hash").GetString()!;
        Assert.NotEqual(Hash("FunctionPointer"), Hash("LibraryImport"));
    }

    [Theory]
    [InlineData("DOTNET_TieredCompilation", "0")]
    [InlineData("DOTNET_TC_CallCounting", "0")]
    [InlineData("DOTNET_TieredPGO", "0", false)]
    public void Code_that_is_not_tier_1_is_refused(string variable, string value, bool refused = true)
    {
        BenchProgram.Ending ending = Run(Plan, (variable, value));
        Assert.Equal(refused ? 10 : 0, ending.ExitCode);
        Assert.Equal(refused, ending.Output[^1].StartsWith("""{"kind":"invalid","reason":""", StringComparison.Ordinal));
        Assert.Equal(refused, ending.Output[^1].Contains("not at tier 1", StringComparison.Ordinal));
        Assert.DoesNotContain(ending.Output, line => refused && line.StartsWith("""{"kind":"round""", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"schema\":1", "\"schema\":2", "schema 2")]
    [InlineData("\"rounds\":4", "\"rounds\":-1", "rounds -1")]
    [InlineData("\"replicas\":2", "\"replicas\":0", "replicas 0")]
    [InlineData("\"cpu\":null", "\"cpu\":63", "cpu 63")]
    [InlineData("\"type\":\"BlittableNoop\"", "\"type\":\"Nobody\"", "there is no class Nobody")]
    [InlineData("\"method\":\"DllImport\"", "\"method\":\"Setup\"", "has no benchmark Setup")]
    [InlineData("\"params\":\"-\"", "\"params\":\"n=1\"", "is not in the catalogue")]
    [InlineData("\"reference\":\"blittable_noop/-/L", "\"reference\":\"blittable_noop/-/X", "is not among its entries")]
    [InlineData("{\"schema\"", "[", "bad plan")]
    public void A_bad_plan(string right, string wrong, string reason)
    {
        string plan = Plan.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Plan, plan);
        BenchProgram.Ending ending = Run(plan);
        Assert.Equal(2, ending.ExitCode);
        Assert.Contains(reason, Assert.Single(ending.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_it_writes_for_people_is_one_it_runs()
    {
        BenchProgram.Ending plan = BenchProgram.Run(["plan", "blittable_noop"], "", BenchProgram.Driving(Libraries.Path(Libraries.Rust)), "InteropLab.Paired");
        Assert.Equal(0, plan.ExitCode);
        string few = Assert.Single(plan.Output).Replace("\"rounds\":160", "\"rounds\":2", StringComparison.Ordinal).Replace("\"replicas\":16", "\"replicas\":1", StringComparison.Ordinal);
        Assert.Equal(0, Run(few).ExitCode);
    }

    [Fact]
    public void An_unknown_verb_and_an_unknown_case()
    {
        Assert.Equal(2, BenchProgram.Run(["time"], "", BenchProgram.Driving(null), "InteropLab.Paired").ExitCode);
        BenchProgram.Ending ending = BenchProgram.Run(["plan", "nobody_asks"], "", BenchProgram.Driving(Libraries.Path(Libraries.Rust)), "InteropLab.Paired");
        Assert.Equal(2, ending.ExitCode);
        Assert.Contains("there is no case nobody_asks", Assert.Single(ending.Error), StringComparison.Ordinal);
    }

    private static BenchProgram.Ending Run(string plan, params (string Name, string Value)[] variables)
    {
        Dictionary<string, string?> environment = BenchProgram.Driving(Libraries.Path(Libraries.Rust));
        environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        foreach ((string name, string value) in variables)
        {
            environment[name] = value;
        }

        return BenchProgram.Run(["run"], plan, environment, "InteropLab.Paired");
    }
}
