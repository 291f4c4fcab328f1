namespace InteropLab.Bench;

/// <summary>How the program ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>BenchmarkDotNet refused the run, or nothing of the plan was run.</summary>
    public const int NothingRan = 1;

    /// <summary>The command line, the plan or the kernel library cannot be used.</summary>
    public const int BadPlan = 2;

    /// <summary>The run went to its end, and some entries have no result.</summary>
    public const int SomeFailed = 5;
}
