using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

using Xunit;

namespace InteropLab.Tests;

/// <summary>
/// What a mechanism cannot express, proved: each declaration of the catalogue that must not compile is compiled, each that
/// must throw is run. One project for each kind of assembly and of refusal, one file and class for each declaration.
/// </summary>
public sealed partial class RefusalTests : IClassFixture<RefusalTests.Built>
{
    private readonly Built _built;

    public RefusalTests(Built built) => _built = built;

    public static TheoryData<string> Names() => [.. Catalogue.Refusals.Select(Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_catalogue_says_is_refused(string name)
    {
        CatalogueRefusal refusal = Catalogue.Refusals.Single(one => Name(one) == name);
        string[] found = [.. _built.Found.Where(one => one.Name == name).Select(static one => one.What).Distinct()];
        Assert.Equal([refusal.Diagnostic ?? refusal.Throws!], found);
    }

    // The same build must be able to pass, or everything would be refused.
    [Fact]
    public void What_is_right_is_not_refused() => Assert.DoesNotContain(_built.Found, static one => one.Name == Control);

    private const string Control = "control_Accepted";

    private static string Name(CatalogueRefusal refusal) => $"{refusal.Case}_{refusal.Variant}";

    /// <summary>The projects, built and run once for all tests.</summary>
    public sealed class Built : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lab-refusals-");

        /// <summary>Diagnostics and exceptions, by declaration.</summary>
        public IReadOnlyList<(string Name, string What)> Found { get; }

        public Built()
        {
            List<(string, string)> found = [];
            foreach (IGrouping<(bool Raw, string Refused), CatalogueRefusal> group in Catalogue.Refusals.GroupBy(static one => (one.Raw, RefusedBy(one))))
            {
                found.AddRange(Projected(group.Key.Raw, group.Key.Refused, [.. group]));
            }

            Found = found;
        }

        public void Dispose() => _folder.Delete(recursive: true);

        private const string Runtime = "Throws";

        // The analysers, which know what a custom marshaller lacks, are not heard where the compiler itself has found a mistake.
        private static string RefusedBy(CatalogueRefusal one) => one.Diagnostic is not string diagnostic
            ? Runtime
            : diagnostic.StartsWith("CS", StringComparison.Ordinal) ? "Refused" : "Analysed";

        private List<(string, string)> Projected(bool raw, string refused, CatalogueRefusal[] refusals)
        {
            bool compiles = refused == Runtime;
            string project = Path.Combine(_folder.FullName, $"{(raw ? "Raw" : "Marshalled")}{refused}");
            _ = Directory.CreateDirectory(project);
            File.WriteAllText(Path.Combine(project, "Refusals.csproj"), """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                    <UseAppHost>false</UseAppHost>
                    <ImplicitUsings>disable</ImplicitUsings>
                    <AnalysisLevel>latest</AnalysisLevel>
                  </PropertyGroup>
                </Project>
                """);
            // Warnings of the analysers count as refusals where the catalogue names one.
            File.WriteAllText(Path.Combine(project, ".editorconfig"), "root = true\n[*.cs]\ndotnet_diagnostic.CA1420.severity = error\n");
            foreach (CatalogueRefusal refusal in refusals)
            {
                File.WriteAllText(Path.Combine(project, $"{Name(refusal)}.cs"), InClass(Name(refusal), refusal.Source));
            }

            File.WriteAllText(Path.Combine(project, $"{Control}.cs"), InClass(Control, """
                [LibraryImport("kernels", StringMarshalling = StringMarshalling.Utf8)]
                internal static partial int Accepted(ReadOnlySpan<int> values, nint count);

                internal static void Run() { }
                """));
            string[] runs = compiles ? [.. refusals.Select(Name), Control] : [];
            File.WriteAllText(Path.Combine(project, "Program.cs"),
                (raw ? "[assembly: System.Runtime.CompilerServices.DisableRuntimeMarshalling]\n" : "")
                + "foreach (var (name, run) in new (string, System.Action)[] { " + string.Join(", ", runs.Select(static name => $"(\"{name}\", {name}.Run)")) + " })\n"
                + "{\n    try { run(); }\n    catch (System.Exception e) { System.Console.WriteLine($\"{name}: {e.GetType().FullName}\"); }\n}\n");

            (int code, string output) = Dotnet(project, "build", "--nologo", "--configuration", "Release", "-p:NuGetAudit=false");
            if (!compiles)
            {
                return [.. Diagnostics().Matches(output).Select(static match => (match.Groups["file"].Value, match.Groups["id"].Value)).Distinct()];
            }

            Assert.True(code == 0, output);
            (code, output) = Dotnet(project, "exec", Path.Combine(project, "bin", "Release", "net10.0", "Refusals.dll"));
            Assert.True(code == 0, output);
            return [.. output.Split('\n').Select(static line => line.Split(": ")).Where(static parts => parts.Length == 2).Select(static parts => (parts[0], parts[1].Trim()))];
        }

        private static string InClass(string name, string members) => $$"""
            using System;
            using System.Collections.Generic;
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;
            using System.Runtime.InteropServices.Marshalling;
            using System.Text;

            internal static unsafe partial class {{name}}
            {
            {{members}}
            }
            """;

        internal static (int Code, string Output) Dotnet(string folder, params string[] arguments)
        {
            ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            // What the test host sets for itself must not reach a build of its own.
            foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            {
                _ = start.Environment.Remove(name);
            }

            using Process process = Process.Start(start)!;
            System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.GetAwaiter().GetResult());
        }
    }

    [GeneratedRegex(@"(?<file>[A-Za-z0-9_]+)\.cs\(\d+,\d+\): error (?<id>[A-Z]+\d+):")]
    private static partial Regex Diagnostics();
}
