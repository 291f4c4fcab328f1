//! Rows and controls of the paired engine's groups.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::DELTA;
use super::blocks::{self, Group};
use super::compare::{Comparison, Gated};
use super::gate::{self, Gate};
use super::verdicts::{Doubt, together, verdict};
use crate::control::{Control, ControlKind};
use crate::manifest::{Manifest, MustTie};
use crate::names::RowKey;
use crate::row::{Num, Row, State};
use crate::sample::{Body, COUNT_MANAGED_BYTES, COUNT_MANAGED_BYTES_TIER1, Measured, Role};
use crate::stats::interval::{Estimate, holm, modes};
use crate::stats::student;
use crate::verdict::Verdict;

/// A same-pointer control beyond these has failed: half-width and distance from 1, as logarithms.
const SAME_POINTER_HALF_WIDTH: f64 = 0.005;
const SAME_POINTER_OFF: f64 = 0.003;
/// Share of a group's launches that must be usable.
const USABLE: f64 = 0.60;
/// Fewer collections than these do not tell what a pause costs.
const COLLECTIONS_ENOUGH: u64 = 5;

/// Everything the paired samples of a run say.
#[derive(Debug)]
pub struct Paired {
    pub groups: Vec<Group>,
    pub gates: Vec<Vec<Gate>>,
    allocates: Vec<Vec<bool>>,
    codes: HashMap<RowKey, Code>,
}

/// Machine code of a row.
#[derive(Debug, Default)]
struct Code {
    hashes: BTreeSet<String>,
    /// Some launch has replicas of different size.
    differs: bool,
}

/// A group's verdict-free facts, for the report.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupShare {
    /// The group's reference row.
    pub key: RowKey,
    pub launches: usize,
    pub usable: usize,
    pub quiet_share: f64,
    pub replicas: usize,
}

impl Paired {
    pub fn of(manifest: &Manifest, measured: &Measured) -> Paired {
        let groups = blocks::groups(manifest, &measured.samples);
        let gates = gate::gates(&groups);
        let bytes: HashMap<(&RowKey, &str), f64> = measured
            .counts
            .iter()
            .map(|count| ((&count.key, count.name.as_str()), count.value))
            .collect();
        let allocates = groups
            .iter()
            .map(|group| {
                let of = |entry: &blocks::Entry| {
                    let counted = [COUNT_MANAGED_BYTES_TIER1, COUNT_MANAGED_BYTES]
                        .into_iter()
                        .flat_map(|name| {
                            // Counted once for a method, under whichever engine's key.
                            [entry.key.clone(), as_bdn(&entry.key)]
                                .map(|key| bytes.get(&(&key, name)).copied())
                        })
                        .flatten()
                        .next();
                    counted.unwrap_or(0.0) > 0.0
                };
                let entries = group.entries.iter().enumerate();
                entries
                    .map(|(at, entry)| match entry.role {
                        Role::Variant | Role::SamePointer | Role::Copy => {
                            of(entry) || collects(group, at)
                        }
                        _ => false,
                    })
                    .collect()
            })
            .collect();
        Paired {
            codes: codes(&measured.bodies),
            groups,
            gates,
            allocates,
        }
    }

