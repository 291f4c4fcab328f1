//! Programs with a process for each launch of each row, in random order, so often per run as engine and profile say.
//!
//! A bounded program tells of events, and one that is misuse is expected to be ended by the runtime or the system, which is its result.
//! A start-up program tells what its start took. What differs between the two is said by [`Kind`]; everything else is the same.

pub mod bounded;
pub mod output;
pub mod startup;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::{Outcome, Watch, add_missing};
use crate::build::deployed::{self, Wanted};
use crate::build::{Library, Products, Program};
use crate::catalogue::{Catalogue, Form, Profile};
use crate::costs::Costs;
use crate::deployment::Target;
use crate::measure::now;
use crate::names::RowKey;
use crate::plan::Engine;
use crate::process::{last_line, log_file, run_conversation};
use crate::run_folder::{files_below, write_atomically};
use crate::sample::Measured;
use crate::workspace::Workspace;
use output::{End, Header};

/// What makes one of these engines.
#[derive(Debug)]
pub struct Kind {
    pub engine: Engine,
    /// Processes of a row, whatever they are for.
    pub launches: fn(Profile) -> u32,
    start: fn(&Job, &RowKey, u32) -> Result<Started>,
}

/// The process of a launch.
#[derive(Debug)]
struct Started {
    command: Command,
    /// The line that it reads.
    line: String,
    /// What is known of its files: names of counts, and bytes.
    sizes: BTreeMap<String, u64>,
}

/// All of them, in the order in which they measure.
pub const KINDS: [&Kind; 2] = [&bounded::KIND, &startup::KIND];

/// The one whose row it is; `None` for a row of an engine that times methods.
pub fn kind_of(key: &RowKey) -> Option<&'static Kind> {
    let mut kinds = KINDS.into_iter();
    kinds.find(|kind| kind.engine.name() == key.engine)
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

impl Job<'_> {
    /// The file of the library that a row is timed with.
    fn library(&self, key: &RowKey) -> Result<&PathBuf> {
        Ok(&self.products.libraries[&library(key)?])
    }

    /// Bytes that an import of the row's kind takes of a native image.
    fn import_bytes(&self, program: Program, key: &RowKey) -> Result<Option<u64>> {
        let target: Target = key.deployment.parse()?;
        let wanted = Wanted {
            program,
            deployment: target.deployment,
            library: library(key)?,
            layouts: 1,
        };
        let bytes = self.products.deployments.import_bytes(&wanted);
        Ok(bytes.get(&key.variant).copied())
    }

    /// A program as the row's deployment says.
    fn command(&self, program: Program, key: &RowKey) -> Result<Command> {
        let target: Target = key.deployment.parse()?;
        let (workspace, products) = (self.workspace, self.products);
        let (mut command, _) =
            deployed::command(workspace, products, program, &target, library(key)?, 0)?;
        command.envs(target.environment(false));
        Ok(command)
    }
}

fn library(key: &RowKey) -> Result<Library> {
    Library::timed(&key.implementation)
        .with_context(|| format!("there is no library {}", key.implementation))
}

fn file(key: &RowKey, launch: u32) -> String {
    format!("{}~{launch:03}.jsonl", key.file_name())
}

impl Kind {
    fn folder(&self, parts: &Path) -> PathBuf {
        parts.join(self.engine.name())
    }

    /// What the launches of so many rows are going to take.
    pub fn seconds(&self, costs: &Costs, profile: Profile, rows: usize) -> f64 {
        let launches = rows * (self.launches)(profile) as usize;
        costs.get(self.engine, profile).of(launches)
    }

    /// Whether all launches of a row are there.
    pub fn is_done(&self, parts: &Path, profile: Profile, key: &RowKey) -> bool {
        (1..=(self.launches)(profile))
            .all(|launch| self.folder(parts).join(file(key, launch)).exists())
    }

    /// Measures what is not there yet; `progress` is told how many launches are. Fails only when interrupted or when nothing can be started.
    pub fn run(&self, job: &Job, mut progress: impl FnMut(u64, u64)) -> Result<Outcome> {
        let folder = self.folder(job.parts);
        let mut left: Vec<(u32, &RowKey)> = (1..=(self.launches)(job.profile))
            .flat_map(|launch| job.keys.iter().map(move |key| (launch, key)))
            .filter(|(launch, key)| !folder.join(file(key, *launch)).exists())
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
            let (header, text) = self.one(job, key, launch)?;
            let mut bytes = serde_json::to_vec(&header)?;
            bytes.push(b'\n');
            bytes.extend_from_slice(text.as_bytes());
            write_atomically(&folder.join(file(key, launch)), &bytes)?;
            done.set(at + 1);
            watch.rows();
        }
        Ok(watch.outcome(None))
    }

    /// One process, from its plan to its end.
    fn one(&self, job: &Job, key: &RowKey, launch: u32) -> Result<(Header, String)> {
        let case = job
            .catalogue
            .case(&key.case)
            .with_context(|| format!("there is no program {}", key.case))?;
        let log = job.workspace.log(self.engine.name());
        let errors = log_file(&log)?;
        let Started {
            mut command,
            line,
            sizes,
        } = (self.start)(job, key, launch)?;
        command.env("DOTNET_DbgEnableMiniDump", "0").stderr(errors);
        let started = now();
        let watch = Instant::now();
        let (status, text) = run_conversation(&mut command, &line)?;
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
                sizes,
            },
            text,
        ))
    }

    /// Reads what the programs left about `keys`.
    pub fn collect(
        &self,
        parts: &Path,
        keys: &[RowKey],
        failure: Option<&str>,
    ) -> Result<Measured> {
        let mut measured = Measured::default();
        let shared: HashMap<&RowKey, std::sync::Arc<RowKey>> = keys
            .iter()
            .map(|key| (key, std::sync::Arc::new(key.clone())))
            .collect();
        for path in files_below(&self.folder(parts))? {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
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
}
