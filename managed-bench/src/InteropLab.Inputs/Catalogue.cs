using System;
using System.Collections.Generic;
using System.Linq;

namespace InteropLab;

/// <summary>The catalogue as C# sees it: the data is generated beside this file, here are the shapes and the questions asked of it.</summary>
public static partial class Catalogue
{
    /// <summary>Every kernel that some variant calls, once.</summary>
    public static IReadOnlyList<string> Symbols =>
        [.. Cases.SelectMany(static one => one.Variants)
            .SelectMany(static variant => variant.Symbols.Concat(variant.Also.Select(static also => also.Symbol)))
            .Distinct()];
}

/// <summary>One question.</summary>
/// <param name="Id">Also the name of the kernel.</param>
/// <param name="NoGc">Whether variants may suppress the GC transition.</param>
/// <param name="Params">In the order of the row key.</param>
/// <param name="Tuples">The params tuples that exist; not their cross product.</param>
public sealed record CatalogueCase(
    string Id, string Family, bool NoGc, CatalogueParam[] Params, CatalogueTuple[] Tuples, CatalogueVariant[] Variants)
{
    /// <summary>Everything one can run: each variant with the tuples it exists for.</summary>
    public IEnumerable<CatalogueRow> Rows() =>
        from variant in Variants
        from at in Enumerable.Range(0, variant.Tuples?.Length ?? Tuples.Length)
        let tuple = Tuples[variant.Tuples?[at] ?? at]
        select new CatalogueRow(
            this,
            variant,
            tuple,
            Symbol(variant, tuple),
            One(variant.Calls, at),
            variant.Also.ToDictionary(static also => also.Symbol, also => One(also.Calls, at)),
            One(variant.ManagedBytes, at));

    // A list holds one value for all, or one per tuple of the variant.
    private static long One(long[] values, int at) => values.Length == 1 ? values[0] : values[at];

    // A variant names one symbol, or one per value of the param that shapes the signature; none where it calls nothing.
    private string? Symbol(CatalogueVariant variant, CatalogueTuple tuple)
    {
        if (variant.Symbols.Length < 2)
        {
            return variant.Symbols.FirstOrDefault();
        }

        CatalogueParam shape = Params.Single(static param => param.Kind == CatalogueParam.Shape);
        return variant.Symbols[Array.IndexOf(shape.Values, tuple.Values()[shape.Name])];
    }
}

/// <summary>One axis of a case.</summary>
/// <param name="Kind"><see cref="Shape"/>: one class per value, because the signature changes; <see cref="Value"/>: a property with [Params].</param>
public sealed record CatalogueParam(string Name, string Kind, string[] Values)
{
    /// <summary>The signature changes with this param.</summary>
    public const string Shape = "shape";

    /// <summary>Only the input changes with this param.</summary>
    public const string Value = "value";
}

/// <summary>One params tuple.</summary>
/// <param name="Params">As in the row key: <c>entry=z,length=8,text=ascii</c>, or <c>-</c> for none.</param>
/// <param name="Type">The class that measures it.</param>
/// <param name="Expected">The answer every variant must give.</param>
public sealed record CatalogueTuple(string Params, string Type, long Expected)
{
    /// <summary>Name to value.</summary>
    public IReadOnlyDictionary<string, string> Values() => Params == "-"
        ? new Dictionary<string, string>()
        : Params.Split(',').Select(static pair => pair.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1]);
}

/// <summary>One way to do it: a method of the class.</summary>
/// <param name="Calls">Native calls per call of the method: one value, or one per tuple of the variant.</param>
/// <param name="Symbols">None, one, or one per value of the shape param.</param>
/// <param name="Also">Helpers it calls beside its symbol.</param>
/// <param name="Tuples">Indexes into the case's tuples; null where the variant exists for all.</param>
/// <param name="ManagedBytes">Bytes allocated per call at tier 1: one value, or one per tuple of the variant.</param>
/// <param name="Body">Why its body holds a try, or a frame that is not inlined; null where it holds neither.</param>
public sealed record CatalogueVariant(
    string Name, long[] Calls, string[] Symbols, CatalogueAlso[] Also, int[]? Tuples, long[] ManagedBytes, string? Body = null);

/// <summary>A declaration that the compiler or the runtime refuses, which is why a mechanism does not apply.</summary>
/// <param name="Diagnostic">What the compiler says; null where it compiles and throws.</param>
/// <param name="Throws">Full name of the exception that its <c>Run</c> throws.</param>
/// <param name="Raw">In an assembly with <c>DisableRuntimeMarshalling</c>.</param>
/// <param name="Source">Members of a static unsafe partial class.</param>
public sealed record CatalogueRefusal(string Case, string Variant, string? Diagnostic, string? Throws, bool Raw, string Source);

/// <summary>A kernel that answers no row and is called beside one that does: it frees or releases.</summary>
/// <param name="Calls">Per call of the method: one value, or one per tuple of the variant.</param>
public sealed record CatalogueAlso(string Symbol, long[] Calls);

/// <summary>A variant with one of its tuples.</summary>
/// <param name="Symbol">The kernel it calls; null where it calls none.</param>
/// <param name="Also">Calls of helpers, by symbol.</param>
public sealed record CatalogueRow(
    CatalogueCase Case, CatalogueVariant Variant, CatalogueTuple Tuple, string? Symbol, long Calls, Dictionary<string, long> Also, long ManagedBytes)
{
    /// <summary>The params that are properties of the class.</summary>
    public IReadOnlyDictionary<string, string> ValueParams() => Case.Params
        .Where(static param => param.Kind == CatalogueParam.Value)
        .ToDictionary(static param => param.Name, param => Tuple.Values()[param.Name]);
}

/// <summary>What has a process of its own: a program of <c>InteropLab.Bounded</c>, or of <c>InteropLab.Startup</c>.</summary>
/// <param name="Misuse">Every variant is expected to end its process.</param>
/// <param name="Startup">It tells of its own start.</param>
public sealed record CatalogueProgram(string Id, bool Misuse, bool Startup, CatalogueProgramRow[] Rows);

/// <summary>One process.</summary>
/// <param name="Params">As in the row key.</param>
public sealed record CatalogueProgramRow(string Params, string Variant);
