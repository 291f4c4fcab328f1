using System.Collections.Concurrent;
using System.Linq;
using System.Text;

namespace InteropLab;

public static partial class Inputs
{
    private static readonly ConcurrentDictionary<(int Length, string Text), uint[]> s_utf32 = new();
    private static readonly ConcurrentDictionary<int, string[]> s_lists = new();
    private static readonly ConcurrentDictionary<int, byte[]> s_packed = new();

    /// <summary><see cref="Text"/> as code points, followed by a 0. Not to be written to.</summary>
    public static uint[] Utf32(int length, string text) => s_utf32.GetOrAdd((length, text), static key =>
        [.. Text(key.Length, key.Text).EnumerateRunes().Select(static rune => (uint)rune.Value), 0]);

    /// <summary>Text i is eight letters of the alphabet from letter i on. Not to be written to.</summary>
    public static string[] Texts(int count) => s_lists.GetOrAdd(count, static count =>
        [.. Enumerable.Range(0, count).Select(static i => Letters(i, 8))]);

    /// <summary><see cref="Texts"/> as UTF-8, one behind the other, each followed by a 0. Not to be written to.</summary>
    public static byte[] PackedTexts(int count) => s_packed.GetOrAdd(count, static count =>
        Encoding.UTF8.GetBytes(string.Concat(Texts(count).Select(static text => text + '\0'))));
}
