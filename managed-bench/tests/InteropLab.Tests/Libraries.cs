using System;
using System.IO;

namespace InteropLab.Tests;

/// <summary>Where the libraries under test are; the tests cannot build them.</summary>
internal static class Libraries
{
    public const string Rust = "LAB_LIB_RUST";
    public const string C = "LAB_LIB_C";
    public const string Count = "LAB_LIB_COUNT";

    /// <summary>The absolute path that a variable holds.</summary>
    public static string Path(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path && File.Exists(path)
        ? path
        : throw new InvalidOperationException($"{variable} is not set to a kernel library: run ./lab test");
}
