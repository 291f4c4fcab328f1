using System;
using System.Collections.Concurrent;
using System.Linq;

namespace InteropLab;

/// <summary>What the blittable cases pass beside words and integers.</summary>
public static partial class Inputs
{
    /// <summary>False, which the kernels answer by 1: a flag that gets lost gives another answer.</summary>
    public static readonly bool Flag = false;

    /// <summary>Negative: what is widened without its sign is another number.</summary>
    public const int Negative = -1234567890;

    /// <summary>Its bytes differ all, so that an exchange of two shows.</summary>
    public static readonly Guid Guid = new("00112233-4455-6677-8899-aabbccddeeff");

    /// <summary>Sign, scale and both parts of the number are not 0.</summary>
    public const decimal Decimal = -123456789012345678901.2345m;

    /// <summary>45351.75 days after 30 December 1899.</summary>
    public static readonly DateTime Date = new(2024, 2, 29, 18, 0, 0, DateTimeKind.Utc);

    private static readonly ConcurrentDictionary<int, char[]> s_arrows = new();
    private static readonly ConcurrentDictionary<int, ushort[]> s_arrowIntegers = new();

    /// <summary>Code unit <paramref name="at"/> of a text of arrows, U+2190 and those that follow it: three bytes of UTF-8 each.</summary>
    public static char Arrow(int at) => (char)(0x2190 + (at % 26));

    /// <summary>So many arrows. Not to be written to.</summary>
    public static char[] Arrows(int length) => s_arrows.GetOrAdd(length, static length => [.. Enumerable.Range(0, length).Select(Arrow)]);

    /// <summary><see cref="Arrows"/> as integers. Not to be written to.</summary>
    public static ushort[] ArrowIntegers(int length) =>
        s_arrowIntegers.GetOrAdd(length, static length => [.. Arrows(length).Select(static unit => (ushort)unit)]);
}
