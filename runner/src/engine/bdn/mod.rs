//! BenchmarkDotNet: absolute tables, allocated bytes, code size. Starts `InteropLab.Bench bench` and reads the part files it
//! leaves, one per finished benchmark.

pub mod export;
pub mod part;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;

use super::{Outcome, Watch, add_missing, files_named};
use crate::build::{self, Library, Products, Program};
use crate::catalogue::Catalogue;
use crate::names::RowKey;
use crate::plan::find;
use crate::process::{last_line, run_watched};
use crate::run_folder::write_atomically;
use crate::sample::Measured;
use crate::workspace::Workspace;

/// Finished, though some benchmarks failed (their parts say why).
const EXIT_SOME_FAILED: i32 = 5;

/// One start of the program: rows of one library.
#[derive(Debug)]
pub struct Job<'a> {
    pub library: Library,
    pub profile: &'a str,
    /// Of the rows: `jit`, or `aot` for BenchmarkDotNet's own way to compile ahead of time.
    pub deployment: &'a str,
    pub cpu: Option<usize>,
    /// In the order in which they are to be measured.
    pub keys: &'a [RowKey],
    /// The run folder's `raw/`.
    pub raw: &'a Path,
}

#[derive(Serialize)]
struct Plan<'a> {
    schema: u32,
    profile: &'a str,
    deployment: &'a str,
    parts: PathBuf,
    artifacts: PathBuf,
    cpu: Option<usize>,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    key: &'a RowKey,
    part: String,
    #[serde(rename = "type")]
    class: &'a str,
    method: &'a str,
    params: BTreeMap<&'a str, &'a str>,
}

fn parts_folder(raw: &Path, library: Library) -> PathBuf {
    raw.join("bdn").join(library.name()).join("parts")
}

fn part_file(key: &RowKey) -> String {
    format!("{}.json", key.file_name())
}

/// Whether the row has been measured already (by this run, before an interruption). A part that cannot be read is measured again.
pub fn is_done(raw: &Path, library: Library, key: &RowKey) -> bool {
    let path = parts_folder(raw, library).join(part_file(key));
    let part = fs::read(&path).map(|bytes| part::read(&bytes, &path.display().to_string()));
    part.is_ok_and(|part| part.is_ok_and(|(found, _)| found == *key))
}

/// Measures the job's rows; `progress` is told how many are there. Fails only when interrupted or when nothing can be started.
pub fn run(
    workspace: &Workspace,
    products: &Products,
    catalogue: &Catalogue,
    job: &Job,
    mut progress: impl FnMut(usize),
) -> Result<Outcome> {
    let parts = parts_folder(job.raw, job.library);
    fs::create_dir_all(&parts).with_context(|| format!("cannot create {}", parts.display()))?;
    // The export of an interrupted start stays: each start has a folder of its own.
    let exports = parts.with_file_name("export");
    let start = fs::read_dir(&exports).map_or(0, |entries| entries.count()) + 1;
    let artifacts = workspace.lab().join("bdn").join(job.library.name());
    if artifacts.exists() {
        fs::remove_dir_all(&artifacts)
            .with_context(|| format!("cannot clear {}", artifacts.display()))?;
    }

    let entries = job
        .keys
        .iter()
        .map(|key| {
            let found =
                find(catalogue, key).with_context(|| format!("{key} is not in the catalogue"))?;
            let params = found.tuple.value_params(&found.case.params).collect();
            Ok(Entry {
                key,
                part: part_file(key),
                class: &found.tuple.class,
                method: &found.variant.name,
                params,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let plan = Plan {
        schema: 1,
        profile: job.profile,
        deployment: job.deployment,
        parts: parts.clone(),
        artifacts: artifacts.clone(),
        cpu: job.cpu,
        entries,
    };
    let plan_file = workspace
        .lab()
        .join("bdn")
        .join(format!("{}-plan.json", job.library.name()));
    write_atomically(&plan_file, &serde_json::to_vec_pretty(&plan)?)?;

    let log = workspace.log(&format!("bdn-{}", job.library.name()));
    let mut command = build::dotnet(workspace);
    command
        .arg(products.program(Program::Bench))
        .args(["bench", "--plan"])
        .arg(&plan_file)
        .arg("--end-with-stdin")
        .env("LAB_LIBRARY", &products.libraries[&job.library]);
    let count = || {
        files_named(&parts, |path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .len()
    };
    let mut watch = Watch::new(&count);
    let status = run_watched(&mut command, &log, || progress(watch.rows()));
    keep_exports(&artifacts, &exports.join(start.to_string()))?; // an interrupted start may have left some
    let status = status?;
    let failure = (!status.success() && status.code() != Some(EXIT_SOME_FAILED)).then(|| {
        let said = fs::read_to_string(&log).unwrap_or_default();
        let words = last_line(&said).unwrap_or("no output");
        format!("BenchmarkDotNet ended with {status}: {words}")
    });
    Ok(watch.outcome(failure))
}

/// BDN's own full JSON belongs to the run.
fn keep_exports(artifacts: &Path, to: &Path) -> Result<()> {
    for path in files_named(artifacts, |path| {
        path.to_string_lossy().ends_with("-report-full.json")
    }) {
        let name = path.file_name().unwrap_or_default();
        write_atomically(
            &to.join(name),
            &fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?,
        )?;
    }
    Ok(())
}

/// Reads the parts of the job's rows; a row without one gets an error line with the engine's last words.
pub fn collect(
    raw: &Path,
    library: Library,
    keys: &[RowKey],
    failure: Option<&str>,
) -> Result<Measured> {
    let mut measured = Measured::default();
    for key in keys {
        let path = parts_folder(raw, library).join(part_file(key));
        if path.exists() {
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let (_, part) = part::read(&bytes, &path.display().to_string())?;
            measured.extend(part);
        }
    }
    add_missing(&mut measured, keys, failure);
    Ok(measured)
}
