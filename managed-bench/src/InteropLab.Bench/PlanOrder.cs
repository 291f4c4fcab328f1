using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Running;

namespace InteropLab.Bench;

/// <summary>Runs the benchmarks of a class in the plan's order, which is random: a drift of the machine must not fall on one variant.</summary>
internal sealed class PlanOrder(BenchPlan plan, PlannedOnly planned) : DefaultOrderer
{
    private readonly Dictionary<string, int> _places =
        plan.Entries.Select(static (entry, place) => (entry.Key, place)).ToDictionary(static pair => pair.Key, static pair => pair.place);

    public override IEnumerable<BenchmarkCase> GetExecutionOrder(
        ImmutableArray<BenchmarkCase> benchmarksCase,
        IEnumerable<BenchmarkLogicalGroupRule>? order = null) =>
        benchmarksCase.OrderBy(one => _places[planned.EntryOf(one).Key]);
}
