using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace InteropLab.Paired;

/// <summary>Brings the code of every body of a launch to what the plan says, proved by the runtime's own events, or refuses the launch.</summary>
internal static class WarmUp
{
    // The runtime counts 30 calls in tier 0 and 30 more in the code that gathers the profile.
    private const int CallsPerPass = 32;

    // Since anything was last compiled.
    private static readonly TimeSpan s_giveUp = TimeSpan.FromSeconds(5);

    // Methods are compiled in the background, and events come a little later.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(10);
    private const int QuietPasses = 3;

    /// <param name="bodies">In the order of their first calls.</param>
    /// <param name="sift">Only find out what the code is: who asks sorts out what is another.</param>
    /// <returns>The code of each body.</returns>
    /// <exception cref="InvalidLaunchException">Some body is not what the plan says, or the engine's own loop is not optimised.</exception>
    public static Dictionary<ManagedBody, BodyCode> Run(Compiled compiled, IReadOnlyList<ManagedBody> bodies, CodeKind kind, bool sift)
    {
        List<ManagedBody> slow = [.. bodies];
        Stopwatch idle = Stopwatch.StartNew();
        long before = -1;
        for (int quiet = 0; quiet < QuietPasses;)
        {
            slow.ForEach(static body => body.Run(CallsPerPass));
            Thread.Sleep(slow.Count > 0 ? s_pause : s_rest);
            _ = slow.RemoveAll(body => KindOf(compiled, body) == kind || (sift && IsFinal(compiled, body, kind)));
            if (slow.FirstOrDefault(body => IsFinal(compiled, body, kind)) is ManagedBody other)
            {
                throw Not(kind, compiled, other);
            }

            long now = compiled.Count;
            if (now != before)
            {
                idle.Restart();
            }

            quiet = now == before && slow.Count == 0 ? quiet + 1 : 0;
            before = now;
            if (slow.Count > 0 && idle.Elapsed > s_giveUp)
            {
                throw Not(kind, compiled, slow[0]);
            }
        }

        foreach (ManagedBody body in bodies.DistinctBy(static body => body.GetType()))
        {
            string driver = compiled.Of((ulong)body.Driver.MethodHandle.Value)?.Tier ?? Unknown;
            if (driver is not ("optimized" or "tier1"))
            {
                throw new InvalidLaunchException($"the engine's loop {body.Driver.DeclaringType!.Name} is {driver}, not optimised");
            }
        }

        return bodies.ToDictionary(static body => body, body => compiled.Of(body.MethodId)!.Value);
    }

    /// <summary>The same where everything was compiled before the program started: what is bound at a first call is bound here.</summary>
    public static Dictionary<ManagedBody, BodyCode> RunNative(IReadOnlyList<ManagedBody> bodies)
    {
        foreach (ManagedBody body in bodies)
        {
            body.Run(CallsPerPass);
        }

        return bodies.ToDictionary(static body => body, static body => new BodyCode(CodeKind.Native, "native", body.Address, null));
    }

    private const string Unknown = "unknown";

    private static CodeKind? KindOf(Compiled compiled, ManagedBody body) => compiled.Of(body.MethodId)?.Kind;

    // Code that the runtime never replaces, and that is not what was asked for.
    private static bool IsFinal(Compiled compiled, ManagedBody body, CodeKind kind)
    {
        BodyCode? code = compiled.Of(body.MethodId);
        return code is { Tier: "optimized" or "minopts" or "tier1" } && code.Value.Kind != kind;
    }

    private static InvalidLaunchException Not(CodeKind kind, Compiled compiled, ManagedBody body) =>
        new($"{body.Name} is not at {Words(kind)} but {compiled.Of(body.MethodId)?.Tier ?? Unknown}: tiered compilation is off, slowed down or changed by a DOTNET_ variable, or the image is another one");

    /// <summary>How a kind of code is called in a message.</summary>
    public static string Words(CodeKind kind) => kind switch
    {
        CodeKind.Tier1 => "tier 1",
        CodeKind.ReadyToRunTier1 => "tier 1 after ReadyToRun code",
        CodeKind.ReadyToRun => "its ReadyToRun code",
        CodeKind.Tier0 => "tier 0",
        CodeKind.Optimized => "optimised code of a runtime without tiers",
        _ => "native code",
    };
}
