//! The native half: the kernels in their forms, what is loaded before a program's own libraries, the floor bench.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::exclusive::building_alone;
use super::{Library, Products};
use crate::process;
use crate::run_folder::write_atomically;
use crate::system::library_file;
use crate::workspace::Workspace;

/// Builds the kernels in all their forms and what is loaded before a program's own libraries, and copies each to a stable place: `deps/` may hold another build,
/// and the next one overwrites.
pub(super) fn kernels(workspace: &Workspace) -> Result<Products> {
    let release = cargo(
        workspace,
        "kernels",
        &["build", "--release", "--package", "native-kernels"],
    )?;
    let counting = cargo(
        workspace,
        "kernels-count",
        &[
            "build",
            "--profile",
            "counting",
            "--features",
            "count",
            "--package",
            "native-kernels",
        ],
    )?;
    let rust = library_file("kernels_rust");
    let built = [
        (Library::Rust, cdylib(&release, &rust)?, rust.clone()),
        (
            Library::C,
            out_dir(&release)?.join(library_file("kernels_c")),
            library_file("kernels_c"),
        ),
        (Library::Count, cdylib(&counting, &rust)?, rust),
    ];
    let libraries = built
        .into_iter()
        .map(|(library, from, file)| {
            let to = workspace.lab().join("lib").join(library.name()).join(file);
            copy(&from, &to)?;
            Ok((library, to))
        })
        .collect::<Result<_>>()?;
    let preload = |name: &str| {
        let file = library_file(name);
        let to = workspace.lab().join("lib/preload").join(&file);
        copy(&out_dir(&release)?.join(file), &to).map(|()| to)
    };
    let preload = |name| {
        let built = cfg!(target_os = "linux").then(|| preload(name));
        built.transpose()
    };
    Ok(Products {
        libraries,
        allocation_counter: preload("allocations")?,
        open_recorder: preload("opens")?,
        c_object: out_dir(&release)?.join("kernels_c.o"),
        ..Products::default()
    })
}

/// The Rust kernels as an archive, to be linked into a program; compiled like the library.
pub(super) fn archive(workspace: &Workspace) -> Result<PathBuf> {
    let arguments = [
        "rustc",
        "--release",
        "--package",
        "native-kernels",
        "--lib",
        "--crate-type",
        "staticlib",
    ];
    let messages = cargo(workspace, "kernels-static", &arguments)?;
    let built = artifact(&messages, |name| name.ends_with("kernels_rust.a"))
        .context("cargo did not say where the archive of the kernels is")?;
    let to = workspace.lab().join("lib/rust/libkernels_rust.a");
    copy(&built, &to)?;
    Ok(to)
}

/// Leaves a file that is the same already as it is: a program may be running with it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let bytes = fs::read(from).with_context(|| format!("the build left no {}", from.display()))?;
    if fs::read(to).ok().as_ref() != Some(&bytes) {
        write_atomically(to, &bytes)?;
    }
    Ok(())
}

/// Builds the criterion bench; returns the program.
pub fn floor_bench(workspace: &Workspace) -> Result<PathBuf> {
    let _alone = building_alone(workspace)?;
    let messages = cargo(
        workspace,
        "floor",
        &[
            "bench",
            "--package",
            "native-kernels",
            "--bench",
            "floor",
            "--no-run",
        ],
    )?;
    messages
        .iter()
        .filter(|message| {
            message["reason"] == "compiler-artifact" && message["target"]["name"] == "floor"
        })
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo did not say where the floor bench is")
}

/// Runs cargo and returns its JSON messages.
fn cargo(workspace: &Workspace, log: &str, arguments: &[&str]) -> Result<Vec<Value>> {
    let log = workspace.log(log);
    let mut command = Command::new("cargo");
    command
        .args(arguments)
        .arg("--message-format=json-render-diagnostics")
        .current_dir(&workspace.cargo)
        .env("CARGO_TARGET_DIR", &workspace.target)
        .env("CARGO_TERM_COLOR", "never");
    process::run_logged(
        &mut command,
        &log,
        &format!("cargo {}", arguments.join(" ")),
    )?;
    let text =
        fs::read_to_string(&log).with_context(|| format!("cannot read {}", log.display()))?;
    Ok(text
        .lines()
        .filter(|line| line.starts_with('{'))
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect())
}

fn cdylib(messages: &[Value], file: &str) -> Result<PathBuf> {
    artifact(messages, |name| name == file)
        .with_context(|| format!("cargo did not say where {file} is"))
}

/// A file that cargo made, by its name.
fn artifact(messages: &[Value], is: impl Fn(&str) -> bool) -> Option<PathBuf> {
    messages
        .iter()
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter_map(|message| message["filenames"].as_array())
        .flatten()
        .filter_map(Value::as_str)
        .map(PathBuf::from)
        .find(|path| {
            path.file_name()
                .is_some_and(|name| is(&name.to_string_lossy()))
        })
}

fn out_dir(messages: &[Value]) -> Result<PathBuf> {
    messages
        .iter()
        .filter(|message| message["reason"] == "build-script-executed")
        .filter(|message| {
            message["package_id"]
                .as_str()
                .is_some_and(|id| id.contains("native-kernels"))
        })
        .find_map(|message| message["out_dir"].as_str().map(PathBuf::from))
        .context("cargo did not say where the C twin is")
}
