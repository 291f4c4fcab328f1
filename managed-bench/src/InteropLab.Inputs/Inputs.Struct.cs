using System;
using System.Collections.Concurrent;

namespace InteropLab;

public static partial class Inputs
{
    /// <summary>The flags of every struct of four as bits, the first one lowest: 1, 0, 1, 1.</summary>
    public const ulong FlagBits = 0b1101;

    /// <summary>What every record with text holds beside its name.</summary>
    public const int RecordId = 42;

    /// <summary>The text that lies in place in every such record.</summary>
    public const string RecordTag = "tag";

    /// <summary>Elements that a record with an array in place has room for.</summary>
    public const int Room = 16;

    private static readonly ConcurrentDictionary<int, byte[]> s_pinnedUtf8 = new();
    private static readonly ConcurrentDictionary<int, char[]> s_pinnedUtf16 = new();

    /// <summary>The name of every such record.</summary>
    public static string Name(int length) => Text(length, "ascii");

    /// <summary><see cref="Name"/> as UTF-8 with a 0, where no collection moves it. Not to be written to.</summary>
    public static byte[] PinnedUtf8(int length) => s_pinnedUtf8.GetOrAdd(length, static length =>
    {
        byte[] pinned = GC.AllocateArray<byte>(length + 1, pinned: true);
        Utf8(length, "ascii").CopyTo(pinned, 0);
        return pinned;
    });

    /// <summary><see cref="Name"/> as UTF-16 with a 0, where no collection moves it. Not to be written to.</summary>
    public static char[] PinnedUtf16(int length) => s_pinnedUtf16.GetOrAdd(length, static length =>
    {
        char[] pinned = GC.AllocateArray<char>(length + 1, pinned: true);
        Name(length).CopyTo(pinned);
        return pinned;
    });
}
