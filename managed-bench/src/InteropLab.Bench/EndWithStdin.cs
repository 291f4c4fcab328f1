using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace InteropLab.Bench;

/// <summary>Ends this program, with what it has started, when its standard input ends: a starter that is killed leaves nothing running.</summary>
internal static class EndWithStdin
{
    public static int Watching(Func<int> run)
    {
        Thread watch = new(static () =>
        {
            using Stream input = Console.OpenStandardInput();
            byte[] buffer = new byte[64];
            while (input.Read(buffer) > 0)
            {
            }

            Process.GetCurrentProcess().Kill(entireProcessTree: true);
        })
        {
            IsBackground = true,
            Name = "end with stdin",
        };
        watch.Start();
        return run();
    }
}
