//! Asks `InteropLab.Bench` something: a plan on its standard input, JSON lines on its standard output.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::build::{self, Library, Products, Program};
use crate::process::{self, last_line};
use crate::workspace::Workspace;

/// What the program wrote. It drives `library`; a failure is one line with its last words.
pub fn ask(
    workspace: &Workspace,
    products: &Products,
    verb: &str,
    library: Library,
    environment: &[(&str, &OsStr)],
    plan: &[u8],
) -> Result<String> {
    let log = workspace.log(&format!("{verb}-{}", library.name()));
    let errors = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut command: Command = build::dotnet(workspace);
    command
        .arg(products.program(Program::Bench))
        .arg(verb)
        .env("LAB_LIBRARY", &products.libraries[&library])
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(errors);
    process::own_group(&mut command);
    let mut child = command.spawn().context("cannot start dotnet")?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    stdin.write_all(plan).ok(); // a program that has ended says why below
    drop(stdin);
    let output = child
        .wait_with_output()
        .with_context(|| format!("cannot read what {verb} wrote"))?;
    if !output.status.success() {
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        bail!(
            "{verb} with library {} failed: {} (log: {})",
            library.name(),
            last_line(&said).unwrap_or("no output"),
            log.display()
        );
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{verb} wrote something that is not UTF-8"))
}
