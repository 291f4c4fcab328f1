using System;
using System.Runtime.InteropServices;

namespace InteropLab.Cases;

/// <summary>com_part: an interface of an object. Only the layout table looks inside.</summary>
[KernelStruct("com_part")]
[StructLayout(LayoutKind.Sequential)]
public struct ComPart
{
    public nint Vtable;
    public nint Owner;
}

/// <summary>com_object: three interfaces and a count of references. Only the layout table looks inside.</summary>
[KernelStruct("com_object")]
[StructLayout(LayoutKind.Sequential)]
public struct ComObjectLayout
{
    public ComPart Calc;
    public ComPart Text;
    public ComPart Chain;
    public uint References;
}

/// <summary>An object of the kernel library, known by one of its interfaces, and the one reference that its maker has on it; and its methods by their slots.</summary>
public sealed unsafe partial class NativeObject : IDisposable
{
    private nint _pointer;

    public NativeObject() => _pointer = Create();

    /// <param name="id">The interface that <see cref="Pointer"/> is to be.</param>
    public NativeObject(string id)
        : this()
    {
        nint unknown = _pointer;
        _pointer = Part(id);
        _ = Release(unknown);
    }

    /// <summary>Its IUnknown, which is its calc as well, or the interface that was asked for; 0 once it is released.</summary>
    public nint Pointer => _pointer;

    public void Dispose() => ReleaseOnce(ref _pointer);

    /// <summary>Gives a reference back, and forgets it.</summary>
    public static void ReleaseOnce(ref nint self)
    {
        if (self != 0)
        {
            _ = Release(self);
            self = 0;
        }
    }

    /// <summary>QueryInterface: a reference more where it answers 0.</summary>
    public static int Query(nint self, in Guid asked, out nint found)
    {
        fixed (Guid* id = &asked)
        fixed (nint* to = &found)
        {
            return ((delegate* unmanaged[MemberFunction]<nint, Guid*, nint*, int>)Slot(self, 0))(self, id, to);
        }
    }

    /// <summary>One reference more; how many there are.</summary>
    public static uint AddRef(nint self) => ((delegate* unmanaged[MemberFunction]<nint, uint>)Slot(self, 1))(self);

    /// <summary>One reference less; how many are left.</summary>
    public static uint Release(nint self) => ((delegate* unmanaged[MemberFunction]<nint, uint>)Slot(self, 2))(self);

    /// <summary>A method's address.</summary>
    public static nint Slot(nint self, int slot) => (*(nint**)self)[slot];

    /// <summary>Another interface of the object, with a reference on it.</summary>
    public nint Part(string id)
    {
        int status = Query(_pointer, new Guid(id), out nint found);
        return status == 0 ? found : throw new InvalidCastException($"{id}: {status:x8}");
    }

    [LibraryImport(KernelLibrary.Name, EntryPoint = "com_call_create")]
    private static partial nint Create();
}
