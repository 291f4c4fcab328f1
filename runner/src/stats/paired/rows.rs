//! Rows and controls of the paired engine's groups.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::DELTA;
use super::blocks::{self, Group};
use super::columns::{control, fill, plain, reason};
use super::compare::{Comparison, Gated};
use super::gate::{self, Gate};
use super::levels;
use super::verdicts::verdict;
use crate::control::{Control, ControlKind};
use crate::level::Level;
use crate::manifest::{Manifest, MustTie};
use crate::names::{BDN, RowKey};
use crate::row::Row;
use crate::sample::{Body, COUNT_MANAGED_BYTES, COUNT_MANAGED_BYTES_TIER1, Measured, Role};
use crate::stats::interval::holm;
use crate::stats::median::mean;
use crate::verdict::Verdict;

/// Share of a group's launches that must be usable.
const USABLE: f64 = 0.60;
/// So many are enough, however many were lost to a neighbour: what is discarded is discarded by the probes, not by the values. In
/// sets of 25 launches of which 5 to 14 were usable, 0 of about 300 controls of the same code were told apart.
const USABLE_ENOUGH: usize = 10;

/// Everything the paired samples of a run say.
#[derive(Debug)]
pub struct Paired {
    pub groups: Vec<Group>,
    pub gates: Vec<Vec<Gate>>,
    allocates: Vec<Vec<bool>>,
    /// Rows of which some launch has replicas with code of different size.
    codes_differ: HashSet<RowKey>,
    /// Per group, the comparisons that somebody has asked for: what has to be stored to make them again without the rounds.
    asked: Vec<RefCell<BTreeSet<(usize, usize)>>>,
}

/// A variant beside the one that others are compared with.
#[derive(Debug)]
pub struct Judged {
    /// Index in the group.
    pub entry: usize,
    pub comparison: Comparison,
    /// The relative effect that it had to pass: [`DELTA`], or what a copy of the reference shows.
    pub delta: f64,
    /// Of "no difference that counts", adjusted.
    pub p: f64,
    pub verdict: Verdict,
    /// What a reader must know beside the numbers, in one line; empty for nothing.
    pub reason: String,
}

impl Judged {
    /// Smallest true effect that gets a verdict in 90 % of runs like this one, percent of the reference.
    pub fn mde_percent(&self, epsilon: f64, reference_ns: Option<f64>) -> Option<f64> {
        self.comparison
            .mde_percent(self.delta, epsilon, reference_ns?)
    }

