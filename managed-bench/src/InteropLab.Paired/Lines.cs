using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;

namespace InteropLab.Paired;

/// <summary>Writes what a launch has to say, one JSON object a line. Never called while rounds are timed.</summary>
internal sealed class Lines(Stream output)
{
    private static readonly double s_nanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    public void Write<T>(T line) => JsonLine.Write(output, line);

    /// <summary>The rounds of a group: one line that says what its entries are, one line a round.</summary>
    public void Write(int number, Group group, Rounds rounds)
    {
        List<EntryLine> entries = [.. Array.ConvertAll(group.Entries, static entry => new EntryLine(entry.Key, entry.Role, entry.Calls))];
        Write(new GroupLine("group", number, group.Plan.Case, group.Plan.Params, rounds.Done, rounds.Quiet, rounds.IsUsable, rounds.WideFloor, rounds.CompiledMeanwhile, entries));
        using MemoryStream memory = new();
        using Utf8JsonWriter writer = new(memory);
        int width = group.Entries.Length;
        for (int first = 0; first < rounds.Blocks.Length; first += width)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "round");
            writer.WriteNumber("group", number);
            writer.WriteNumber("round", rounds.Blocks[first].Round + 1);
            writer.WriteStartArray("blocks");
            foreach (Block block in rounds.Blocks.Slice(first, width))
            {
                Write(writer, group.Entries[block.Entry], block);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
            memory.WriteByte((byte)'\n');
        }

        memory.WriteTo(output);
        output.Flush();
    }

    private static void Write(Utf8JsonWriter writer, Timed entry, Block block)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(block.Entry);
        if (entry.ReplicaOf(block.Round) is int replica)
        {
            writer.WriteNumberValue(replica);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteNumberValue(entry.Calls);
        writer.WriteNumberValue(Math.Round(block.Ticks * s_nanosecondsPerTick, 1));
        writer.WriteNumberValue(block.Collections);
        writer.WriteNumberValue(block.PauseTicks * 100); // of 100 ns
        writer.WriteNumberValue(block.Switches);
        writer.WriteEndArray();
    }
}

/// <summary>First line: what this is.</summary>
/// <param name="Epoch">Changes whenever the engine would measure the same code differently.</param>
/// <param name="RuntimeFolder">Where the runtime lies; null for a program that has it in itself.</param>
/// <param name="Aot">Whether all of it was compiled before it started.</param>
/// <param name="Precompiled">Whether the image of the cases holds ReadyToRun code.</param>
/// <param name="Binding">How its imports come to the library, see <see cref="Identity"/>; null where the system does not say.</param>
/// <param name="Contract">Of the library that is measured.</param>
/// <param name="Settings">Variables of the runtime that were set: they change what is measured.</param>
internal sealed record HelloLine(
    string Kind,
    int Schema,
    int Epoch,
    int Launch,
    string Runtime,
    string Framework,
    string? RuntimeFolder,
    string Rid,
    string Deployment,
    bool Aot,
    bool Precompiled,
    string? Binding,
    bool ServerGc,
    string Impl,
    string Contract,
    string Compiler,
    int? Cpu,
    Dictionary<string, string> Settings);

/// <summary>What a call takes where the plan said calls 0.</summary>
internal sealed record CalibratedLine(string Kind, string Key, string Role, long Calls, double NsPerCall);

/// <summary>All bodies gave the catalogue's answers.</summary>
internal sealed record VerifiedLine(string Kind, int Bodies);

/// <summary>An entry that cannot be timed in this deployment.</summary>
internal sealed record UnfitLine(string Kind, string Key, string Reason);

/// <summary>What the rounds that follow hold.</summary>
internal sealed record GroupLine(
    string Kind, int Group, string Case, string Params, int Rounds, int Quiet, bool Usable, double WideFloor, long Compiled, List<EntryLine> Entries);

internal sealed record EntryLine(string Key, string Role, long Calls);

/// <summary>The machine code of a variant in one replica.</summary>
internal sealed record BodyLine(string Kind, string Key, int Replica, string Tier, int AddressMod64, uint? SizeBytes, string CodeHash);

internal sealed record ProgressLine(string Kind, int Groups, int Of);

/// <summary>Last line of a launch that counts.</summary>
/// <param name="WideFloor">The smallest of its groups.</param>
internal sealed record DoneLine(string Kind, double? WideFloor, double WarmUpSeconds, double RoundsSeconds);

/// <summary>Last line of one that does not.</summary>
internal sealed record InvalidLine(string Kind, string Reason);
