namespace InteropLab.Startup;

/// <summary>How often the resolver is asked when imports are called again and again.</summary>
internal static unsafe class Resolver
{
    private const int Rounds = 100;

    private static delegate*<long> s_call;
    private static int s_entryPoints;

    public static Steps Of(Asked asked)
    {
        Steps steps = ManyImports.Of(asked);
        s_call = steps.Call;
        s_entryPoints = asked.Number("imports");
        steps.After = &CallAgain;
        return steps;
    }

    private static void CallAgain(Lines lines)
    {
        for (int round = 0; round < Rounds; round++)
        {
            _ = s_call();
        }

        lines.Count("resolver_calls", Kernels.ResolverCalls, "calls");
        lines.Count("entry_points", s_entryPoints, "imports");
    }
}
