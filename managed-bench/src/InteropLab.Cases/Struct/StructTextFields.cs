using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class StructTextFieldsImports
{
    internal static readonly delegate* unmanaged[Cdecl]<TextUtf8*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<TextUtf8*, ulong>)KernelLibrary.Export("struct_text_fields");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_text_fields", ExactSpelling = true)]
    internal static extern ulong DllImport(in TextRecordUtf8 record);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_text_fields")]
    internal static partial ulong LibraryImport(in TextRecordUtf8 record);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_text_fields")]
    internal static partial ulong LibraryImportBlittable(TextUtf8* record);
}

internal static unsafe partial class StructTextFieldsUtf16Imports
{
    internal static readonly delegate* unmanaged[Cdecl]<TextUtf16*, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<TextUtf16*, ulong>)KernelLibrary.Export("struct_text_fields_utf16");

    [DllImport(KernelLibrary.Name, EntryPoint = "struct_text_fields_utf16", ExactSpelling = true)]
    internal static extern ulong DllImport(in TextRecordUtf16 record);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_text_fields_utf16")]
    internal static partial ulong LibraryImport(in TextRecordUtf16 record);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "struct_text_fields_utf16")]
    internal static partial ulong LibraryImportBlittable(TextUtf16* record);
}

/// <summary>encoding=utf8. The answer is the hash of name, tag and id.</summary>
public unsafe class StructTextFields
{
    private const int MostBytes = 1025; // the longest name and its 0
    private const int Tags = 32;

    private TextRecordUtf8 _record;
    private TextUtf8 _prepared;

    [Params(8, 64, 1024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _record = new TextRecordUtf8 { Id = Inputs.RecordId, Name = Inputs.Name(Length), Tag = Inputs.RecordTag };
        _prepared = new TextUtf8 { Id = Inputs.RecordId, Name = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(Inputs.PinnedUtf8(Length))) };
        for (int i = 0; i < Inputs.RecordTag.Length; i++)
        {
            _prepared.Tag[i] = (byte)Inputs.RecordTag[i];
        }
    }

    [Benchmark]
    public ulong DllImport() => StructTextFieldsImports.DllImport(in _record);

    [Benchmark]
    public ulong LibraryImport() => StructTextFieldsImports.LibraryImport(in _record);

    // What the generator writes.
    [Benchmark]
    public ulong FunctionPointer()
    {
        TextUtf8 record = default;
        try
        {
            record = TextRecordUtf8Marshaller.ConvertToUnmanaged(_record);
            return StructTextFieldsImports.Pointer(&record);
        }
        finally
        {
            TextRecordUtf8Marshaller.Free(record);
        }
    }

    [Benchmark]
    [SkipLocalsInit]
    public ulong HandBuilt()
    {
        byte* name = stackalloc byte[MostBytes];
        int length = Encoding.UTF8.GetBytes(_record.Name, new Span<byte>(name, MostBytes - 1));
        name[length] = 0;
        TextUtf8 record;
        record.Id = _record.Id;
        record.Name = (nint)name;
        length = Encoding.UTF8.GetBytes(_record.Tag, new Span<byte>(record.Tag, Tags - 1));
        record.Tag[length] = 0;
        return StructTextFieldsImports.LibraryImportBlittable(&record);
    }

    [Benchmark]
    public ulong Prepared()
    {
        fixed (TextUtf8* record = &_prepared)
        {
            return StructTextFieldsImports.LibraryImportBlittable(record);
        }
    }
}

/// <summary>encoding=utf16. The answer is the hash of name, tag and id.</summary>
public unsafe class StructTextFieldsUtf16
{
    private const int Tags = 32;

    private TextRecordUtf16 _record;
    private TextUtf16 _prepared;

    [Params(8, 64, 1024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _record = new TextRecordUtf16 { Id = Inputs.RecordId, Name = Inputs.Name(Length), Tag = Inputs.RecordTag };
        _prepared = new TextUtf16 { Id = Inputs.RecordId, Name = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(Inputs.PinnedUtf16(Length))) };
        for (int i = 0; i < Inputs.RecordTag.Length; i++)
        {
            _prepared.Tag[i] = (ushort)Inputs.RecordTag[i];
        }
    }

    [Benchmark]
    public ulong DllImport() => StructTextFieldsUtf16Imports.DllImport(in _record);

    [Benchmark]
    public ulong LibraryImport() => StructTextFieldsUtf16Imports.LibraryImport(in _record);

    // What the generator writes.
    [Benchmark]
    public ulong FunctionPointer()
    {
        TextUtf16 record = default;
        try
        {
            record = TextRecordUtf16Marshaller.ConvertToUnmanaged(_record);
            return StructTextFieldsUtf16Imports.Pointer(&record);
        }
        finally
        {
            TextRecordUtf16Marshaller.Free(record);
        }
    }

    [Benchmark]
    [SkipLocalsInit]
    public ulong HandBuilt()
    {
        fixed (char* name = _record.Name)
        {
            TextUtf16 record;
            record.Id = _record.Id;
            record.Name = (nint)name;
            string tag = _record.Tag;
            tag.CopyTo(new Span<char>(record.Tag, Tags - 1));
            record.Tag[tag.Length] = 0;
            return StructTextFieldsUtf16Imports.LibraryImportBlittable(&record);
        }
    }

    [Benchmark]
    public ulong Prepared()
    {
        fixed (TextUtf16* record = &_prepared)
        {
            return StructTextFieldsUtf16Imports.LibraryImportBlittable(record);
        }
    }
}
