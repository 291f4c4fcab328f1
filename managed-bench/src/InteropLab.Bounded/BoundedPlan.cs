using System.Collections.Generic;

namespace InteropLab.Bounded;

/// <summary>One variant of one program, for one process.</summary>
/// <param name="Params">By name, as in the row key.</param>
/// <param name="Seed">Of every random choice.</param>
internal sealed record BoundedPlan(int Schema, string Case, Dictionary<string, string> Params, string Variant, ulong Seed = 1)
{
    public const int Version = 1;

    /// <summary>Reads a plan, and refuses what could not be run as it is written.</summary>
    public static BoundedPlan Parse(string text)
    {
        BoundedPlan plan = PlanJson.Parse<BoundedPlan>(text);
        PlanJson.Check(plan.Schema == Version, $"schema {plan.Schema}: this program reads schema {Version}");
        PlanJson.Check(Programs.All.ContainsKey(plan.Case), $"there is no program '{plan.Case}': expected one of {string.Join(", ", Programs.All.Keys)}");
        return plan;
    }
}
