using System.Text.Json.Serialization.Metadata;

namespace InteropLab;

/// <summary>What this program reads and writes as JSON is found by reflection.</summary>
internal static class JsonTypes
{
    public static IJsonTypeInfoResolver Resolver { get; } = new DefaultJsonTypeInfoResolver();
}
