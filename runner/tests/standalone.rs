//! `lab list --source`: one case of every family compiles as one file in a bare BenchmarkDotNet project.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use common::{lab, one_line_error, root};
use interop_lab::catalogue::Catalogue;

const PROPERTIES: &str = "<Project>\n<PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>\
    <AllowUnsafeBlocks>true</AllowUnsafeBlocks></PropertyGroup>\n\
    <ItemGroup><PackageReference Include=\"BenchmarkDotNet\" Version=\"0.15.8\" /></ItemGroup>\n</Project>\n";

#[test]
fn one_case_of_every_family_compiles_alone() {
    let catalogue = Catalogue::load(&root().join("cases")).unwrap();
    let mut families: BTreeMap<&str, &str> = BTreeMap::new();
    for case in &catalogue.cases {
        families.entry(&case.family).or_insert(&case.id);
    }
    assert!(families.len() > 8, "{families:?}");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Directory.Build.props"), PROPERTIES).unwrap();
    let mut solution = String::from("<Solution>\n");
    for case in families.values() {
        let output = lab().args(["list", "--source", case]).output().unwrap();
        assert!(output.status.success(), "{case}");
        let project = folder.path().join(case);
        fs::create_dir_all(&project).unwrap();
        fs::write(project.join(format!("{case}.cs")), &output.stdout).unwrap();
        fs::write(
            project.join(format!("{case}.csproj")),
            "<Project Sdk=\"Microsoft.NET.Sdk\" />\n",
        )
        .unwrap();
        let _ = writeln!(solution, "<Project Path=\"{case}/{case}.csproj\" />");
    }
    fs::write(folder.path().join("all.slnx"), solution + "</Solution>\n").unwrap();
    let output = Command::new("dotnet")
        .args([
            "build",
            "all.slnx",
            "-nologo",
            "-v",
            "q",
            "--disable-build-servers",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
}

#[test]
fn what_is_no_class_of_a_case_is_said() {
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
