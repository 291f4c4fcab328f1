using System;

using Xunit;

namespace InteropLab.Tests;

/// <summary>Gives this process its kernel library: one process loads one, here the timed Rust one.</summary>
public sealed class InProcess
{
    public const string Name = "uses the kernel library of this process";

    public InProcess()
    {
        Environment.SetEnvironmentVariable(KernelLibrary.PathVariable, Libraries.Path(Libraries.Rust));
        _ = KernelLibrary.Handle;
    }
}

/// <summary>Test classes that share the process's library; they run one after another.</summary>
[CollectionDefinition(InProcess.Name)]
public sealed class InProcessTests : ICollectionFixture<InProcess>;
