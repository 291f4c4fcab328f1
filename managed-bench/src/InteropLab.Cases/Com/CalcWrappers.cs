using System;
using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InteropLab.Cases;

/// <summary>Wrappers by hand: of a fixed class, or of one that takes its methods from the interface it is cast to.</summary>
internal sealed unsafe class CalcWrappers(bool isDynamic) : ComWrappers
{
    protected override ComInterfaceEntry* ComputeVtables(object obj, CreateComInterfaceFlags flags, out int count) =>
        throw new NotSupportedException("these wrap native objects only");

    protected override object? CreateObject(nint externalComObject, CreateObjectFlags flags) =>
        isDynamic ? new DynamicCalc(externalComObject) : new StaticCalc(externalComObject);

    protected override void ReleaseObjects(IEnumerable objects) => throw new NotSupportedException("nothing is tracked");
}

/// <summary>A class with the interface's methods, each a call through the vtable.</summary>
internal sealed unsafe class StaticCalc : ICalculator, IDisposable
{
    private nint _calc;

    internal StaticCalc(nint unknown)
    {
        Marshal.ThrowExceptionForHR(NativeObject.Query(unknown, new Guid(ComIds.Calc), out _calc));
    }

    ~StaticCalc() => NativeObject.ReleaseOnce(ref _calc);

    public int Add(int a, int b)
    {
        int sum;
        int status = ((delegate* unmanaged[MemberFunction]<nint, int, int, int*, int>)NativeObject.Slot(_calc, 3))(_calc, a, b, &sum);
        Marshal.ThrowExceptionForHR(status);
        GC.KeepAlive(this);
        return sum;
    }

    public int AddChecked(int a, int b)
    {
        int sum;
        int status = ((delegate* unmanaged[MemberFunction]<nint, int, int, int*, int>)NativeObject.Slot(_calc, 4))(_calc, a, b, &sum);
        Marshal.ThrowExceptionForHR(status);
        GC.KeepAlive(this);
        return sum;
    }

    public void Dispose()
    {
        NativeObject.ReleaseOnce(ref _calc);
        GC.SuppressFinalize(this);
    }
}

/// <summary>An object that says of itself, when it is cast, what it is.</summary>
internal sealed class DynamicCalc : IDynamicInterfaceCastable, IDisposable
{
    private nint _calc;

    internal DynamicCalc(nint unknown)
    {
        Marshal.ThrowExceptionForHR(NativeObject.Query(unknown, new Guid(ComIds.Calc), out _calc));
    }

    ~DynamicCalc() => NativeObject.ReleaseOnce(ref _calc);

    internal nint Pointer => _calc;

    public bool IsInterfaceImplemented(RuntimeTypeHandle interfaceType, bool throwIfNotImplemented) =>
        interfaceType.Equals(typeof(ICalculator).TypeHandle)
        || (throwIfNotImplemented ? throw new InvalidCastException("a calculator and nothing else") : false);

    public RuntimeTypeHandle GetInterfaceImplementation(RuntimeTypeHandle interfaceType) =>
        interfaceType.Equals(typeof(ICalculator).TypeHandle) ? typeof(IDynamicCalculator).TypeHandle : default;

    public void Dispose()
    {
        NativeObject.ReleaseOnce(ref _calc);
        GC.SuppressFinalize(this);
    }
}

/// <summary>What a <see cref="DynamicCalc"/> does when it is called as a calculator.</summary>
[DynamicInterfaceCastableImplementation]
internal unsafe interface IDynamicCalculator : ICalculator
{
    int ICalculator.Add(int a, int b)
    {
        nint calc = ((DynamicCalc)(object)this).Pointer;
        int sum;
        int status = ((delegate* unmanaged[MemberFunction]<nint, int, int, int*, int>)NativeObject.Slot(calc, 3))(calc, a, b, &sum);
        Marshal.ThrowExceptionForHR(status);
        GC.KeepAlive(this);
        return sum;
    }

    int ICalculator.AddChecked(int a, int b)
    {
        nint calc = ((DynamicCalc)(object)this).Pointer;
        int sum;
        int status = ((delegate* unmanaged[MemberFunction]<nint, int, int, int*, int>)NativeObject.Slot(calc, 4))(calc, a, b, &sum);
        Marshal.ThrowExceptionForHR(status);
        GC.KeepAlive(this);
        return sum;
    }
}

/// <summary>No border: the same interface, implemented in C#.</summary>
internal sealed class ManagedCalc : ICalculator
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Add(int a, int b) => a + b;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int AddChecked(int a, int b) => checked(a + b);
}
