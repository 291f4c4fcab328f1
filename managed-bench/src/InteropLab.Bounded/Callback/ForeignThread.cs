using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InteropLab.Bounded.Callback;

/// <summary>Threads that native code has started call back: the first entry of each, and the entries after it.</summary>
internal static unsafe partial class ForeignThread
{
    private const int Threads = 100;
    private const int Calls = 1001;
    private const long Expected = (long)Calls * (Calls - 1) / 2; // what the callbacks are given, added up

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate long Entered(long value, nint context);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "callback_foreign_thread")]
    private static partial long Call(long calls, nint callback, nint context, out long firstNs, out long othersNs);

    public static void Run(Asked asked)
    {
        Entered instance = static (value, context) => value + context;
        nint callback = asked.Variant switch
        {
            "Delegate" => Marshal.GetFunctionPointerForDelegate(instance),
            "UnmanagedCallersOnly" => (nint)(delegate* unmanaged[Cdecl]<long, nint, long>)&Enter,
            "Native" => 0, // the library's own
            _ => throw asked.NoVariant(),
        };
        bool first = asked.Text("entry") switch
        {
            "first" => true,
            "again" => false,
            string other => throw PlanJson.Bad($"entry={other}: expected first or again"),
        };
        for (int thread = 0; thread < Threads; thread++)
        {
            long sum = Call(Calls, callback, 0, out long firstNs, out long othersNs);
            if (sum != Expected)
            {
                throw new InvalidOperationException($"the callbacks returned {sum} in all, expected {Expected}");
            }

            asked.TimeNs(first ? 1 : Calls - 1, first ? firstNs : othersNs);
        }

        GC.KeepAlive(instance);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Enter(long value, nint context) => value + context;
}
