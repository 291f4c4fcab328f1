using System;
using System.Threading;

namespace InteropLab.Bounded;

/// <summary>Threads that do one thing again and again until they are disposed of.</summary>
internal sealed class Workers : IDisposable
{
    private readonly Thread[] _threads;
    private volatile bool _stop;

    /// <param name="work">Done in a loop by each of them.</param>
    public Workers(int threads, Action work)
    {
        using CountdownEvent started = new(threads);
        _threads = new Thread[threads];
        for (int at = 0; at < threads; at++)
        {
            _threads[at] = new Thread(() =>
            {
                started.Signal();
                while (!_stop)
                {
                    work();
                }
            })
            {
                IsBackground = true,
            };
            _threads[at].Start();
        }

        started.Wait();
    }

    public void Dispose()
    {
        _stop = true;
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }
}
