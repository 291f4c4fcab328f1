using System.Collections.Concurrent;
using System.Linq;

namespace InteropLab;

public static partial class Inputs
{
    private static readonly ConcurrentDictionary<int, bool[]> s_flags = new();
    private static readonly ConcurrentDictionary<int, int[]> s_flagIntegers = new();
    private static readonly ConcurrentDictionary<int, byte[]> s_flagBytes = new();
    private static readonly ConcurrentDictionary<int, byte[]> s_bytes = new();
    private static readonly ConcurrentDictionary<int, bool[]> s_scratchFlags = new();
    private static readonly ConcurrentDictionary<int, double[]> s_scratchDoubles = new();

    /// <summary>Every third flag is set, the first among them. Not to be changed by a kernel.</summary>
    public static bool[] Flags(int count) => s_flags.GetOrAdd(count, static count => [.. Enumerable.Range(0, count).Select(static i => i % 3 == 0)]);

    /// <summary><see cref="Flags"/> as 0 and 1. Not to be written to.</summary>
    public static int[] FlagIntegers(int count) => s_flagIntegers.GetOrAdd(count, static count => [.. Flags(count).Select(static flag => flag ? 1 : 0)]);

    /// <summary><see cref="Flags"/> as bytes of 0 and 1. Not to be written to.</summary>
    public static byte[] FlagBytes(int count) => s_flagBytes.GetOrAdd(count, static count => [.. Flags(count).Select(static flag => flag ? (byte)1 : (byte)0)]);

    /// <summary>Byte i is 167 i + 13. Not to be written to.</summary>
    public static byte[] Bytes(int count) => s_bytes.GetOrAdd(count, static count =>
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = unchecked((byte)((i * 167) + 13));
        }

        return bytes;
    });

    /// <summary>Flags that kernels fill; rows are called one after another.</summary>
    public static bool[] ScratchFlags(int count) => s_scratchFlags.GetOrAdd(count, static count => new bool[count]);

    /// <summary>Numbers that kernels change; rows are called one after another.</summary>
    public static double[] ScratchDoubles(int count) => s_scratchDoubles.GetOrAdd(count, static count => [.. Enumerable.Repeat(1.0, count)]);
}
