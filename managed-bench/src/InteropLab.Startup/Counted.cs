using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace InteropLab.Startup;

/// <summary>
/// Counts what the runtime makes while something runs: stubs, and methods that it compiles on the same thread. It listens to the
/// runtime's own events, which takes time: nothing is timed beside it.
/// </summary>
internal sealed partial class Counted : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Jit = (EventKeywords)0x10;
    private const EventKeywords Interop = (EventKeywords)0x2000;
    private const string Compiled = "MethodLoadVerbose"; // with a version behind it, _V1 or _V2
    private const string Stub = "ILStubGenerated";

    // Events come late, and nothing tells that the last has come.
    private const int LateMilliseconds = 100;

    private readonly Lock _lock = new();
    private readonly List<(DateTime At, bool IsStub, long Thread)> _told = [];
    private DateTime _begun;
    private DateTime _ended;
    private long _thread;
    private int _opens;

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int ThisThread();

    public static Counted Listening()
    {
        Counted counted = new();
        Thread.Sleep(LateMilliseconds);
        counted._thread = ThisThread();
        counted._begun = DateTime.UtcNow;
        return counted;
    }

    /// <param name="opened">What is in the name of every opened file that counts.</param>
    public void Stop(string opened)
    {
        _ended = DateTime.UtcNow;
        _opens = Opens.Of(opened).Count;
        Thread.Sleep(LateMilliseconds);
    }

    /// <summary>Native AOT compiles nothing at run time and has no such events: what cannot be counted is not said to be none.</summary>
    public void Tell(Lines lines)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            lines.Count("stubs", Within(isStub: true), "stubs");
            lines.Count("jitted_methods", Within(isStub: false), "methods");
        }

        if (Opens.Recorded)
        {
            lines.Count("opens", _opens, "opens");
        }
    }

    private int Within(bool isStub)
    {
        lock (_lock)
        {
            return _told.FindAll(one => one.IsStub == isStub && one.Thread == _thread && one.At >= _begun && one.At <= _ended).Count;
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            // The events of compiled methods call themselves Informational, and are not sent at that level.
            EnableEvents(eventSource, EventLevel.Verbose, Jit | Interop);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        bool isStub = eventData.EventName == Stub;
        if (isStub || eventData.EventName?.StartsWith(Compiled, StringComparison.Ordinal) == true)
        {
            lock (_lock)
            {
                _told.Add((eventData.TimeStamp, isStub, eventData.OSThreadId));
            }
        }
    }
}
