using System;

namespace InteropLab.Startup;

/// <summary>Why there is no result. The message is one line.</summary>
internal sealed class RefusedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>What was asked for cannot be run.</summary>
    public static RefusedException Bad(string message) => new(Startup.ExitCode.BadPlan, message);
}
