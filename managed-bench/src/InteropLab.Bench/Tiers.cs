using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Threading;

namespace InteropLab.Bench;

/// <summary>Listens to the runtime saying which methods it has compiled, and how well; dispose it before anything is counted.</summary>
internal sealed class Tiers : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Jit = (EventKeywords)0x10;
    private const string MethodLoad = "MethodLoadVerbose"; // with a version behind it, _V1 or _V2
    private const int FlagsAt = 5; // of the event's payload: id, module, address, size, token, flags, namespace, name, signature
    private const int TypeAt = 6;
    private const int NameAt = 7;

    // Bits 7 to 9 of the flags are the runtime's tier of the code: 2 compiled with optimisation at once, 4 tier 1.
    private const int TierShift = 7;
    private const uint TierMask = 7;
    private const uint Optimized = 2;
    private const uint Tier1 = 4;

    private readonly ConcurrentDictionary<(string Type, string Method), bool> _optimized = new();
    private long _loads;

    /// <summary>Methods of this program compiled so far, in any tier.</summary>
    public long Loads => Interlocked.Read(ref _loads);

    /// <param name="type">A class, with its namespace.</param>
    public bool IsOptimized(string type, string method) => _optimized.ContainsKey((type, method));

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            // The events call themselves Informational, and are not sent at that level.
            EnableEvents(eventSource, EventLevel.Verbose, Jit);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith(MethodLoad, StringComparison.Ordinal) != true
            || eventData.Payload is not IReadOnlyList<object?> { Count: > NameAt } payload
            || payload[TypeAt] is not string type || !type.StartsWith(nameof(InteropLab), StringComparison.Ordinal))
        {
            return;
        }

        _ = Interlocked.Increment(ref _loads);
        uint tier = Convert.ToUInt32(payload[FlagsAt], null) >> TierShift & TierMask;
        if (tier is Optimized or Tier1 && payload[NameAt] is string method)
        {
            _optimized[(type, method)] = true;
        }
    }
}
