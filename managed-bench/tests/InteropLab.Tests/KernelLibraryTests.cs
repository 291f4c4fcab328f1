using System;
using System.Diagnostics;
using System.IO;

using Xunit;

namespace InteropLab.Tests;

/// <summary>A library that does not fit is refused, with one line that says which and what to do.</summary>
public sealed class KernelLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kernel-library").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_variable_that_is_not_set(string? path) => Refused(path, "LAB_LIBRARY is not set");

    [Fact]
    public void A_relative_path() => Refused("libkernels_c.so", "is not an absolute path");

    [Fact]
    public void A_file_that_is_not_there() => Refused(Path.Combine(_folder, "absent.so"), "there is no such file");

    // Cut within the header, after it, and just before the end: the loader alone survives only the first.
    [Theory]
    [InlineData(10, "cannot be loaded")]
    [InlineData(1000, "is truncated")]
    [InlineData(-1, "is truncated")]
    public void A_truncated_file(int bytes, string reason)
    {
        byte[] whole = File.ReadAllBytes(Libraries.Path(Libraries.C));
        string path = Path.Combine(_folder, "truncated.so");
        File.WriteAllBytes(path, whole[..(bytes < 0 ? whole.Length + bytes : bytes)]);
        Refused(path, reason);
    }

    [Fact]
    public void A_library_of_something_else() => Refused(Compile("int answer(void) { return 42; }"), "does not export kernels_contract");

    [Fact]
    public void A_library_of_another_contract()
    {
        string path = Compile("unsigned long long kernels_contract(void) { return 0x1badc0de1badc0deULL; }");
        string message = Refused(path, "its contract is 1badc0de1badc0de");
        Assert.Contains($"expected {Catalogue.Contract:x16}", message, StringComparison.Ordinal);
    }

    private static string Refused(string? path, string reason)
    {
        string message = Assert.Throws<KernelLibraryException>(() => KernelLibrary.Open(path)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains(path is null or "" ? KernelLibrary.PathVariable : path, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private string Compile(string source)
    {
        string file = Path.Combine(_folder, "other.c");
        string library = Path.Combine(_folder, "other.so");
        File.WriteAllText(file, source);
        using Process compiler = Process.Start(Environment.GetEnvironmentVariable("CC") ?? "cc", ["-shared", "-fPIC", "-o", library, file]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return library;
    }
}
