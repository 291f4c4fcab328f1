namespace InteropLab.Startup;

/// <summary>What one row does in its process, as pointers to methods that nobody has called yet: their compilation belongs to the call.</summary>
internal unsafe struct Steps
{
    /// <summary>Loads the library; null where that is itself the question.</summary>
    public delegate*<void> Load;

    /// <summary>Makes calls find their symbols; null where nothing does.</summary>
    public delegate*<void> Bind;

    /// <summary>Has the stub made ahead of the call.</summary>
    public delegate*<void> Stub;

    /// <summary>What the row is about, timed twice.</summary>
    public delegate*<long> Call;

    /// <summary>What the first call answers, and the second.</summary>
    public long First, Second;

    /// <summary>What is in the name of every file that is opened for it; null for the library's own.</summary>
    public string? Opened;

    /// <summary>Counts something more after what is timed.</summary>
    public delegate*<Lines, void> After;
}
