using System;
using System.IO;
using System.Runtime;
using System.Runtime.InteropServices;

namespace InteropLab.Bounded;

/// <summary>One process: one variant, from hello to done.</summary>
internal static class Launch
{
    public static int Run(BoundedPlan plan, Stream output)
    {
        Asked asked = new(plan, output);
        asked.Write(new HelloLine(
            "hello",
            BoundedPlan.Version,
            RuntimeInformation.FrameworkDescription,
            GCSettings.IsServerGC,
            Environment.ProcessorCount,
            KernelFacts.Impl,
            $"{Catalogue.Contract:x16}"));
        Programs.All[plan.Case](asked);
        LiveObjects live = KernelFacts.Live();
        if (live != new LiveObjects(0, 0, 0, 0))
        {
            throw new InvalidOperationException($"native objects are left: {live}");
        }

        asked.Write(new DoneLine("done"));
        return ExitCode.Done;
    }
}
