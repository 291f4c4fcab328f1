using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static partial class ControlChainImports
{
    [LibraryImport(KernelLibrary.Name, EntryPoint = "control_chain")]
    internal static partial ulong LibraryImport(ulong start, ulong steps, ulong extra);
}

/// <summary>
/// One body seven times; what differs is a number in a field. Each call waits for the one before, whose answer goes into its start
/// as nothing: calls that overlap would hide a part of what is put in.
/// </summary>
public class ControlChain
{
    private ulong _start;
    private ulong _steps;
    private ulong _last;
    private ulong _zero;
    private ulong _plus0;
    private ulong _plus05;
    private ulong _plus1;
    private ulong _plus2;
    private ulong _plus5;
    private ulong _plus10;

    [Params(50, 800)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _start = Inputs.Left;
        _steps = (ulong)Steps;
        _zero = 0;
        _plus0 = 0;
        _plus05 = _steps * 5 / 1000;
        _plus1 = _steps * 10 / 1000;
        _plus2 = _steps * 20 / 1000;
        _plus5 = _steps * 50 / 1000;
        _plus10 = _steps * 100 / 1000;
    }

    [Benchmark]
    public ulong Base() => _last = ControlChainImports.LibraryImport(_start + (_last & _zero), _steps, _plus0);

    [Benchmark]
    public ulong Twin() => _last = ControlChainImports.LibraryImport(_start + (_last & _zero), _steps, _plus0);

    [Benchmark]
    public ulong Plus05() => _last = ControlChainImports.LibraryImport(_start + (_last & _zero), _steps, _plus05);

    [Benchmark]
    public ulong Plus1() => _last = ControlChainImports.LibraryImport(_start + (_last & _zero), _steps, _plus1);

    [Benchmark]
    public ulong Plus2() => _last = ControlChainImports.LibraryImport(_start + (_last & _zero), _steps, _plus2);

    [Benchmark]
    public ulong Plus5() => _last = ControlChainImports.LibraryImport(_start + (_last & _zero), _steps, _plus5);

    [Benchmark]
    public ulong Plus10() => _last = ControlChainImports.LibraryImport(_start + (_last & _zero), _steps, _plus10);
}
