using System.Collections.Concurrent;

namespace InteropLab;

public static partial class Inputs
{
    /// <summary>What each failure of error_signal counts as: the length of its text.</summary>
    public const int FailureMark = 17;

    /// <summary>Calls of error_signal that a body makes.</summary>
    public const int Signals = 100;

    private static readonly ConcurrentDictionary<int, int[]> s_signals = new();

    /// <summary>The second addend of error_hresult: with <see cref="Left"/> the sum is right, or overflows.</summary>
    public static int Addend(string outcome) => outcome == "ok" ? 1 : Right;

    /// <summary>
    /// The values of error_signal, as many of a hundred negative as <paramref name="percent"/> says, evenly spread: value i fails
    /// where i * percent leaves less than percent of a hundred. Not to be written to.
    /// </summary>
    public static int[] SignalsOf(int percent) => s_signals.GetOrAdd(percent, static percent =>
    {
        int[] values = new int[Signals];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i * percent % 100 < percent ? -1 - i : i;
        }

        return values;
    });
}
