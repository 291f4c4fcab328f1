//! Samples sorted into groups, launches, rounds and entries.

use std::collections::HashMap;

use super::levels::Levels;
use crate::deployment::{Deployment, Target};
use crate::manifest::Manifest;
use crate::names::RowKey;
use crate::sample::{Role, Sample, Stage};

/// What is timed side by side: the variants of a case at one params tuple, with one library, in one deployment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKey {
    pub case: String,
    pub params: String,
    pub implementation: String,
    pub deployment: String,
}

impl GroupKey {
    /// The group of a row; `first` is the run's first implementation.
    pub fn of(key: &RowKey, first: Option<&str>) -> GroupKey {
        GroupKey {
            case: key.case.clone(),
            params: key.params.clone(),
            implementation: key.timed_with(first).to_string(),
            deployment: key.deployment.clone(),
        }
    }
}

/// One timed thing of a group: a row's key with its role; controls and probes stand under the reference's key.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: RowKey,
    pub role: Role,
}

#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Nanoseconds per call.
    pub ns: f64,
    pub calls: u64,
    pub collections: u64,
    pub pause_ns: f64,
}

/// Rounds of one launch: `blocks[entry][round]`.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    pub number: u32,
    /// Replica that the reference ran in, per round.
    pub replicas: Vec<Option<u32>>,
    pub blocks: Vec<Vec<Option<Block>>>,
    /// What the launch says, where its rounds are not at hand; then there are no blocks.
    pub levels: Option<Levels>,
}

impl Launch {
    pub fn rounds(&self) -> usize {
        self.replicas.len()
    }

    /// Collections in all blocks of an entry.
    pub fn collections(&self, entry: usize) -> u64 {
        match &self.levels {
            Some(levels) => levels.collections(entry),
            None => {
                let blocks = self.blocks[entry].iter().flatten();
                blocks.map(|block| block.collections).sum()
            }
        }
    }
}

/// What a draw of the placement is: where a body lies is chance, once for each of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Every launch compiles anew: a launch is a draw.
    Fresh,
    /// Launches go through so many builds: a build is a draw.
    Builds(u32),
    /// Every launch has the same copies of the code: a copy is a draw.
    Copies,
}

