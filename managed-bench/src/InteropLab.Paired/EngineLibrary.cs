using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InteropLab.Paired;

/// <summary>What the Rust library has for engines: floor loops over any row of either library, and the probes.</summary>
internal sealed unsafe class EngineLibrary
{
    private readonly delegate* unmanaged[Cdecl]<byte*, byte*, delegate* unmanaged[Cdecl]<byte*, nint>, nint> _open;
    private readonly delegate* unmanaged[Cdecl]<nint, ulong, ulong> _run;
    private readonly delegate* unmanaged[Cdecl]<nint, long> _answer;
    private readonly nint _clock;
    private readonly nint _wide;

    /// <param name="path">Absolute path of the Rust library.</param>
    public EngineLibrary(string path)
    {
        nint handle = KernelLibrary.Open(path);
        nint Export(string symbol) => NativeLibrary.TryGetExport(handle, symbol, out nint address)
            ? address
            : throw new KernelLibraryException($"{path} does not export {symbol}: it is not the Rust library of this program");
        _open = (delegate* unmanaged[Cdecl]<byte*, byte*, delegate* unmanaged[Cdecl]<byte*, nint>, nint>)Export("engine_floor_open");
        _run = (delegate* unmanaged[Cdecl]<nint, ulong, ulong>)Export("engine_floor_run");
        _answer = (delegate* unmanaged[Cdecl]<nint, long>)Export("engine_floor_answer");
        _clock = Export("engine_clock");
        _wide = Export("engine_wide");
    }

    /// <summary>A chain of dependent additions; a call is one addition.</summary>
    public Body Clock => new Probe(_clock);

    /// <summary>Four independent chains; a call is one addition in each.</summary>
    public Body Wide => new Probe(_wide);

    /// <summary>The floor of a row, over the kernel in <see cref="KernelLibrary"/>; its inputs are the library's own and live as long as the process.</summary>
    public Floor FloorOf(string id, string values)
    {
        byte* name = (byte*)Marshal.StringToCoTaskMemUTF8(id);
        byte* parameters = (byte*)Marshal.StringToCoTaskMemUTF8(values);
        nint floor = _open(name, parameters, &Resolve);
        Marshal.FreeCoTaskMem((nint)name);
        Marshal.FreeCoTaskMem((nint)parameters);
        return floor != 0 ? new Floor(floor, _run, _answer) : throw PlanJson.Bad($"{id}/{values}: the Rust library has no floor for it");
    }

    // The kernel and its helpers come from the library that is measured, the loop from the Rust library.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Resolve(byte* symbol) =>
        NativeLibrary.TryGetExport(KernelLibrary.Handle, Marshal.PtrToStringUTF8((nint)symbol)!, out nint address) ? address : 0;

    /// <summary>A kernel in a native loop.</summary>
    internal sealed class Floor(nint floor, delegate* unmanaged[Cdecl]<nint, ulong, ulong> run, delegate* unmanaged[Cdecl]<nint, long> answer) : Body
    {
        private readonly delegate* unmanaged[Cdecl]<nint, ulong, ulong> _run = run;
        private readonly delegate* unmanaged[Cdecl]<nint, long> _answer = answer;

        public long Answer() => _answer(floor);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Run(long calls) => _ = _run(floor, (ulong)calls);
    }

    private sealed class Probe(nint address) : Body
    {
        private readonly delegate* unmanaged[Cdecl]<ulong, ulong> _probe = (delegate* unmanaged[Cdecl]<ulong, ulong>)address;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Run(long calls) => _ = _probe((ulong)calls);
    }
}
