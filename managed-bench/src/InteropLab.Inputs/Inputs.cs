using System;
using System.Collections.Concurrent;
using System.Text;

namespace InteropLab;

/// <summary>
/// What the cases work on: the same on every side of the border, and one object per params tuple however many classes,
/// variants and copies of them ask. This assembly is never replicated, so all copies of a case read the same memory.
/// </summary>
public static partial class Inputs
{
    /// <summary>First addend; with <see cref="Right"/> the sum wraps, so a variant that widens shows.</summary>
    public const int Left = 1234567890;

    /// <summary>Second addend.</summary>
    public const int Right = 987654321;

    /// <summary>The context handed to every callback; a callback answers its value plus this.</summary>
    public const int CallbackContext = 1;

    private static readonly ConcurrentDictionary<(int Length, string Text), string> s_texts = new();
    private static readonly ConcurrentDictionary<(int Length, string Text), byte[]> s_utf8 = new();

    /// <summary>One character repeated until the text has <paramref name="length"/> UTF-16 code units.</summary>
    /// <param name="length">UTF-16 code units; even for <c>emoji</c>, whose character takes two.</param>
    /// <param name="text"><c>ascii</c>, <c>latin</c>, <c>cjk</c> or <c>emoji</c>: one to four bytes of UTF-8 a character.</param>
    public static string Text(int length, string text) => s_texts.GetOrAdd((length, text), static key => Repeat(key.Length, key.Text));

    /// <summary><see cref="Text"/> as UTF-8, followed by one 0 that is not part of the text. Not to be written to.</summary>
    public static byte[] Utf8(int length, string text) =>
        s_utf8.GetOrAdd((length, text), static key => Encoding.UTF8.GetBytes(Text(key.Length, key.Text) + '\0'));

    /// <summary>The value that every handle stands for.</summary>
    public const ulong CounterValue = 42;

    /// <summary>What the observer asks a registered callback for.</summary>
    public const long Asked = 5;

    private static readonly ConcurrentDictionary<int, int[]> s_integers = new();
    private static readonly ConcurrentDictionary<int, int[]> s_scratch = new();

    /// <summary>Word <paramref name="at"/> of every struct and argument list: (at + 1) * 2^64 / golden ratio, which fills all bytes.</summary>
    public static ulong Word(int at) => unchecked((ulong)(at + 1) * 0x9E3779B97F4A7C15UL);

    /// <summary>Element i is i * 2654435761 in 32 bits. Not to be written to.</summary>
    public static int[] Integers(int count) => s_integers.GetOrAdd(count, static count =>
    {
        int[] integers = new int[count];
        for (int i = 0; i < count; i++)
        {
            integers[i] = unchecked((int)((uint)i * 2654435761U));
        }

        return integers;
    });

    /// <summary>An array that kernels fill; rows are called one after another.</summary>
    public static int[] Scratch(int count) => s_scratch.GetOrAdd(count, static count => new int[count]);

    private static string Repeat(int length, string text)
    {
        string character = text switch
        {
            "ascii" => "\u0061",
            "latin" => "\u00E9",
            "cjk" => "\u4E2D",
            "emoji" => "\U0001F600",
            _ => throw new ArgumentException($"text={text}: expected ascii, latin, cjk or emoji"),
        };
        if (length < 0 || length % character.Length != 0)
        {
            throw new ArgumentException($"length={length}: {text} takes {character.Length} code units a character");
        }

        return new StringBuilder(length).Insert(0, character, length / character.Length).ToString();
    }
}
