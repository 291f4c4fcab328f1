//! Launches without their rounds: what is written of them for a published report, and groups made of that again.

use std::collections::{BTreeMap, HashMap};

use super::blocks::{Entry, Group, GroupKey, Launch, Placement, stated_reference};
use super::compare::Gated;
use super::gate::Gate;
use super::launch::{Pair, View};
use crate::level::Level;
use crate::manifest::Manifest;
use crate::names::RowKey;
use crate::sample::Role;

/// What a launch says of one entry.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stored {
    pub ns: Option<f64>,
    pub ln_ns: Option<f64>,
    pub ln_over_clock: Option<f64>,
}

/// What a launch says, by entry and by pair of entries, each for all placements or for one copy.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    entries: HashMap<(usize, Option<usize>), Stored>,
    collections: HashMap<usize, u64>,
    pairs: HashMap<(usize, usize, Option<usize>), Pair>,
    within: HashMap<(usize, usize), (f64, f64)>,
}

impl Levels {
    pub(super) fn of(&self, entry: usize, only: Option<usize>) -> Stored {
        let found = self.entries.get(&(entry, only));
        found.copied().unwrap_or_default()
    }

    pub(super) fn collections(&self, entry: usize) -> u64 {
        self.collections.get(&entry).copied().unwrap_or_default()
    }

    pub(super) fn pair(&self, a: usize, b: usize, only: Option<usize>) -> Option<Pair> {
        self.pairs.get(&(a, b, only)).copied()
    }

    pub(super) fn within(&self, a: usize, b: usize) -> Option<(f64, f64)> {
        self.within.get(&(a, b)).copied()
    }

    fn add(&mut self, line: &Level, entry: usize, beside: Option<usize>) {
        let only = line.replica.map(|replica| replica as usize);
        let Some(beside) = beside else {
            if let Some(collections) = line.gc_count {
                self.collections.insert(entry, collections);
            }
            let stored = Stored {
                ns: line.ns_per_call,
                ln_ns: line.ln_ns,
                ln_over_clock: line.ln_over_clock,
            };
            self.entries.insert((entry, only), stored);
            return;
        };
        if let Some((ln_ratio, difference_ns)) = line.ln_ratio.zip(line.difference_ns) {
            let pair = Pair {
                ln_ratio,
                ln_best: line.ln_best,
                difference_ns,
                difference_cycles: line.difference_cycles,
            };
            self.pairs.insert((entry, beside, only), pair);
        }
        if let Some(within) = line.within_lo.zip(line.within_hi) {
            self.within.insert((entry, beside), within);
        }
    }
}

/// The lines of a group: of each launch its entries, then the pairs that were asked for.
pub(super) fn of(gated: &Gated) -> Vec<Level> {
    let asked: Vec<(usize, usize)> = gated.asked.borrow().iter().copied().collect();
    let single = gated.usable().count() == 1;
    let mut lines = Vec::new();
    for (launch, gate) in gated.group.launches.iter().zip(gated.gates) {
        let view = |only| View {
            group: gated.group,
            launch,
            gate,
            only,
        };
        let mut copies = vec![None];
        if gate.usable && gated.group.placement == Placement::Copies {
            copies.extend((0..gated.group.replicas).map(Some));
        }
        for entry in 0..gated.group.entries.len() {
            for only in &copies {
                lines.push(of_entry(gated, view(*only), entry));
            }
        }
        for (a, b) in asked.iter().copied().filter(|_| gate.usable) {
            for only in &copies {
                lines.extend(of_pair(gated, view(*only), (a, b), single));
            }
        }
    }
    lines
}

fn of_entry(gated: &Gated, view: View, entry: usize) -> Level {
    let about = |value: Option<f64>| value.filter(|_| view.gate.usable);
    let allocates = gated.allocates[entry];
    Level {
        gc_count: view.only.is_none().then(|| view.launch.collections(entry)),
        ns_per_call: about(gated.ns_of(view, entry)),
        // Pauses belong to a launch as a whole: nothing asks for these of what takes memory.
        ln_ns: about(view.ln_ns(entry)).filter(|_| !allocates),
        ln_over_clock: about(view.ln_over_clock(entry)).filter(|_| !allocates),
        ..line(gated, view, entry)
    }
}

