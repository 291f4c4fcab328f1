using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Running;

namespace InteropLab.Bench;

/// <summary>Keeps what the plan names of the cross product that BenchmarkDotNet makes from <c>[Params]</c>, and knows which entry it was.</summary>
internal sealed class PlannedOnly : IFilter
{
    private readonly Dictionary<string, BenchEntry> _entries = [];

    public PlannedOnly(BenchPlan plan)
    {
        foreach (BenchEntry entry in plan.Entries)
        {
            string identity = Identity(entry.Type, entry.Method, entry.Params.Select(static pair => (pair.Key.Replace("_", "", StringComparison.Ordinal), pair.Value)));
            if (!_entries.TryAdd(identity, entry))
            {
                throw PlanJson.Bad($"{entry.Key} and {_entries[identity].Key} name the same class, method and params");
            }
        }
    }

    public bool Predicate(BenchmarkCase benchmarkCase) => _entries.ContainsKey(Identity(benchmarkCase));

    /// <summary>The entry a benchmark was made for.</summary>
    public BenchEntry EntryOf(BenchmarkCase benchmarkCase) => _entries[Identity(benchmarkCase)];

    private static string Identity(BenchmarkCase one) => Identity(
        one.Descriptor.Type.Name,
        one.Descriptor.WorkloadMethod.Name,
        one.Parameters.Items.Select(static item => (item.Name, Convert.ToString(item.Value, CultureInfo.InvariantCulture) ?? "")));

    // A property is its param in Pascal case: without underscores and case they are the same word.
    private static string Identity(string type, string method, IEnumerable<(string Name, string Value)> values) =>
        $"{type}.{method}({string.Join(',', values.Select(static pair => $"{pair.Name.ToLowerInvariant()}={pair.Value}").Order(StringComparer.Ordinal))})";
}
