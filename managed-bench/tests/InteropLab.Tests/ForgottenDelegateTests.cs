using System;
using System.IO;

using Xunit;

namespace InteropLab.Tests;

/// <summary>What native code keeps, somebody has to keep alive: in a program of its own, because it ends where nobody does.</summary>
public sealed class ForgottenDelegateTests : IClassFixture<ForgottenDelegateTests.Built>
{
    private readonly Built _built;

    public ForgottenDelegateTests(Built built) => _built = built;

    // The same program must be able to end well, or everything would end it.
    [Theory]
    [InlineData(Libraries.Rust)]
    [InlineData(Libraries.C)]
    public void A_delegate_that_is_kept_survives_collections(string library)
    {
        (int code, string output) = _built.Run(library, "kept");
        Assert.True(code == 0, output);
        Assert.Equal("5050", output.Trim());
    }

    [Theory]
    [InlineData(Libraries.Rust)]
    [InlineData(Libraries.C)]
    public void A_delegate_that_nobody_keeps_ends_the_process(string library)
    {
        (int code, string output) = _built.Run(library, "forgotten");
        Assert.NotEqual(0, code);
        Assert.Contains("garbage collected delegate", output, StringComparison.Ordinal);
        Assert.DoesNotContain("5050", output, StringComparison.Ordinal);
    }

    /// <summary>The program, built once for all tests.</summary>
    public sealed class Built : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lab-forgotten-");

        public Built()
        {
            File.WriteAllText(Path.Combine(_folder.FullName, "Forgotten.csproj"), """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                    <UseAppHost>false</UseAppHost>
                    <ImplicitUsings>disable</ImplicitUsings>
                  </PropertyGroup>
                </Project>
                """);
            File.WriteAllText(Path.Combine(_folder.FullName, "Program.cs"), """
                using System;
                using System.Runtime.CompilerServices;
                using System.Runtime.InteropServices;

                internal static unsafe class Program
                {
                    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
                    private delegate long Callback(long value, nint context);

                    private static Callback s_kept;

                    private static void Main(string[] arguments)
                    {
                        nint library = NativeLibrary.Load(arguments[0]);
                        nint subscription = Subscribe(library, 1, keep: arguments[1] == "kept");
                        for (int i = 0; i < 3; i++)
                        {
                            GC.Collect();
                            GC.WaitForPendingFinalizers();
                        }

                        var stored = (delegate* unmanaged[Cdecl]<nint, long, long>)NativeLibrary.GetExport(library, "callback_stored");
                        Console.WriteLine(stored(subscription, 100));
                    }

                    // A frame of its own: what it does not keep is gone when it returns.
                    [MethodImpl(MethodImplOptions.NoInlining)]
                    private static nint Subscribe(nint library, long added, bool keep)
                    {
                        Callback callback = (value, _) => value + added;
                        if (keep)
                        {
                            s_kept = callback;
                        }

                        var subscribe = (delegate* unmanaged[Cdecl]<nint, nint, nint>)NativeLibrary.GetExport(library, "callback_stored_new");
                        return subscribe(Marshal.GetFunctionPointerForDelegate(callback), 0);
                    }
                }
                """);
            (int code, string output) = RefusalTests.Built.Dotnet(_folder.FullName, "build", "--nologo", "--configuration", "Release", "-p:NuGetAudit=false");
            Assert.True(code == 0, output);
        }

        public void Dispose() => _folder.Delete(recursive: true);

        internal (int Code, string Output) Run(string library, string what) => RefusalTests.Built.Dotnet(
            _folder.FullName, "exec", Path.Combine(_folder.FullName, "bin", "Release", "net10.0", "Forgotten.dll"), Libraries.Path(library), what);
    }
}
