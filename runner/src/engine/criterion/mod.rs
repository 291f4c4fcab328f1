//! criterion: the floor's second opinion, native code only. Starts the `floor` bench and reads the `sample.json` files it leaves.

pub mod output;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Outcome, Watch, add_missing, files_named};
use crate::build::Products;
use crate::catalogue::Profile;
use crate::names::RowKey;
use crate::process::{last_line, run_watched};
use crate::run_folder::write_atomically;
use crate::sample::{Launch, Measured, Role};
use crate::system;
use crate::workspace::Workspace;

/// What a row is measured with: warm-up and measurement in seconds, samples.
struct Durations {
    warm_up: f64,
    measurement: f64,
    samples: u32,
}

fn durations(profile: Profile) -> Durations {
    match profile {
        // Native code needs no tier-up: a warm-up only fills caches and predictors.
        Profile::Quick => Durations {
            warm_up: 0.1,
            measurement: 0.5,
            samples: 30,
        },
        Profile::Standard => Durations {
            warm_up: 0.3,
            measurement: 1.5,
            samples: 50,
        },
        // criterion's own defaults.
        Profile::Publish => Durations {
            warm_up: 3.0,
            measurement: 5.0,
            samples: 100,
        },
    }
}

/// criterion's name of a row: `case/params/impl`.
fn full_id(key: &RowKey) -> String {
    format!("{}/{}/{}", key.case, key.params, key.implementation)
}

fn folder(raw: &Path) -> PathBuf {
    raw.join("criterion")
}

/// The `new/sample.json` files criterion has left, each with its `benchmark.json`.
fn samples(raw: &Path) -> Vec<PathBuf> {
    files_named(&folder(raw), |path| {
        path.ends_with("new/sample.json") && path.with_file_name("benchmark.json").exists()
    })
}

/// Rows measured already; a file that was cut by an interruption does not count, and is measured again.
pub fn done(raw: &Path) -> Vec<RowKey> {
    samples(raw)
        .iter()
        .filter_map(|path| read(path).ok())
        .map(|(key, _)| key)
        .collect()
}

fn read(sample: &Path) -> Result<(RowKey, Measured)> {
    let bytes =
        |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let name = sample.display().to_string();
    let (id, timings) = output::read(
        &bytes(sample)?,
        &bytes(&sample.with_file_name("benchmark.json"))?,
        &name,
    )?;
    let key = id.floor_key()?;
    let samples = output::samples(&key, Role::Native, 1, &timings);
    Ok((
        key.clone(),
        Measured {
            samples,
            launches: vec![Launch::of(&key, 1)],
            ..Measured::default()
        },
    ))
}

/// One start of the bench.
#[derive(Debug)]
pub struct Job<'a> {
    pub workspace: &'a Workspace,
    pub products: &'a Products,
    pub program: &'a Path,
    pub profile: Profile,
    pub cpu: Option<usize>,
    /// In the order in which they are to be measured.
    pub keys: &'a [RowKey],
    /// The run folder's `raw/`.
    pub raw: &'a Path,
}

/// Measures the job's rows; `progress` is told how many are there. Fails only when interrupted or when nothing can be started.
pub fn run(job: &Job, mut progress: impl FnMut(usize)) -> Result<Outcome> {
    let Job {
        workspace,
        products,
        program,
        profile,
        cpu,
        keys,
        raw,
    } = *job;
    let plan = workspace.lab().join("floor-plan.txt");
    write_atomically(
        &plan,
        keys.iter()
            .map(full_id)
            .collect::<Vec<_>>()
            .join("\n")
            .as_bytes(),
    )?;
    let Durations {
        warm_up,
        measurement,
        samples: size,
    } = durations(profile);
    let (mut command, _) = system::pinned(program, cpu);
    command
        .args(["--bench", "--noplot"])
        .args(["--warm-up-time", &warm_up.to_string()])
        .args(["--measurement-time", &measurement.to_string()])
        .args(["--sample-size", &size.to_string()])
        .current_dir(&workspace.root)
        .env("CRITERION_HOME", folder(raw))
        .env("LAB_FLOOR_PLAN", &plan);
    for (library, path) in &products.libraries {
        command.env(library.variable(), path);
    }
    let log = workspace.log("criterion");
    let count = || samples(raw).len();
    let mut watch = Watch::new(&count);
    let status = run_watched(&mut command, &log, || progress(watch.rows()))?;
    let failure = (!status.success()).then(|| {
        let said = fs::read_to_string(&log).unwrap_or_default();
        format!(
            "criterion ended with {status}: {}",
            last_line(&said).unwrap_or("no output")
        )
    });
    Ok(watch.outcome(failure))
}

/// Reads what criterion left about `keys`, and keeps of its files only those that were read.
pub fn collect(raw: &Path, keys: &[RowKey], failure: Option<&str>) -> Result<Measured> {
    let mut measured = Measured::default();
    for path in samples(raw) {
        let (key, row) = read(&path)?;
        if keys.contains(&key) {
            measured.extend(row);
        }
    }
    for path in files_named(&folder(raw), |path| {
        !(path.ends_with("new/sample.json") || path.ends_with("new/benchmark.json"))
    }) {
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        // Its copies for a later comparison stand in a folder of their own, which fails to go while a file is left.
        if let Some(folder) = path.parent().filter(|folder| !folder.ends_with("new")) {
            let _ = fs::remove_dir(folder);
        }
    }
    add_missing(&mut measured, keys, failure);
    Ok(measured)
}
