using System;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InteropLab;

/// <summary>The plan cannot be used. The message is one line.</summary>
internal sealed class BadPlanException(string message) : Exception(message);

/// <summary>How plans and lines are spelt: names are snake-case, members that have no default are required, unknown ones are ignored.</summary>
internal static class PlanJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = JsonTypes.Resolver, // each program names the types it reads and writes
    };

    /// <summary>How a type is spelt, found without reflection where the program was compiled ahead of time.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>Reads a plan; what is wrong in it is said in one line.</summary>
    public static T Parse<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Of<T>()) ?? throw Bad("null");
        }
        catch (JsonException wrong)
        {
            throw Bad(OneLine.Of(wrong.Message));
        }
    }

    public static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Bad(otherwise);
        }
    }

    /// <summary>A plan that cannot be run as it is written.</summary>
    public static BadPlanException Bad(string what) => new($"bad plan: {what}");
}
