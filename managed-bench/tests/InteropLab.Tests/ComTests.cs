using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Threading;

using InteropLab.Cases;

using Xunit;

namespace InteropLab.Tests;

/// <summary>What COM demands of an object, of the kernel library's and of wrapped managed ones: identity, and a life as long as its references.</summary>
[Collection(InProcess.Name)]
public sealed unsafe class ComTests
{
    private const string Unknown = "00000000-0000-0000-C000-000000000046";
    private const string Calc = "6C616200-0000-4C61-8000-000000000001";
    private const string Text = "6C616200-0000-4C61-8000-000000000002";
    private const string Base = "6C616200-0000-4C61-8000-000000000003";
    private const string Derived = "6C616200-0000-4C61-8000-000000000004";
    private const string Leaf = "6C616200-0000-4C61-8000-000000000005";
    private const string Each = "6C616200-0000-4C61-8000-000000000006";
    private const string Missing = "6C616200-0000-4C61-8000-0000000000FF";
    private const int Overflow = unchecked((int)0x80131516);
    private const int NoInterface = unchecked((int)0x80004002);

    private static readonly string[] s_native = [Unknown, Calc, Text, Base, Derived, Leaf];
    private static readonly StrategyBasedComWrappers s_wrappers = new();

    [Fact]
    public void A_native_object_keeps_the_rules_of_identity()
    {
        using NativeObject native = new();
        KeepsTheRules(native.Pointer, s_native);
    }

    [Theory]
    [InlineData("generated")]
    [InlineData("written by hand")]
    [InlineData("without ComWrappers")]
    public void A_managed_object_keeps_the_rules_of_identity(string kind)
    {
        nint unknown = Callable(kind);
        KeepsTheRules(unknown, [Unknown, Each]);
        Assert.Equal(0U, NativeObject.Release(unknown));
    }

    // Two clients, asked by different interfaces, know that they hold the same object.
    [Fact]
    public void Two_objects_differ_and_each_is_itself()
    {
        using NativeObject one = new();
        using NativeObject other = new();
        Assert.NotEqual(one.Pointer, other.Pointer);
        nint text = one.Part(Text);
        nint chain = one.Part(Leaf);
        Assert.NotEqual(text, chain);
        Assert.Equal(Identity(text), Identity(chain));
        Assert.NotEqual(Identity(text), other.Pointer);
        _ = NativeObject.Release(text);
        _ = NativeObject.Release(chain);
    }

    [Fact]
    public void Every_reference_is_counted_whatever_interface_it_is_on()
    {
        NativeObject native = new();
        Assert.Equal(2U, NativeObject.AddRef(native.Pointer));
        nint text = native.Part(Text);
        Assert.Equal(4U, NativeObject.AddRef(text));
        Assert.Equal(3U, NativeObject.Release(native.Pointer));
        Assert.Equal(2U, NativeObject.Release(text));
        Assert.Equal(1, KernelFacts.Live().Objects);
        native.Dispose();
        Assert.Equal(1, KernelFacts.Live().Objects); // one on the text is left
        Assert.Equal(0U, NativeObject.Release(text));
        Assert.Equal(0, KernelFacts.Live().Objects);
    }

    [Fact]
    public void A_failed_query_takes_no_reference_and_writes_null()
    {
        using NativeObject native = new();
        nint found = 42;
        Assert.Equal(NoInterface, NativeObject.Query(native.Pointer, new Guid(Missing), out found));
        Assert.Equal(0, found);
        Assert.Equal(2U, NativeObject.AddRef(native.Pointer));
        Assert.Equal(1U, NativeObject.Release(native.Pointer));
    }

    // The wrapper alone keeps the object, and lets it go when it is collected: by the finaliser's thread.
    [Fact]
    public void A_wrapper_keeps_its_object_and_lets_it_go_when_it_is_collected()
    {
        Wrapped();
        Collect();
        Assert.Equal(0, KernelFacts.Live().Objects);
    }

    [Fact]
    public void A_unique_wrapper_lets_go_at_once()
    {
        NativeObject native = new();
        object wrapper = s_wrappers.GetOrCreateObjectForComInstance(native.Pointer, CreateObjectFlags.UniqueInstance);
        native.Dispose();
        Assert.Equal(1, KernelFacts.Live().Objects);
        ((ComObject)wrapper).FinalRelease();
        Assert.Equal(0, KernelFacts.Live().Objects);
    }

