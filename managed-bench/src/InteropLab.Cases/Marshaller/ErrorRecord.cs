using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace InteropLab.Cases;

/// <summary>marshaller_error as it crosses the border.</summary>
[KernelStruct("marshaller_error")]
[StructLayout(LayoutKind.Sequential)]
public struct MarshallerError
{
    public int Code;
    public int IsFatal;
    public nint Message;
}

/// <summary>The same as a program would have it. DllImport reads MarshalAs, LibraryImport the marshaller.</summary>
[NativeMarshalling(typeof(ErrorRecordMarshaller))]
[StructLayout(LayoutKind.Sequential)]
public struct ErrorRecord
{
    public int Code;

    [MarshalAs(UnmanagedType.Bool)]
    public bool IsFatal;

    [MarshalAs(UnmanagedType.LPUTF8Str)]
    public string? Message;

    /// <summary>What an answer is made of: all that the record holds, of its text the length and the last letter.</summary>
    internal readonly long Mark
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Code + (IsFatal ? 1 : 0) + Message!.Length + Message[^1];
    }
}

/// <summary>Stateless, as the guidance writes it: the text is on the native heap, on the way out as on the way in.</summary>
[CustomMarshaller(typeof(ErrorRecord), MarshalMode.Default, typeof(ErrorRecordMarshaller))]
public static unsafe class ErrorRecordMarshaller
{
    public static MarshallerError ConvertToUnmanaged(ErrorRecord managed) => new()
    {
        Code = managed.Code,
        IsFatal = managed.IsFatal ? 1 : 0,
        Message = (nint)Utf8StringMarshaller.ConvertToUnmanaged(managed.Message),
    };

    public static ErrorRecord ConvertToManaged(MarshallerError unmanaged) => new()
    {
        Code = unmanaged.Code,
        IsFatal = unmanaged.IsFatal != 0,
        Message = Utf8StringMarshaller.ConvertToManaged((byte*)unmanaged.Message),
    };

    public static void Free(MarshallerError unmanaged) => Utf8StringMarshaller.Free((byte*)unmanaged.Message);
}

/// <summary>The way back of <see cref="ErrorRecordMarshaller"/>, which is gone whatever threw before.</summary>
[CustomMarshaller(typeof(ErrorRecord), MarshalMode.ManagedToUnmanagedOut, typeof(GuaranteedErrorRecordMarshaller))]
internal static class GuaranteedErrorRecordMarshaller
{
    public static ErrorRecord ConvertToManagedFinally(MarshallerError unmanaged) => ErrorRecordMarshaller.ConvertToManaged(unmanaged);

    public static void Free(MarshallerError unmanaged) => ErrorRecordMarshaller.Free(unmanaged);
}
