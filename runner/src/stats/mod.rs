//! From samples to rows: pure functions without clock, file or environment.
//!
//! One launch: the median of its samples, with an interval within that launch. Several: the launch medians are the replicates,
//! because samples of one process share its code placement and heap, and say nothing about another process.

pub mod across;
pub mod along;
pub mod beside;
pub mod events;
pub mod interval;
pub mod median;
pub mod paired;
#[cfg(test)]
mod properties;
pub mod quantile;
pub(crate) mod simulation;
pub mod startup;
pub mod steps;
mod student;
#[cfg(test)]
pub(crate) mod tests;
pub mod told;
mod welch;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub use self::paired::rows::GroupShare;
use self::paired::rows::Paired;
use crate::claims::{self, ClaimFinding};
use crate::control::Control;
use crate::level::Level;
use crate::manifest::{Manifest, PlannedRow};
use crate::names::{BDN, RowKey};
use crate::row::{Num, Row, State};
use crate::sample::{
    Body, COUNT_COLLECTIONS, COUNT_MANAGED_BYTES, COUNT_MANAGED_BYTES_TIER1, COUNT_NATIVE_ALLOCS,
    COUNT_NATIVE_FREES, Count, Launch, Measured, Role, Sample, Stage,
};

/// Everything that follows from a run's samples.
#[derive(Debug)]
pub struct Assessment {
    /// One row per planned row, in key order. Whatever was measured and not planned is not in it.
    pub rows: Vec<Row>,
    /// Controls of the paired engine's groups, in key order.
    pub controls: Vec<Control>,
    pub groups: Vec<GroupShare>,
    /// What the run says to each claim that it knows.
    pub claims: Vec<ClaimFinding>,
    /// Rows in several deployments, in key order.
    pub beside: Vec<beside::Beside>,
    /// Of cases that have them, in the order of the cases.
    pub ladders: Vec<along::Ladder>,
    pub crossovers: Vec<along::Crossover>,
    /// Of bounded programs, in key order.
    pub events: Vec<events::Events>,
    /// Of start-up programs, in key order.
    pub startups: Vec<startup::Startup>,
}

/// The same, and what each launch of the paired engine says: as much as it takes to compute all of it again without the samples.
pub fn assess_with_levels(manifest: &Manifest, measured: &Measured) -> (Assessment, Vec<Level>) {
    let paired = Paired::of(manifest, measured);
    let assessment = assessed(manifest, measured, &paired);
    let levels = paired.levels();
    (assessment, levels)
}

/// Rows, controls and shares: a pure function of plan and samples, whatever the order of the latter.
pub fn assess(manifest: &Manifest, measured: &Measured) -> Assessment {
    assessed(manifest, measured, &Paired::of(manifest, measured))
}

fn assessed(manifest: &Manifest, measured: &Measured, paired: &Paired) -> Assessment {
    let controls = paired.controls(manifest);
    let startups = startup::of(measured);
    let mut of_engines = paired.rows(&controls);
    of_engines.extend(startup::rows(manifest, &startups));
    let rows = rows_of(manifest, measured, &of_engines);
    let (ladders, crossovers) = along::of(manifest, paired, &controls);
    Assessment {
        ladders,
        crossovers,
        claims: claims::judge(manifest, &rows, paired, &controls, &startups),
        beside: beside::of(manifest, paired, &controls),
        groups: paired.shares(),
        events: events::of(measured),
        startups,
        rows,
        controls,
    }
}

/// The rows alone.
pub fn rows(manifest: &Manifest, measured: &Measured) -> Vec<Row> {
    assess(manifest, measured).rows
}

/// `known`: rows of engines whose statistics have a module of their own.
fn rows_of(manifest: &Manifest, measured: &Measured, known: &BTreeMap<RowKey, Row>) -> Vec<Row> {
    let evidence = Evidence::sorted(manifest, measured);
    let families: HashMap<&str, &str> = manifest
        .cases
        .iter()
        .map(|case| (case.id.as_str(), case.family.as_str()))
        .collect();
    let provenance = &manifest.provenance;
    let mut rows: Vec<Row> = manifest
        .plan
        .rows
        .iter()
        .map(|planned| {
            let key = &planned.key;
            let family = families.get(key.case.as_str()).copied().unwrap_or_default();
            let kernel = provenance
                .kernel_hashes
                .get(&format!("{family}/{}", key.implementation));
            // A floor has no C# body: an edit of the class must not mark it as changed.
            let body = provenance
                .body_hashes
                .get(&key.case)
                .filter(|_| key.variant != NATIVE);
            Row {
                kernel_hash: kernel.cloned().unwrap_or_default(),
                body_hash: body.cloned().unwrap_or_default(),
                ..row(planned, &evidence, known.get(key))
            }
        })
        .collect();
    rows.sort_by(|a, b| a.key.cmp(&b.key));
    rows
}

/// The floor's variant.
const NATIVE: &str = "Native";

