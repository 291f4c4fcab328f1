//! The paired engine: everything comparative. Starts `InteropLab.Paired` once per launch; each group gets its first launch, in random
//! order from the run's seed, then each its second, so that a phase of the machine does not fall on one case.

mod identity;
mod launch;
pub mod output;
pub mod schedule;
#[cfg(test)]
mod tests;
mod time;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

pub use self::launch::Bench;
use self::launch::{EXTEND_MAX, keep};
use self::output::{Header, Output, Share};
use self::schedule::Batch;
use self::time::Time;
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
/// So many launches that do not count, one after another, and the engine gives up.
const MOST_FAILURES: u32 = 3;
/// One launch may be added for so many that were asked for: a machine that stays busy must not double the time of a run.
const REPLACED_OF: u32 = 3;

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
#[derive(Debug, Serialize, Deserialize)]
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

/// Measures what is not there yet. Fails only when interrupted or when nothing can be started.
pub fn run(job: &Job, mut progress: impl FnMut(Progress)) -> Result<Paired> {
    let bench = Bench {
        workspace: job.workspace,
        products: job.products,
        cpu: job.cpu,
        layouts: job.layouts,
    };
    let time = Time::new(job.limit);
    let schedule = match stored(job.raw)? {
        Some(schedule) => schedule,
        None => match pilot(job, &bench)? {
            Ok(schedule) => schedule,
            Err(failure) => return Ok(failed(failure)),
        },
    };
    let mut done = parts(job.parts)?;
    let mut left = tasks(&schedule, &done, job.seed);
    let mut failures = 0;
    let (mut expected, mut took) = (0.0, 0.0);
    loop {
        let mut ahead: f64 = left.iter().map(|(_, batch)| batch.seconds).sum();
        for (at, batch) in std::mem::take(&mut left) {
            let number = 1 + done.iter().filter(|(header, _)| header.batch == at).count() as u32;
            // What does not fit ends the run: shorter batches must not get more launches than longer ones.
            if number > FEWEST_LAUNCHES && !time.has(batch.seconds) {
                break;
            }
            let extend_max = time.extension(ahead);
            ahead -= batch.seconds;
            progress(Progress {
                done: done.len() as u64,
                of: u64::from(schedule.launches) * schedule.batches.len() as u64,
                seconds: schedule.seconds() * job.factor,
            });
            let seed = seed_of(job.seed, at, number);
            let floor = wide_floor(&done);
            let (header, text, output) = bench.run(&batch, at, number, seed, floor, extend_max)?;
            keep(job.parts, &header, &text)?;
            expected += batch.seconds;
            took += header.seconds;
            failures = if header.failure.is_some() {
                failures + 1
            } else {
                0
            };
            let failure = header.failure.clone();
            done.push(told(header, output));
            if failures == MOST_FAILURES {
                let reason = failure.unwrap_or_default();
                return Ok(failed(format!(
                    "{MOST_FAILURES} launches in a row do not count: {reason}"
                )));
            }
        }
        left = replacements(&schedule, &done);
        left.retain(|(_, batch)| time.has(batch.seconds));
        if left.is_empty() {
            break;
        }
        left.shuffle(&mut ChaCha8Rng::seed_from_u64(seed_of(
            job.seed,
            usize::MAX,
            done.len() as u32,
        )));
    }
    Ok(Paired {
        failure: None,
        factor: (expected > 0.0).then(|| took / expected),
    })
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
    write_atomically(
        &schedule_file(job.raw),
        &serde_json::to_vec_pretty(&schedule)?,
    )?;
    Ok(Ok(schedule))
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

/// The launches that are still to be made: each batch once, in random order, and again. What ends early has measured all alike.
fn tasks(schedule: &Schedule, done: &[Told], seed: u64) -> Vec<(usize, Batch)> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let made = |at: usize| done.iter().filter(|(header, _)| header.batch == at).count() as u32;
    let mut tasks = Vec::new();
    for launch in 0..schedule.launches {
        let batches = schedule.batches.iter().cloned().enumerate();
        let mut sweep: Vec<_> = batches.filter(|(at, _)| made(*at) <= launch).collect();
        sweep.shuffle(&mut random);
        tasks.extend(sweep);
    }
    tasks
}

/// One more launch for each batch that has groups with too few usable launches, of these groups alone.
fn replacements(schedule: &Schedule, done: &[Told]) -> Vec<(usize, Batch)> {
    let mut tasks = Vec::new();
    for (at, batch) in schedule.batches.iter().enumerate() {
        let launches: Vec<_> = done
            .iter()
            .filter(|(header, _)| header.batch == at)
            .collect();
        if launches.len() as u32 >= schedule.launches + schedule.launches.div_ceil(REPLACED_OF) {
            continue;
        }
        let usable = |case: &str, params: &str| {
            let shares = launches.iter().flat_map(|(_, shares)| shares);
            shares
                .filter(|share| share.usable && share.case == case && share.params == params)
                .count() as u32
        };
        let mut lacking = batch.clone();
        lacking
            .groups
            .retain(|group| usable(&group.case, &group.params) < schedule.launches);
        if !lacking.groups.is_empty() {
            lacking.seconds *= lacking.groups.len() as f64 / batch.groups.len() as f64;
            tasks.push((at, lacking));
        }
    }
    tasks
}

/// Rows that need no further launch: all of them when the run's launches are there.
pub fn is_done(raw: &Path, parts_folder: &Path) -> bool {
    let (Ok(Some(schedule)), Ok(done)) = (stored(raw), parts(parts_folder)) else {
        return false;
    };
    tasks(&schedule, &done, 0).is_empty() && replacements(&schedule, &done).is_empty()
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
