using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

using Iced.Intel;

namespace InteropLab.Paired;

/// <summary>A hash of a body's machine code with every address masked: equal for two copies of one method, wherever they lie.</summary>
internal static unsafe class CodeHash
{
    private const int Characters = 16;

    /// <summary>16 hexadecimal digits; empty where this processor's code cannot be read or nobody says where it ends.</summary>
    public static string Of(BodyCode body)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || body.Size is not uint size)
        {
            return "";
        }

        byte[] code = new ReadOnlySpan<byte>((void*)body.Address, (int)size).ToArray();
        Decoder decoder = Decoder.Create(64, code);
        decoder.IP = body.Address;
        while (decoder.IP < body.Address + size)
        {
            decoder.Decode(out Instruction instruction);
            ConstantOffsets offsets = decoder.GetConstantOffsets(instruction);
            Span<byte> bytes = code.AsSpan((int)(instruction.IP - body.Address), instruction.Length);
            bool leaves = instruction.IsCallNear || instruction.IsJmpNear || instruction.IsJccNear;
            bool inside = leaves && instruction.NearBranchTarget - body.Address < size;

            // An immediate of 64 bits is an address; so is what lies relative to the instruction, unless it is in this body.
            if (offsets.HasImmediate && (offsets.ImmediateSize == sizeof(ulong) || (leaves && !inside)))
            {
                bytes.Slice(offsets.ImmediateOffset, offsets.ImmediateSize).Clear();
            }

            if (offsets.HasDisplacement && instruction.IsIPRelativeMemoryOperand)
            {
                bytes.Slice(offsets.DisplacementOffset, offsets.DisplacementSize).Clear();
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(code))[..Characters];
    }
}
