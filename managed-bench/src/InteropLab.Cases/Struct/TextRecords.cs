using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Text;

namespace InteropLab.Cases;

/// <summary>struct_text_utf8: blittable; a pointer is what it is.</summary>
[KernelStruct("struct_text_utf8")]
[StructLayout(LayoutKind.Sequential)]
public unsafe struct TextUtf8
{
    public int Id;
    public nint Name;
    public fixed byte Tag[32];
}

/// <summary>The same as a program would have it. DllImport reads MarshalAs, LibraryImport the marshaller.</summary>
[NativeMarshalling(typeof(TextRecordUtf8Marshaller))]
[StructLayout(LayoutKind.Sequential)]
public struct TextRecordUtf8
{
    public int Id;

    [MarshalAs(UnmanagedType.LPUTF8Str)]
    public string Name;

    [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 32)]
    public string Tag;
}

/// <summary>What the source generator calls for <see cref="TextRecordUtf8"/>: the name outlives the conversion, so it is on the native heap.</summary>
[CustomMarshaller(typeof(TextRecordUtf8), MarshalMode.ManagedToUnmanagedIn, typeof(TextRecordUtf8Marshaller))]
internal static unsafe class TextRecordUtf8Marshaller
{
    private const int Tags = 32;

    internal static TextUtf8 ConvertToUnmanaged(TextRecordUtf8 managed)
    {
        TextUtf8 native = new() { Id = managed.Id };
        _ = Encoding.UTF8.GetBytes(managed.Tag, new Span<byte>(native.Tag, Tags - 1));
        native.Name = (nint)Utf8StringMarshaller.ConvertToUnmanaged(managed.Name);
        return native;
    }

    internal static void Free(TextUtf8 unmanaged) => Utf8StringMarshaller.Free((byte*)unmanaged.Name);
}

/// <summary>struct_text_utf16: blittable; a pointer is what it is.</summary>
[KernelStruct("struct_text_utf16")]
[StructLayout(LayoutKind.Sequential)]
public unsafe struct TextUtf16
{
    public int Id;
    public nint Name;
    public fixed ushort Tag[32];
}

/// <summary>The same as a program would have it. DllImport reads MarshalAs, LibraryImport the marshaller.</summary>
[NativeMarshalling(typeof(TextRecordUtf16Marshaller))]
[StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
public struct TextRecordUtf16
{
    public int Id;

    [MarshalAs(UnmanagedType.LPWStr)]
    public string Name;

    [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 32)]
    public string Tag;
}

/// <summary>What the source generator calls for <see cref="TextRecordUtf16"/>: the name outlives the conversion, so it is on the native heap.</summary>
[CustomMarshaller(typeof(TextRecordUtf16), MarshalMode.ManagedToUnmanagedIn, typeof(TextRecordUtf16Marshaller))]
internal static unsafe class TextRecordUtf16Marshaller
{
    private const int Tags = 32;

    internal static TextUtf16 ConvertToUnmanaged(TextRecordUtf16 managed)
    {
        TextUtf16 native = new() { Id = managed.Id };
        managed.Tag.CopyTo(new Span<char>(native.Tag, Tags - 1));
        native.Name = (nint)Utf16StringMarshaller.ConvertToUnmanaged(managed.Name);
        return native;
    }

    internal static void Free(TextUtf16 unmanaged) => Utf16StringMarshaller.Free((ushort*)unmanaged.Name);
}
