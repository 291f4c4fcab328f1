using System;
using System.Linq;
using System.Runtime.CompilerServices;

using InteropLab.Cases;

using Xunit;

namespace InteropLab.Tests;

/// <summary>What native code makes is freed once, whoever forgets it or frees it twice.</summary>
[Collection(InProcess.Name)]
public sealed class LifetimeTests
{
    [Fact]
    public void A_handle_disposed_of_twice_frees_once()
    {
        CounterHandle handle = CounterHandle.Create();
        Assert.Equal(1, KernelFacts.Live().Handles);
        handle.Dispose();
        handle.Dispose();
        Assert.Equal(0, KernelFacts.Live().Handles);
    }

    [Fact]
    public void A_handle_that_nobody_disposes_of_is_finalised()
    {
        Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(0, KernelFacts.Live().Handles);
    }

    [Fact]
    public void A_handle_outlives_its_disposal_while_it_is_lent()
    {
        CounterHandle handle = CounterHandle.Create();
        bool added = false;
        handle.DangerousAddRef(ref added);
        handle.Dispose();
        Assert.Equal(1, KernelFacts.Live().Handles);
        handle.DangerousRelease();
        Assert.Equal(0, KernelFacts.Live().Handles);
    }

    [Fact]
    public void A_case_that_is_disposed_of_refuses_every_protected_call()
    {
        HandleCall one = new();
        one.Setup();
        Assert.Equal(Inputs.CounterValue, one.LibraryImport());
        one.Dispose();
        Assert.Equal(0, KernelFacts.Live().Handles);
        foreach (Func<ulong> call in (Func<ulong>[])[one.DllImport, one.LibraryImport, one.FunctionPointer, one.ManualAddRef])
        {
            _ = Assert.Throws<ObjectDisposedException>(() => call());
        }
    }

    // Nothing else is called after it: HandleRef and CriticalHandle would hand the kernel memory that is freed.
    [Fact]
    public void Of_the_legacy_handles_only_SafeHandle_refuses_once_it_is_disposed_of()
    {
        HandleLegacy one = new();
        one.Setup();
        Assert.Equal(2, KernelFacts.Live().Handles);
        Assert.Equal(Inputs.CounterValue, one.DllImportHandleRef());
        Assert.Equal(Inputs.CounterValue, one.DllImportCriticalHandle());
        one.Dispose();
        one.Dispose();
        Assert.Equal(0, KernelFacts.Live().Handles);
        _ = Assert.Throws<ObjectDisposedException>(() => one.LibraryImport());
        _ = Assert.Throws<ObjectDisposedException>(() => one.DllImport());
    }

    public static TheoryData<string> Types() => [.. Entries.All.Select(static entry => entry.Type)];

    // Collections between calls: nothing that a body needs may hang on a reference that is gone, and no finaliser may free what is in use.
    [Theory]
    [MemberData(nameof(Types))]
    public void Collections_between_calls_change_nothing_and_leave_nothing_alive(string type)
    {
        CatalogueCase one = Catalogue.Cases.Single(one => one.Tuples.Any(tuple => tuple.Type == type));
        CatalogueTuple tuple = one.Tuples.First(tuple => tuple.Type == type);
        Entry entry = Entries.Find(type)!;
        LiveObjects before = KernelFacts.Live();
        object instance = entry.Prepare(tuple.Values());
        foreach (CatalogueRow row in one.Rows().Where(row => row.Tuple == tuple))
        {
            EntryMethod method = entry.Find(row.Variant.Name)!;
            for (int i = 0; i < 3; i++)
            {
                long returned = method.Call(instance);
                Collect();
                Assert.Equal(tuple.Expected, entry.Observe is null ? returned : entry.Observe(instance));
            }
        }

        (instance as IDisposable)?.Dispose();
        Collect();
        Assert.Equal(before, KernelFacts.Live());
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    // One past a vector, in the middle of one, and nothing at all.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(257)]
    public void Every_element_is_filled(int count)
    {
        ArrayFillI32 one = new() { N = count };
        one.Setup();
        foreach (Func<int> call in (Func<int>[])[one.DllImport, one.LibraryImport, one.FunctionPointer, one.SpanInt])
        {
            int[] filled = Inputs.Scratch(count);
            Array.Fill(filled, -1);
            _ = call();
            Assert.True(filled.SequenceEqual(Inputs.Integers(count)));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        CounterHandle handle = CounterHandle.Create();
        Assert.False(handle.IsInvalid);
        Assert.Equal(1, KernelFacts.Live().Handles);
    }
}