    [Fact]
    public void One_object_has_one_wrapper_until_another_is_asked_for()
    {
        using (NativeObject native = new())
        {
            SameUnlessUnique(native);
        }

        Collect();
        Assert.Equal(0, KernelFacts.Live().Objects);
    }

    // Wrappers by hand that nobody disposes of have a finaliser that lets go.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wrapper_by_hand_that_is_forgotten_lets_go(bool isDynamic)
    {
        Forgotten(isDynamic);
        Collect();
        Assert.Equal(0, KernelFacts.Live().Objects);
    }

    [Theory]
    [InlineData("generated")]
    [InlineData("written by hand")]
    [InlineData("without ComWrappers")]
    public void Native_code_alone_keeps_a_managed_object(string kind)
    {
        (nint unknown, WeakReference target) = Handed(kind);
        Collect();
        Assert.True(target.IsAlive);
        Assert.Equal(0U, NativeObject.Release(unknown));
        Collect();
        Assert.False(target.IsAlive);
    }

    // As native threads do: the last reference goes where none was taken.
    [Fact]
    public void The_last_reference_may_go_on_another_thread()
    {
        NativeObject native = new();
        Thread other = new(() => native.Dispose());
        other.Start();
        other.Join();
        Assert.Equal(0, KernelFacts.Live().Objects);

        (nint unknown, WeakReference target) = Handed("generated");
        other = new Thread(() => NativeObject.Release(unknown));
        other.Start();
        other.Join();
        Collect();
        Assert.False(target.IsAlive);
    }

    [Fact]
    public void References_taken_and_released_by_many_threads_come_to_nothing()
    {
        using NativeObject native = new();
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                NativeObject.AddRef(native.Pointer);
                NativeObject.Release(native.Pointer);
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Assert.Equal(2U, NativeObject.AddRef(native.Pointer));
        Assert.Equal(1U, NativeObject.Release(native.Pointer));
    }

    // Slots 5 to 7 of calc: one register, two, and memory that the caller provides.
    [Fact]
    public void Methods_return_structs_of_8_16_and_24_bytes()
    {
        using NativeObject native = new();
        nint self = native.Pointer;
        StructWords8 one = ((delegate* unmanaged[MemberFunction]<nint, StructWords8>)NativeObject.Slot(self, 5))(self);
        StructWords16 two = ((delegate* unmanaged[MemberFunction]<nint, StructWords16>)NativeObject.Slot(self, 6))(self);
        StructWords24 three = ((delegate* unmanaged[MemberFunction]<nint, StructWords24>)NativeObject.Slot(self, 7))(self);
        Assert.Equal(Inputs.Word(0), one.W0);
        Assert.Equal((Inputs.Word(0), Inputs.Word(1)), (two.W0, two.W1));
        Assert.Equal((Inputs.Word(0), Inputs.Word(1), Inputs.Word(2)), (three.W0, three.W1, three.W2));
    }

    // What a method throws arrives as its HRESULT, and as the same exception again where it is called from this side.
    [Theory]
    [InlineData("generated")]
    [InlineData("written by hand")]
    [InlineData("without ComWrappers")]
    public void A_failure_crosses_as_its_status_in_both_directions(string kind)
    {
        nint unknown = kind switch
        {
            "generated" => s_wrappers.GetOrCreateComInterfaceForObject(new Failing(), CreateComInterfaceFlags.None),
            "written by hand" => new EachWrappers().GetOrCreateComInterfaceForObject(new PlainFailing(), CreateComInterfaceFlags.None),
            _ => HandBuiltEach.Create(new PlainFailing()),
        };
        Assert.Equal(0, NativeObject.Query(unknown, new Guid(Each), out nint each));
        Assert.Equal(Overflow, ((delegate* unmanaged[Cdecl]<long, nint, long>)KernelLibrary.Export("com_callback"))(3, each));
        _ = NativeObject.Release(each);
        Assert.Equal(0U, NativeObject.Release(unknown));

        using NativeObject native = new();
        ICalc calc = (ICalc)s_wrappers.GetOrCreateObjectForComInstance(native.Pointer, CreateObjectFlags.UniqueInstance);
        Assert.Equal(Overflow, Assert.Throws<OverflowException>(() => calc.AddChecked(int.MaxValue, 1)).HResult);
        Assert.Equal(3, calc.AddChecked(1, 2));
        ((ComObject)(object)calc).FinalRelease();
    }