    pub fn gated(&self, at: usize) -> Gated<'_> {
        Gated {
            group: &self.groups[at],
            gates: &self.gates[at],
            allocates: &self.allocates[at],
        }
    }

    pub fn shares(&self) -> Vec<GroupShare> {
        (0..self.groups.len())
            .filter_map(|at| {
                let gated = self.gated(at);
                let reference = gated.group.reference?;
                Some(GroupShare {
                    key: gated.group.entries[reference].key.clone(),
                    launches: gated.group.launches.len(),
                    usable: gated.usable().count(),
                    quiet_share: gated.quiet_share().unwrap_or(0.0),
                    replicas: gated.group.replicas,
                })
            })
            .collect()
    }

    /// Controls of all groups, in key order; their verdicts are adjusted over all of the run.
    pub fn controls(&self, manifest: &Manifest) -> Vec<Control> {
        let ties: HashMap<&str, &[MustTie]> = manifest
            .cases
            .iter()
            .map(|case| (case.id.as_str(), case.must_tie.as_slice()))
            .collect();
        let mut found = Vec::new();
        for at in 0..self.groups.len() {
            let gated = self.gated(at);
            let Some(reference) = gated.group.reference else {
                continue;
            };
            let key = &gated.group.entries[reference].key;
            let mut add = |kind, key: &RowKey, entry: usize| {
                found.push((at, kind, key.clone(), gated.compare(entry, reference)));
            };
            for (role, kind) in [
                (Role::SamePointer, ControlKind::SamePointer),
                (Role::Copy, ControlKind::Copy),
            ] {
                if let Some(entry) = gated.group.entry(role) {
                    add(kind, key, entry);
                }
            }
            let sets = ties
                .get(gated.group.key.case.as_str())
                .copied()
                .unwrap_or_default();
            let here = |set: &&MustTie| {
                set.deployments.contains(&gated.group.key.deployment)
                    && set.variants.contains(&key.variant)
            };
            let members: BTreeSet<&String> = sets
                .iter()
                .filter(here)
                .flat_map(|set| &set.variants)
                .filter(|variant| **variant != key.variant)
                .collect();
            for variant in members {
                if let Some(entry) = gated.group.variant(variant) {
                    add(
                        ControlKind::MustTie,
                        &gated.group.entries[entry].key.clone(),
                        entry,
                    );
                }
            }
        }
        let epsilon = |at: usize| self.gated(at).epsilon();
        let p: Vec<f64> = found
            .iter()
            .map(|(at, _, _, comparison)| comparison.p(DELTA, epsilon(*at)))
            .collect();
        let plain = Doubt {
            copy_inside: true,
            ..Doubt::default()
        };
        let mut controls: Vec<Control> = found
            .iter()
            .zip(holm(&p))
            .map(|((at, kind, key, comparison), p)| {
                let verdict = verdict(comparison, &plain, p, epsilon(*at));
                let measured = self.groups[*at].launches.len();
                control(*kind, key, comparison, measured, verdict)
            })
            .collect();
        controls.sort_by(|a, b| (&a.key, a.kind).cmp(&(&b.key, b.kind)));
        controls
    }

    /// The alarm of a group; empty for none.
    pub fn alarm(&self, at: usize, controls: &[Control]) -> String {
        let gated = self.gated(at);
        let (usable, measured) = (gated.usable().count(), gated.group.launches.len());
        if (usable as f64) < USABLE * measured as f64 {
            return format!("{usable} of {measured} launches were usable");
        }
        let own = |control: &&Control| {
            gated
                .group
                .entries
                .iter()
                .any(|entry| entry.key == control.key)
                && !control.alarm.is_empty()
        };
        if let Some(control) = controls.iter().find(own) {
            return control.alarm.clone();
        }
        let variants = gated.group.entries.iter();
        let differs = variants
            .filter(|entry| entry.role == Role::Variant)
            .find(|entry| self.codes.get(&entry.key).is_some_and(|code| code.differs));
        differs
            .map(|entry| {
                format!(
                    "{} was compiled to code of different sizes in one launch",
                    entry.key.variant
                )
            })
            .unwrap_or_default()
    }

    /// Comparisons of a group's variants with one of them, judged together.
    pub fn judged(
        &self,
        at: usize,
        reference: usize,
        controls: &[Control],
    ) -> Vec<(usize, Comparison, Verdict, String)> {
        let gated = self.gated(at);
        let alarm = self.alarm(at, controls);
        let copy_inside = gated
            .group
            .entry(Role::Copy)
            .zip(gated.group.reference)
            .is_none_or(|(copy, of)| {
                let control = gated.compare(copy, of);
                control
                    .ratio
                    .is_some_and(|ratio| ratio.decides.estimate.abs() < DELTA)
            });
        let entries = gated.group.entries.iter().enumerate();
        let compared: Vec<(usize, Comparison, Doubt)> = entries
            .filter(|(entry, of)| of.role == Role::Variant && *entry != reference)
            .map(|(entry, _)| {
                let doubt = Doubt {
                    alarm: alarm.clone(),
                    copy_inside,
                    same_code: self.same_code(at, entry, reference),
                };
                (entry, gated.compare(entry, reference), doubt)
            })
            .collect();
        let pairs: Vec<(&Comparison, &Doubt)> = compared
            .iter()
            .map(|(_, comparison, doubt)| (comparison, doubt))
            .collect();
        let verdicts = together(&pairs, gated.epsilon());
        compared
            .into_iter()
            .zip(verdicts)
            .map(|((entry, comparison, doubt), verdict)| (entry, comparison, verdict, doubt.alarm))
            .collect()
    }

    fn same_code(&self, at: usize, a: usize, b: usize) -> bool {
        let code = |entry: usize| self.codes.get(&self.groups[at].entries[entry].key);
        match (code(a), code(b)) {
            (Some(a), Some(b)) => a.hashes.len() == 1 && a.hashes == b.hashes,
            _ => false,
        }
    }

    /// What the samples say of each row that they are about: everything but state, reason of absence and provenance.
    pub fn rows(&self, controls: &[Control]) -> BTreeMap<RowKey, Row> {
        let mut rows = BTreeMap::new();
        for at in 0..self.groups.len() {
            let gated = self.gated(at);
            let judged = gated
                .group
                .reference
                .map(|reference| (reference, self.judged(at, reference, controls)));
            for (entry, of) in gated.group.entries.iter().enumerate() {
                if !matches!(of.role, Role::Variant | Role::Native) {
                    continue;
                }
                let mut row = plain(&gated, entry, &of.key);
                if let Some((reference, judged)) = &judged {
                    row.reference
                        .clone_from(&gated.group.entries[*reference].key.variant);
                    let own = judged.iter().find(|(other, ..)| *other == entry);
                    if let Some((_, comparison, verdict, alarm)) = own {
                        let reference_ns = mean(&gated.ns(*reference));
                        fill(
                            &mut row,
                            comparison,
                            *verdict,
                            alarm,
                            &gated,
                            reference_ns,
                            judged.len(),
                        );
                    }
                }
                rows.insert(of.key.clone(), row);
            }
        }
        rows
    }
}

