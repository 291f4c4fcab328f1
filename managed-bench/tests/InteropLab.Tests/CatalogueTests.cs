using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases;

using Xunit;

namespace InteropLab.Tests;

/// <summary>Catalogue, entry table and classes say the same, in both directions; and the classes keep the rules of the house.</summary>
public sealed class CatalogueTests
{
    private static string[] Names => [.. Catalogue.Cases.SelectMany(static one => one.Tuples).Select(static tuple => tuple.Type).Distinct()];

    public static TheoryData<string> Types() => [.. Names];

    [Fact]
    public void Every_class_with_benchmarks_is_in_the_catalogue_and_the_table()
    {
        string[] classes = [.. typeof(Entries).Assembly.GetTypes().Where(static type => Benchmarks(type).Any()).Select(static type => type.Name).Order()];
        Assert.NotEmpty(classes);
        Assert.Equal(classes, Names.Order());
        Assert.Equal(classes, Entries.All.Select(static entry => entry.Type).Order());
        Assert.All(Entries.All, static entry => Assert.Equal(entry.Type, entry.Class.Name));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Methods_are_variants(string type)
    {
        IEnumerable<string> variants = CaseOf(type).Rows().Where(row => row.Tuple.Type == type).Select(static row => row.Variant.Name).Distinct().Order();
        Assert.Equal(variants, Benchmarks(Class(type)).Select(static method => method.Name).Order());
        Assert.Equal(variants, Entries.Find(type)!.Methods.Select(static method => method.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Properties_are_value_params_with_all_their_values(string type)
    {
        IEnumerable<string> expected =
            from param in CaseOf(type).Params
            where param.Kind == CatalogueParam.Value
            select $"{param.Name}: {string.Join(' ', param.Values)}";
        IEnumerable<string> actual =
            from property in Class(type).GetProperties()
            let values = property.GetCustomAttribute<ParamsAttribute>()?.Values
            where values is not null
            select $"{property.Name.ToLowerInvariant()}: {string.Join(' ', values.Select(static value => Convert.ToString(value, CultureInfo.InvariantCulture)))}";
        Assert.Equal(expected.Select(static line => line.Replace("_", "", StringComparison.Ordinal)).Order(), actual.Order());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Classes_keep_the_rules(string type)
    {
        Type one = Class(type);
        Assert.True(one.IsPublic, "public: BenchmarkDotNet derives from it");
        Assert.False(one.IsSealed, "unsealed: BenchmarkDotNet derives from it");
        Assert.Equal(typeof(object), one.BaseType);
        MethodInfo setup = Assert.Single(one.GetMethods(), static method => method.GetCustomAttribute<GlobalSetupAttribute>() is not null);
        Assert.Equal("Setup", setup.Name);
        _ = Assert.Single(Benchmarks(one).Select(static method => method.ReturnType).Distinct());
        bool observed = Entries.Find(type)!.Observe is not null;
        Assert.Equal(observed, Benchmarks(one).First().ReturnType == typeof(void));
        Assert.Equal(observed, one.GetMethod("Observe") is not null);
        Assert.Equal(
            typeof(IDisposable).IsAssignableFrom(one),
            one.GetMethods().Any(static method => method.GetCustomAttribute<GlobalCleanupAttribute>() is not null));
    }

    [Fact]
    public void Variants_without_a_transition_exist_only_where_the_case_allows_it()
    {
        foreach (CatalogueCase one in Catalogue.Cases.Where(static one => !one.NoGc))
        {
            Assert.DoesNotContain(one.Variants, static variant => variant.Name.EndsWith("NoGc", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Lists_of_a_variant_have_one_value_or_one_per_tuple() => Assert.All(Catalogue.Cases, static one => Assert.All(one.Variants, variant =>
    {
        int tuples = variant.Tuples?.Length ?? one.Tuples.Length;
        Assert.Contains(variant.Calls.Length, (int[])[1, tuples]);
        Assert.Contains(variant.ManagedBytes.Length, (int[])[1, tuples]);
        Assert.Equal(tuples, one.Rows().Count(row => row.Variant == variant));
    }));

    // Against a catalogue and classes that are wrong in the same way: these answers come from published vectors and plain arithmetic.
    [Theory]
    [InlineData("blittable_add_i32", "-", -2072745085L)]
    [InlineData("callback_each", "k=100", 5050L)]
    [InlineData("callback_each", "k=10000", 50005000L)]
    [InlineData("string_utf8_in", "entry=z,length=0,text=ascii", unchecked((long)0xcbf29ce484222325UL))]
    [InlineData("string_utf8_in", "entry=len,length=0,text=cjk", unchecked((long)0xcbf29ce484222325UL))]
    [InlineData("blittable_arity", "n=2", unchecked((long)(0x9E3779B97F4A7C15UL + 0x3C6EF372FE94F82BUL)))]
    [InlineData("transition_in_loop", "-", 1702935648L)]
    [InlineData("string_fill", "capacity=16", 15L + 'o')]
    [InlineData("string_returned", "entry=len,length=256", 256L + 'v')]
    [InlineData("array_sum_i32", "n=1", 0L)]
    [InlineData("array_fill_i32", "n=16", 1161830751L)]
    [InlineData("error_last_error", "code=34", 34L)]
    [InlineData("string_utf16_in", "entry=z,length=8,text=cjk", -7858006744668436355L)]
    [InlineData("blittable_arity", "n=7", 5625365687987180113L)]
    [InlineData("control_chain", "steps=50", unchecked((long)(1234567890UL + (50 * 0x9E3779B97F4A7C15UL))))]
    [InlineData("struct_by_value", "size=256", 5938856573334973440L)]
    [InlineData("string_ansi_in", "length=8,text=ascii", 429026439168804557L)]
    [InlineData("string_bstr_in", "length=8,text=cjk", -7858006744668436355L)]
    [InlineData("string_utf32_in", "length=8,text=cjk", -7858006744668436355L)]
    [InlineData("string_by_ref", "length=16", 16L + 'b')]
    [InlineData("string_argv", "n=1", -346079922543633609L)]
    [InlineData("array_bool", "n=16", 6L)]
    [InlineData("array_bool_out", "n=129", 1L)]
    [InlineData("array_pinning", "n=16", 2072L)]
    [InlineData("array_scale_f64", "n=1", -3L)]
    [InlineData("array_native_alloc", "n=16", 3L)]
    [InlineData("array_records", "n=16", 51L)]
    [InlineData("array_list", "n=1", 0L)]
    [InlineData("array_bulk_bytes", "n=16777216", 2139095040L)]
    [InlineData("blittable_args_f64", "arguments=f64x9", -3476667194323513419L)]
    [InlineData("blittable_args_f64", "arguments=mixed12", 3812040369151004276L)]
    [InlineData("blittable_bool", "width=1", 1L)]
    [InlineData("blittable_char", "form=scalar,length=1", 0x2191L)]
    [InlineData("blittable_char", "form=array,length=64", 550604L)]
    [InlineData("blittable_converted", "type=guid", unchecked((long)0x88AACCEF11335576UL))]
    [InlineData("blittable_converted", "type=decimal", 1096246371337626987L)]
    [InlineData("blittable_converted", "type=date", 0x40E624F800000000L)]
    [InlineData("blittable_convention", "-", -2072745085L)]
    [InlineData("blittable_native_int", "type=nuint", -1234567889L)]
    [InlineData("transition_batching", "n=16", -1954822416L)]
    [InlineData("transition_protected_region", "-", -2072745085L)]
    [InlineData("transition_work", "iterations=2048", -4914047341147280686L)]
    [InlineData("struct_flags", "passing=returned", 13L)]
    [InlineData("struct_union", "passing=ref", -5382687378899015555L)]
    [InlineData("struct_out", "size=256", -4112007255848680800L)]
    [InlineData("struct_returned", "size=24", -2691343689449507777L)]
    [InlineData("struct_size_of", "entry=size_flags", 4L)]
    [InlineData("struct_size_of", "entry=read_16", 4354685564936845354L)]
    [InlineData("struct_text_fields", "encoding=utf16,length=64", 6102935781114932987L)]
    [InlineData("struct_inline_array", "n=16", 704711416L)]
    [InlineData("error_hresult", "outcome=overflow", -2146233066L)]
    [InlineData("error_signal", "percent=10", 9170L)]
    [InlineData("callback_state", "k=100", 5050L)]
    [InlineData("callback_sort", "n=8", 28023622860L)]
    [InlineData("callback_sort", "n=16384", 96060751692771748L)]
    [InlineData("callback_text_item", "k=256", 59392L)]
    [InlineData("callback_stored", "k=100", 5050L)]
    [InlineData("callback_reentrant", "k=100", 5050L)]
    [InlineData("callback_from_address", "-", -2072745085L)]
    [InlineData("handle_legacy", "-", 42L)]
    [InlineData("marshaller_shapes", "length=8", 429026439168804557L)]
    [InlineData("marshaller_struct", "direction=in,length=8", 155L)]
    [InlineData("marshaller_struct", "direction=returned,length=1024", 1173L)]
    [InlineData("marshaller_elements", "direction=ref,n=1", 113L)]
    [InlineData("marshaller_elements", "direction=out,n=64", 188L)]
    public void Answers_are_pinned(string id, string tuple, long answer)
    {
        CatalogueCase one = Catalogue.Cases.Single(one => one.Id == id);
        Assert.Equal(answer, one.Tuples.Single(candidate => candidate.Params == tuple).Expected);
    }

    private static CatalogueCase CaseOf(string type) => Catalogue.Cases.Single(one => one.Tuples.Any(tuple => tuple.Type == type));

    private static Type Class(string type) => typeof(Entries).Assembly.GetType($"InteropLab.Cases.{type}", throwOnError: true)!;

    private static IEnumerable<MethodInfo> Benchmarks(Type type) => type.GetMethods().Where(static method => method.GetCustomAttribute<BenchmarkAttribute>() is not null);
}
