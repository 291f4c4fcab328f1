using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Threading;

namespace InteropLab.Bounded;

/// <summary>One collection, as the runtime's own events tell it. Nanoseconds, from time stamps of 100 ns.</summary>
/// <param name="Suspend">From the wish to stop all managed threads until they stand.</param>
/// <param name="Pause">From that wish until they run again.</param>
internal readonly record struct Collection(double Suspend, double Pause);

/// <summary>Asks for collections and listens to what the runtime's events tell of them.</summary>
internal sealed class Pauses : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Gc = (EventKeywords)0x1;
    private const int NumberAt = 0;
    private const double NanosecondsPerTick = 100;
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Collection> _told = [];
    private readonly List<int> _asked = [];
    private DateTime _begun;
    private DateTime _stopped;
    private int? _number;

    /// <summary>Waits until the runtime tells of collections: it begins to do so some time after it was asked to.</summary>
    public static Pauses Listening()
    {
        Pauses pauses = new();
        Stopwatch waited = Stopwatch.StartNew();
        while (pauses.Count == 0)
        {
            GC.Collect();
            Thread.Sleep(10);
            if (waited.Elapsed > s_most)
            {
                throw new InvalidOperationException("the runtime tells of no collection");
            }
        }

        return pauses;
    }

    private int Count
    {
        get
        {
            lock (_lock)
            {
                return _told.Count;
            }
        }
    }

    /// <summary>Collects generation 0, or what the runtime makes of that: now and then it takes an older one with it.</summary>
    public void Collect()
    {
        GC.Collect(0);
        _asked.Add(GC.CollectionCount(0)); // the number of the last one of any generation
    }

    /// <summary>The collections that were asked for, when the runtime has told of all of them; its events come late.</summary>
    public List<Collection> Collected()
    {
        GC.Collect(); // what comes after the last of them makes the runtime tell of it
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            lock (_lock)
            {
                if (_asked.TrueForAll(_told.ContainsKey))
                {
                    return _asked.ConvertAll(number => _told[number]);
                }

                if (waited.Elapsed > s_most)
                {
                    throw new InvalidOperationException($"the runtime told of {_told.Count} collections, and not of all {_asked.Count} that were asked for");
                }
            }

            Thread.Sleep(10);
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Informational, Gc);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        string name = eventData.EventName ?? "";
        bool Is(string start) => name.StartsWith(start, StringComparison.Ordinal); // versions are told by an ending, _V1 or _V2
        lock (_lock)
        {
            if (Is("GCSuspendEEBegin"))
            {
                _begun = eventData.TimeStamp;
                _number = null;
            }
            else if (Is("GCSuspendEEEnd"))
            {
                _stopped = eventData.TimeStamp;
            }
            else if (Is("GCStart") && eventData.Payload is IReadOnlyList<object?> { Count: > NumberAt } payload)
            {
                _number = Convert.ToInt32(payload[NumberAt], CultureInfo.InvariantCulture);
            }
            else if (Is("GCRestartEEEnd") && _number is int number)
            {
                _told[number] = new Collection(Between(_begun, _stopped), Between(_begun, eventData.TimeStamp));
                _number = null;
            }
        }
    }

    private static double Between(DateTime from, DateTime to) => (to - from).Ticks * NanosecondsPerTick;
}