    /// Launches that would decide it, where it is open; `together`: how many were judged with it.
    pub fn launches_needed(
        &self,
        epsilon: f64,
        reference_ns: Option<f64>,
        together: usize,
    ) -> Option<u32> {
        let is_open = self.verdict == Verdict::Inconclusive;
        let ns = reference_ns.filter(|_| is_open)?;
        self.comparison
            .launches_needed(self.delta, epsilon, ns, together)
    }
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

/// How an alarm ends that is about the machine, not about a comparison.
pub const FEW_USABLE: &str = "launches were usable";

impl Paired {
    pub fn of(manifest: &Manifest, measured: &Measured) -> Paired {
        let (groups, gates) = if measured.levels.is_empty() {
            let groups = blocks::groups(manifest, &measured.samples);
            let gates = gate::gates(&groups);
            (groups, gates)
        } else {
            levels::groups(manifest, &measured.levels)
        };
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
                    counted.map(|bytes| bytes > 0.0)
                };
                let entries = group.entries.iter().enumerate();
                entries
                    .map(|(at, entry)| match entry.role {
                        Role::Variant | Role::SamePointer | Role::Copy => {
                            of(entry).unwrap_or_else(|| collects(group, at))
                        }
                        _ => false,
                    })
                    .collect()
            })
            .collect();
        Paired {
            codes_differ: codes_differ(&measured.bodies),
            asked: groups.iter().map(|_| RefCell::default()).collect(),
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
            asked: &self.asked[at],
        }
    }

    /// What every launch says of each entry, and of the pairs that were asked for so far.
    pub fn levels(&self) -> Vec<Level> {
        let groups = (0..self.groups.len()).map(|at| self.gated(at));
        groups.flat_map(|gated| levels::of(&gated)).collect()
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

    /// Controls of all groups, in key order; their verdicts are adjusted over all of the run. Too few usable launches are an alarm.
    pub fn controls(&self, manifest: &Manifest) -> Vec<Control> {
        let mut controls = self.controls_of_usable(manifest);
        // One of a group says that too few of its launches can be used; its verdicts are gone all the same.
        for at in 0..self.groups.len() {
            let entries = &self.groups[at].entries;
            let of_group = |control: &Control| entries.iter().any(|entry| entry.key == control.key);
            let few = self.few_usable(at);
            let first = controls
                .iter()
                .position(|control| control.kind == ControlKind::SamePointer && of_group(control))
                .or_else(|| controls.iter().position(of_group));
            if let Some((few, first)) = few.zip(first) {
                controls[first].alarm = few;
            }
        }
        controls
    }

    /// The same, of the usable launches alone, however few of all they are.
    pub fn controls_of_usable(&self, manifest: &Manifest) -> Vec<Control> {
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
        let mut controls: Vec<Control> = found
            .iter()
            .zip(holm(&p))
            .map(|((at, kind, key, comparison), p)| {
                let verdict = verdict(comparison, "", p, epsilon(*at));
                let measured = self.groups[*at].launches.len();
                control(*kind, key, comparison, measured, verdict)
            })
            .collect();
        controls.sort_by(|a, b| (&a.key, a.kind).cmp(&(&b.key, b.kind)));
        controls
    }

    /// Said where too few launches of a group can be used.
    pub fn few_usable(&self, at: usize) -> Option<String> {
        let gated = self.gated(at);
        let (usable, measured) = (gated.usable().count(), gated.group.launches.len());
        let few = (usable as f64) < USABLE * measured as f64 && usable < USABLE_ENOUGH;
        few.then(|| format!("{usable} of {measured} {FEW_USABLE}"))
    }

    /// Why nothing of a group may be judged; empty for nothing.
    fn alarm(&self, at: usize, controls: &[Control]) -> String {
        let gated = self.gated(at);
        let own = |control: &&Control| {
            gated
                .group
                .entries
                .iter()
                .any(|entry| entry.key == control.key)
                && !control.alarm.is_empty()
        };
        let failed = controls.iter().find(own);
        failed.map_or(String::new(), |control| control.alarm.clone())
    }

    /// Per entry, why it may not be judged: an alarm of its group, or replicas that are not one code. Empty for nothing.
    pub fn doubts(&self, at: usize, controls: &[Control]) -> Vec<String> {
        let few = self.few_usable(at);
        let alarm = few.unwrap_or_else(|| self.alarm(at, controls));
        self.doubts_but(at, alarm)
    }

    /// The same of the usable launches alone, however few of all they are; `controls` of these too.
    pub fn doubts_of_usable(&self, at: usize, controls: &[Control]) -> Vec<String> {
        self.doubts_but(at, self.alarm(at, controls))
    }

    fn doubts_but(&self, at: usize, alarm: String) -> Vec<String> {
        let entries = self.groups[at].entries.iter();
        let doubt = |entry: &blocks::Entry| {
            if alarm.is_empty() && self.codes_differ.contains(&entry.key) {
                let variant = &entry.key.variant;
                return format!("{variant} was compiled to code of different sizes in one launch");
            }
            alarm.clone()
        };
        entries.map(doubt).collect()
    }

    /// Comparisons of a group's variants with one of them, judged together.
    pub fn judged(&self, at: usize, reference: usize, controls: &[Control]) -> Vec<Judged> {
        let gated = self.gated(at);
        let epsilon = gated.epsilon();
        let doubts = self.doubts(at, controls);
        let delta = self.delta(at, controls);
        let entries = gated.group.entries.iter().enumerate();
        let compared: Vec<(usize, Comparison)> = entries
            .filter(|(entry, of)| of.role == Role::Variant && *entry != reference)
            .map(|(entry, _)| (entry, gated.compare(entry, reference)))
            .collect();
        let p: Vec<f64> = compared
            .iter()
            .map(|(_, comparison)| comparison.p(delta, epsilon))
            .collect();
        compared
            .into_iter()
            .zip(holm(&p))
            .map(|((entry, comparison), p)| {
                let either = [entry, reference].map(|of| doubts[of].as_str());
                let doubt = either.into_iter().find(|doubt| !doubt.is_empty());
                let verdict = verdict(&comparison, doubt.unwrap_or_default(), p, epsilon);
                Judged {
                    reason: reason(&comparison, delta, verdict, doubt.unwrap_or_default()),
                    entry,
                    comparison,
                    delta,
                    p,
                    verdict,
                }
            })
            .collect()
    }

    /// The relative effect beyond which something is called different in a group: what counts at all, or as far from 1 as the
    /// interval of a copy of the reference reaches, because so far placement alone may carry it.
    fn delta(&self, at: usize, controls: &[Control]) -> f64 {
        let group = &self.groups[at];
        let reference = group
            .reference
            .map(|reference| &group.entries[reference].key);
        let copy = controls
            .iter()
            .find(|control| control.kind == ControlKind::Copy && Some(&control.key) == reference);
        let ends = copy.map(|copy| [copy.ratio_lo, copy.ratio_hi]);
        let reach = ends.into_iter().flatten().filter_map(|end| end.0);
        reach.map(|end| end.ln().abs()).fold(DELTA, f64::max)
    }

    /// What the samples say of each row that they are about: everything but state, reason of absence and provenance.
    pub fn rows(&self, controls: &[Control]) -> BTreeMap<RowKey, Row> {
        let mut rows = BTreeMap::new();
        for at in 0..self.groups.len() {
            let gated = self.gated(at);
            let epsilon = gated.epsilon();
            let judged = gated.group.reference.map(|reference| {
                let reference_ns = mean(&gated.ns(reference));
                (
                    reference,
                    reference_ns,
                    self.judged(at, reference, controls),
                )
            });
            for (entry, of) in gated.group.entries.iter().enumerate() {
                if !matches!(of.role, Role::Variant | Role::Native) {
                    continue;
                }
                let mut row = plain(&gated, entry, &of.key);
                if let Some((reference, reference_ns, judged)) = &judged {
                    row.reference
                        .clone_from(&gated.group.entries[*reference].key.variant);
                    let own = judged.iter().find(|one| one.entry == entry);
                    if let Some(own) = own {
                        fill(&mut row, own, epsilon, *reference_ns, judged.len());
                    }
                }
                rows.insert(of.key.clone(), row);
            }
        }
        rows
    }
}

fn collects(group: &Group, entry: usize) -> bool {
    let mut launches = group.launches.iter();
    launches.any(|launch| launch.collections(entry) > 0)
}

fn codes_differ(bodies: &[Body]) -> HashSet<RowKey> {
    let mut differ = HashSet::new();
    let mut sizes: HashMap<(&RowKey, u32), u64> = HashMap::new();
    for body in bodies.iter().filter(|body| body.key.is_paired()) {
        if let Some(size) = body.size_bytes {
            let first = *sizes.entry((&body.key, body.launch)).or_insert(size);
            if first != size {
                differ.insert(body.key.clone());
            }
        }
    }
    differ
}
