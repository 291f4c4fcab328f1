using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;

namespace InteropLab;

/// <summary>How well the runtime has compiled a method: bits 7 to 9 of the flags of its method-load event.</summary>
internal enum Tier
{
    Unknown = 0,
    MinOpts = 1,

    /// <summary>With optimisation at once, without tiers.</summary>
    Optimized = 2,
    QuickJitted = 3,
    Tier1 = 4,

    /// <summary>Optimised while a loop of it ran; a later call may still get tier 1.</summary>
    Tier1Osr = 5,
    Instrumented = 6,
    InstrumentedOptimized = 7,
}

/// <summary>One compiled method.</summary>
/// <param name="Id">Its <c>RuntimeMethodHandle.Value</c>.</param>
/// <param name="Address">Of its first instruction.</param>
/// <param name="Size">Bytes of machine code.</param>
/// <param name="Jitted">Compiled at run time; else it comes from an image.</param>
/// <param name="Type">The class, with its namespace.</param>
internal readonly record struct MethodLoad(ulong Id, ulong Address, uint Size, Tier Tier, bool Jitted, string Type, string Name);

/// <summary>Listens to the runtime saying which methods it has compiled, and how well; dispose it before anything is timed or counted.</summary>
internal abstract class MethodLoads : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Jit = (EventKeywords)0x10;
    private const EventKeywords CompilationDiagnostic = (EventKeywords)0x2000000000;
    private const string Event = "MethodLoadVerbose"; // with a version behind it, _V1 or _V2
    private const string FromImage = "R2RGetEntryPoint"; // of code in an image, when it is first asked for

    // The event's payload: id, module, address, size, token, flags, namespace, name, signature.
    private const int IdAt = 0;
    private const int AddressAt = 2;
    private const int SizeAt = 3;
    private const int FlagsAt = 5;
    private const int TypeAt = 6;
    private const int NameAt = 7;
    private const uint JittedFlag = 8;
    private const int TierShift = 7;
    private const uint TierMask = 7;

    // The payload of the other event: id, namespace, name, signature, entry point.
    private const int EntryAt = 4;

    /// <summary>Whether to be told of code that is taken from an image too, which the framework's own is full of.</summary>
    protected virtual bool HearsOfImages => false;

    protected abstract void Loaded(in MethodLoad load);

    /// <summary>The code of a method was found in an image.</summary>
    protected virtual void Precompiled(ulong id, ulong entry)
    {
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            // The events call themselves Informational, and are not sent at that level.
            EnableEvents(eventSource, EventLevel.Verbose, HearsOfImages ? Jit | CompilationDiagnostic : Jit);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith(FromImage, StringComparison.Ordinal) == true
            && eventData.Payload is IReadOnlyList<object?> { Count: > EntryAt } found && !eventData.EventName.EndsWith("Start", StringComparison.Ordinal))
        {
            Precompiled(Convert.ToUInt64(found[IdAt], null), Convert.ToUInt64(found[EntryAt], null));
        }
        else if (eventData.EventName?.StartsWith(Event, StringComparison.Ordinal) == true
            && eventData.Payload is IReadOnlyList<object?> { Count: > NameAt } payload
            && payload[TypeAt] is string type && payload[NameAt] is string name)
        {
            Loaded(new MethodLoad(
                Convert.ToUInt64(payload[IdAt], null),
                Convert.ToUInt64(payload[AddressAt], null),
                Convert.ToUInt32(payload[SizeAt], null),
                (Tier)(Convert.ToUInt32(payload[FlagsAt], null) >> TierShift & TierMask),
                (Convert.ToUInt32(payload[FlagsAt], null) & JittedFlag) != 0,
                type,
                name));
        }
    }
}
