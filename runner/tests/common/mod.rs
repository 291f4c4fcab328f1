//! What the tests of the binary share.
#![allow(dead_code, reason = "every test program uses a part of it")]

use std::io::Write;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// The checkout: set by `./lab test`.
pub fn root() -> PathBuf {
    std::env::var_os("LAB_ROOT")
        .map(PathBuf::from)
        .expect("LAB_ROOT is not set: run ./lab test, or ./lab cargo test")
}

/// The binary under test.
pub fn lab() -> Command {
    Command::cargo_bin("lab").expect("cargo builds the binary before its tests")
}

/// Says that a test did not run and what installs what it lacks; `./lab test` prints it, and CI counts it as a failure.
pub fn skip(what: &str) {
    if let Some(path) = std::env::var_os("LAB_SKIPS") {
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(path)
            .unwrap();
        writeln!(file, "{what}").unwrap();
    }
}

/// Chromium without a window, that prints the page it is given when that has loaded.
pub fn headless(chromium: &Path, profile: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(chromium);
    command
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.display()));
    command
}

pub fn fixture(name: &str) -> PathBuf {
    root().join("runner/tests/fixtures").join(name)
}

/// Fails as it should: this exit code, one line on standard error, with `part` in it.
pub fn one_line_error(command: &mut Command, code: i32, part: &str) {
    let output = command.output().expect("the binary starts");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{error}");
    assert_eq!(error.lines().count(), 1, "one line: {error}");
    assert!(
        error.starts_with("lab: ") && error.contains(part),
        "expected '{part}': {error}"
    );
}

/// The catalogue and what is generated from it, in a folder that may be changed.
pub fn copied_checkout() -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder");
    for folder in [
        "cases",
        "native-kernels/src",
        "native-kernels/include",
        "managed-bench/src/InteropLab.Inputs",
        "managed-bench/src/InteropLab.Cases",
    ] {
        let to = copy.path().join(folder);
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(root().join(folder)).unwrap().flatten() {
            if entry.path().is_file() {
                std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
    copy
}

/// The one complete run in `runs`.
pub fn only_run(runs: &Path) -> PathBuf {
    let folders: Vec<PathBuf> = std::fs::read_dir(runs)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("manifest.json").exists())
        .collect();
    assert_eq!(folders.len(), 1, "{folders:?}");
    assert!(
        !folders[0].to_string_lossy().ends_with(".partial"),
        "{folders:?}"
    );
    folders.into_iter().next().unwrap()
}

/// Rows and report of a run: (relative name, bytes), sorted.
pub fn derived(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = interop_lab::run_folder::files_below(&folder.join("report")).unwrap();
    files.push(folder.join("rows.csv"));
    files
        .into_iter()
        .map(|path| {
            (
                path.strip_prefix(folder).unwrap().to_path_buf(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect()
}
