using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace InteropLab;

/// <summary>
/// Ends this program, with what it has started, when its standard input ends: a starter that is killed leaves nothing running.
/// The starter has made this program the leader of a process group.
/// </summary>
internal static partial class EndWithStdin
{
    private const int SigKill = 9;
    private const int Ended = 5;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    public static int Watching(Func<int> run)
    {
        Thread watch = new(static () =>
        {
            using Stream input = Console.OpenStandardInput();
            byte[] buffer = new byte[64];
            while (input.Read(buffer) > 0)
            {
            }

            if (!OperatingSystem.IsWindows())
            {
                _ = Kill(0, SigKill); // 0: every process of the group, this one too. Process.Kill refuses a tree with the caller in it
            }

            Environment.Exit(Ended);
        })
        {
            IsBackground = true,
            Name = "end with stdin",
        };
        watch.Start();
        return run();
    }
}
