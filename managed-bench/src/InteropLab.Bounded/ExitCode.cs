namespace InteropLab.Bounded;

/// <summary>How the program ends where nothing ends it: misuse has the exit code of the signal that ended the process.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command line, the plan or the library cannot be used.</summary>
    public const int BadPlan = 2;
}
