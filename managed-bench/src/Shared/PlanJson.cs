using System.Text.Json;

namespace InteropLab;

/// <summary>How plans and lines are spelt: names are snake-case, members that have no default are required, unknown ones are ignored.</summary>
internal static class PlanJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
