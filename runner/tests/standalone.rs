//! `lab list --source`: every case compiles as a file of its own in a bare BenchmarkDotNet project.

mod common;

use std::fs;
use std::process::Command;

use common::{lab, one_line_error, root};
use interop_lab::catalogue::Catalogue;
use interop_lab::standalone;

/// A library, because every file has a Main.
const PROJECT: &str = "<Project Sdk=\"Microsoft.NET.Sdk\">\n\
    <PropertyGroup><TargetFramework>net10.0</TargetFramework><AllowUnsafeBlocks>true</AllowUnsafeBlocks></PropertyGroup>\n\
    <ItemGroup><PackageReference Include=\"BenchmarkDotNet\" Version=\"0.15.8\" /></ItemGroup>\n</Project>\n";

#[test]
fn every_case_compiles_alone() {
    let catalogue = Catalogue::load(&root().join("cases")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("alone.csproj"), PROJECT).unwrap();
    for case in &catalogue.cases {
        let text = standalone::of(&root().join("managed-bench"), case).unwrap();
        // One project for all: a namespace for each keeps them from seeing each other.
        let own = format!("InteropLab.Alone.{}", case.id);
        let text = text.replace("InteropLab.Cases", &own);
        fs::write(folder.path().join(format!("{}.cs", case.id)), text).unwrap();
    }
    let build = || {
        let output = Command::new("dotnet")
            .args(["build", "-nologo", "-v", "q", "--disable-build-servers"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.success(), said)
    };
    let (built, said) = build();
    let errors: Vec<&str> = said.lines().filter(|line| line.contains("error")).collect();
    assert!(built, "{errors:#?}");
}

#[test]
fn a_case_is_printed_and_what_is_none_is_said() {
    let output = lab()
        .args(["list", "--source", "handle_call"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    for part in [
        "// handle_call: ",
        "class Program",
        "class HandleCall ",
        "class CounterHandle",
    ] {
        assert!(text.contains(part), "{part}");
    }
    for absent in ["Raw.", "KernelStruct", "class StringUtf8In"] {
        assert!(!text.contains(absent), "{absent}");
    }
    one_line_error(
        lab().args(["list", "--source", "nonsense"]),
        2,
        "there is no such case",
    );
    one_line_error(
        lab().args(["list", "--source", "string_misuse"]),
        2,
        "a program with an end of its own",
    );
}
