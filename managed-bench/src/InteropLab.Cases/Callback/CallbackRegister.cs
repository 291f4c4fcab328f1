using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate long RegisteredCallback(long value, nint context);

internal static unsafe partial class CallbackRegisterImports
{
    internal static readonly delegate* unmanaged[Cdecl]<nint, nint, void> Pointer =
        (delegate* unmanaged[Cdecl]<nint, nint, void>)KernelLibrary.Export("callback_register");

    [DllImport(KernelLibrary.Name, EntryPoint = "callback_register", ExactSpelling = true)]
    internal static extern void DllImport(RegisteredCallback callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_register")]
    internal static partial void LibraryImport(RegisteredCallback callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_register")]
    internal static partial void LibraryImport(nint callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_register")]
    internal static partial void LibraryImport(delegate* unmanaged[Cdecl]<long, nint, long> callback, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_register_call")]
    internal static partial long Call(long value);

    internal static long OnCall(long value, nint context) => value + context;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long OnCallUnmanaged(long value, nint context) => value + context;
}

public unsafe class CallbackRegister
{
    // What is registered must outlive the registration: whoever registers keeps it.
    private RegisteredCallback _callback = null!;
    private RegisteredCallback? _kept;
    private nint _pointer;
    private nint _context;

    [GlobalSetup]
    public void Setup()
    {
        _context = Inputs.CallbackContext;
        _callback = CallbackRegisterImports.OnCall;
        _pointer = Marshal.GetFunctionPointerForDelegate(_callback);
    }

    /// <summary>What the registered callback answers when the library calls it.</summary>
    public long Observe()
    {
        long answer = CallbackRegisterImports.Call(Inputs.Asked);
        GC.KeepAlive(this);
        return answer;
    }

    [Benchmark]
    public void DllImport() => CallbackRegisterImports.DllImport(_callback, _context);

    [Benchmark]
    public void LibraryImport() => CallbackRegisterImports.LibraryImport(_callback, _context);

    [Benchmark]
    public void FunctionPointer()
    {
        RegisteredCallback callback = _callback;
        CallbackRegisterImports.Pointer(Marshal.GetFunctionPointerForDelegate(callback), _context);
        GC.KeepAlive(callback);
    }

    // Written out: of a method group C# would make the delegate once and keep it.
    [Benchmark]
    public void NewDelegate()
    {
        _kept = new RegisteredCallback(CallbackRegisterImports.OnCall);
        CallbackRegisterImports.LibraryImport(_kept, _context);
    }

    [Benchmark]
    public void PointerPerCall() => CallbackRegisterImports.LibraryImport(Marshal.GetFunctionPointerForDelegate(_callback), _context);

    [Benchmark]
    public void CachedPointer() => CallbackRegisterImports.LibraryImport(_pointer, _context);

    [Benchmark]
    public void UnmanagedCallersOnly() => CallbackRegisterImports.LibraryImport(&CallbackRegisterImports.OnCallUnmanaged, _context);
}
