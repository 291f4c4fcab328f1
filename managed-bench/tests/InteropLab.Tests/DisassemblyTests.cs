using System;
using System.Linq;

using BenchmarkDotNet.Disassemblers;

using Iced.Intel;

using InteropLab.Bench;

using Xunit;

namespace InteropLab.Tests;

/// <summary>Machine code as text: the same wherever it lies, and other code is other text.</summary>
public sealed class DisassemblyTests
{
    private const ulong Low = 0x7F12_3456_0000;
    private const ulong High = 0x7FAB_CDEF_1230;

    /// <summary>Stores a cookie, loads a handle, calls a helper by name and a stub without one, jumps inside itself, checks the cookie.</summary>
    private static Disassembly At(ulong start, int cookie, string name = "Case.Variant()", int added = 1)
    {
        Assembler code = new(64);
        Label again = code.CreateLabel();
        code.mov(AssemblerRegisters.__qword_ptr[AssemblerRegisters.rbp - 8], cookie);
        code.Label(ref again);
        code.mov(AssemblerRegisters.rdi, (long)start + 0x100_0000);
        code.call(start + 0x2000);
        code.call(start + 0x3000);
        code.add(AssemblerRegisters.eax, added);
        code.jne(again);
        code.cmp(AssemblerRegisters.__qword_ptr[AssemblerRegisters.rbp - 8], cookie);
        code.ret();
        CodeBytes bytes = new();
        _ = code.Assemble(bytes, start);
        Decoder decoder = Decoder.Create(64, new ByteArrayCodeReader([.. bytes.All]), start);
        SourceCode[] instructions = [.. decoder.Select(static one => new IntelAsm { Instruction = one })];
        DisassemblyResult result = new()
        {
            Methods = [new DisassembledMethod { Name = name, Maps = [new Map { SourceCodes = instructions }] }],
            SerializedAddressToNameMapping = [new DisassemblyResult.MutablePair { Key = start + 0x2000, Value = "HELPER" }],
        };
        return Disassembly.Of(result)!;
    }

    [Fact]
    public void The_same_code_elsewhere_in_another_process_is_the_same_text()
    {
        Disassembly code = At(Low, cookie: 0x3F2839);
        Assert.Equal(code, At(High, cookie: 0x123456));
        Assert.Contains("call      HELPER", code.Text, StringComparison.Ordinal);
        Assert.Contains("call      ADDRESS", code.Text, StringComparison.Ordinal);
        Assert.Contains("mov       rdi, offset ADDRESS", code.Text, StringComparison.Ordinal);
        Assert.Contains("jne       short L0008", code.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("3F2839", code.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Other_code_has_another_hash_and_another_name_has_not()
    {
        Disassembly code = At(Low, cookie: 1);
        Assert.NotEqual(code.Hash, At(Low, cookie: 1, added: 2).Hash);
        Disassembly renamed = At(Low, cookie: 1, name: "Case.Other()");
        Assert.Equal(code.Hash, renamed.Hash);
        Assert.NotEqual(code.Text, renamed.Text);
    }

    [Fact]
    public void What_cannot_be_read_is_left_out_and_hashed()
    {
        string line = new string('x', 99) + "\n";
        string text = string.Concat(Enumerable.Repeat(line, 200));
        Disassembly cut = Disassembly.Of(text);
        Assert.EndsWith("\n; 37 more lines are left out\n", cut.Text, StringComparison.Ordinal);
        Assert.NotEqual(cut.Hash, Disassembly.Of(text + "ret\n").Hash);
    }

    [Fact]
    public void Nothing_disassembled_is_nothing() => Assert.Null(Disassembly.Of(new DisassemblyResult { Methods = [] }));

    private sealed class CodeBytes : CodeWriter
    {
        public System.Collections.Generic.List<byte> All { get; } = [];

        public override void WriteByte(byte value) => All.Add(value);
    }
}
