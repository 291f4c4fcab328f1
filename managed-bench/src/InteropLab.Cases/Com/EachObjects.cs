using System;
using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Threading;

namespace InteropLab.Cases;

/// <summary>What native code calls back, by generated code.</summary>
[GeneratedComClass]
public sealed partial class GeneratedEach(long added) : IEach
{
    public long Step(long value) => value + added;
}

/// <summary>What hand-written entries dispatch through, as generated ones do.</summary>
internal interface IPlainEach
{
    long Step(long value);
}

/// <summary>The same, exposed by hand-written wrappers.</summary>
internal sealed class PlainEach(long added) : IPlainEach
{
    public long Step(long value) => value + added;
}

/// <summary>Exposes a <see cref="PlainEach"/>: one vtable for the type, made once.</summary>
internal sealed unsafe class EachWrappers : ComWrappers
{
    private static readonly ComInterfaceEntry* s_entries = Entries();

    protected override ComInterfaceEntry* ComputeVtables(object obj, CreateComInterfaceFlags flags, out int count)
    {
        count = 1;
        return obj is IPlainEach ? s_entries : throw new NotSupportedException("this wraps one interface");
    }

    protected override object CreateObject(nint externalComObject, CreateObjectFlags flags) =>
        throw new NotSupportedException("this wraps managed objects only");

    protected override void ReleaseObjects(IEnumerable objects) => throw new NotSupportedException("nothing is tracked");

    private static ComInterfaceEntry* Entries()
    {
        GetIUnknownImpl(out nint query, out nint addRef, out nint release);
        nint* vtable = (nint*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(EachWrappers), 4 * sizeof(nint));
        vtable[0] = query;
        vtable[1] = addRef;
        vtable[2] = release;
        vtable[3] = (nint)(delegate* unmanaged[MemberFunction]<nint, long, long*, int>)&Step;
        ComInterfaceEntry* entries = (ComInterfaceEntry*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(EachWrappers), sizeof(ComInterfaceEntry));
        entries->IID = new Guid(ComIds.Each);
        entries->Vtable = (nint)vtable;
        return entries;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static int Step(nint self, long value, long* result)
    {
        try
        {
            *result = ComInterfaceDispatch.GetInstance<IPlainEach>((ComInterfaceDispatch*)self).Step(value);
            return 0;
        }
        catch (Exception thrown)
        {
            return thrown.HResult;
        }
    }
}

/// <summary>The same without ComWrappers: a block of memory that begins with a vtable, and a handle of the managed object.</summary>
internal static unsafe class HandBuiltEach
{
    private const int NoInterface = unchecked((int)0x80004002);
    private const int Slots = 4;

    private static readonly nint* s_vtable = Filled((nint*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(HandBuiltEach), Slots * sizeof(nint)));
    private static readonly Guid s_unknown = new("00000000-0000-0000-C000-000000000046");
    private static readonly Guid s_each = new(ComIds.Each);

    private struct Block
    {
        internal nint* Vtable;
        internal GCHandle<IPlainEach> Target;
        internal int References;
        internal bool OwnsVtable;
    }

    /// <summary>An object with one reference; all share a vtable.</summary>
    internal static nint Create(IPlainEach target) => Create(target, s_vtable, owns: false);

    /// <summary>An object with one reference and a vtable of its own, made anew.</summary>
    internal static nint CreateWithVtable(IPlainEach target) =>
        Create(target, Filled((nint*)NativeMemory.Alloc(Slots, (nuint)sizeof(nint))), owns: true);

    private static nint Create(IPlainEach target, nint* vtable, bool owns)
    {
        Block* block = (Block*)NativeMemory.Alloc((nuint)sizeof(Block));
        *block = new Block { Vtable = vtable, Target = new GCHandle<IPlainEach>(target), References = 1, OwnsVtable = owns };
        return (nint)block;
    }

    private static nint* Filled(nint* vtable)
    {
        vtable[0] = (nint)(delegate* unmanaged[MemberFunction]<Block*, Guid*, Block**, int>)&Query;
        vtable[1] = (nint)(delegate* unmanaged[MemberFunction]<Block*, uint>)&AddRef;
        vtable[2] = (nint)(delegate* unmanaged[MemberFunction]<Block*, uint>)&Release;
        vtable[3] = (nint)(delegate* unmanaged[MemberFunction]<Block*, long, long*, int>)&Step;
        return vtable;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static int Query(Block* self, Guid* asked, Block** found)
    {
        if (*asked != s_each && *asked != s_unknown)
        {
            *found = null;
            return NoInterface;
        }

        _ = Interlocked.Increment(ref self->References);
        *found = self;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static uint AddRef(Block* self) => (uint)Interlocked.Increment(ref self->References);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static uint Release(Block* self)
    {
        int left = Interlocked.Decrement(ref self->References);
        if (left == 0)
        {
            self->Target.Dispose();
            if (self->OwnsVtable)
            {
                NativeMemory.Free(self->Vtable);
            }

            NativeMemory.Free(self);
        }

        return (uint)left;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static int Step(Block* self, long value, long* result)
    {
        try
        {
            *result = self->Target.Target.Step(value);
            return 0;
        }
        catch (Exception thrown)
        {
            return thrown.HResult;
        }
    }
}
