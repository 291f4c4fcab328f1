//! The same row in two runs: unpaired, over the launches of each, and the word that deserves.
//!
//! Runs are hours or commits apart, so nothing of a round cancels: what a launch says is one value, and both sides have launches of
//! their own. One measurement of each side supports a suspicion; only a fresh one makes more of it.

use std::collections::{BTreeMap, BTreeSet};

use super::interval::{Estimate, holm};
use super::paired::blocks::Placement;
use super::paired::compare::{Comparison, Gated};
use super::paired::rows::Paired;
use super::paired::{DELTA_ACROSS, EPSILON_WIDE, LEVEL};
use super::quantile::ascending;
use super::{Evidence, by_launch, failed, median, welch};
use crate::control::Control;
use crate::manifest::Manifest;
use crate::names::RowKey;
use crate::row::{Row, State};
use crate::sample::{Measured, Role};
use crate::verdict::Verdict;

/// The empty managed call may differ by this share between the sides, in cycles of the clock probe: beyond it the engine's own part
/// of every call has changed, or the machine.
const EMPTY_CALL: f64 = 0.05;

/// Usable launches of a side below which a paired row is not judged.
const FEWEST: usize = 4;

/// What one run says of its rows, to be held beside another run.
#[derive(Debug, Default)]
pub struct Sides {
    pub rows: BTreeMap<RowKey, Side>,
    /// Of the run's paired groups, in key order.
    pub controls: Vec<Control>,
    /// Those groups, and how many of them lost so many launches to a busy neighbour that inside the run nothing is judged.
    pub groups: usize,
    pub few_usable: usize,
}

/// What one run says of one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// ln of ns per call of each usable launch: the mean over placements of medians where there are placements, else of the median.
    pub ln_ns: Vec<f64>,
    /// The same over the clock probe; empty without one, and for a row that allocates.
    pub ln_over_clock: Vec<f64>,
    /// Median ns per call of each usable launch.
    pub ns: Vec<f64>,
    /// Usable launches that hold it; more than there are values where launches share builds.
    pub launches: u32,
    /// Of a single launch: interval for the median within it, ns.
    pub within_launch: Option<(f64, f64)>,
    /// ln of the group's empty managed call in cycles of the clock probe, the mean over usable launches.
    pub ln_empty_call: Option<f64>,
    /// What forbids a verdict: the alarm of its group, or why it has no value. Empty for nothing.
    pub doubt: String,
    /// Hashes of the body's machine code, addresses masked; empty where it is not known.
    pub code: BTreeSet<String>,
    /// The variant is not offered here, by the catalogue: not an absence worth telling.
    pub not_applicable: bool,
    pub allocates: bool,
}

impl Side {
    /// ns per call, the mean over launches.
    pub fn ns_per_call(&self) -> Option<f64> {
        mean(&self.ns)
    }
}

/// The rows of a run, each from its launches.
pub fn sides(manifest: &Manifest, measured: &Measured) -> Sides {
    let paired = Paired::of(manifest, measured);
    // Launches that are not usable tell nothing, and launches apart in time lose no partner with them: what is left is few values,
    // and a wide interval. How many are lost is told, and forbids nothing here.
    let controls = paired.controls_of_usable(manifest);
    let evidence = Evidence::sorted(manifest, measured);
    let mut sides = paired_sides(&paired, &controls);
    // Whether a row has a value, and nothing that is compared inside the run.
    let counted = sides.iter().map(|(key, side)| {
        let row = Row {
            launches: side.launches,
            ..Row::without_value(key.clone(), State::Ok, "")
        };
        (key.clone(), row)
    });
    let rows = super::rows_of(manifest, measured, &counted.collect());
    let mut code: BTreeMap<&RowKey, BTreeSet<String>> = BTreeMap::new();
    for body in &measured.bodies {
        let hashes = code.entry(&body.key).or_default();
        hashes.extend(body.code_hash.clone().filter(|hash| !hash.is_empty()));
    }
    let rows = rows.into_iter().map(|row| {
        let key = row.key;
        let mut side = match sides.remove(&key) {
            Some(side) if !side.ns.is_empty() => side,
            _ if row.state == State::Ok => of_launches(&evidence, &key),
            _ => Side {
                doubt: match row.reason.as_str() {
                    "" => row.state.to_string(),
                    reason => format!("{}: {reason}", row.state),
                },
                not_applicable: row.state == State::NotApplicable,
                ..Side::default()
            },
        };
        side.code = code.remove(&key).unwrap_or_default();
        if side.ns.len() == 1 {
            side.within_launch = row.ns_lo.0.zip(row.ns_hi.0);
        }
        (key, side)
    });
    let rows = rows.collect();
    let few = (0..paired.groups.len()).filter(|at| paired.few_usable(*at).is_some());
    Sides {
        rows,
        controls,
        groups: paired.groups.len(),
        few_usable: few.count(),
    }
}

