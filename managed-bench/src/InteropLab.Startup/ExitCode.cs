namespace InteropLab.Startup;

internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command line, an environment variable or the library cannot be used.</summary>
    public const int BadPlan = 2;

    /// <summary>A call answered something else than it must.</summary>
    public const int WrongAnswer = 11;
}
