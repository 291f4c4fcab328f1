using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate int AddFunction(int a, int b);

internal static unsafe partial class CallbackFromAddressImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int, int, int> Pointer =
        (delegate* unmanaged[Cdecl]<int, int, int>)KernelLibrary.Export("callback_from_address");

    [DllImport(KernelLibrary.Name, EntryPoint = "callback_from_address", ExactSpelling = true)]
    internal static extern int DllImport(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_from_address")]
    internal static partial int LibraryImport(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_from_address_get")]
    internal static partial nint Get();

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Managed(int a, int b) => unchecked(a + b);
}

/// <summary>One function, by its name and by the address that native code gives out for it.</summary>
public unsafe class CallbackFromAddress
{
    private int _a;
    private int _b;
    private nint _address;
    private delegate* unmanaged[Cdecl]<int, int, int> _pointer;
    private AddFunction _delegate = null!;
    private delegate*<int, int, int> _managedPointer;
    private AddFunction _managedDelegate = null!;

    [GlobalSetup]
    public void Setup()
    {
        _a = Inputs.Left;
        _b = Inputs.Right;
        _address = CallbackFromAddressImports.Get();
        if (_address != (nint)CallbackFromAddressImports.Pointer)
        {
            throw new InvalidOperationException("the address that was given out is not that of the export");
        }

        _pointer = (delegate* unmanaged[Cdecl]<int, int, int>)_address;
        _delegate = Marshal.GetDelegateForFunctionPointer<AddFunction>(_address);
        _managedPointer = &CallbackFromAddressImports.Managed;
        _managedDelegate = CallbackFromAddressImports.Managed;
    }

    [Benchmark]
    public int Managed() => CallbackFromAddressImports.Managed(_a, _b);

    [Benchmark]
    public int ManagedDelegate() => _managedDelegate(_a, _b);

    [Benchmark]
    public int ManagedPointer() => _managedPointer(_a, _b);

    [Benchmark]
    public int DllImport() => CallbackFromAddressImports.DllImport(_a, _b);

    [Benchmark]
    public int LibraryImport() => CallbackFromAddressImports.LibraryImport(_a, _b);

    [Benchmark]
    public int FunctionPointer() => CallbackFromAddressImports.Pointer(_a, _b);

    [Benchmark]
    public int FunctionPointerField() => _pointer(_a, _b);

    [Benchmark]
    public int DelegateFromPointer() => _delegate(_a, _b);

    [Benchmark]
    public int DelegatePerCall() => Marshal.GetDelegateForFunctionPointer<AddFunction>(_address)(_a, _b);
}
