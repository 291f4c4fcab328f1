//! The paired engine: everything comparative. Starts `InteropLab.Paired` once per launch; each group gets its first launch, in random
//! order from the run's seed, then each its second, so that a phase of the machine does not fall on one case.

mod identity;
mod launch;
pub mod output;
pub mod schedule;
#[cfg(test)]
mod tests;
mod time;
mod turns;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

pub use self::launch::Bench;
use self::launch::EXTEND_MAX;
use self::output::{Header, Output, Share};
use self::schedule::Batch;
pub use self::turns::{REPLACED_OF, run};
use super::{add_missing, files_named};
use crate::build::Products;
use crate::catalogue::Catalogue;
use crate::names::RowKey;
use crate::row::State;
use crate::run_folder::write_atomically;
use crate::sample::{Launch, Measured};
use crate::stats::quantile::{ascending, quantile};
use crate::workspace::Workspace;

/// Usable launches of each group where nobody asks for another number; to publish.
pub const LAUNCHES: u32 = 10;
pub const LAUNCHES_TO_PUBLISH: u32 = 30;
/// What measuring may take in a run of profile quick; building the report comes after it, and all together is ten minutes.
pub const QUICK_SECONDS: f64 = 570.0;
/// A budget buys no fewer than these: below them no interval is worth having.
const FEWEST_LAUNCHES: u32 = 4;
const MOST_LAUNCHES: u32 = 200;

/// What the paired engine is to do in a run.
#[derive(Debug)]
pub struct Job<'a> {
    pub workspace: &'a Workspace,
    pub products: &'a Products,
    pub catalogue: &'a Catalogue,
    /// Implementation and deployment -> rows that their launches time.
    pub keys: BTreeMap<(String, String), Vec<RowKey>>,
    /// Orders of methods that a deployment was built with.
    pub layouts: &'a BTreeMap<String, u32>,
    pub cpu: Option<usize>,
    pub seed: u64,
    pub effort: Effort,
    /// Seconds that the launches may take together, however busy the machine is; none: as long as they need.
    pub limit: Option<f64>,
    /// What a machine takes over what is expected of one.
    pub factor: f64,
    /// The run folder's `raw/` and `parts/`.
    pub raw: &'a Path,
    pub parts: &'a Path,
}

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// Usable launches of each group.
    Launches(u32),
    /// Seconds for all of it.
    Seconds(f64),
    /// Usable launches of each group, in a run that takes no longer than so many seconds with all of its engines.
    Within { launches: u32, seconds: f64 },
}

impl Default for Effort {
    fn default() -> Effort {
        Effort::Launches(LAUNCHES)
    }
}

/// Fixed by the pilot, kept with the run.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Schedule {
    launches: u32,
    batches: Vec<Batch>,
    /// What a deployment cannot do, with the reason.
    #[serde(default)]
    unfit: Vec<(RowKey, String)>,
    /// What could not even be tried, with the engine's last words.
    #[serde(default)]
    failed: Vec<(RowKey, String)>,
}

impl Schedule {
    fn seconds(&self) -> f64 {
        self.batches.iter().map(|batch| batch.seconds).sum::<f64>() * f64::from(self.launches)
    }
}

/// What the engine tells while it runs.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub done: u64,
    pub of: u64,
    /// Expected of all launches together.
    pub seconds: f64,
}

/// How it went.
#[derive(Debug, Default)]
pub struct Paired {
    /// The engine's last words, if it gave up; rows without data get them as their reason.
    pub failure: Option<String>,
    /// Seconds of the launches over what was expected of them.
    pub factor: Option<f64>,
}

fn schedule_file(raw: &Path) -> PathBuf {
    raw.join("paired").join("schedule.json")
}

fn failed(failure: String) -> Paired {
    Paired {
        failure: Some(failure),
        factor: None,
    }
}

/// What is remembered of a launch.
type Told = (Header, Vec<Share>);

/// One that does not count has told nothing, however far it came.
fn told(header: Header, output: Output) -> Told {
    let shares = match header.failure {
        Some(_) => Vec::new(),
        None => output.shares,
    };
    (header, shares)
}

/// What the probes' quotient comes to where nothing disturbs, as far as the run knows: a low quantile of the floors of its groups. The
/// smallest of many would be one that luck made.
fn wide_floor(done: &[Told]) -> Option<f64> {
    const LOW: f64 = 0.25;
    let shares = done.iter().flat_map(|(_, shares)| shares);
    let floors = ascending(shares.filter_map(|share| share.wide_floor).collect());
    (!floors.is_empty()).then(|| quantile(&floors, LOW))
}

