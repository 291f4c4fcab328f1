using System;
using System.Collections.Generic;

using InteropLab.Bounded.Array;
using InteropLab.Bounded.Callback;
using InteropLab.Bounded.Handle;
using InteropLab.Bounded.String;
using InteropLab.Bounded.Transition;

namespace InteropLab.Bounded;

/// <summary>Every program by its id; the catalogue has the same.</summary>
internal static class Programs
{
    public static IReadOnlyDictionary<string, Action<Asked>> All { get; } = new Dictionary<string, Action<Asked>>
    {
        ["array_pins_and_gc"] = PinsAndGc.Run,
        ["callback_foreign_thread"] = ForeignThread.Run,
        ["callback_misuse"] = CallbackMisuse.Run,
        ["com_contention"] = Com.Contention.Run,
        ["handle_contention"] = Handle.Contention.Run,
        ["handle_finalizer"] = Finalizer.Run,
        ["string_misuse"] = StringMisuse.Run,
        ["transition_gc_pause"] = GcPause.Run,
        ["transition_suspension"] = Suspension.Run,
    };
}