impl Placement {
    pub(super) fn of(manifest: &Manifest, deployment: &str) -> Placement {
        let target = deployment.parse::<Target>();
        match manifest.plan.layouts_of(deployment) {
            Some(layouts) => Placement::Builds(layouts),
            None if target.is_ok_and(|target| target.deployment == Deployment::R2r) => {
                Placement::Copies
            }
            None => Placement::Fresh,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Group {
    pub key: GroupKey,
    pub entries: Vec<Entry>,
    pub launches: Vec<Launch>,
    /// Index of the variant that others are compared with.
    pub reference: Option<usize>,
    /// Placements of a body.
    pub replicas: usize,
    /// Where the placements of its bodies come from.
    pub placement: Placement,
    /// Rounds that were planned: the fewest of any launch, because a launch is only ever extended.
    pub planned: usize,
}

impl Group {
    pub fn entry(&self, role: Role) -> Option<usize> {
        self.entries.iter().position(|entry| entry.role == role)
    }

    pub fn variant(&self, name: &str) -> Option<usize> {
        let is = |entry: &Entry| entry.role == Role::Variant && entry.key.variant == name;
        self.entries.iter().position(is)
    }
}

/// The variant that the catalogue compares with.
pub(super) fn stated_reference(manifest: &Manifest, case: &str) -> Option<String> {
    let stated = manifest.cases.iter().find(|known| known.id == case);
    stated
        .map(|case| case.reference.clone())
        .filter(|reference| !reference.is_empty())
}

/// Sorts the paired samples of a run, in any order, into groups; groups by key, launches by number, entries by role and key.
pub fn groups(manifest: &Manifest, samples: &[Sample]) -> Vec<Group> {
    let mut sorter = Sorter::default();
    let paired = |sample: &&Sample| {
        sample.key.is_paired() && sample.flags == Stage::Actual && sample.calls > 0
    };
    let first = manifest.plan.implementations.first().cloned();
    for sample in samples.iter().filter(paired) {
        sorter.add(sample, first.as_deref());
    }
    sorter.finish(manifest)
}

#[derive(Default)]
struct Sorter {
    /// By address of the shared key: one look-up of a whole key per key, not per sample.
    places: HashMap<(*const RowKey, Role), (usize, usize)>,
    groups: Vec<Group>,
    by_key: HashMap<GroupKey, usize>,
    launches: HashMap<(usize, u32), usize>,
    reference_keys: Vec<Option<RowKey>>,
}

impl Sorter {
    fn add(&mut self, sample: &Sample, first: Option<&str>) {
        let address = (std::sync::Arc::as_ptr(&sample.key), sample.role);
        let (group, entry) = match self.places.get(&address) {
            Some(place) => *place,
            None => {
                let place = self.place(&sample.key, sample.role, first);
                self.places.insert(address, place);
                place
            }
        };
        let at = *self
            .launches
            .entry((group, sample.launch))
            .or_insert_with(|| {
                let launches = &mut self.groups[group].launches;
                launches.push(Launch {
                    number: sample.launch,
                    ..Launch::default()
                });
                launches.len() - 1
            });
        let launch = &mut self.groups[group].launches[at];
        let round = sample.round.max(1) as usize - 1;
        if launch.replicas.len() <= round {
            launch.replicas.resize(round + 1, None);
        }
        if launch.blocks.len() <= entry {
            launch.blocks.resize(entry + 1, Vec::new());
        }
        if sample.role == Role::Variant && sample.replica.is_some() {
            launch.replicas[round] = sample.replica;
        }
        let blocks = &mut launch.blocks[entry];
        if blocks.len() <= round {
            blocks.resize(round + 1, None);
        }
        blocks[round] = Some(Block {
            ns: sample.ns_per_call(),
            calls: sample.calls,
            collections: sample.gc_count.unwrap_or(0),
            pause_ns: sample.gc_pause_ns.unwrap_or(0.0),
        });
    }

    fn place(&mut self, key: &RowKey, role: Role, first: Option<&str>) -> (usize, usize) {
        let group_key = GroupKey::of(key, first);
        let group = *self.by_key.entry(group_key.clone()).or_insert_with(|| {
            self.groups.push(Group {
                key: group_key,
                entries: Vec::new(),
                launches: Vec::new(),
                reference: None,
                replicas: 1,
                placement: Placement::Fresh,
                planned: 0,
            });
            self.reference_keys.push(None);
            self.groups.len() - 1
        });
        if !matches!(role, Role::Variant | Role::Native) {
            self.reference_keys[group] = Some(key.clone());
        }
        let entries = &mut self.groups[group].entries;
        let known = entries
            .iter()
            .position(|entry| entry.role == role && entry.key == *key);
        let entry = known.unwrap_or_else(|| {
            entries.push(Entry {
                key: key.clone(),
                role,
            });
            entries.len() - 1
        });
        (group, entry)
    }

    fn finish(self, manifest: &Manifest) -> Vec<Group> {
        let mut groups = self.groups;
        for (group, reference_key) in groups.iter_mut().zip(self.reference_keys) {
            let reference = reference_key
                .map(|key| key.variant)
                .or_else(|| stated_reference(manifest, &group.key.case));
            // A fixed order, whatever the samples' order was.
            let mut order: Vec<usize> = (0..group.entries.len()).collect();
            order.sort_by(|&a, &b| {
                let (a, b) = (&group.entries[a], &group.entries[b]);
                (a.role, &a.key).cmp(&(b.role, &b.key))
            });
            group.entries = order.iter().map(|&at| group.entries[at].clone()).collect();
            group.launches.sort_by_key(|launch| launch.number);
            for launch in &mut group.launches {
                let rounds = launch.rounds();
                let mut blocks: Vec<_> = order
                    .iter()
                    .map(|&at| launch.blocks.get(at).cloned().unwrap_or_default())
                    .collect();
                blocks.iter_mut().for_each(|of| of.resize(rounds, None));
                launch.blocks = blocks;
            }
            group.reference = reference.and_then(|name| group.variant(&name));
            let mut replicas: Vec<u32> = group
                .launches
                .iter()
                .flat_map(|launch| launch.replicas.iter().flatten().copied())
                .collect();
            replicas.sort_unstable();
            replicas.dedup();
            group.replicas = replicas.len().max(1);
            // By rank: any numbers will do, with gaps too.
            for replica in group
                .launches
                .iter_mut()
                .flat_map(|launch| &mut launch.replicas)
            {
                *replica = replica
                    .and_then(|number| replicas.binary_search(&number).ok())
                    .map(|rank| rank as u32);
            }
            group.placement = Placement::of(manifest, &group.key.deployment);
            group.planned = group.launches.iter().map(Launch::rounds).min().unwrap_or(0);
        }
        groups.sort_by(|a, b| a.key.cmp(&b.key));
        groups
    }
}
