using System;

namespace InteropLab.Paired;

/// <summary>How the program ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command line, the plan or a library cannot be used.</summary>
    public const int BadPlan = 2;

    /// <summary>The launch must not be counted; the reason is in its last line.</summary>
    public const int Invalid = 10;

    /// <summary>A variant does not give the catalogue's answer.</summary>
    public const int WrongAnswer = 11;
}

/// <summary>The launch must not be counted. The message is one line.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
internal sealed class InvalidLaunchException(string message, int exitCode = ExitCode.Invalid) : Exception(message)
{
    public int Code { get; } = exitCode;
}
