//! The launches of one run, or of several that take turns.

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::launch::{Bench, keep};
use super::schedule::Batch;
use super::time::Time;
use super::{
    FEWEST_LAUNCHES, Job, Paired, Progress, Schedule, Told, failed, keep_schedule, parts, pilot,
    seed_of, stored, told, wide_floor,
};

/// So many launches that do not count, one after another, and the engine gives up.
const MOST_FAILURES: u32 = 3;
/// One launch may be added for so many that were asked for: a machine that stays busy must not double the time of a run.
pub const REPLACED_OF: u32 = 3;

/// Measures what is not there yet, for one run or for several that are to be compared: their launches take turns, so that a phase
/// of the machine does not fall on one of them. Several have the same rows, and the first one's schedule. Fails only when
/// interrupted or when nothing can be started.
pub fn run(jobs: &[Job], mut progress: impl FnMut(Progress)) -> Result<Vec<Paired>> {
    let first = jobs.first().context("nothing to measure")?;
    let time = Time::new(first.limit);
    let mut sides: Vec<Side> = Vec::new();
    for job in jobs {
        let bench = Bench {
            workspace: job.workspace,
            products: job.products,
            cpu: job.cpu,
            layouts: job.layouts,
        };
        let schedule = match (stored(job.raw)?, sides.first()) {
            (Some(schedule), _) => schedule,
            (None, Some(first)) => {
                keep_schedule(job.raw, &first.schedule)?;
                first.schedule.clone()
            }
            (None, None) => match pilot(job, &bench)? {
                Ok(schedule) => schedule,
                Err(failure) => return Ok(jobs.iter().map(|_| failed(failure.clone())).collect()),
            },
        };
        sides.push(Side {
            job,
            bench,
            schedule,
            done: parts(job.parts)?,
            failures: 0,
            expected: 0.0,
            took: 0.0,
        });
    }
    let mut left = tasks(&states(&sides), first.seed);
    loop {
        let mut ahead: f64 = left.iter().map(|task| task.batch.seconds).sum();
        for task in std::mem::take(&mut left) {
            let side = &mut sides[task.side];
            // What does not fit ends the run: shorter batches must not get more launches than longer ones.
            if made(&side.done, task.at) >= FEWEST_LAUNCHES && !time.has(task.batch.seconds) {
                break;
            }
            let extend_max = time.extension(ahead);
            ahead -= task.batch.seconds;
            progress(progress_of(&sides, first.factor));
            let side = &mut sides[task.side];
            if let Some(failure) = side.launch(task.at, &task.batch, extend_max)? {
                let mut went: Vec<Paired> = sides.iter().map(|_| Paired::default()).collect();
                went[task.side] = failed(failure);
                return Ok(went);
            }
        }
        left = replacements(&states(&sides));
        left.retain(|task| time.has(task.batch.seconds));
        if left.is_empty() {
            break;
        }
        let launches: usize = sides.iter().map(|side| side.done.len()).sum();
        let seed = seed_of(first.seed, usize::MAX, launches as u32);
        left.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    }
    Ok(sides.iter().map(Side::went).collect())
}

/// One run that is being measured.
struct Side<'a> {
    job: &'a Job<'a>,
    bench: Bench<'a>,
    schedule: Schedule,
    done: Vec<Told>,
    /// Launches that do not count, one after another.
    failures: u32,
    /// Seconds of the launches made here: expected, and what they took.
    expected: f64,
    took: f64,
}

impl Side<'_> {
    /// Makes one launch; returns why the engine gives up, if it does.
    fn launch(&mut self, at: usize, batch: &Batch, extend_max: f64) -> Result<Option<String>> {
        let number = 1 + made(&self.done, at);
        let seed = seed_of(self.job.seed, at, number);
        let floor = wide_floor(&self.done);
        let (header, text, output) = self.bench.run(batch, at, number, seed, floor, extend_max)?;
        keep(self.job.parts, &header, &text)?;
        self.expected += batch.seconds;
        self.took += header.seconds;
        let failure = header.failure.clone();
        self.failures = if failure.is_some() {
            self.failures + 1
        } else {
            0
        };
        self.done.push(told(header, output));
        let reason = failure.unwrap_or_default();
        Ok((self.failures == MOST_FAILURES)
            .then(|| format!("{MOST_FAILURES} launches in a row do not count: {reason}")))
    }

    fn went(&self) -> Paired {
        Paired {
            failure: None,
            factor: (self.expected > 0.0).then(|| self.took / self.expected),
        }
    }
}

fn progress_of(sides: &[Side], factor: f64) -> Progress {
    Progress {
        done: sides.iter().map(|side| side.done.len() as u64).sum(),
        of: sides
            .iter()
            .map(|side| u64::from(side.schedule.launches) * side.schedule.batches.len() as u64)
            .sum(),
        seconds: sides
            .iter()
            .map(|side| side.schedule.seconds())
            .sum::<f64>()
            * factor,
    }
}

/// What a run has of what it was to have.
pub(super) type Standing<'a> = (&'a Schedule, &'a [Told]);

fn states<'a>(sides: &'a [Side]) -> Vec<Standing<'a>> {
    let of = |side: &'a Side| (&side.schedule, side.done.as_slice());
    sides.iter().map(of).collect()
}

/// Launches of a batch so far.
fn made(done: &[Told], at: usize) -> u32 {
    done.iter().filter(|(header, _)| header.batch == at).count() as u32
}

/// A launch that is still to be made.
pub(super) struct Task {
    /// Which of the runs it is for.
    pub side: usize,
    /// Which of its batches, or what is left of it.
    pub at: usize,
    pub batch: Batch,
}

/// The launches that are still to be made: each batch of each side once, in random order, and again. What ends early has measured
/// all alike.
pub(super) fn tasks(sides: &[Standing], seed: u64) -> Vec<Task> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let launches = sides.iter().map(|(schedule, _)| schedule.launches).max();
    let mut tasks = Vec::new();
    for launch in 0..launches.unwrap_or_default() {
        let mut sweep: Vec<Task> = Vec::new();
        for (side, (schedule, done)) in sides.iter().enumerate() {
            let batches = schedule.batches.iter().cloned().enumerate();
            let open =
                batches.filter(|(at, _)| launch < schedule.launches && made(done, *at) <= launch);
            sweep.extend(open.map(|(at, batch)| Task { side, at, batch }));
        }
        sweep.shuffle(&mut random);
        tasks.extend(sweep);
    }
    tasks
}

/// One more launch for each batch that has groups with too few usable launches, of these groups alone.
pub(super) fn replacements(sides: &[Standing]) -> Vec<Task> {
    let of_side = |(side, (schedule, done)): (usize, &Standing)| {
        let lacking = lacking(schedule, done).into_iter();
        lacking
            .map(move |(at, batch)| Task { side, at, batch })
            .collect::<Vec<_>>()
    };
    sides.iter().enumerate().flat_map(of_side).collect()
}

fn lacking(schedule: &Schedule, done: &[Told]) -> Vec<(usize, Batch)> {
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
