using System;
using System.IO;
using System.Linq;

namespace InteropLab.Paired;

/// <summary>What this program is: who starts it compares that with what was planned.</summary>
internal static class Identity
{
    /// <summary>An import is resolved when it is first called.</summary>
    public const string Lazy = "lazy";

    /// <summary>The system's loader bound the imports when the program started.</summary>
    public const string Direct = "direct";

    /// <summary>The kernels are part of the program.</summary>
    public const string Static = "static";

    private const string Mappings = "/proc/self/maps";

    /// <summary>How imports come to the library; null where the system does not say. To be asked before anything opens it.</summary>
    public static string? Binding(string library)
    {
        if (library == KernelLibrary.Linked)
        {
            return Static;
        }

        if (!File.Exists(Mappings))
        {
            return null;
        }

        string file = File.ResolveLinkTarget(library, returnFinalTarget: true)?.FullName ?? library;
        return File.ReadLines(Mappings).Any(line => line.EndsWith(file, StringComparison.Ordinal)) ? Direct : Lazy;
    }

    /// <summary>Refuses a launch whose imports took another way after all.</summary>
    public static void ProveBinding(string? binding)
    {
        if (binding is Direct or Static && KernelLibrary.Asked > 0)
        {
            throw new InvalidLaunchException($"the program binds {binding}, and yet {KernelLibrary.Asked} imports asked for the library at run time");
        }
    }

    /// <summary>Whether the assembly of the cases that lies beside the program holds ReadyToRun code.</summary>
    public static bool IsPrecompiled() => Image.IsPrecompiled("InteropLab.Cases");
}
