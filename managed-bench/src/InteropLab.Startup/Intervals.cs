using System.Diagnostics;
using System.Globalization;

namespace InteropLab.Startup;

/// <summary>Time stamps of this process; taken in order, told when all of them are there.</summary>
internal sealed class Intervals
{
    private readonly long[] _begun = new long[Names.Length];
    private readonly long[] _ended = new long[Names.Length];

    private static readonly string[] Names = ["main", "load", "bind", "stub", "first_call", "second_call"];

    public const int Main = 0;
    public const int Load = 1;
    public const int Bind = 2;
    public const int Stub = 3;
    public const int FirstCall = 4;
    public const int SecondCall = 5;

    /// <summary>Has what takes the time compiled before it is needed: it belongs to no interval.</summary>
    public void Compile()
    {
        Begin(Load);
        End(Load);
        (_begun[Load], _ended[Load]) = (0, 0);
    }

    public void Begin(int interval) => _begun[interval] = Stopwatch.GetTimestamp();

    public void End(int interval) => _ended[interval] = Stopwatch.GetTimestamp();

    /// <summary>From the start of the process, by the clock of who started it, to the first line of the program.</summary>
    public void FromStart(string? spawnedNs, long begun)
    {
        // Stopwatch counts nanoseconds of the same clock where there is one that another process can read.
        if (Stopwatch.Frequency == 1_000_000_000 && long.TryParse(spawnedNs, NumberStyles.None, CultureInfo.InvariantCulture, out long spawned))
        {
            _begun[Main] = spawned;
            _ended[Main] = begun;
        }
    }

    public void Tell(Lines lines)
    {
        for (int at = 0; at < Names.Length; at++)
        {
            if (_ended[at] != 0)
            {
                lines.Event(Names[at], (_ended[at] - _begun[at]) * (1e9 / Stopwatch.Frequency));
            }
        }
    }
}
