using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class TransitionProtectedRegionImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int, int, int> Pointer =
        (delegate* unmanaged[Cdecl]<int, int, int>)KernelLibrary.Export("transition_protected_region");

    [DllImport(KernelLibrary.Name, EntryPoint = "transition_protected_region", ExactSpelling = true)]
    internal static extern int DllImport(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_protected_region")]
    internal static partial int LibraryImport(int a, int b);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Managed(int a, int b) => unchecked(a + b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int InlinedWrapper(int a, int b) => LibraryImport(a, b);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Method(int a, int b) => LibraryImport(a, b);
}

/// <summary>What stands around the call is the question: the bodies differ on purpose.</summary>
public unsafe class TransitionProtectedRegion
{
    private int _left;
    private int _right;
    private int _times;
    private bool _taken;

    [GlobalSetup]
    public void Setup()
    {
        _left = Inputs.Left;
        _right = Inputs.Right;
        _times = 0;
        _taken = false;
    }

    [Benchmark]
    public int Managed() => TransitionProtectedRegionImports.Managed(_left, _right);

    [Benchmark]
    public int DllImport() => TransitionProtectedRegionImports.DllImport(_left, _right);

    [Benchmark]
    public int LibraryImport() => TransitionProtectedRegionImports.LibraryImport(_left, _right);

    [Benchmark]
    public int FunctionPointer() => TransitionProtectedRegionImports.Pointer(_left, _right);

    [Benchmark]
    public int LibraryImportTryFinally()
    {
        try
        {
            return TransitionProtectedRegionImports.LibraryImport(_left, _right);
        }
        finally
        {
            _times++;
        }
    }

    [Benchmark]
    public int FunctionPointerTryFinally()
    {
        try
        {
            return TransitionProtectedRegionImports.Pointer(_left, _right);
        }
        finally
        {
            _times++;
        }
    }

    [Benchmark]
    public int DllImportTryCatch()
    {
        try
        {
            return TransitionProtectedRegionImports.DllImport(_left, _right);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    [Benchmark]
    public int LibraryImportTryCatch()
    {
        try
        {
            return TransitionProtectedRegionImports.LibraryImport(_left, _right);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    [Benchmark]
    public int FunctionPointerTryCatch()
    {
        try
        {
            return TransitionProtectedRegionImports.Pointer(_left, _right);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    [Benchmark]
    public int LibraryImportTryCatchByMethod()
    {
        try
        {
            return TransitionProtectedRegionImports.Method(_left, _right);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    [Benchmark]
    public int LibraryImportInFinally()
    {
        int sum;
        try
        {
            _times++;
        }
        finally
        {
            sum = TransitionProtectedRegionImports.LibraryImport(_left, _right);
        }

        return sum;
    }

    [Benchmark]
    public int FunctionPointerInFinally()
    {
        int sum;
        try
        {
            _times++;
        }
        finally
        {
            sum = TransitionProtectedRegionImports.Pointer(_left, _right);
        }

        return sum;
    }

    [Benchmark]
    public int LibraryImportFalseBranch() => _taken
        ? TransitionProtectedRegionImports.LibraryImport(_left, _right)
        : TransitionProtectedRegionImports.Managed(_left, _right);

    [Benchmark]
    public int FunctionPointerFalseBranch() => _taken
        ? TransitionProtectedRegionImports.Pointer(_left, _right)
        : TransitionProtectedRegionImports.Managed(_left, _right);

    [Benchmark]
    public int LibraryImportInlinedWrapper() => TransitionProtectedRegionImports.InlinedWrapper(_left, _right);

    [Benchmark]
    public int LibraryImportInlinedWrapperTryCatch()
    {
        try
        {
            return TransitionProtectedRegionImports.InlinedWrapper(_left, _right);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
