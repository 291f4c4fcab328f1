using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

/// <summary>callback_text: what a batch holds.</summary>
[KernelStruct("callback_text")]
[StructLayout(LayoutKind.Sequential)]
public unsafe struct CallbackText
{
    public byte* Text;
    public nuint Length;
}

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate long TextCallback([MarshalAs(UnmanagedType.LPUTF8Str)] string text, nuint length);

internal static unsafe partial class CallbackTextItemImports
{
    internal static readonly delegate* unmanaged[Cdecl]<long, nint, long> Pointer =
        (delegate* unmanaged[Cdecl]<long, nint, long>)KernelLibrary.Export("callback_text_item");

    [DllImport(KernelLibrary.Name, EntryPoint = "callback_text_item", ExactSpelling = true)]
    internal static extern long DllImport(long k, TextCallback callback);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_text_item")]
    internal static partial long LibraryImport(long k, TextCallback callback);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_text_item")]
    internal static partial long LibraryImport(long k, delegate* unmanaged[Cdecl]<byte*, nuint, long> callback);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_text_item_batch")]
    internal static partial long Batch(long k, delegate* unmanaged[Cdecl]<CallbackText*, nuint, long> callback);
}

// What each callback answers is the length of its text, its first and its last character, as their sum.
internal static unsafe class CallbackTextItemMethods
{
    internal static long OnString(string text, nuint length) => Ends(text);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OnPtrToString(byte* text, nuint length) => Ends(Marshal.PtrToStringUTF8((nint)text)!);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OnGetString(byte* text, nuint length) => Ends(Encoding.UTF8.GetString(text, (int)length));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OnSpan(byte* text, nuint length) => Ends(new ReadOnlySpan<byte>(text, (int)length));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OnBatchGetString(CallbackText* texts, nuint count)
    {
        long sum = 0;
        foreach (CallbackText text in new ReadOnlySpan<CallbackText>(texts, (int)count))
        {
            sum += Ends(Encoding.UTF8.GetString(text.Text, (int)text.Length));
        }

        return sum;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OnBatchSpan(CallbackText* texts, nuint count)
    {
        long sum = 0;
        foreach (CallbackText text in new ReadOnlySpan<CallbackText>(texts, (int)count))
        {
            sum += Ends(new ReadOnlySpan<byte>(text.Text, (int)text.Length));
        }

        return sum;
    }

    private static long Ends(string text) => text.Length + text[0] + text[^1];

    private static long Ends(ReadOnlySpan<byte> text) => text.Length + text[0] + text[^1];
}

public unsafe class CallbackTextItem
{
    private long _k;
    private TextCallback _callback = null!;

    [Params(1, 16, 256)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _k = K;
        _callback = CallbackTextItemMethods.OnString;
    }

    [Benchmark]
    public long DllImport() => CallbackTextItemImports.DllImport(_k, _callback);

    [Benchmark]
    public long LibraryImport() => CallbackTextItemImports.LibraryImport(_k, _callback);

    [Benchmark]
    public long FunctionPointer()
    {
        TextCallback callback = _callback;
        long sum = CallbackTextItemImports.Pointer(_k, Marshal.GetFunctionPointerForDelegate(callback));
        GC.KeepAlive(callback);
        return sum;
    }

    [Benchmark]
    public long PtrToStringUtf8() => CallbackTextItemImports.LibraryImport(_k, &CallbackTextItemMethods.OnPtrToString);

    [Benchmark]
    public long GetString() => CallbackTextItemImports.LibraryImport(_k, &CallbackTextItemMethods.OnGetString);

    [Benchmark]
    public long ReadOnlySpanByte() => CallbackTextItemImports.LibraryImport(_k, &CallbackTextItemMethods.OnSpan);

    [Benchmark]
    public long BatchGetString() => CallbackTextItemImports.Batch(_k, &CallbackTextItemMethods.OnBatchGetString);

    [Benchmark]
    public long BatchReadOnlySpanByte() => CallbackTextItemImports.Batch(_k, &CallbackTextItemMethods.OnBatchSpan);
}
