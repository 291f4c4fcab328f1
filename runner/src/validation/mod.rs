//! The machine's certificate: whether what is the same is called the same here, and what is put in is found. A pure function of a
//! run that times the family `control` and some must-tie sets, split into disjoint sets of launches that are judged like runs.

pub mod between;
pub mod detector;
mod injected;
mod rate;
pub mod series;
pub mod store;
#[cfg(test)]
mod tests;
pub mod text;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use self::injected::injected;
pub use self::injected::{CHAIN, Injected};
pub use self::rate::Rate;
use crate::control::{Control, ControlKind};
use crate::manifest::Manifest;
use crate::names::RowKey;
use crate::row::{Num, Row};
use crate::sample::{Launch, Measured};
use crate::stats::median::median_of;
use crate::stats::quantile::ascending;
use crate::stats::{Assessment, assess};
use crate::verdict::Verdict;

/// Launches that are judged together, as in a run.
pub const LAUNCHES: u32 = 10;
/// A machine whose controls are called different more often than this is not to be believed.
const MOST_FALSE: f64 = 0.05;
const POWER: f64 = 0.90;
/// Of (launch, group).
const USABLE: f64 = 0.60;

/// What the run showed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    pub schema: u32,
    /// The run it was computed from, when it began, on what, how it was made.
    pub run: String,
    pub started: String,
    pub environment: String,
    pub command: String,
    /// Launches per comparison, and disjoint sets of them.
    pub launches: u32,
    pub sets: u32,
    /// One delegate timed twice.
    pub same_pointer: Same,
    /// One body compiled twice.
    pub copy: Same,
    /// Variants that the catalogue says cost the same.
    pub must_tie: Same,
    pub injected: Vec<Injected>,
    pub floors: Vec<Floor>,
    pub probes: Probes,
}

/// Comparisons of something with itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Same {
    /// Verdict slower or faster.
    pub different: Rate,
    /// Verdict equivalent.
    pub equivalent: Rate,
    /// The 95 % interval, which is not adjusted for their number, does not hold 1: expected in one of twenty.
    #[serde(default)]
    pub excludes_one: Rate,
    /// Median over comparisons of the interval's half-width, percent; mean and best placement.
    pub half_width_percent: Option<f64>,
    pub half_width_best_percent: Option<f64>,
    /// Largest distance from 1, percent.
    pub worst_percent: Option<f64>,
}

/// The native floor over the sets of launches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Floor {
    pub key: RowKey,
    /// Smallest and largest over sets, ns per call.
    pub least_ns: f64,
    pub most_ns: f64,
    /// Sets in which its launches fell into two modes.
    pub two_modes: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probes {
    /// Share of quiet rounds over all groups, and the group with the fewest.
    pub quiet_share: Option<f64>,
    pub least_quiet_share: Option<f64>,
    /// (launch, group) that were usable.
    pub usable: Rate,
}

impl Certificate {
    /// What speaks against believing this machine, in one line each; empty when nothing does.
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        for (name, same) in [
            ("one delegate timed twice is", &self.same_pointer),
            ("one body compiled twice is", &self.copy),
            ("variants that must tie are", &self.must_tie),
        ] {
            if same.different.share() > MOST_FALSE {
                doubts.push(format!("{name} called different in {}", same.different));
            }
        }
        if self.copy.different.of == 0 {
            doubts.push("no copy was compared".to_string());
        }
        if self.probes.usable.share() < USABLE {
            doubts.push(format!(
                "launches of a group are usable in {} only: a neighbour is busy",
                self.probes.usable
            ));
        }
        if !self.injected.iter().any(|one| one.slower.of > 0) {
            doubts.push(format!(
                "nothing was put in: case {CHAIN} is not in the run"
            ));
        }
        for one in &self.injected {
            let wrong = if one.percent == 0.0 {
                one.slower.hits + one.faster.hits
            } else {
                one.faster.hits
            };
            if f64::from(wrong) > MOST_FALSE * f64::from(one.slower.of) {
                doubts.push(format!(
                    "{} of {} % is called wrongly in {wrong} of {}",
                    one.variant, one.percent, one.slower.of
                ));
            }
            // Few comparisons cannot show that a promise is broken.
            if one.promised.interval().is_some_and(|(_, hi)| hi < POWER) {
                doubts.push(format!(
                    "{} {} of {} % is found in {} comparisons that promise to",
                    one.params, one.variant, one.percent, one.promised
                ));
            }
        }
        doubts
    }
}

