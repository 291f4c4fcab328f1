//! Hashes of what is measured, and the state of the checkout. Coarse on purpose: a family's sources, a case's C# files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::catalogue::Case;
use crate::names::pascal;
use crate::plan::Implementation;
use crate::run_folder::files_below;

/// `family/implementation` -> BLAKE3 of the family's source, the shared ABI sources, and what the library says of its
/// compiler and flags.
pub fn kernel_hash(
    root: &Path,
    family: &str,
    implementation: Implementation,
    compiler: &str,
) -> Result<String> {
    let kernels = root.join("native-kernels");
    let files = match implementation {
        Implementation::Rust => {
            let module = rust_module(family);
            let mut files = vec![kernels.join(format!("src/{module}.rs"))];
            files.extend(files_below(&kernels.join("src").join(module))?);
            let shared = ["lib.rs", "abi.rs", "counting.rs", "floor.rs"];
            files.extend(shared.map(|file| kernels.join("src").join(file)));
            files
        }
        Implementation::C => {
            let is_of_family = |path: &PathBuf| {
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                name == "abi" || name.split('_').next() == Some(family)
            };
            let mut files = files_below(&kernels.join("c"))?;
            files.retain(is_of_family);
            files
        }
    };
    let mut hasher = blake3::Hasher::new();
    hasher.update(compiler.as_bytes());
    for path in files.iter().chain([&kernels.join("include/kernels.h")]) {
        let name = path.strip_prefix(&kernels).unwrap_or(path);
        hasher.update(name.to_string_lossy().as_bytes());
        hasher.update(&fs::read(path).with_context(|| format!("cannot read {}", path.display()))?);
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// `struct` is a keyword: its module is `struct_`.
fn rust_module(family: &str) -> &str {
    if family == "struct" {
        "struct_"
    } else {
        family
    }
}

/// BLAKE3 of every C# file named after the case, in both case assemblies; of all of the programs' project for a program.
pub fn body_hash(root: &Path, case: &Case) -> Result<String> {
    if let Some(engine) = case.program_engine() {
        let mut hasher = blake3::Hasher::new();
        let project = format!("InteropLab.{}", pascal(engine.name()));
        for path in files_below(&root.join("managed-bench/src").join(project))? {
            hasher.update(
                &fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?,
            );
        }
        return Ok(hasher.finalize().to_hex().to_string());
    }
    let name = format!("{}.cs", pascal(&case.id));
    let mut hasher = blake3::Hasher::new();
    let mut found = false;
    for project in ["InteropLab.Cases", "InteropLab.Cases.Raw"] {
        for path in files_below(&root.join("managed-bench/src").join(project))? {
            if path.file_name().is_some_and(|file| *file == *name) {
                found = true;
                hasher.update(project.as_bytes());
                hasher.update(
                    &fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?,
                );
            }
        }
    }
    anyhow::ensure!(
        found,
        "case {} has no file {name} in the case assemblies",
        case.id
    );
    Ok(hasher.finalize().to_hex().to_string())
}

/// Commit and whether tracked files differ from it; `None` outside a git checkout.
pub fn git(root: &Path) -> Option<(String, bool)> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .arg("-C")
            .arg(root)
            .args(arguments)
            .output()
            .ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
    };
    Some((
        git(&["rev-parse", "HEAD"])?,
        !git(&["status", "--porcelain"])?.is_empty(),
    ))
}

/// Where the door took the crates' sources from: `crates-io` or `debian`; `None` where cargo was started without it.
pub fn crates_source() -> Option<String> {
    std::env::var("LAB_CRATES_SOURCE")
        .ok()
        .filter(|source| !source.is_empty())
}

/// Resolved versions of the crates the runner and the kernels are built from, from cargo's lock file.
pub fn crates(cargo_workspace: &Path) -> Result<BTreeMap<String, String>> {
    #[derive(serde::Deserialize)]
    struct Lock {
        package: Vec<Package>,
    }
    #[derive(serde::Deserialize)]
    struct Package {
        name: String,
        version: String,
    }
    let path = cargo_workspace.join("Cargo.lock");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let lock: Lock =
        toml::from_str(&text).with_context(|| format!("{} is damaged", path.display()))?;
    Ok(lock
        .package
        .into_iter()
        .map(|package| (package.name, package.version))
        .collect())
}

/// Version of a NuGet package, as `Directory.Packages.props` pins it.
pub fn package_version(root: &Path, package: &str) -> Result<String> {
    let path = root.join("managed-bench/Directory.Packages.props");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let start = format!("Include=\"{package}\" Version=\"");
    text.split_once(&start)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(version, _)| version.to_string())
        .with_context(|| format!("{} does not pin {package}", path.display()))
}

/// Body hash of each case.
pub fn body_hashes(root: &Path, cases: &[&Case]) -> Result<BTreeMap<String, String>> {
    cases
        .iter()
        .map(|case| Ok((case.id.clone(), body_hash(root, case)?)))
        .collect()
}
