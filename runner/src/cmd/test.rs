//! `lab test`: all tests of both halves, with the libraries they need, and one line of totals at the end.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use regex::Regex;

use super::{Exit, print};
use crate::build::{self, Products, Program};
use crate::catalogue::Catalogue;
use crate::generate;
use crate::process::{self, Interrupted};
use crate::workspace::Workspace;

/// Test programs that could not run something append a line here: what, and the command that installs what is missing.
const SKIPS: &str = "LAB_SKIPS";
/// Set by CI: a skip is a failure.
const REQUIRE_ALL: &str = "LAB_REQUIRE_ALL";

#[derive(Debug, Default, PartialEq)]
struct Totals {
    passed: u64,
    failed: u64,
}

pub fn run() -> Result<Exit> {
    let workspace = Workspace::find()?;
    let catalogue = Catalogue::load(&workspace.cases())?;
    generate::check(&workspace.root, &catalogue)?;
    let products = build::all(&workspace)?;
    let skips = workspace.lab().join("skipped-tests.txt");
    fs::write(&skips, "").with_context(|| format!("cannot write {}", skips.display()))?;

    let mut cargo = Command::new("cargo");
    cargo
        .args(["test", "--release", "--workspace", "--no-fail-fast"])
        .current_dir(&workspace.cargo)
        .env("CARGO_TARGET_DIR", &workspace.target);
    let mut dotnet = build::dotnet(&workspace);
    dotnet.args([
        "test",
        "tests/InteropLab.Tests",
        "--configuration",
        "Release",
        "--nologo",
    ]);

    let mut totals = Totals::default();
    let mut broken = Vec::new();
    for (name, mut command) in [("cargo test", cargo), ("dotnet test", dotnet)] {
        let (found, success) =
            run_tests(prepare(&mut command, &workspace, &products, &skips), name)?;
        if process::interrupted() {
            return Err(Interrupted.into());
        }
        // A test program that dies, or does not build, reports no failed test: it counts as one.
        if !success && found.failed == 0 {
            broken.push(name);
        }
        totals.passed += found.passed;
        totals.failed += found.failed;
    }

    let skipped = fs::read_to_string(&skips).unwrap_or_default();
    let require_all = std::env::var_os(REQUIRE_ALL).is_some_and(|value| value == "1");
    for line in skipped.lines() {
        print(&format!(
            "{}: {line}\n",
            if require_all {
                "failed, because it was skipped"
            } else {
                "skipped"
            }
        ))?;
    }
    for name in &broken {
        print(&format!("failed: {name} did not end with success\n"))?;
    }
    let skips = skipped.lines().count() as u64;
    let (extra, skips) = if require_all { (skips, 0) } else { (0, skips) };
    let failed = totals.failed + broken.len() as u64 + extra;
    print(&format!(
        "{} passed, {failed} failed, {skips} skipped\n",
        totals.passed
    ))?;
    Ok(if failed == 0 && totals.passed > 0 {
        Exit::Done
    } else {
        Exit::Finding
    })
}

fn prepare<'a>(
    command: &'a mut Command,
    workspace: &Workspace,
    products: &Products,
    skips: &Path,
) -> &'a mut Command {
    for (library, path) in &products.libraries {
        command.env(library.variable(), path);
    }
    if let Some(path) = &products.allocation_counter {
        command.env(build::ALLOCATION_COUNTER, path);
    }
    command
        .env("LAB_ROOT", &workspace.root)
        .env("LAB_WORKSPACE", &workspace.cargo)
        .env("LAB_BENCH", products.program(Program::Bench))
        .env("LAB_PAIRED", products.program(Program::Paired))
        .env("LAB_C_OBJECT", &products.c_object)
        .env(SKIPS, skips)
}

/// Runs a test program, passing its output through, and adds up its own closing lines.
fn run_tests(command: &mut Command, name: &str) -> Result<(Totals, bool)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let output = child.stdout.take().context("no output")?;
    let mut totals = Totals::default();
    for line in BufReader::new(output).lines() {
        let line = line.with_context(|| format!("cannot read what {name} writes"))?;
        print(&format!("{line}\n"))?;
        if let Some(found) = closing_line(&line) {
            totals.passed += found.passed;
            totals.failed += found.failed;
        }
    }
    Ok((totals, child.wait()?.success()))
}

/// `test result: ok. 9 passed; 0 failed; ...` of cargo; `Passed!  - Failed: 0, Passed: 9, ...` of dotnet.
fn closing_line(line: &str) -> Option<Totals> {
    let cargo =
        Regex::new(r"^test result: .*?(\d+) passed; (\d+) failed").expect("a constant pattern");
    let dotnet = Regex::new(r"Failed: +(\d+), Passed: +(\d+)").expect("a constant pattern");
    let number = |text: &str| text.parse().ok();
    if let Some(parts) = cargo.captures(line) {
        return Some(Totals {
            passed: number(&parts[1])?,
            failed: number(&parts[2])?,
        });
    }
    let parts = dotnet.captures(line)?;
    Some(Totals {
        passed: number(&parts[2])?,
        failed: number(&parts[1])?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines() {
        let cargo = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.05s";
        assert_eq!(
            closing_line(cargo),
            Some(Totals {
                passed: 12,
                failed: 3
            })
        );
        let dotnet = "Passed!  - Failed:     0, Passed:    42, Skipped:     0, Total:    42, Duration: 1 s - InteropLab.Tests.dll (net10.0)";
        assert_eq!(
            closing_line(dotnet),
            Some(Totals {
                passed: 42,
                failed: 0
            })
        );
        assert_eq!(closing_line("running 3 tests"), None);
    }
}
