using System;
using System.IO;
using System.Linq;

namespace InteropLab.Paired;

/// <summary>A plan for people who run this program alone.</summary>
internal static class OwnPlan
{
    private const int Rounds = 256;
    private const int Replicas = 16;
    private const double BlockNs = 25_000;

    public static int Write(string id, string? values, Stream output)
    {
        CatalogueCase one = Array.Find(Catalogue.Cases, candidate => candidate.Id == id)
            ?? throw PlanJson.Bad($"there is no case {id}; there are {string.Join(", ", Catalogue.Cases.Select(static one => one.Id))}");
        CatalogueTuple tuple = values is null ? one.Tuples[0] : Array.Find(one.Tuples, candidate => candidate.Params == values)
            ?? throw PlanJson.Bad($"{id} has no params {values}; it has {string.Join(" ", one.Tuples.Select(static tuple => tuple.Params))}");
        string library = Environment.GetEnvironmentVariable(KernelLibrary.PathVariable)
            ?? throw PlanJson.Bad($"{KernelLibrary.PathVariable} is not set: it must hold the absolute path of a kernel library");
        EntryPlan[] entries =
        [
            .. from row in one.Rows()
               where row.Tuple == tuple
               select new EntryPlan(Key(one, tuple, row.Variant.Name), tuple.Type, row.Variant.Name),
        ];
        string reference = entries.FirstOrDefault(static entry => entry.Method == "LibraryImport")?.Key ?? entries[0].Key;
        GroupPlan group = new(id, tuple.Params, reference, entries, Rounds, Replicas, new NativePlan(Key(one, tuple, "Native")));
        LaunchPlan plan = new(
            LaunchPlan.Version, 1, 1, KernelFacts.Impl, "jit", new LibraryPlan(library, library), [group], BlockNs);
        JsonLine.Write(output, plan);
        return ExitCode.Done;
    }

    private static string Key(CatalogueCase one, CatalogueTuple tuple, string variant) =>
        $"{one.Id}/{tuple.Params}/{variant}/{(variant == "Managed" ? "-" : KernelFacts.Impl)}/jit/paired";
}
