//! No kernel reads or writes where it must not, and none loses memory: all rows under valgrind's memcheck, and the C twins under the
//! compiler's sanitizers. Each tool is first shown to see a mistake that is planted in a copy of the sources.
#![cfg(target_os = "linux")]

mod common;

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::engine::{Engine, MEASURED, in_measured};
use common::{C, RUST, kernels, rows};
use kernels_rust::catalogue::ALIASES;

/// Set in the child: which library it drives.
const SUBJECT: &str = "LAB_MEMORY_SUBJECT";

/// Not a test of its own: what the children run. Every kernel and every floor loop, with every row, and the engine's way to each.
#[test]
#[ignore = "run by the tests below, in a process of its own"]
fn every_row_once() {
    let subject = std::env::var(SUBJECT).expect("the tests below set it");
    let (loops, library) = (kernels(RUST), kernels(&subject));
    let engine = Engine::of(kernels(RUST));
    MEASURED.set(Some(kernels(&subject)));
    for (case, row, prepared) in rows() {
        let aliases = ALIASES.iter().filter(|alias| alias.of == row.symbol);
        for symbol in aliases.map(|alias| alias.alias).chain([row.symbol]) {
            let kernel = library.kernel(symbol, &prepared);
            // SAFETY: the addresses are the row's loop and its symbol or an alias of it.
            unsafe {
                assert_eq!(prepared.call(&kernel), row.expected, "{}", row.params);
                prepared.run(loops.address(prepared.floor.symbol), &kernel, 2);
            }
        }
        let floor = engine.open(case.id, row.params, Some(in_measured));
        // SAFETY: the floor is open, and closed once.
        unsafe {
            assert_eq!((engine.answer)(floor), row.expected, "{}", row.params);
            (engine.run)(floor, 2);
            (engine.close)(floor);
        }
    }
}

fn child(command: &mut Command, subject: &str) -> Output {
    let program = std::env::current_exe().expect("a test has a program");
    command
        .arg(program)
        .args(["--ignored", "--exact", "every_row_once", "--test-threads=1"])
        .env(SUBJECT, subject)
        .output()
        .expect("the tool starts")
}

/// The C sources in `folder`, with one mistake: the last element of an array is written twice, the second time behind its end.
fn planted(folder: &Path) -> Vec<PathBuf> {
    sources()
        .into_iter()
        .map(|source| {
            let mut text = fs::read_to_string(&source).expect("a source is text");
            if source.ends_with("array.c") {
                let right = "i < count; i++) {\n        values[i] =";
                assert!(text.contains(right), "the mistake has its place");
                text = text.replace(right, &right.replace("i < count", "i <= count"));
            }
            let copy = folder.join(source.file_name().expect("a source has a name"));
            fs::write(&copy, text).expect("the folder can be written");
            copy
        })
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(std::env::var_os("LAB_ROOT").expect("run ./lab test, or ./lab cargo test"))
        .join("native-kernels")
}

fn sources() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("c")).expect("the twin's sources");
    let mut sources: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    sources.retain(|path| path.extension().is_some_and(|extension| extension == "c"));
    sources.sort();
    sources
}

fn compiler() -> OsString {
    std::env::var_os("CC").unwrap_or_else(|| "cc".into())
}

/// The C twin built from `sources` with further flags; the library's path.
fn build(sources: &[PathBuf], folder: &Path, flags: &[&str]) -> PathBuf {
    let library = folder.join("libkernels_c.so");
    let output = Command::new(compiler())
        .args(["-g", "-std=c11", "-fvisibility=hidden", "-fPIC", "-shared"])
        .args(flags)
        .arg("-DKERNELS_FLAGS=\"-O3 of a test\"")
        .arg("-I")
        .arg(root().join("include"))
        // What a copied source includes lies beside the original.
        .arg("-I")
        .arg(root().join("c"))
        .arg("-o")
        .arg(&library)
        .args(sources)
        .output()
        .expect("the C compiler starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    library
}

fn temporary(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("kernels-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}

/// Says once that something could not run, where `./lab test` collects it.
fn skip(line: &str) {
    println!("skipped: {line}");
    if let Some(path) = std::env::var_os("LAB_SKIPS") {
        let file = OpenOptions::new().append(true).create(true).open(path);
        writeln!(file.expect("the list of skipped tests"), "{line}").expect("one line more");
    }
}

const SANITIZERS: &[&str] = &[
    "-O1",
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all",
];

/// All rows of a sanitized twin; its runtime has to be the first library of the process. `None` where the compiler has none.
fn sanitized(library: &Path) -> Option<Output> {
    let named = Command::new(compiler())
        .arg("-print-file-name=libasan.so")
        .output()
        .expect("the C compiler starts");
    let runtime = PathBuf::from(String::from_utf8_lossy(&named.stdout).trim());
    if !runtime.is_absolute() {
        skip("C twin under sanitizers: no libasan.so; apt-get install gcc libasan8");
        return None;
    }
    // The harness keeps memory of its own until it ends: what a kernel loses is memcheck's part.
    let mut command = Command::new("env");
    command
        .arg(format!("LD_PRELOAD={}", runtime.display()))
        .env("ASAN_OPTIONS", "detect_leaks=0")
        .env(C, library);
    Some(child(&mut command, C))
}

#[test]
fn c_twins_are_clean_under_the_address_and_undefined_behaviour_sanitizers() {
    let folder = temporary("sanitized");
    let clean = sanitized(&build(&sources(), &folder, SANITIZERS));
    let broken = sanitized(&build(&planted(&folder), &folder, SANITIZERS));
    fs::remove_dir_all(&folder).expect("the folder is ours");
    let (Some(clean), Some(broken)) = (clean, broken) else {
        return;
    };
    let said = String::from_utf8_lossy(&clean.stderr);
    assert!(clean.status.success(), "{said}");
    let said = String::from_utf8_lossy(&broken.stderr);
    assert!(!broken.status.success(), "the planted mistake was not seen");
    assert!(said.contains("array_fill_i32"), "{said}");
}

/// All rows of a library under memcheck; `None` without valgrind.
fn memcheck(subject: &str, library: Option<&Path>) -> Option<Output> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        skip("kernels under memcheck: no valgrind; apt-get install valgrind");
        return None;
    }
    let mut command = Command::new("valgrind");
    command.args([
        "--quiet",
        "--error-exitcode=9",
        "--leak-check=full",
        "--show-leak-kinds=definite",
        "--errors-for-leak-kinds=definite",
    ]);
    if let Some(library) = library {
        command.env(subject, library);
    }
    Some(child(&mut command, subject))
}

#[test]
fn both_libraries_are_clean_under_memcheck() {
    for subject in [RUST, C] {
        let Some(output) = memcheck(subject, None) else {
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{subject}: {said}");
    }
}

#[test]
fn memcheck_sees_a_planted_mistake() {
    let folder = temporary("planted");
    let output = memcheck(C, Some(&build(&planted(&folder), &folder, &["-O1"])));
    fs::remove_dir_all(&folder).expect("the folder is ours");
    if let Some(output) = output {
        let said = String::from_utf8_lossy(&output.stderr);
        // With 9, or by the signal that the broken heap ends in.
        assert!(!output.status.success(), "the planted mistake was not seen");
        assert!(said.contains("array_fill_i32"), "{said}");
    }
}
