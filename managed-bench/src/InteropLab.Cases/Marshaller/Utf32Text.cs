using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace InteropLab.Cases;

/// <summary>Text as native code reads it, the 0 included: every shape starts from the same object, and none has to encode anything.</summary>
public sealed class Utf32Text(uint[] points)
{
    /// <summary>Code points and a 0.</summary>
    internal uint[] Points { get; } = points;

    /// <summary>A copy on the native heap.</summary>
    internal unsafe uint* ToNative()
    {
        uint* allocated = (uint*)NativeMemory.Alloc((nuint)Points.Length, sizeof(uint));
        Points.CopyTo(new Span<uint>(allocated, Points.Length));
        return allocated;
    }
}

/// <summary>The runtime's own kind of custom marshaller.</summary>
internal sealed unsafe class Utf32TextCustomMarshaler : ICustomMarshaler
{
    private static readonly Utf32TextCustomMarshaler s_instance = new();

    public static ICustomMarshaler GetInstance(string cookie) => s_instance;

    public nint MarshalManagedToNative(object managed) => (nint)((Utf32Text)managed).ToNative();

    public void CleanUpNativeData(nint native) => NativeMemory.Free((void*)native);

    public object MarshalNativeToManaged(nint native) => throw new NotSupportedException("text goes one way");

    public void CleanUpManagedData(object managed)
    {
    }

    public int GetNativeDataSize() => -1;
}

/// <summary>Stateless, on the native heap.</summary>
[CustomMarshaller(typeof(Utf32Text), MarshalMode.ManagedToUnmanagedIn, typeof(Utf32TextStateless))]
internal static unsafe class Utf32TextStateless
{
    public static uint* ConvertToUnmanaged(Utf32Text text) => text.ToNative();

    public static void Free(uint* text) => NativeMemory.Free(text);
}

/// <summary>Stateless, in a buffer of the caller; a text that does not fit throws.</summary>
[CustomMarshaller(typeof(Utf32Text), MarshalMode.ManagedToUnmanagedIn, typeof(Utf32TextStatelessBuffer))]
internal static unsafe class Utf32TextStatelessBuffer
{
    /// <summary>In code points: the longest text of the case and its 0.</summary>
    public static int BufferSize => 1025;

    public static uint* ConvertToUnmanaged(Utf32Text text, Span<uint> buffer)
    {
        text.Points.CopyTo(buffer);
        // The caller's buffer lies on its stack.
        return (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));
    }
}

/// <summary>Stateful, on the native heap.</summary>
[CustomMarshaller(typeof(Utf32Text), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static unsafe class Utf32TextStateful
{
    internal struct In
    {
        private uint* _text;

        public void FromManaged(Utf32Text text) => _text = text.ToNative();

        public readonly uint* ToUnmanaged() => _text;

        public readonly void Free() => NativeMemory.Free(_text);
    }
}

/// <summary>Stateful, in a buffer of the caller where the text fits, else on the native heap.</summary>
[CustomMarshaller(typeof(Utf32Text), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static unsafe class Utf32TextStatefulBuffer
{
    internal ref struct In
    {
        private uint* _allocated;
        private uint* _text;

        /// <summary>In code points.</summary>
        public static int BufferSize => 64;

        public void FromManaged(Utf32Text text, Span<uint> buffer)
        {
            if (text.Points.Length > buffer.Length)
            {
                _text = _allocated = text.ToNative();
                return;
            }

            text.Points.CopyTo(buffer);
            // The caller's buffer lies on its stack.
            _text = (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));
        }

        public readonly uint* ToUnmanaged() => _text;

        public readonly void Free() => NativeMemory.Free(_allocated);
    }
}

/// <summary>Stateless, pinned where it is.</summary>
[CustomMarshaller(typeof(Utf32Text), MarshalMode.ManagedToUnmanagedIn, typeof(Utf32TextPinnable))]
internal static unsafe class Utf32TextPinnable
{
    public static ref uint GetPinnableReference(Utf32Text text) => ref MemoryMarshal.GetArrayDataReference(text.Points);

    // The generator takes no shape without it, and calls it only where it cannot pin.
    public static uint* ConvertToUnmanaged(Utf32Text text) => throw new NotSupportedException("text is pinned");
}

/// <summary>Stateful, pinned where it is.</summary>
[CustomMarshaller(typeof(Utf32Text), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static unsafe class Utf32TextPinnableStateful
{
    internal struct In
    {
        private Utf32Text _text;

        public void FromManaged(Utf32Text text) => _text = text;

        public readonly ref uint GetPinnableReference() => ref MemoryMarshal.GetArrayDataReference(_text.Points);

        // Called while the reference above is pinned.
        public readonly uint* ToUnmanaged() => (uint*)Unsafe.AsPointer(ref GetPinnableReference());

        // The generator demands it of every stateful marshaller (SYSLIB1057), though the guidance calls it optional.
        public readonly void Free()
        {
        }
    }
}
