using System;

namespace InteropLab;

/// <summary>Reasons are one line: they stand in table cells, JSON lines and at the end of standard error.</summary>
internal static class OneLine
{
    /// <summary>An exception's kind and message; of a chain, the innermost, which says what really happened.</summary>
    public static string Of(Exception exception)
    {
        Exception cause = exception.GetBaseException();
        return Of($"{cause.GetType().Name}: {cause.Message}");
    }

    /// <summary>A text without its line ends.</summary>
    public static string Of(string text) => text.ReplaceLineEndings(" ").Trim();
}
