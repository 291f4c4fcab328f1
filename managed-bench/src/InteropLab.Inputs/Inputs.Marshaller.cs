using System.Collections.Concurrent;
using System.Linq;

namespace InteropLab;

public static partial class Inputs
{
    /// <summary>The code of every single error with a message.</summary>
    public const int ErrorCode = 42;

    private static readonly ConcurrentDictionary<int, string> s_letters = new();

    /// <summary>So many letters of the alphabet, from its first one on.</summary>
    public static string Letters(int length) => s_letters.GetOrAdd(length, static length => Letters(0, length));

    private static string Letters(int first, int length) =>
        string.Concat(Enumerable.Range(first, length).Select(static at => (char)('a' + (at % 26))));
}