pub(super) fn paired_sides(paired: &Paired, controls: &[Control]) -> BTreeMap<RowKey, Side> {
    let mut sides = BTreeMap::new();
    for at in 0..paired.groups.len() {
        let gated = paired.gated(at);
        let doubts = paired.doubts_of_usable(at, controls);
        let ln_empty_call = gated.group.entry(Role::ManagedEmpty).and_then(|empty| {
            let launches = gated.usable();
            mean(
                &launches
                    .filter_map(|view| view.ln_over_clock(empty))
                    .collect::<Vec<f64>>(),
            )
        });
        for (entry, of) in gated.group.entries.iter().enumerate() {
            if matches!(of.role, Role::Variant | Role::Native) {
                let side = Side {
                    ln_empty_call,
                    doubt: doubts[entry].clone(),
                    ..of_group(&gated, entry)
                };
                sides.insert(of.key.clone(), side);
            }
        }
    }
    sides
}

fn of_group(gated: &Gated, entry: usize) -> Side {
    let allocates = gated.allocates[entry];
    let ns = gated.ns(entry);
    let launches = match gated.group.placement {
        Placement::Fresh => ns.len(),
        _ => gated.launches_of(entry),
    } as u32;
    if allocates {
        // Pauses belong to a launch as a whole, not to a placement.
        return Side {
            ln_ns: ns.iter().map(|ns| ns.ln()).collect(),
            ns,
            launches,
            allocates,
            ..Side::default()
        };
    }
    Side {
        launches,
        ln_ns: gated.draws(|view| view.ln_ns(entry), mean, false),
        ln_over_clock: gated.draws(|view| view.ln_over_clock(entry), mean, false),
        ns,
        ..Side::default()
    }
}

/// Of an engine without groups: the launch medians.
fn of_launches(evidence: &Evidence, key: &RowKey) -> Side {
    let samples = evidence.samples.get(key).map_or(&[][..], Vec::as_slice);
    let launches = by_launch(samples, &failed(&evidence.launches(key)));
    let ns: Vec<f64> = launches
        .values()
        .map(|launch| median::median(launch))
        .collect();
    // An engine that subtracts its own loop may leave nothing.
    if ns.iter().any(|ns| *ns <= 0.0) {
        return Side {
            ns,
            doubt: "a launch took no time beyond the engine's own loop".to_string(),
            ..Side::default()
        };
    }
    Side {
        ln_ns: ns.iter().map(|ns| ns.ln()).collect(),
        ns,
        ..Side::default()
    }
}

/// A row in two runs, after beside before.
#[derive(Clone, Debug)]
pub struct Across {
    /// Ratios are after over before, differences after minus before; `launches` are those of the smaller side.
    pub comparison: Comparison,
    /// ln ratio of the times over the clock probe's: what is left when the clock rate of the sides differs.
    pub over_clock: Option<Estimate>,
    /// "No difference that counts", adjusted by Holm over all rows compared; `None` where there is no test.
    pub p: Option<f64>,
    pub verdict: Verdict,
    /// In one line; empty where the verdict says it all.
    pub reason: String,
    /// Smallest true effect that is called suspected in 90 % of such comparisons, in percent; Holm's first step over all rows
    /// compared is in it.
    pub mde_percent: Option<f64>,
    /// Launches a side that would decide an inconclusive comparison, were the estimate to stay.
    pub launches_needed: Option<u32>,
}

/// Rows judged together, each before and after.
pub fn judged(pairs: &[(&Side, &Side)]) -> Vec<Across> {
    let comparisons: Vec<Comparison> = pairs
        .iter()
        .map(|(before, after)| compare(before, after))
        .collect();
    let tested = || {
        let pairs = comparisons.iter().enumerate();
        pairs.filter(|(_, comparison)| comparison.ratio.is_some())
    };
    let p: Vec<f64> = tested()
        .map(|(_, comparison)| comparison.p(DELTA_ACROSS, EPSILON_WIDE))
        .collect();
    let mut adjusted = vec![None; pairs.len()];
    for ((at, _), p) in tested().zip(holm(&p)) {
        adjusted[at] = Some(p);
    }
    let together = p.len();
    pairs
        .iter()
        .zip(comparisons)
        .zip(adjusted)
        .map(|(((before, after), comparison), p)| {
            let over_clock = welch::between(&before.ln_over_clock, &after.ln_over_clock);
            let doubt = doubt(before, after);
            let verdict = verdict(&comparison, &doubt, p);
            let needed = || {
                let ns = before.ns_per_call()?;
                comparison.launches_needed(DELTA_ACROSS, EPSILON_WIDE, ns, together)
            };
            let mde = |ns| comparison.mde_percent_of(DELTA_ACROSS, EPSILON_WIDE, ns, together);
            Across {
                mde_percent: before.ns_per_call().and_then(mde),
                reason: reason(&comparison, over_clock, verdict, doubt),
                launches_needed: (verdict == Verdict::Inconclusive).then(needed).flatten(),
                comparison,
                over_clock,
                p,
                verdict,
            }
        })
        .collect()
}

