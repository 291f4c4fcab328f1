using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using InteropLab.Cases;

using Xunit;

namespace InteropLab.Tests;

/// <summary>Callbacks outlive the collector: between calls, and while native code is calling back.</summary>
[Collection(InProcess.Name)]
public sealed unsafe class CallbackTests
{
    private const int K = 5;
    private const long Answer = (K * (K - 1) / 2) + K;

    private static readonly delegate* unmanaged[Cdecl]<long, nint, nint, long> s_each =
        (delegate* unmanaged[Cdecl]<long, nint, nint, long>)KernelLibrary.Export("callback_each");

    private static int s_collections;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate long Callback(long value, nint context);

    [Fact]
    public void Between_calls()
    {
        CallbackEach one = new() { K = K };
        one.Setup();
        for (int i = 0; i < 3; i++)
        {
            Collect();
            Assert.Equal(Answer, one.DllImport());
            Assert.Equal(Answer, one.LibraryImport());
            Assert.Equal(Answer, one.FunctionPointer());
            Assert.Equal(Answer, one.DelegateInstance());
            Assert.Equal(Answer, one.DelegateClosure());
            Assert.Equal(Answer, one.UnmanagedCallersOnly());
        }
    }

    // What native code keeps, each by what keeps it alive.
    [Fact]
    public void Between_calls_of_what_is_stored()
    {
        CallbackStored one = new() { K = K };
        one.Setup();
        for (int i = 0; i < 3; i++)
        {
            Collect();
            Assert.Equal(Answer, one.DllImport());
            Assert.Equal(Answer, one.LibraryImport());
            Assert.Equal(Answer, one.FunctionPointer());
            Assert.Equal(Answer, one.DelegateByGCHandle());
            Assert.Equal(Answer, one.UnmanagedCallersOnly());
            Assert.Equal(Answer, one.UnmanagedCallersOnlyGCHandle());
        }

        Assert.Equal(4, KernelFacts.Live().Handles);
        one.Dispose();
        Assert.Equal(0, KernelFacts.Live().Handles);
    }

    // The object that is given back may move while native code holds what leads to it.
    [Fact]
    public void Between_calls_with_state()
    {
        CallbackState one = new() { K = K };
        one.Setup();
        for (int i = 0; i < 3; i++)
        {
            Collect();
            Assert.Equal(Answer, one.DllImport());
            Assert.Equal(Answer, one.LibraryImport());
            Assert.Equal(Answer, one.FunctionPointer());
            Assert.Equal(Answer, one.GCHandleHeld());
            Assert.Equal(Answer, one.GCHandlePerCall());
            Assert.Equal(Answer, one.TypedGCHandleHeld());
            Assert.Equal(Answer, one.PinnedStruct());
            Assert.Equal(Answer, one.Static());
            Assert.Equal(Answer, one.ThreadStatic());
        }

        one.Dispose();
    }

    [Fact]
    public void During_a_call_with_a_delegate()
    {
        s_collections = 0;
        Callback callback = MakeCollecting(Inputs.CallbackContext);
        nint pointer = Marshal.GetFunctionPointerForDelegate(callback);
        Assert.Equal(Answer, s_each(K, pointer, Inputs.CallbackContext));
        GC.KeepAlive(callback);
        Assert.Equal(K, s_collections);
    }

    [Fact]
    public void During_a_call_with_UnmanagedCallersOnly()
    {
        s_collections = 0;
        Assert.Equal(Answer, s_each(K, (nint)(delegate* unmanaged[Cdecl]<long, nint, long>)&CollectUnmanaged, Inputs.CallbackContext));
        Assert.Equal(K, s_collections);
    }

    [Fact]
    public void Nothing_is_called_for_no_items()
    {
        s_collections = 0;
        nint callback = (nint)(delegate* unmanaged[Cdecl]<long, nint, long>)&CollectUnmanaged;
        Assert.Equal(0, s_each(0, callback, Inputs.CallbackContext));
        Assert.Equal(0, s_each(-1, callback, Inputs.CallbackContext));
        Assert.Equal(0, s_collections);
    }

    // A closure, so that the collector has something it could take away.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Callback MakeCollecting(long added) => (value, _) =>
    {
        Collect();
        return value + added;
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long CollectUnmanaged(long value, nint context)
    {
        Collect();
        return value + context;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        s_collections++;
    }
}