/// The key under which allocations are counted.
fn as_bdn(key: &RowKey) -> RowKey {
    RowKey {
        engine: "bdn".to_string(),
        ..key.clone()
    }
}

fn collects(group: &Group, entry: usize) -> bool {
    let launches = group.launches.iter();
    launches
        .flat_map(|launch| launch.blocks[entry].iter().flatten())
        .any(|block| block.collections > 0)
}

fn codes(bodies: &[Body]) -> HashMap<RowKey, Code> {
    let mut codes: HashMap<RowKey, Code> = HashMap::new();
    let mut sizes: HashMap<(&RowKey, u32), u64> = HashMap::new();
    for body in bodies.iter().filter(|body| body.key.engine == "paired") {
        let code = codes.entry(body.key.clone()).or_default();
        code.hashes.extend(body.code_hash.clone());
        if let Some(size) = body.size_bytes {
            let first = *sizes.entry((&body.key, body.launch)).or_insert(size);
            code.differs |= first != size;
        }
    }
    codes
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Centre and both ends after `of`.
type Shown = (Num, Num, Num);

fn shown(estimate: Option<Estimate>, of: fn(f64) -> f64) -> (Shown, (Num, Num)) {
    let num = |value: f64| Num(Some(of(value)));
    match estimate {
        Some(estimate) => {
            let (lo, hi) = estimate.decides.interval();
            let (t_lo, t_hi) = estimate.student.interval();
            (
                (num(estimate.decides.estimate), num(lo), num(hi)),
                (num(t_lo), num(t_hi)),
            )
        }
        None => ((Num(None), Num(None), Num(None)), (Num(None), Num(None))),
    }
}

/// ns per call, and what stands between it, the empty call and the floor.
fn plain(gated: &Gated, entry: usize, key: &RowKey) -> Row {
    let mut row = Row::without_value(key.clone(), State::Ok, "");
    let mut values = gated.ns(entry);
    row.launches = values.len() as u32;
    row.samples = gated
        .usable()
        .map(|view| view.gate.quiet_rounds() as u32)
        .sum();
    row.quiet_share = Num(gated.quiet_share());
    values.sort_by(f64::total_cmp);
    match student::mean_interval(&values) {
        Some((value, lo, hi)) => {
            row.ns_per_call = Num(Some(value));
            (row.ns_lo, row.ns_hi) = (Num(Some(lo)), Num(Some(hi)));
        }
        None => row.ns_per_call = Num(values.first().copied()),
    }
    if let Some((low, high)) = modes(values) {
        row.modes = format!(
            "{}|{}",
            crate::row::seven_digits(low),
            crate::row::seven_digits(high)
        );
    }
    let over = |role: Role| {
        let other = gated.group.entry(role).filter(|other| *other != entry)?;
        gated.compare(entry, other).difference_ns
    };
    let same = |value: f64| value;
    let (centre, student) = shown(over(Role::ManagedEmpty), same);
    (
        row.over_managed_ns,
        row.over_managed_lo,
        row.over_managed_hi,
    ) = centre;
    (row.over_managed_t_lo, row.over_managed_t_hi) = student;
    let (centre, student) = shown(over(Role::Native), same);
    (row.over_native_ns, row.over_native_lo, row.over_native_hi) = centre;
    (row.over_native_t_lo, row.over_native_t_hi) = student;
    row.gc_count = Some(
        gated
            .group
            .launches
            .iter()
            .flat_map(|launch| launch.blocks[entry].iter().flatten())
            .map(|block| block.collections)
            .sum(),
    );
    row
}

fn fill(
    row: &mut Row,
    comparison: &Comparison,
    verdict: Verdict,
    alarm: &str,
    gated: &Gated,
    reference_ns: Option<f64>,
    together: usize,
) {
    let epsilon = gated.epsilon();
    if let Some((ratio, interval)) = comparison.within_launch {
        row.ratio = Num(Some(ratio.exp()));
        row.ratio_lo = Num(interval.map(|(lo, _)| lo.exp()));
        row.ratio_hi = Num(interval.map(|(_, hi)| hi.exp()));
    } else {
        let (centre, student) = shown(comparison.ratio, f64::exp);
        (row.ratio, row.ratio_lo, row.ratio_hi) = centre;
        (row.ratio_t_lo, row.ratio_t_hi) = student;
    }
    let (best, _) = shown(comparison.best, f64::exp);
    (row.ratio_best, row.ratio_best_lo, row.ratio_best_hi) = best;
    let (difference, _) = shown(comparison.difference_ns, |value| value);
    (row.difference_ns, row.difference_lo, row.difference_hi) = difference;
    row.mde_percent = Num(reference_ns.and_then(|ns| comparison.mde_percent(DELTA, epsilon, ns)));
    row.verdict = Some(verdict);
    row.reason = reason(comparison, verdict, alarm);
    if verdict == Verdict::Inconclusive {
        row.launches_needed =
            reference_ns.and_then(|ns| comparison.launches_needed(DELTA, epsilon, ns, together));
    }
}

/// What a reader must know of a comparison beside its numbers, in one line; empty for nothing.
pub fn reason(comparison: &Comparison, verdict: Verdict, alarm: &str) -> String {
    if verdict == Verdict::NotMeasurable {
        alarm.to_string()
    } else if comparison.allocating && comparison.collections < COLLECTIONS_ENOUGH {
        "allocating; too few collections: pause not resolved".to_string()
    } else if comparison.allocating {
        "allocating: pauses are charged to the calls that took the memory".to_string()
    } else {
        String::new()
    }
}

fn control(
    kind: ControlKind,
    key: &RowKey,
    comparison: &Comparison,
    measured: usize,
    verdict: Verdict,
) -> Control {
    let (ratio, student) = shown(comparison.ratio, f64::exp);
    let (best, _) = shown(comparison.best, f64::exp);
    let (difference, _) = shown(comparison.difference_ns, |value| value);
    let name = match kind {
        ControlKind::SamePointer => "the same delegate timed twice".to_string(),
        ControlKind::Copy => "the reference compiled twice".to_string(),
        ControlKind::MustTie => format!("{}, which must tie,", key.variant),
    };
    let percent = |value: f64| format!("{:.2} %", 100.0 * value);
    let alarm = match (verdict, comparison.ratio) {
        (Verdict::Slower | Verdict::Faster, Some(ratio)) => {
            format!("{name} differs by {}", percent(ratio.decides.estimate))
        }
        // A difference that only placement makes is what a must-tie set may show.
        (_, Some(ratio)) if kind == ControlKind::SamePointer && !comparison.allocating => {
            let Estimate { decides, .. } = ratio;
            if decides.half_width() > SAME_POINTER_HALF_WIDTH {
                format!(
                    "{name} has an interval of {} to each side",
                    percent(decides.half_width())
                )
            } else if decides.estimate.abs() > SAME_POINTER_OFF {
                format!("{name} differs by {}", percent(decides.estimate))
            } else {
                String::new()
            }
        }
        _ => String::new(),
    };
    Control {
        key: key.clone(),
        kind,
        launches: comparison.launches as u32,
        launches_measured: measured as u32,
        ratio: ratio.0,
        ratio_lo: ratio.1,
        ratio_hi: ratio.2,
        ratio_t_lo: student.0,
        ratio_t_hi: student.1,
        ratio_best: best.0,
        ratio_best_lo: best.1,
        ratio_best_hi: best.2,
        difference_ns: difference.0,
        difference_lo: difference.1,
        difference_hi: difference.2,
        verdict,
        alarm,
    }
}
