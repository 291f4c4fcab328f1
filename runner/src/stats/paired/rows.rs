//! Rows and controls of the paired engine's groups.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::DELTA;
use super::blocks::{self, Group};
use super::columns::{control, fill, plain};
use super::compare::{Comparison, Gated};
use super::gate::{self, Gate};
use super::verdicts::{Doubt, together, verdict};
use crate::control::{Control, ControlKind};
use crate::manifest::{Manifest, MustTie};
use crate::names::{BDN, RowKey};
use crate::row::Row;
use crate::sample::{Body, COUNT_MANAGED_BYTES, COUNT_MANAGED_BYTES_TIER1, Measured, Role};
use crate::stats::interval::holm;
use crate::stats::median::mean;
use crate::verdict::Verdict;

/// Share of a group's launches that must be usable.
const USABLE: f64 = 0.60;

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
                            [entry.key.clone(), entry.key.by(BDN)]
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
    fn alarm(&self, at: usize, controls: &[Control]) -> String {
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
        let copy_inside = self.copy_inside(at, controls);
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

    /// Whether the group's copy control is there and within delta, or there is none.
    fn copy_inside(&self, at: usize, controls: &[Control]) -> bool {
        let group = &self.groups[at];
        let reference = group
            .reference
            .map(|reference| &group.entries[reference].key);
        let copy = controls
            .iter()
            .find(|control| control.kind == ControlKind::Copy && Some(&control.key) == reference);
        copy.is_none_or(|copy| copy.ratio.0.is_some_and(|ratio| ratio.ln().abs() < DELTA))
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
                        fill(&mut row, comparison, *verdict, alarm, &gated, reference_ns);
                    }
                }
                rows.insert(of.key.clone(), row);
            }
        }
        rows
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
    for body in bodies.iter().filter(|body| body.key.is_paired()) {
        let code = codes.entry(body.key.clone()).or_default();
        code.hashes.extend(body.code_hash.clone());
        if let Some(size) = body.size_bytes {
            let first = *sizes.entry((&body.key, body.launch)).or_insert(size);
            code.differs |= first != size;
        }
    }
    codes
}
