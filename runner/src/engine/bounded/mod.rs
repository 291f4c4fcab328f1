//! Bounded programs: pauses, threads, finalizers, misuse. A process a variant, in random order, so often per run as the profile says.
//!
//! A program tells of events; one that is misuse is expected to be ended by the runtime or the system, and that is its result.

pub mod output;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::{Outcome, Watch, add_missing};
use crate::build::{self, Library, Products, Program};
use crate::catalogue::{Catalogue, Form, Profile};
use crate::measure::now;
use crate::names::RowKey;
use crate::process::{last_line, log_file, run_conversation};
use crate::run_folder::{files_below, write_atomically};
use crate::sample::Measured;
use crate::workspace::Workspace;
use output::{End, Header};

/// Processes of a variant.
pub fn launches(profile: Profile) -> u32 {
    match profile {
        Profile::Quick => 5,
        Profile::Standard => 10,
        Profile::Publish => 20,
    }
}

/// What the program reads, in one line.
#[derive(Serialize)]
struct Plan<'a> {
    schema: u32,
    case: &'a str,
    params: BTreeMap<&'a str, &'a str>,
    variant: &'a str,
    seed: u64,
}

/// The rows of one run.
#[derive(Debug)]
pub struct Job<'a> {
    pub workspace: &'a Workspace,
    pub products: &'a Products,
    pub catalogue: &'a Catalogue,
    pub profile: Profile,
    pub seed: u64,
    pub keys: &'a [RowKey],
    /// The run folder's `parts/`.
    pub parts: &'a Path,
}

fn folder(parts: &Path) -> PathBuf {
    parts.join("bounded")
}

fn file(key: &RowKey, launch: u32) -> String {
    format!("{}~{launch:03}.jsonl", key.file_name())
}

/// Whether all launches of a row are there.
pub fn is_done(parts: &Path, profile: Profile, key: &RowKey) -> bool {
    (1..=launches(profile)).all(|launch| folder(parts).join(file(key, launch)).exists())
}

/// Measures what is not there yet; `progress` is told how many launches are. Fails only when interrupted or when nothing can be started.
pub fn run(job: &Job, mut progress: impl FnMut(u64, u64)) -> Result<Outcome> {
    let mut left: Vec<(u32, &RowKey)> = (1..=launches(job.profile))
        .flat_map(|launch| job.keys.iter().map(move |key| (launch, key)))
        .filter(|(launch, key)| !folder(job.parts).join(file(key, *launch)).exists())
        .collect();
    let of = left.len() as u64;
    // Launch by launch, each in an order of its own: a drift of the machine must not fall on one variant.
    let mut random = ChaCha8Rng::seed_from_u64(job.seed);
    left.shuffle(&mut random);
    left.sort_by_key(|(launch, _)| *launch);
    let done = std::cell::Cell::new(0_usize);
    let count = || done.get();
    let mut watch = Watch::new(&count);
    for (at, (launch, key)) in left.into_iter().enumerate() {
        progress(at as u64, of);
        let (header, text) = one(job, key, launch)?;
        let mut bytes = serde_json::to_vec(&header)?;
        bytes.push(b'\n');
        bytes.extend_from_slice(text.as_bytes());
        write_atomically(&folder(job.parts).join(file(key, launch)), &bytes)?;
        done.set(at + 1);
        watch.rows();
    }
    Ok(watch.outcome(None))
}

/// One process, from its plan to its end.
fn one(job: &Job, key: &RowKey, launch: u32) -> Result<(Header, String)> {
    let case = job
        .catalogue
        .case(&key.case)
        .with_context(|| format!("there is no program {}", key.case))?;
    let library = Library::timed(&key.implementation)
        .with_context(|| format!("there is no library {}", key.implementation))?;
    let plan = Plan {
        schema: output::SCHEMA,
        case: &key.case,
        params: key
            .params
            .split(',')
            .filter_map(|pair| pair.split_once('='))
            .collect(),
        variant: &key.variant,
        seed: u64::from(launch),
    };
    let log = job.workspace.log("bounded");
    let errors = log_file(&log)?;
    let mut command = build::dotnet(job.workspace);
    command
        .arg(job.products.program(Program::Bounded))
        .args(["run", "--end-with-stdin"])
        .env("LAB_LIBRARY", &job.products.libraries[&library])
        .env("DOTNET_DbgEnableMiniDump", "0")
        .stderr(errors);
    let started = now();
    let watch = Instant::now();
    let (status, text) = run_conversation(&mut command, &serde_json::to_string(&plan)?)?;
    let said = fs::read_to_string(&log).unwrap_or_default();
    let words = output::first_words(&said)
        .or_else(|| last_line(&said).map(str::to_string))
        .unwrap_or_else(|| "no output".to_string());
    let end = End::of(status, &words);
    Ok((
        Header {
            schema: output::SCHEMA,
            key: key.clone(),
            launch,
            misuse: case.form == Form::Misuse,
            started,
            ended: now(),
            seconds: watch.elapsed().as_secs_f64(),
            end,
        },
        text,
    ))
}

/// Reads what the programs left about `keys`.
pub fn collect(parts: &Path, keys: &[RowKey], failure: Option<&str>) -> Result<Measured> {
    let mut measured = Measured::default();
    let shared: HashMap<&RowKey, std::sync::Arc<RowKey>> = keys
        .iter()
        .map(|key| (key, std::sync::Arc::new(key.clone())))
        .collect();
    for path in files_below(&folder(parts))? {
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let (header, lines) = output::read(&text, &path.display().to_string())?;
        if let Some(key) = shared.get(&header.key) {
            measured.extend(output::measured(&header, lines, key));
        }
    }
    // Samples of a key stand together.
    measured
        .samples
        .sort_by(|a, b| (&a.key, a.launch, a.round).cmp(&(&b.key, b.launch, b.round)));
    add_missing(&mut measured, keys, failure);
    Ok(measured)
}
