using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

using Xunit;

namespace InteropLab.Tests;

/// <summary>Every variant, with every tuple and each library, gives the catalogue's answer, by exactly the stated calls.</summary>
public sealed class AnswerTests
{
    private static readonly ConcurrentDictionary<string, Lazy<JsonElement[]>> s_lines = new();

    public static TheoryData<string, string, string> Variants()
    {
        TheoryData<string, string, string> all = [];
        foreach (string library in (string[])[Libraries.Rust, Libraries.C, Libraries.Count])
        {
            foreach (CatalogueCase one in Catalogue.Cases)
            {
                foreach (CatalogueVariant variant in one.Variants)
                {
                    all.Add(library, one.Id, variant.Name);
                }
            }
        }

        return all;
    }

    public static TheoryData<string> All() => [Libraries.Rust, Libraries.C, Libraries.Count];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_row_of_a_variant_gives_the_answer(string library, string id, string variant)
    {
        CatalogueRow[] rows = [.. Rows().Where(row => row.Case.Id == id && row.Variant.Name == variant)];
        Assert.NotEmpty(rows);
        Dictionary<string, JsonElement> lines = Lines(library).Where(static line => Text(line, "kind") == "verified").ToDictionary(static line => Text(line, "key"));
        Assert.All(rows, row =>
        {
            JsonElement line = lines[Key(row)];
            Assert.Null(line.GetProperty("error").GetString());
            Assert.Equal(row.Tuple.Expected, line.GetProperty("got").GetInt64());
            if (library == Libraries.Count)
            {
                Assert.Equal(row.Calls, line.GetProperty("calls").GetInt64());
            }
            else
            {
                Assert.Equal(JsonValueKind.Null, line.GetProperty("calls").ValueKind);
            }
        });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_stays_alive_and_both_sides_lay_out_structs_alike(string library)
    {
        JsonElement done = Lines(library)[^1];
        Assert.Equal("done", Text(done, "kind"));
        Assert.Equal("ok", Text(done, "layout"));
        Assert.All(["handles", "strings", "blocks"], kind => Assert.Equal(0, done.GetProperty("live").GetProperty(kind).GetInt64()));
    }

    [Theory]
    [InlineData(Libraries.Rust, "rust")]
    [InlineData(Libraries.C, "c")]
    [InlineData(Libraries.Count, "rust")]
    public void The_first_line_names_the_library(string library, string impl)
    {
        JsonElement hello = Lines(library)[0];
        Assert.Equal("hello", Text(hello, "kind"));
        Assert.Equal(impl, Text(hello, "impl"));
        Assert.Equal(Libraries.Path(library), Text(hello, "library"));
        Assert.Equal(Catalogue.Contract.ToString("x16", null), Text(hello, "contract"));
        Assert.NotEqual("", Text(hello, "compiler"));
    }

    private static IEnumerable<CatalogueRow> Rows() => Catalogue.Cases.SelectMany(static one => one.Rows());

    private static string Key(CatalogueRow row) => $"{row.Case.Id}/{row.Tuple.Params}/{row.Variant.Name}";

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;

    // One process per library proves all rows; the theory then looks at its lines.
    private static JsonElement[] Lines(string library) => s_lines.GetOrAdd(library, static name => new Lazy<JsonElement[]>(() =>
    {
        object[] entries =
            [.. Rows().Select(static object (row) => new
            {
                key = Key(row),
                type = row.Tuple.Type,
                method = row.Variant.Name,
                @params = row.ValueParams(),
                symbol = row.Symbol,
                expected = row.Tuple.Expected,
                calls = row.Calls,
                also = row.Also,
            })];
        string plan = JsonSerializer.Serialize(new { schema = 1, entries });
        BenchProgram.Ending ending = BenchProgram.Run(["verify"], plan, BenchProgram.Driving(Libraries.Path(name)));
        Assert.True(ending.ExitCode == 0, string.Join('\n', ending.Error));
        return [.. ending.Output.Select(static line => JsonDocument.Parse(line).RootElement)];
    })).Value;
}
