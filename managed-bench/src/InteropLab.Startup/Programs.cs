namespace InteropLab.Startup;

/// <summary>Every program by its id; the catalogue has the same.</summary>
internal static class Programs
{
    public static Steps Find(Asked asked) => asked.Program switch
    {
        "loading_first_call" => FirstCall.Of(asked),
        "loading_library" => Library.Of(asked),
        "loading_many_imports" => ManyImports.Of(asked),
        "loading_probing" => Probing.Of(asked),
        "loading_resolver" => Resolver.Of(asked),
        _ => throw RefusedException.Bad($"there is no program '{asked.Program}'"),
    };
}
