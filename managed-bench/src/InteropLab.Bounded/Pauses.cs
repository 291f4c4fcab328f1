using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Threading;

namespace InteropLab.Bounded;

/// <summary>One collection, as the runtime's own events tell it. Nanoseconds, from time stamps of 100 ns.</summary>
/// <param name="Generation">The oldest that was collected.</param>
/// <param name="Suspend">From the wish to stop all managed threads until they stand.</param>
/// <param name="Pause">From that wish until they run again.</param>
internal readonly record struct Collection(int Generation, double Suspend, double Pause);

/// <summary>Listens to the runtime's events about collections that the program itself asks for.</summary>
internal sealed class Pauses : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Gc = (EventKeywords)0x1;
    private const int Induced = 1;
    private const int DepthAt = 1;
    private const int ReasonAt = 2;
    private const double NanosecondsPerTick = 100;
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<Collection> _collections = [];
    private DateTime _begun;
    private DateTime _stopped;
    private int? _generation;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Informational, Gc);
        }
    }

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
                return _collections.Count;
            }
        }
    }

    /// <summary>Waits until the runtime has told of so many collections of a generation; its events come late.</summary>
    public List<Collection> Of(int generation, int count)
    {
        GC.Collect(); // what comes after the last of them makes the runtime tell of it
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            lock (_lock)
            {
                List<Collection> found = _collections.FindAll(one => one.Generation == generation);
                if (found.Count >= count)
                {
                    return found;
                }

                if (waited.Elapsed > s_most)
                {
                    throw new InvalidOperationException($"the runtime told of {found.Count} collections of generation {generation}, {count} were asked for");
                }
            }

            Thread.Sleep(10);
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
                _generation = null;
            }
            else if (Is("GCSuspendEEEnd"))
            {
                _stopped = eventData.TimeStamp;
            }
            else if (Is("GCStart") && eventData.Payload is IReadOnlyList<object?> { Count: > ReasonAt } payload
                && Convert.ToInt32(payload[ReasonAt], CultureInfo.InvariantCulture) == Induced)
            {
                _generation = Convert.ToInt32(payload[DepthAt], CultureInfo.InvariantCulture);
            }
            else if (Is("GCRestartEEEnd") && _generation is int generation)
            {
                _collections.Add(new Collection(generation, Between(_begun, _stopped), Between(_begun, eventData.TimeStamp)));
                _generation = null;
            }
        }
    }

    private static double Between(DateTime from, DateTime to) => (to - from).Ticks * NanosecondsPerTick;
}
