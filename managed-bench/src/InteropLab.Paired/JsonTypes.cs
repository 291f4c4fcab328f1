using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

using InteropLab.Paired;

namespace InteropLab;

/// <summary>What this program reads and writes as JSON, without reflection: it is compiled ahead of time too.</summary>
internal static class JsonTypes
{
    public static IJsonTypeInfoResolver Resolver => PairedJson.Default;
}

[JsonSerializable(typeof(LaunchPlan))]
[JsonSerializable(typeof(HelloLine))]
[JsonSerializable(typeof(CalibratedLine))]
[JsonSerializable(typeof(VerifiedLine))]
[JsonSerializable(typeof(UnfitLine))]
[JsonSerializable(typeof(GroupLine))]
[JsonSerializable(typeof(ProgressLine))]
[JsonSerializable(typeof(BodyLine))]
[JsonSerializable(typeof(DoneLine))]
[JsonSerializable(typeof(InvalidLine))]
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class PairedJson : JsonSerializerContext;
