using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

using Xunit;

namespace InteropLab.Tests;

/// <summary>Every program of the catalogue is run once, in a process of its own, as the runner does.</summary>
public sealed class BoundedProgramTests
{
    private const string Program = "InteropLab.Bounded";

    public static TheoryData<string, string, string, bool> Rows()
    {
        TheoryData<string, string, string, bool> rows = [];
        foreach (CatalogueProgram program in Catalogue.Programs.Where(static program => !program.Startup))
        {
            foreach (CatalogueProgramRow row in program.Rows.Where(row => row.Params == program.Rows[0].Params))
            {
                rows.Add(program.Id, row.Params, row.Variant, program.Misuse);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Tells_of_its_events_or_is_ended(string id, string values, string variant, bool misuse)
    {
        BenchProgram.Ending ending = Run(id, values, variant);
        string[] kinds = [.. Kinds(ending.Output)];
        Assert.Equal("hello", kinds[0]);
        if (misuse)
        {
            Assert.NotEqual(0, ending.ExitCode);
            Assert.Equal("begin", kinds[^1]);
        }
        else
        {
            Assert.Equal((0, "done"), (ending.ExitCode, kinds[^1]));
            Assert.Contains("event", kinds);
        }
    }

    [Theory]
    [InlineData("""{"schema":1,"case":"nobody_asks","params":{},"variant":"Plain"}""", "there is no program 'nobody_asks'")]
    [InlineData("""{"schema":2,"case":"string_misuse","params":{},"variant":"Plain"}""", "schema 2")]
    [InlineData("""{"schema":1,"case":"string_misuse","params":{},"variant":"Plain"}""", "string_misuse has no variant 'Plain'")]
    [InlineData("""{"schema":1,"case":"handle_finalizer","params":{"n":"few"},"variant":"Dispose"}""", "n=few is not a positive number")]
    [InlineData("""{"schema":1,"case":"handle_finalizer","params":{},"variant":"Dispose"}""", "needs the param n")]
    [InlineData("{", "bad plan")]
    public void A_plan_that_cannot_be_run_is_refused_in_one_line(string plan, string said)
    {
        BenchProgram.Ending ending = Start(plan);
        Assert.Equal(2, ending.ExitCode);
        Assert.Contains(said, Assert.Single(ending.Error), StringComparison.Ordinal);
    }

    private static BenchProgram.Ending Run(string id, string values, string variant)
    {
        Dictionary<string, string> pairs = values == "-"
            ? []
            : values.Split(',').Select(static pair => pair.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1]);
        return Start(JsonSerializer.Serialize(new { schema = 1, @case = id, @params = pairs, variant }));
    }

    private static BenchProgram.Ending Start(string plan) =>
        BenchProgram.Run(["run"], plan, BenchProgram.Driving(Libraries.Path(Libraries.Rust)), Program);

    private static IEnumerable<string> Kinds(string[] lines) =>
        lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()!);
}