    private static void KeepsTheRules(nint unknown, string[] ids)
    {
        nint identity = Identity(unknown);
        foreach (string from in ids)
        {
            Assert.Equal(0, NativeObject.Query(unknown, new Guid(from), out nint first));

            // Reflexive: an interface answers to its own name, with itself.
            Assert.Equal(0, NativeObject.Query(first, new Guid(from), out nint itself));
            Assert.Equal(first, itself);
            Assert.Equal(identity, Identity(first));
            Assert.Equal(NoInterface, NativeObject.Query(first, new Guid(Missing), out nint none));
            Assert.Equal(0, none);
            foreach (string to in ids)
            {
                // Transitive: what one interface leads to, every other leads to; symmetric: and back.
                Assert.Equal(0, NativeObject.Query(first, new Guid(to), out nint second));
                Assert.Equal(0, NativeObject.Query(second, new Guid(from), out nint back));
                Assert.Equal(first, back);
                Assert.Equal(identity, Identity(second));
                _ = NativeObject.Release(second);
                _ = NativeObject.Release(back);
            }

            _ = NativeObject.Release(itself);
            _ = NativeObject.Release(first);
        }
    }

    private static nint Identity(nint part)
    {
        Assert.Equal(0, NativeObject.Query(part, new Guid(Unknown), out nint unknown));
        _ = NativeObject.Release(unknown);
        return unknown;
    }

    private static nint Callable(string kind) => Callable(kind, Target(kind));

    private static object Target(string kind) => kind == "generated" ? new GeneratedEach(Inputs.CallbackContext) : new PlainEach(Inputs.CallbackContext);

    private static nint Callable(string kind, object target) => kind switch
    {
        "generated" => s_wrappers.GetOrCreateComInterfaceForObject(target, CreateComInterfaceFlags.None),
        "written by hand" => new EachWrappers().GetOrCreateComInterfaceForObject(target, CreateComInterfaceFlags.None),
        _ => HandBuiltEach.Create((PlainEach)target),
    };

    // What a method holds while it runs must not outlive it: none of these is inlined.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Wrapped()
    {
        NativeObject native = new();
        object wrapper = s_wrappers.GetOrCreateObjectForComInstance(native.Pointer, CreateObjectFlags.None);
        native.Dispose();
        Assert.Equal(1, KernelFacts.Live().Objects);
        GC.KeepAlive(wrapper);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SameUnlessUnique(NativeObject native)
    {
        nint text = native.Part(Text);
        object first = s_wrappers.GetOrCreateObjectForComInstance(native.Pointer, CreateObjectFlags.None);
        Assert.Same(first, s_wrappers.GetOrCreateObjectForComInstance(text, CreateObjectFlags.None));
        object other = s_wrappers.GetOrCreateObjectForComInstance(native.Pointer, CreateObjectFlags.UniqueInstance);
        Assert.NotSame(first, other);
        ((ComObject)other).FinalRelease();
        _ = NativeObject.Release(text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (nint Unknown, WeakReference Target) Handed(string kind)
    {
        object target = Target(kind);
        return (Callable(kind, target), new WeakReference(target));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forgotten(bool isDynamic)
    {
        NativeObject native = new();
        object wrapper = new CalcWrappers(isDynamic).GetOrCreateObjectForComInstance(native.Pointer, CreateObjectFlags.None);
        native.Dispose();
        Assert.Equal(1, KernelFacts.Live().Objects);
        GC.KeepAlive(wrapper);
    }

    private static void Collect()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}

[GeneratedComClass]
internal sealed partial class Failing : IEach
{
    public long Step(long value) => throw new OverflowException();
}

internal sealed class PlainFailing : IPlainEach
{
    public long Step(long value) => throw new OverflowException();
}
