namespace InteropLab.Startup;

/// <summary>The first calls of many imports, each with a signature of its own.</summary>
internal static unsafe class ManyImports
{
    public static Steps Of(Asked asked)
    {
        int imports = asked.Number("imports");
        delegate*<long> call = asked.Variant switch
        {
            "DllImport" => ManyDllImports.First(imports),
            "LibraryImport" => ManyLibraryImports.First(imports),
            _ => throw asked.NoSuch("variant"),
        };
        if (call == null || Agreed.AnswerOfFirst(imports) is not long answer)
        {
            throw asked.NoSuch("number of imports");
        }

        return new Steps { Load = &Kernels.Load, Bind = &Kernels.Resolve, Call = call, First = answer, Second = answer };
    }
}
