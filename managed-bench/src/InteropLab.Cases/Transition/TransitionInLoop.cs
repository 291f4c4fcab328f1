using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class TransitionInLoopImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int, int, int> Pointer =
        (delegate* unmanaged[Cdecl]<int, int, int>)KernelLibrary.Export("transition_in_loop");

    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<int, int, int> PointerNoGc =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<int, int, int>)KernelLibrary.Export("transition_in_loop_nogc");

    [DllImport(KernelLibrary.Name, EntryPoint = "transition_in_loop", ExactSpelling = true)]
    internal static extern int DllImport(int a, int b);

    [DllImport(KernelLibrary.Name, EntryPoint = "transition_in_loop_nogc", ExactSpelling = true), SuppressGCTransition]
    internal static extern int DllImportNoGc(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_in_loop")]
    internal static partial int LibraryImport(int a, int b);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_in_loop_nogc"), SuppressGCTransition]
    internal static partial int LibraryImportNoGc(int a, int b);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Managed(int a, int b) => unchecked(a + b);
}

public unsafe class TransitionInLoop
{
    private const int Calls = 64; // as the catalogue says

    private int _left;

    [GlobalSetup]
    public void Setup() => _left = Inputs.Left;

    [Benchmark]
    public int Managed()
    {
        int left = _left;
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum = unchecked(sum + TransitionInLoopImports.Managed(left, i));
        }

        return sum;
    }

    [Benchmark]
    public int DllImport()
    {
        int left = _left;
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum = unchecked(sum + TransitionInLoopImports.DllImport(left, i));
        }

        return sum;
    }

    [Benchmark]
    public int LibraryImport()
    {
        int left = _left;
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum = unchecked(sum + TransitionInLoopImports.LibraryImport(left, i));
        }

        return sum;
    }

    [Benchmark]
    public int FunctionPointer()
    {
        int left = _left;
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum = unchecked(sum + TransitionInLoopImports.Pointer(left, i));
        }

        return sum;
    }

    [Benchmark]
    public int DllImportNoGc()
    {
        int left = _left;
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum = unchecked(sum + TransitionInLoopImports.DllImportNoGc(left, i));
        }

        return sum;
    }

    [Benchmark]
    public int LibraryImportNoGc()
    {
        int left = _left;
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum = unchecked(sum + TransitionInLoopImports.LibraryImportNoGc(left, i));
        }

        return sum;
    }

    [Benchmark]
    public int FunctionPointerNoGc()
    {
        int left = _left;
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum = unchecked(sum + TransitionInLoopImports.PointerNoGc(left, i));
        }

        return sum;
    }
}
