using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

using BenchmarkDotNet.Disassemblers;

using Iced.Intel;

namespace InteropLab.Bench;

/// <summary>
/// Machine code as text that is the same in another process with the same code: places inside a method are offsets from its start,
/// and what differs by process is masked.
/// </summary>
/// <param name="Text">Method after method, the benchmark's first; cut where it grows beyond reading.</param>
/// <param name="Hash">SHA-256 of the whole text but for the benchmark's own name, in hex: two variants of the same code have the same.</param>
internal sealed partial record Disassembly(string Text, string Hash)
{
    private const int MostBytes = 16 * 1024;
    private const string Masked = "ADDRESS";

    /// <summary>What BenchmarkDotNet has disassembled; null where there is none, or of an instruction set it describes otherwise.</summary>
    public static Disassembly? Of(DisassemblyResult result)
    {
        DisassembledMethod[] methods = [.. result.Methods.Where(static method => method.Maps.Length > 0)];
        if (methods.Length == 0 || methods.SelectMany(Instructions).FirstOrDefault() is null)
        {
            return null;
        }

        StringBuilder text = new();
        foreach (DisassembledMethod method in methods)
        {
            _ = text.Append("; ").Append(Mask(method.Name)).Append('\n');
            Write(method, result.AddressToNameMapping, text);
        }

        return Of(text.ToString());
    }

    internal static Disassembly Of(string text)
    {
        string unnamed = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        return new Disassembly(Cut(text), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(unnamed))));
    }

    private static IEnumerable<IntelAsm> Instructions(DisassembledMethod method) =>
        method.Maps.SelectMany(static map => map.SourceCodes).OfType<IntelAsm>();

    private static void Write(DisassembledMethod method, Dictionary<ulong, string> names, StringBuilder text)
    {
        Instruction[] instructions = [.. Instructions(method).Select(static asm => asm.Instruction)];
        if (instructions.Length == 0)
        {
            return;
        }

        ulong start = instructions[0].IP;
        MasmFormatter formatter = new(new Places(start, instructions[^1].NextIP, StackCookie(instructions), names));
        formatter.Options.FirstOperandCharIndex = 10; // operands below each other
        formatter.Options.SpaceAfterOperandSeparator = true;
        StringOutput line = new();
        foreach (Instruction instruction in instructions)
        {
            formatter.Format(instruction, line);
            _ = text.Append($"{instruction.IP - start:x4}  {line.ToStringAndReset()}\n");
        }
    }

    // A method with a stack buffer stores the process's cookie beside it and compares before it returns.
    private static long? StackCookie(Instruction[] instructions)
    {
        HashSet<(Register, ulong, long)> Seen(Code code) =>
            [.. instructions.Where(one => one.Code == code).Select(static one => (one.MemoryBase, one.MemoryDisplacement64, one.Immediate32to64))];
        return Seen(Code.Mov_rm64_imm32).Intersect(Seen(Code.Cmp_rm64_imm32)).Select(static one => (long?)one.Item3).FirstOrDefault();
    }

    private static string Cut(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MostBytes)
        {
            return text;
        }

        StringBuilder kept = new();
        int bytes = 0;
        string[] lines = text.TrimEnd('\n').Split('\n');
        int count = 0;
        for (; bytes + Encoding.UTF8.GetByteCount(lines[count]) + 1 <= MostBytes; count++)
        {
            bytes += Encoding.UTF8.GetByteCount(lines[count]) + 1;
            _ = kept.Append(lines[count]).Append('\n');
        }

        return kept.Append($"; {lines.Length - count} more lines are left out\n").ToString();
    }

    // Stubs without a name are named by their address.
    internal static string Mask(string name) => LongHex().Replace(name, Masked);

    [GeneratedRegex("(0x)?[0-9A-Fa-f]{8,}")]
    private static partial Regex LongHex();

    /// <summary>Names what an operand points at.</summary>
    private sealed class Places(ulong start, ulong end, long? cookie, Dictionary<ulong, string> names) : ISymbolResolver
    {
        public bool TryGetSymbol(in Instruction instruction, int operand, int instructionOperand, ulong address, int addressSize, out SymbolResult symbol)
        {
            if (address >= start && address < end)
            {
                symbol = new SymbolResult(address, $"L{address - start:x4}");
                return true;
            }

            if (names.TryGetValue(address, out string? name))
            {
                symbol = new SymbolResult(address, Mask(name));
                return true;
            }

            if (instruction.Code is Code.Mov_rm64_imm32 or Code.Cmp_rm64_imm32 && instruction.Immediate32to64 == cookie && address == (ulong)cookie)
            {
                symbol = new SymbolResult(address, "COOKIE");
                return true;
            }

            // Handles, cells, code of others, a longer cookie: all that needs more than 32 bits is of this process.
            symbol = new SymbolResult(address, Masked);
            return address > uint.MaxValue && addressSize == sizeof(ulong) && (long)address is < int.MinValue or > int.MaxValue;
        }
    }

    /// <summary>Writes the text beside a part; whole or not at all.</summary>
    public void Write(string folder, string name)
    {
        string temporary = Path.Combine(folder, $"{name}.partial");
        File.WriteAllText(temporary, Text);
        File.Move(temporary, Path.Combine(folder, name), overwrite: true);
    }
}