/// Computes the certificate of a run.
pub fn certificate(manifest: &Manifest, measured: Measured) -> Certificate {
    let sets = each_set(measured, |set| assess(manifest, set));
    let controls = |kind: ControlKind| -> Vec<&Control> {
        let all = sets.iter().flat_map(|set| &set.controls);
        all.filter(|control| control.kind == kind).collect()
    };
    Certificate {
        schema: 1,
        run: manifest.id.clone(),
        started: manifest.started.clone(),
        environment: manifest.environment.class.clone(),
        command: manifest.command.clone(),
        launches: LAUNCHES,
        sets: sets.len() as u32,
        same_pointer: same(&controls(ControlKind::SamePointer)),
        copy: same(&controls(ControlKind::Copy)),
        must_tie: same(&controls(ControlKind::MustTie)),
        injected: injected(&sets),
        floors: floors(&sets),
        probes: probes(&sets),
    }
}

/// What `one` makes of each of the disjoint sets of launches that a run is cut into, in order; one after the other: a full run has
/// millions of samples, and no second copy of them is made.
fn each_set<T>(measured: Measured, mut one: impl FnMut(&Measured) -> T) -> Vec<T> {
    let set_of = |launch: u32| launch.saturating_sub(1) / LAUNCHES;
    let mut samples = measured.samples;
    samples.sort_by_key(|sample| set_of(sample.launch));
    let mut sets = Vec::new();
    while let Some(last) = samples.last() {
        let set = set_of(last.launch);
        let from = samples.partition_point(|sample| set_of(sample.launch) < set);
        let samples = samples.split_off(from);
        let launches: Vec<Launch> = measured
            .launches
            .iter()
            .filter(|launch| set_of(launch.launch) == set)
            .cloned()
            .collect();
        let numbers: BTreeSet<u32> = launches.iter().map(|launch| launch.launch).collect();
        if numbers.len() as u32 != LAUNCHES {
            continue;
        }
        let bodies = measured.bodies.iter();
        sets.push(one(&Measured {
            levels: Vec::new(),
            samples,
            launches,
            bodies: bodies
                .filter(|body| set_of(body.launch) == set)
                .cloned()
                .collect(),
            // Counted once for all launches.
            counts: measured.counts.clone(),
        }));
    }
    sets.reverse();
    sets
}

fn same(controls: &[&Control]) -> Same {
    let decided: Vec<&&Control> = controls
        .iter()
        .filter(|control| control.ratio.0.is_some())
        .collect();
    let rate = |of: &dyn Fn(&Control) -> bool| {
        let hits = decided.iter().filter(|control| of(control));
        Rate::of(hits.count(), decided.len())
    };
    let half = |lo: fn(&Control) -> Option<f64>, hi: fn(&Control) -> Option<f64>| {
        let halves = decided
            .iter()
            .filter_map(|control| Some(50.0 * (hi(control)? / lo(control)?).ln()));
        median_of(halves.collect())
    };
    let off = decided
        .iter()
        .filter_map(|control| control.ratio.0)
        .map(|ratio| 100.0 * ratio.ln().abs());
    Same {
        different: rate(&|control| matches!(control.verdict, Verdict::Slower | Verdict::Faster)),
        equivalent: rate(&|control| control.verdict == Verdict::Equivalent),
        excludes_one: rate(&|control| excludes_one(control.ratio_lo, control.ratio_hi)),
        half_width_percent: half(|c| c.ratio_lo.0, |c| c.ratio_hi.0),
        half_width_best_percent: half(|c| c.ratio_best_lo.0, |c| c.ratio_best_hi.0),
        worst_percent: off.max_by(f64::total_cmp),
    }
}

/// Whether an interval of a ratio does not hold 1.
fn excludes_one(lo: Num, hi: Num) -> bool {
    lo.0.is_some_and(|lo| lo > 1.0) || hi.0.is_some_and(|hi| hi < 1.0)
}

fn floors(sets: &[Assessment]) -> Vec<Floor> {
    let mut found: BTreeMap<&RowKey, Vec<&Row>> = BTreeMap::new();
    let rows = sets.iter().flat_map(|set| &set.rows);
    for row in rows.filter(|row| row.key.variant == crate::catalogue::NATIVE) {
        found.entry(&row.key).or_default().push(row);
    }
    found
        .into_iter()
        .filter_map(|(key, rows)| {
            let ns = ascending(rows.iter().filter_map(|row| row.ns_per_call.0).collect());
            Some(Floor {
                key: key.clone(),
                least_ns: *ns.first()?,
                most_ns: *ns.last()?,
                two_modes: rows.iter().filter(|row| !row.modes.is_empty()).count() as u32,
            })
        })
        .collect()
}

fn probes(sets: &[Assessment]) -> Probes {
    let groups = || sets.iter().flat_map(|set| &set.groups);
    let shares = ascending(groups().map(|group| group.quiet_share).collect());
    let sum = |of: fn(&crate::stats::GroupShare) -> usize| groups().map(of).sum();
    Probes {
        quiet_share: median_of(shares.clone()),
        least_quiet_share: shares.first().copied(),
        usable: Rate::of(sum(|group| group.usable), sum(|group| group.launches)),
    }
}