/// Seed of one launch, 53 bits: exact as a JSON number everywhere.
fn seed_of(run: u64, batch: usize, launch: u32) -> u64 {
    let hash = blake3::hash(format!("{run} {batch} {launch}").as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(bytes) >> 11
}

/// A launch that does not count: how long calls take, and with it what the others hold.
fn pilot(job: &Job, bench: &Bench) -> Result<Result<Schedule, String>> {
    let mut batches = Vec::new();
    let mut unfit = Vec::new();
    let mut failed = Vec::new();
    for ((implementation, deployment), keys) in &job.keys {
        let mut groups = schedule::groups(job.catalogue, keys, implementation)?;
        let pilot = Batch {
            implementation: implementation.clone(),
            deployment: deployment.clone(),
            groups: groups.clone(),
            clock_calls: 0,
            wide_calls: 0,
            seconds: 0.0,
        };
        let (header, _, output) = bench.run(&pilot, 0, 0, job.seed, None, EXTEND_MAX)?;
        if let Some(failure) = header.failure {
            // One deployment that does not run at all must not take the others with it.
            if job.keys.len() == 1 {
                return Ok(Err(failure));
            }
            eprintln!("lab: {deployment} with library {implementation}: {failure}");
            failed.extend(keys.iter().map(|key| (key.clone(), failure.clone())));
            continue;
        }
        schedule::fit(&mut groups, &output.unfit);
        unfit.extend(output.unfit);
        let of = (implementation.as_str(), deployment.as_str());
        batches.extend(schedule::batches(groups, &output.calibrated, of, job.seed)?);
    }
    let sweep: f64 = batches.iter().map(|batch: &Batch| batch.seconds).sum();
    let fitting = |seconds: f64, sweep: f64| (seconds / sweep.max(1e-3)) as u32;
    let launches = match job.effort {
        Effort::Launches(launches) => launches,
        Effort::Within { launches, .. } => job.limit.map_or(launches, |limit| {
            // A busy machine gets fewer extensions before it gets fewer launches.
            launches.min(fitting(limit, sweep).max(FEWEST_LAUNCHES))
        }),
        Effort::Seconds(seconds) => {
            fitting(seconds, sweep * job.factor).clamp(FEWEST_LAUNCHES, MOST_LAUNCHES)
        }
    };
    let schedule = Schedule {
        launches,
        batches,
        unfit,
        failed,
    };
    keep_schedule(job.raw, &schedule)?;
    Ok(Ok(schedule))
}

fn keep_schedule(raw: &Path, schedule: &Schedule) -> Result<()> {
    write_atomically(&schedule_file(raw), &serde_json::to_vec_pretty(schedule)?)
}

fn stored(raw: &Path) -> Result<Option<Schedule>> {
    let path = schedule_file(raw);
    if !path.exists() {
        return Ok(None);
    }
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let schedule =
        serde_json::from_slice(&bytes).with_context(|| format!("{} is damaged", path.display()))?;
    Ok(Some(schedule))
}

/// Launches that were made already; one that was cut is made again.
fn parts(folder: &Path) -> Result<Vec<Told>> {
    each_part(folder)
        .map(|part| part.map(|(header, output)| told(header, output)))
        .collect()
}

/// What is in each part file, in order of name.
fn each_part(folder: &Path) -> impl Iterator<Item = Result<(Header, Output)>> {
    let files = files_named(folder, |path| {
        path.extension()
            .is_some_and(|extension| extension == "jsonl")
    });
    files.into_iter().map(|path| {
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        output::read_part(&text, &path.display().to_string())
    })
}

/// Rows that need no further launch: all of them when the run's launches are there.
pub fn is_done(raw: &Path, parts_folder: &Path) -> bool {
    let (Ok(Some(schedule)), Ok(done)) = (stored(raw), parts(parts_folder)) else {
        return false;
    };
    let state = [(&schedule, done.as_slice())];
    turns::tasks(&state, 0).is_empty() && turns::replacements(&state).is_empty()
}

/// Joins the launches; a row that no launch is about gets an error line with the engine's last words.
pub fn collect(
    raw: &Path,
    parts_folder: &Path,
    keys: &[RowKey],
    failure: Option<&str>,
) -> Result<Measured> {
    let mut measured = Measured::default();
    let schedule = stored(raw)?;
    let told = schedule.iter().flat_map(|schedule| {
        let unfit = schedule.unfit.iter().map(|one| (State::NotApplicable, one));
        unfit.chain(schedule.failed.iter().map(|one| (State::Error, one)))
    });
    for (state, (key, reason)) in told.filter(|(_, (key, _))| keys.contains(key)) {
        measured.launches.push(Launch {
            state,
            reason: reason.clone(),
            ..Launch::of(key, 0)
        });
    }
    for part in each_part(parts_folder) {
        let (header, output) = part?;
        measured.extend(output::measured(&header, output));
    }
    add_missing(&mut measured, keys, failure);
    Ok(measured)
}
