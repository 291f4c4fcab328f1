using System.Runtime.CompilerServices;

// What this assembly is for: its signatures cross the border as they are, bit for bit.
[assembly: DisableRuntimeMarshalling]

namespace InteropLab.Cases.Raw;

internal static class CaseAssembly
{
#pragma warning disable CA2255 // A module initialiser is the only place that runs before any import of this assembly, in each of its copies.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialise() => KernelLibrary.Resolve(typeof(CaseAssembly).Assembly);
}