/// What was measured, found by key.
#[derive(Default)]
struct Evidence<'a> {
    samples: HashMap<&'a RowKey, Vec<&'a Sample>>,
    /// A launch that measured a whole group stands under the key without a variant.
    launches: HashMap<RowKey, Vec<&'a Launch>>,
    bodies: HashMap<&'a RowKey, Vec<&'a Body>>,
    counts: HashMap<&'a RowKey, Vec<&'a Count>>,
    /// The implementation whose paired launches measure the rows that call none.
    first: Option<&'a str>,
}

impl<'a> Evidence<'a> {
    fn sorted(manifest: &'a Manifest, measured: &'a Measured) -> Self {
        let mut evidence = Evidence {
            first: manifest.plan.implementations.first().map(String::as_str),
            ..Evidence::default()
        };
        // The paired engine's are the bulk, and sorted elsewhere.
        let others = measured
            .samples
            .chunk_by(|a, b| Arc::ptr_eq(&a.key, &b.key))
            .filter(|of_key| !of_key[0].key.is_paired());
        for of_key in others {
            evidence
                .samples
                .entry(&of_key[0].key)
                .or_default()
                .extend(of_key);
        }
        for launch in &measured.launches {
            evidence
                .launches
                .entry(launch.key())
                .or_default()
                .push(launch);
        }
        for body in &measured.bodies {
            evidence.bodies.entry(&body.key).or_default().push(body);
        }
        for count in &measured.counts {
            evidence.counts.entry(&count.key).or_default().push(count);
        }
        evidence
    }

    /// Launches of a row, in order of number; within one number failures in order of reason, so that the order of the lines
    /// does not matter.
    fn launches(&self, key: &RowKey) -> Vec<&'a Launch> {
        let first = self.first.filter(|_| key.is_paired());
        let of_group = RowKey {
            variant: String::new(),
            implementation: key.timed_with(first).to_string(),
            ..key.clone()
        };
        let lines = [key, &of_group]
            .into_iter()
            .filter_map(|key| self.launches.get(key));
        let mut launches: Vec<&Launch> = lines.flatten().copied().collect();
        launches
            .sort_by(|a, b| (a.launch, a.state, &a.reason).cmp(&(b.launch, b.state, &b.reason)));
        launches
    }
}

/// Usable launches without which a row of the paired engine has no value, where more than one was made.
const FEWEST_USABLE: u32 = 2;

fn row(planned: &PlannedRow, evidence: &Evidence, known: Option<&Row>) -> Row {
    let key = &planned.key;
    if let Some(reason) = &planned.not_applicable {
        return Row::without_value(key.clone(), State::NotApplicable, reason);
    }
    if let Some(reason) = &planned.not_permitted {
        return Row::without_value(key.clone(), State::NotPermitted, reason);
    }
    if let Some(reason) = &planned.refused {
        return Row::without_value(key.clone(), State::Error, reason);
    }
    let launches = evidence.launches(key);
    let failed = failed(&launches);
    if let Some(found) = known.filter(|_| !key.is_paired()) {
        return found.clone();
    }
    if let Some(found) = known {
        let made = launches.len() as u32;
        if found.launches < FEWEST_USABLE.min(made.max(1)) {
            let reason = format!(
                "{} of {made} launches had enough quiet rounds",
                found.launches
            );
            return Row {
                quiet_share: found.quiet_share,
                ..Row::without_value(key.clone(), State::Contended, reason)
            };
        }
        // Allocations are counted once for a method, under BenchmarkDotNet's key where it has one.
        let counted = key.by(BDN);
        let none = BTreeSet::new();
        let whole = |name| {
            whole(evidence, key, name, &none).or_else(|| whole(evidence, &counted, name, &none))
        };
        return Row {
            managed_bytes: whole(COUNT_MANAGED_BYTES_TIER1),
            native_allocs: whole(COUNT_NATIVE_ALLOCS),
            native_frees: whole(COUNT_NATIVE_FREES),
            code_bytes: code_bytes(evidence, key, &none),
            ..found.clone()
        };
    }
    let samples = evidence.samples.get(key).map_or(&[][..], Vec::as_slice);
    match estimate(samples, &failed) {
        Some(estimate) => Row {
            launches: estimate.launches,
            samples: estimate.samples,
            ns_per_call: Num(Some(estimate.ns_per_call)),
            ns_lo: Num(estimate.interval.map(|(lo, _)| lo)),
            ns_hi: Num(estimate.interval.map(|(_, hi)| hi)),
            managed_bytes: managed_bytes(evidence, key, &failed),
            native_allocs: whole(evidence, key, COUNT_NATIVE_ALLOCS, &failed),
            native_frees: whole(evidence, key, COUNT_NATIVE_FREES, &failed),
            code_bytes: code_bytes(evidence, key, &failed),
            gc_count: collections(evidence, key, &failed),
            ..Row::without_value(key.clone(), State::Ok, "")
        },
        None => {
            let (state, reason) = why_nothing(&launches);
            Row::without_value(key.clone(), state, reason)
        }
    }
}