fn compare(before: &Side, after: &Side) -> Comparison {
    let launches = before.ln_ns.len().min(after.ln_ns.len());
    Comparison {
        launches,
        ratio: welch::between(&before.ln_ns, &after.ln_ns),
        difference_ns: welch::between(&before.ns, &after.ns),
        within_launch: (launches == 1)
            .then(|| Some((ln_ratio(before, after)?, within_launch(before, after))))
            .flatten(),
        allocating: before.allocates || after.allocates,
        ..Comparison::default()
    }
}

fn ln_ratio(before: &Side, after: &Side) -> Option<f64> {
    Some(mean(&after.ln_ns)? - mean(&before.ln_ns)?)
}

/// Interval for the ln ratio of two medians from the interval of each: the distances to the ends that face each other, added as
/// squares (Zou and Donner 2008). It says nothing of another launch.
fn within_launch(before: &Side, after: &Side) -> Option<(f64, f64)> {
    let ends = |side: &Side| {
        let centre = side.ns_per_call()?.ln();
        let (lo, hi) = side.within_launch?;
        Some((centre - lo.ln(), hi.ln() - centre))
    };
    let ((below_before, above_before), (below_after, above_after)) = (ends(before)?, ends(after)?);
    let centre = ln_ratio(before, after)?;
    Some((
        centre - below_after.hypot(above_before),
        centre + above_after.hypot(below_before),
    ))
}

fn doubt(before: &Side, after: &Side) -> String {
    for (side, name) in [(before, "before"), (after, "after")] {
        if (2..FEWEST).contains(&side.ns.len()) && !side.ln_over_clock.is_empty() {
            return format!("{name}: {} usable launches are too few", side.ns.len());
        }
        if !side.doubt.is_empty() {
            return format!("{name}: {}", side.doubt);
        }
    }
    match before.ln_empty_call.zip(after.ln_empty_call) {
        Some((before, after)) if (after - before).abs() > EMPTY_CALL.ln_1p() => format!(
            "an empty managed call takes {:.1} % {} clock cycles after than before",
            100.0 * (after - before).exp_m1().abs(),
            if after > before { "more" } else { "fewer" }
        ),
        _ => String::new(),
    }
}

/// First that applies: not decidable, not measurable, equivalent, suspected, inconclusive. `p` is adjusted.
fn verdict(comparison: &Comparison, doubt: &str, p: Option<f64>) -> Verdict {
    if comparison.launches == 1 {
        return Verdict::NotDecidable;
    }
    let Some(p) = p.filter(|_| doubt.is_empty()) else {
        return Verdict::NotMeasurable;
    };
    if comparison.is_within(DELTA_ACROSS, EPSILON_WIDE) {
        Verdict::Equivalent
    } else if p <= LEVEL {
        Verdict::Suspected
    } else {
        Verdict::Inconclusive
    }
}

fn reason(
    comparison: &Comparison,
    over_clock: Option<Estimate>,
    verdict: Verdict,
    doubt: String,
) -> String {
    match verdict {
        Verdict::NotDecidable => "one launch on a side".to_string(),
        Verdict::NotMeasurable if doubt.is_empty() => "no launch gave a value".to_string(),
        Verdict::NotMeasurable => doubt,
        Verdict::Suspected => {
            let slower = comparison
                .ratio
                .is_some_and(|ratio| ratio.decides.estimate > 0.0);
            let direction = if slower { "slower" } else { "faster" };
            // The clock is the same for all code: a difference that goes with it is none of this row.
            let with_clock = over_clock.is_some_and(|ratio| ratio.p_beyond(DELTA_ACROSS) > LEVEL);
            let clock = if with_clock {
                "; not in cycles of the clock probe: the clock rate of the runs may differ"
            } else {
                ""
            };
            format!("{direction} in one measurement of each side, not confirmed{clock}")
        }
        _ => String::new(),
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    // In order of value, so that the sum does not depend on how launches are numbered.
    let values = ascending(values.to_vec());
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests;
