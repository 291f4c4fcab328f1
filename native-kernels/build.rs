//! Builds the C twin, `c/*.c`, into a shared library of its own in `OUT_DIR`, and tells both libraries how they were compiled.
//!
//! The same as one object file, `kernels_c.o`, for programs that the kernels are linked into.
//!
//! Linked into the Rust library, C objects would not be exported; beside it, the twin has the same names and is loaded alone.
//!
//! On Linux also each `preload/*.c`, which programs are started with whose heap calls or opened libraries are counted.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, exit};

/// The optimisation of the Rust profile, and what the code has to be: no file hides a warning, no function is exported by chance.
/// `-g` changes no instruction and lets a disassembly name its lines.
const C_FLAGS: &[&str] = &[
    "-O3",
    "-g",
    "-std=c11",
    "-fvisibility=hidden",
    "-Wall",
    "-Wextra",
    "-Werror",
];

fn main() {
    // A folder counts as changed when anything in it did: a new family file is found without a word here.
    for input in ["build.rs", "c", "include", "preload"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let built = rust_compiler()
        .map(|compiler| println!("cargo::rustc-env=KERNELS_COMPILER={compiler}"))
        .and_then(|()| build_c_twin())
        .and_then(|()| build_preloads());
    if let Err(message) = built {
        for line in message.lines() {
            println!("cargo::error={line}");
        }
        exit(1);
    }
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("cargo did not set {name}"))
}

/// Version, target, optimisation and any flags given from outside, in one line.
fn rust_compiler() -> Result<String, String> {
    let rustc = variable("RUSTC")?;
    let output = Command::new(&rustc)
        .arg("--version")
        .output()
        .map_err(|error| format!("{rustc} --version does not run: {error}"))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    // Cargo separates the flags by U+001F.
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS")
        .unwrap_or_default()
        .replace('\u{1f}', " ");
    let line = format!(
        "{version} {} opt-level={} {flags}",
        variable("TARGET")?,
        variable("OPT_LEVEL")?
    );
    Ok(line.trim_end().to_owned())
}

fn build_c_twin() -> Result<(), String> {
    let target_os = variable("CARGO_CFG_TARGET_OS")?;
    let folder = PathBuf::from(variable("OUT_DIR")?);
    let library = folder.join(match target_os.as_str() {
        "windows" => "kernels_c.dll",
        "macos" => "libkernels_c.dylib",
        _ => "libkernels_c.so",
    });
    let sources = c_sources(Path::new("c"))?;
    let defines = |flags: &[String]| vec![format!("-DKERNELS_FLAGS={:?}", flags.join(" "))];
    compile("the C twin", &library, &["-shared"], &sources, defines)?;
    let object = folder.join("kernels_c.o");
    compile(
        "the C twin",
        &object,
        &["-r", "-nostdlib"],
        &sources,
        defines,
    )
}

/// Nothing else has a loader that puts a library before libc by an environment variable and symbols this one can stand in for.
fn build_preloads() -> Result<(), String> {
    if variable("CARGO_CFG_TARGET_OS")? != "linux" {
        return Ok(());
    }
    let out = PathBuf::from(variable("OUT_DIR")?);
    for (what, name) in [
        ("the allocation counter", "allocations"),
        ("the recorder of opened libraries", "opens"),
    ] {
        let library = out.join(format!("lib{name}.so"));
        let source = PathBuf::from(format!("preload/{name}.c"));
        compile(what, &library, &["-shared"], &[source], |_| vec![])?;
    }
    Ok(())
}

/// One file from C sources, linked as `linked` says; `defines` is told the flags they are compiled with.
fn compile(
    what: &str,
    file: &Path,
    linked: &[&str],
    sources: &[PathBuf],
    defines: impl Fn(&[String]) -> Vec<String>,
) -> Result<(), String> {
    let missing = "install gcc or clang, or name one in CC";
    // Its own defaults off: what is compiled with is what stands here, plus CFLAGS, and all of it goes into the provenance.
    let compiler = cc::Build::new()
        .no_default_flags(true)
        .cargo_warnings(false)
        .warnings(false)
        .try_get_compiler()
        .map_err(|error| format!("{what} needs a C compiler: {error}; {missing}"))?;
    if compiler.is_like_msvc() {
        return Err(format!(
            "{what} needs a compiler with the flags of gcc: set CC=clang"
        ));
    }
    let mut flags: Vec<String> = C_FLAGS.iter().map(ToString::to_string).collect();
    if variable("CARGO_CFG_TARGET_OS")? != "windows" {
        flags.push("-fPIC".to_owned());
    }
    flags.extend(
        compiler
            .args()
            .iter()
            .map(|flag| flag.to_string_lossy().into_owned()),
    );

    let mut command = Command::new(compiler.path());
    command
        .envs(compiler.env().iter().map(|(name, value)| (name, value)))
        .args(&flags)
        .args(defines(&flags))
        .args(linked)
        .args(["-Iinclude", "-o"])
        .arg(file)
        .args(sources);
    let output = command.output().map_err(|error| {
        format!(
            "the C compiler {} does not run: {error}; {missing}",
            compiler.path().display()
        )
    })?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{what} does not build with {} ({}):\n{}",
        compiler.path().display(),
        output.status,
        String::from_utf8_lossy(&output.stderr).trim_end()
    ))
}

/// Sorted, so that the library is the same whatever order the file system lists them in.
fn c_sources(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut sources: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "c"))
        .collect();
    sources.sort();
    Ok(sources)
}