fn failed(launches: &[&Launch]) -> BTreeSet<u32> {
    let failed = launches.iter().filter(|launch| launch.state != State::Ok);
    failed.map(|launch| launch.launch).collect()
}

fn why_nothing(launches: &[&Launch]) -> (State, String) {
    match launches.iter().find(|launch| launch.state != State::Ok) {
        Some(launch) if launch.reason.is_empty() => (
            launch.state,
            format!("launch {} failed and gave no reason", launch.launch),
        ),
        Some(launch) => (launch.state, launch.reason.clone()),
        None => (
            State::Error,
            "planned, but the engine left no data".to_string(),
        ),
    }
}

/// Nanoseconds per call.
struct Estimate {
    launches: u32,
    samples: u32,
    ns_per_call: f64,
    interval: Option<(f64, f64)>,
}

/// Usable samples of each launch in ns per call, ascending. A launch that failed gives none, even if it measured something before.
fn by_launch(samples: &[&Sample], failed: &BTreeSet<u32>) -> BTreeMap<u32, Vec<f64>> {
    // What the engine made of its iterations, where a project asks it to; otherwise the iterations.
    let usable = |stage| {
        samples
            .iter()
            .copied()
            .filter(move |sample| is_usable(sample, stage, failed))
    };
    let stage = if usable(Stage::Result).next().is_some() {
        Stage::Result
    } else {
        Stage::Actual
    };
    let mut by_launch: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for sample in usable(stage) {
        by_launch
            .entry(sample.launch)
            .or_default()
            .push(sample.ns_per_call());
    }
    by_launch
        .values_mut()
        .for_each(|launch| launch.sort_by(f64::total_cmp));
    by_launch
}

/// `None` when no sample is usable.
fn estimate(samples: &[&Sample], failed: &BTreeSet<u32>) -> Option<Estimate> {
    let by_launch = by_launch(samples, failed);
    let samples = by_launch.values().map(Vec::len).sum::<usize>() as u32;
    let launches = by_launch.len() as u32;
    // In order of value, so that the sum does not depend on how the launches are numbered.
    let mut medians: Vec<f64> = by_launch
        .values()
        .map(|launch| median::median(launch))
        .collect();
    medians.sort_by(f64::total_cmp);
    let (ns_per_call, interval) = match student::mean_interval(&medians) {
        Some((mean, lo, hi)) => (mean, Some((lo, hi))),
        None => (
            *medians.first()?,
            by_launch
                .values()
                .next()
                .and_then(|only| median::interval(only)),
        ),
    };
    Some(Estimate {
        launches,
        samples,
        ns_per_call,
        interval,
    })
}

fn is_usable(sample: &Sample, stage: Stage, failed: &BTreeSet<u32>) -> bool {
    matches!(
        sample.role,
        Role::Variant | Role::Native | Role::Pause | Role::Wait
    ) && sample.flags == stage
        && !failed.contains(&sample.launch)
        && sample.calls > 0
        && sample.elapsed_ns.is_finite()
}

fn counted(evidence: &Evidence, key: &RowKey, name: &str, failed: &BTreeSet<u32>) -> Vec<f64> {
    let counts = evidence.counts.get(key).into_iter().flatten();
    let of_name = counts.filter(|count| {
        count.name == name && !failed.contains(&count.launch) && count.value.is_finite()
    });
    let mut values: Vec<f64> = of_name.map(|count| count.value).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Known to be of optimised code where somebody counted there; otherwise the engine's own, which it rounds itself.
fn managed_bytes(evidence: &Evidence, key: &RowKey, failed: &BTreeSet<u32>) -> Option<u64> {
    whole(evidence, key, COUNT_MANAGED_BYTES_TIER1, failed).or_else(|| {
        let values = counted(evidence, key, COUNT_MANAGED_BYTES, failed);
        (!values.is_empty()).then(|| median::median(&values).round() as u64)
    })
}

/// A count that is the same for every call; a fraction, of something that happens on some calls only, stays in `counts.csv`.
fn whole(evidence: &Evidence, key: &RowKey, name: &str, failed: &BTreeSet<u32>) -> Option<u64> {
    let values = counted(evidence, key, name, failed);
    let value = (!values.is_empty()).then(|| median::median(&values))?;
    (value.fract() == 0.0).then_some(value as u64)
}

fn collections(evidence: &Evidence, key: &RowKey, failed: &BTreeSet<u32>) -> Option<u64> {
    let values = counted(evidence, key, COUNT_COLLECTIONS, failed);
    (!values.is_empty()).then(|| values.iter().sum::<f64>().round() as u64)
}

/// Of the first launch and replica that knows it: all of one build have the same, and where one has not, `bodies.csv` tells.
fn code_bytes(evidence: &Evidence, key: &RowKey, failed: &BTreeSet<u32>) -> Option<u64> {
    let bodies = evidence.bodies.get(key).into_iter().flatten();
    let known = bodies
        .filter(|body| !failed.contains(&body.launch))
        .filter_map(|body| Some((body.launch, body.replica, body.size_bytes?)));
    known.min().map(|(_, _, size_bytes)| size_bytes)
}