fn of_pair(gated: &Gated, view: View, (a, b): (usize, usize), single: bool) -> Option<Level> {
    let pair = gated.pair_of(view, a, b)?;
    let within = (single && view.only.is_none())
        .then(|| gated.within_launch(a, b))
        .flatten();
    let beside = &gated.group.entries[b];
    Some(Level {
        beside: Some(beside.key.clone()),
        beside_role: Some(beside.role),
        ln_ratio: Some(pair.ln_ratio),
        ln_best: pair.ln_best,
        difference_ns: Some(pair.difference_ns),
        difference_cycles: pair.difference_cycles,
        within_lo: within.map(|(lo, _)| lo),
        within_hi: within.map(|(_, hi)| hi),
        ..line(gated, view, a)
    })
}

/// What stands in every line.
fn line(gated: &Gated, view: View, entry: usize) -> Level {
    let of = &gated.group.entries[entry];
    Level {
        key: of.key.clone(),
        role: of.role,
        beside: None,
        beside_role: None,
        launch: view.launch.number,
        replica: view.only.map(|only| only as u32),
        replicas: gated.group.replicas as u32,
        rounds: view.gate.quiet.len() as u32,
        quiet_rounds: view.gate.quiet_rounds() as u32,
        usable: view.gate.usable,
        gc_count: None,
        ns_per_call: None,
        ln_ns: None,
        ln_over_clock: None,
        ln_ratio: None,
        ln_best: None,
        difference_ns: None,
        difference_cycles: None,
        within_lo: None,
        within_hi: None,
    }
}

/// Groups and gates as the samples would have given them, whatever the order of the lines.
pub(super) fn groups(manifest: &Manifest, lines: &[Level]) -> (Vec<Group>, Vec<Vec<Gate>>) {
    let first = manifest.plan.implementations.first().map(String::as_str);
    let mut by_group: BTreeMap<GroupKey, Vec<&Level>> = BTreeMap::new();
    for line in lines {
        let key = GroupKey::of(&line.key, first);
        by_group.entry(key).or_default().push(line);
    }
    by_group
        .into_iter()
        .map(|(key, lines)| group(manifest, key, &lines))
        .unzip()
}

fn group(manifest: &Manifest, key: GroupKey, lines: &[&Level]) -> (Group, Vec<Gate>) {
    let mut known: Vec<(Role, &RowKey)> = lines.iter().map(|line| (line.role, &line.key)).collect();
    known.sort();
    known.dedup();
    let place = |role: Role, key: &RowKey| known.binary_search(&(role, key)).ok();
    let mut launches: BTreeMap<u32, (Launch, Gate)> = BTreeMap::new();
    for line in lines {
        let (launch, _) = launches.entry(line.launch).or_insert_with(|| {
            let rounds = line.rounds as usize;
            let launch = Launch {
                number: line.launch,
                replicas: vec![None; rounds],
                levels: Some(Levels::default()),
                ..Launch::default()
            };
            let quiet = (0..rounds).map(|round| round < line.quiet_rounds as usize);
            let gate = Gate {
                quiet: quiet.collect(),
                usable: line.usable,
            };
            (launch, gate)
        });
        let beside = line.beside.as_ref().zip(line.beside_role);
        let beside = beside.map(|(key, role)| place(role, key));
        if let (Some(levels), Some(entry)) = (&mut launch.levels, place(line.role, &line.key))
            // A line about an entry that has none of its own is about nothing.
            && beside != Some(None)
        {
            levels.add(line, entry, beside.flatten());
        }
    }
    let entries: Vec<Entry> = known
        .iter()
        .map(|(role, key)| Entry {
            key: (*key).clone(),
            role: *role,
        })
        .collect();
    let of_reference = |entry: &&Entry| !matches!(entry.role, Role::Variant | Role::Native);
    let reference = entries
        .iter()
        .find(of_reference)
        .map(|entry| entry.key.variant.clone())
        .or_else(|| stated_reference(manifest, &key.case));
    let (launches, gates): (Vec<Launch>, Vec<Gate>) = launches.into_values().unzip();
    let replicas = lines.iter().map(|line| line.replicas).max().unwrap_or(1);
    let mut group = Group {
        placement: Placement::of(manifest, &key.deployment),
        planned: launches.iter().map(Launch::rounds).min().unwrap_or(0),
        replicas: replicas.max(1) as usize,
        reference: None,
        key,
        entries,
        launches,
    };
    group.reference = reference.and_then(|name| group.variant(&name));
    (group, gates)
}
