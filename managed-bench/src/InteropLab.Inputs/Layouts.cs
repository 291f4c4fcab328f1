using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace InteropLab;

/// <summary>Names the native struct that a C# struct must agree with, field by field.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class)]
public sealed class KernelStructAttribute(string nativeName) : Attribute
{
    /// <summary>The struct's name in kernels.h.</summary>
    public string NativeName { get; } = nativeName;
}

/// <summary>One line of a layout table: a type (empty field name) or one of its fields. Sizes in bytes.</summary>
public sealed record LayoutLine(string Type, string Field, uint Size, uint Align, uint Offset);

/// <summary>kernels_layout_entry: the first struct that crosses the border, and the one that proves the others.</summary>
[KernelStruct("kernels_layout_entry")]
[StructLayout(LayoutKind.Sequential)]
public struct KernelsLayoutEntry
{
    /// <summary>const char*: the struct's name.</summary>
    public nint Type;

    /// <summary>const char*: the field's name; empty for the struct itself.</summary>
    public nint Field;

    /// <summary>Bytes.</summary>
    public uint Size;

    /// <summary>Bytes.</summary>
    public uint Align;

    /// <summary>Bytes from the struct's start; 0 for the struct itself.</summary>
    public uint Offset;
}

/// <summary>C#'s side of the layout table, and what differs from the library's.</summary>
public static class Layouts
{
    /// <summary>The structs of <paramref name="assemblies"/> that carry <see cref="KernelStructAttribute"/>, as the marshaller lays them out.</summary>
    public static IReadOnlyList<LayoutLine> Managed(params IEnumerable<Assembly> assemblies) =>
        [.. from assembly in assemblies
            from type in assembly.GetTypes()
            let name = type.GetCustomAttribute<KernelStructAttribute>()?.NativeName
            where name is not null
            from line in Lines(name, type)
            select line];

    /// <summary>Null where both tables say the same; otherwise the first difference, in one line.</summary>
    /// <remarks>A managed twin may exist once with and once without runtime marshalling: equal lines count once.</remarks>
    public static string? Difference(IReadOnlyList<LayoutLine> native, IReadOnlyList<LayoutLine> managed)
    {
        LayoutLine? unknown = native.Except(managed).FirstOrDefault();
        LayoutLine? wrong = managed.Except(native).FirstOrDefault();
        return (unknown, wrong) switch
        {
            (null, null) => null,
            (null, _) => $"only C# has {wrong}",
            (_, null) => $"only the library has {unknown}",
            _ => $"the library has {unknown}, C# has {wrong}",
        };
    }

    private static IEnumerable<LayoutLine> Lines(string name, Type type)
    {
        yield return new LayoutLine(name, "", Size(type), Align(type), 0);
        foreach (FieldInfo field in Fields(type))
        {
            uint offset = (uint)Marshal.OffsetOf(type, field.Name);
            yield return new LayoutLine(name, Snake(field.Name), Size(field.FieldType), Align(field.FieldType), offset);
        }
    }

    private static FieldInfo[] Fields(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    private static uint Size(Type type) => (uint)Marshal.SizeOf(type);

    // There is no API for it: a primitive is aligned to its size on every platform here, a struct to its widest field.
    private static uint Align(Type type) => type.IsPrimitive || type.IsPointer
        ? Size(type)
        : Math.Min(Fields(type).Max(field => Align(field.FieldType)), (uint)(type.StructLayoutAttribute is { Pack: > 0 } layout ? layout.Pack : int.MaxValue));

    private static string Snake(string pascal)
    {
        StringBuilder snake = new();
        foreach (char letter in pascal)
        {
            _ = (char.IsUpper(letter) && snake.Length > 0 ? snake.Append('_') : snake).Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }
}
