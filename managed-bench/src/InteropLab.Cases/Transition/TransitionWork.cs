using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class TransitionWorkImports
{
    // Not read-only: the JIT must not know it, or it makes one addition of eight.
    private static ulong s_step = Inputs.Word(0);

    internal static readonly delegate* unmanaged[Cdecl]<uint, ulong> Pointer =
        (delegate* unmanaged[Cdecl]<uint, ulong>)KernelLibrary.Export("transition_work");

    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<uint, ulong> PointerNoGc =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<uint, ulong>)KernelLibrary.Export("transition_work_nogc");

    [DllImport(KernelLibrary.Name, EntryPoint = "transition_work", ExactSpelling = true)]
    internal static extern ulong DllImport(uint iterations);

    [DllImport(KernelLibrary.Name, EntryPoint = "transition_work_nogc", ExactSpelling = true), SuppressGCTransition]
    internal static extern ulong DllImportNoGc(uint iterations);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_work")]
    internal static partial ulong LibraryImport(uint iterations);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "transition_work_nogc"), SuppressGCTransition]
    internal static partial ulong LibraryImportNoGc(uint iterations);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ulong Managed(uint iterations)
    {
        ulong step = s_step;
        ulong sum = Inputs.ChainStart;
        unchecked
        {
            for (uint turn = 0; turn < iterations / 8; turn++)
            {
                sum += step;
                sum += step;
                sum += step;
                sum += step;
                sum += step;
                sum += step;
                sum += step;
                sum += step;
            }

            for (uint rest = 0; rest < iterations % 8; rest++)
            {
                sum += step;
            }
        }

        return sum;
    }
}

public unsafe class TransitionWork
{
    private uint _iterations;

    [Params(0, 32, 128, 256, 1024, 2048, 32768, 262144)]
    public int Iterations { get; set; }

    [GlobalSetup]
    public void Setup() => _iterations = (uint)Iterations;

    [Benchmark]
    public ulong Managed() => TransitionWorkImports.Managed(_iterations);

    [Benchmark]
    public ulong DllImport() => TransitionWorkImports.DllImport(_iterations);

    [Benchmark]
    public ulong LibraryImport() => TransitionWorkImports.LibraryImport(_iterations);

    [Benchmark]
    public ulong FunctionPointer() => TransitionWorkImports.Pointer(_iterations);

    [Benchmark]
    public ulong DllImportNoGc() => TransitionWorkImports.DllImportNoGc(_iterations);

    [Benchmark]
    public ulong LibraryImportNoGc() => TransitionWorkImports.LibraryImportNoGc(_iterations);

    [Benchmark]
    public ulong FunctionPointerNoGc() => TransitionWorkImports.PointerNoGc(_iterations);

    // The same call as LibraryImportNoGc, on the rows where it is not safe.
    [Benchmark]
    public ulong LibraryImportOverLimitNoGc() => TransitionWorkImports.LibraryImportNoGc(_iterations);
}
