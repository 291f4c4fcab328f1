//! What the paired engine's launches hold, fixed before the first launch that counts: groups, replicas, calls and rounds, found
//! by a pilot launch that does not.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::output::Calibrated;
use crate::build::layouts::R2R_LAYOUTS;
use crate::catalogue::{Catalogue, NATIVE};
use crate::deployment::{Deployment, Target};
use crate::names::RowKey;
use crate::plan::find;
use crate::sample::{LEAD_IN, Role};

/// How long a timed block takes. A timer tick of the host costs 40 us on some guests and comes every millisecond: the shorter a
/// block, the fewer are hit.
pub const BLOCK_NS: f64 = 25_000.0;
/// Rounds of a group in a launch, and the fewest where calls are long.
const ROUNDS: u32 = 256;
const FEWEST_ROUNDS: u32 = 30;
/// What a group may take of a launch, where its calls are long.
const GROUP_SECONDS: f64 = 0.4;
/// Replicas by the slowest variant of the group: layout matters less the longer a call is.
const REPLICAS: [(f64, u32); 2] = [(300.0, 16), (5_000.0, 8)];
/// A launch is a few seconds.
const LAUNCH_SECONDS: f64 = 4.0;

/// Costs of the parts of a launch, seconds: the process, a replica's two assemblies, a compiled body. Measured on a 2-core KVM
/// guest; what a machine really takes is learnt as a factor.
const PROCESS_SECONDS: f64 = 0.35;
const REPLICA_SECONDS: f64 = 0.002;
const BODY_SECONDS: f64 = 0.000_7;

/// A group as the program's plan spells it: the variants of a case at one params tuple.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pub case: String,
    pub params: String,
    pub reference: RowKey,
    pub entries: Vec<Entry>,
    pub rounds: u32,
    pub replicas: u32,
    pub empty_calls: u64,
    pub native: Option<Native>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub key: RowKey,
    #[serde(rename = "type")]
    pub class: String,
    pub method: String,
    pub calls: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Native {
    pub key: RowKey,
    pub calls: u64,
}

/// Groups that share their launches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    pub implementation: String,
    /// Deployment with its switches, as in the row keys.
    pub deployment: String,
    pub groups: Vec<Group>,
    pub clock_calls: u64,
    pub wide_calls: u64,
    /// Expected of one launch.
    pub seconds: f64,
}

/// The groups of the planned rows of one implementation. A group always has its reference, whether that is planned or not.
pub fn groups(catalogue: &Catalogue, keys: &[RowKey], implementation: &str) -> Result<Vec<Group>> {
    let mut groups: BTreeMap<(&str, &str), Group> = BTreeMap::new();
    for key in keys {
        let case = catalogue
            .case(&key.case)
            .with_context(|| format!("{key}: there is no case {}", key.case))?;
        let group = groups
            .entry((&key.case, &key.params))
            .or_insert_with(|| Group {
                case: key.case.clone(),
                params: key.params.clone(),
                entries: Vec::new(),
                rounds: 0,
                replicas: 1,
                empty_calls: 0,
                native: None,
                reference: RowKey {
                    variant: case.reference.clone(),
                    implementation: implementation.to_string(),
                    ..key.clone()
                },
            });
        if key.variant == NATIVE {
            group.native = Some(Native {
                key: key.clone(),
                calls: 0,
            });
        } else {
            group.entries.push(entry(catalogue, key)?);
        }
    }
    for group in groups.values_mut() {
        if !group
            .entries
            .iter()
            .any(|entry| entry.key == group.reference)
        {
            group.entries.push(entry(catalogue, &group.reference)?);
        }
    }
    Ok(groups.into_values().collect())
}

fn entry(catalogue: &Catalogue, key: &RowKey) -> Result<Entry> {
    let found = find(catalogue, key).with_context(|| format!("{key} is not in the catalogue"))?;
    Ok(Entry {
        key: key.clone(),
        class: found.tuple.class.clone(),
        method: found.variant.name.clone(),
        calls: 0,
    })
}

/// Takes out what a deployment cannot do. A group without its reference has nothing left to compare with.
pub fn fit(groups: &mut Vec<Group>, unfit: &[(RowKey, String)]) {
    let is_unfit = |key: &RowKey| unfit.iter().any(|(other, _)| other == key);
    groups.retain(|group| !is_unfit(&group.reference));
    for group in groups {
        group.entries.retain(|entry| !is_unfit(&entry.key));
    }
}

/// Fixes replicas, calls and rounds from what the pilot found, and packs the groups into launches of a few seconds.
pub fn batches(
    groups: Vec<Group>,
    calibrated: &[Calibrated],
    (implementation, deployment): (&str, &str),
    seed: u64,
) -> Result<Vec<Batch>> {
    let copies = copies_of(&deployment.parse()?);
    let mut groups = groups
        .into_iter()
        .map(|group| fixed(group, calibrated, copies))
        .collect::<Result<Vec<_>>>()?;
    groups.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    let calls = |role| {
        let of_role = calibrated.iter().find(|one| one.role == role);
        of_role
            .map(|one| one.calls)
            .with_context(|| format!("the pilot says nothing of role {role:?}"))
    };
    let (clock_calls, wide_calls) = (calls(Role::Clock)?, calls(Role::Wide)?);
    let mut batches: Vec<Batch> = Vec::new();
    for (group, seconds) in groups {
        match batches.last_mut() {
            Some(batch) if batch.seconds + seconds <= LAUNCH_SECONDS => {
                batch.seconds += seconds;
                batch.groups.push(group);
            }
            _ => batches.push(Batch {
                implementation: implementation.to_string(),
                deployment: deployment.to_string(),
                groups: vec![group],
                clock_calls,
                wide_calls,
                seconds: PROCESS_SECONDS + seconds,
            }),
        }
    }
    Ok(batches)
}

/// Fewest and most copies of a body in a process. Where everything was compiled before it started there is one; where a copy is a
/// file, half of the files, the others being the control's: they are all the placements that are ever seen.
fn copies_of(target: &Target) -> (u32, u32) {
    match target.deployment {
        Deployment::Jit => (1, u32::MAX),
        precompiled if precompiled.is_precompiled() => (R2R_LAYOUTS / 2, R2R_LAYOUTS / 2),
        _ => (1, 1),
    }
}

/// The group with its numbers, and the seconds it takes of a launch.
fn fixed(
    mut group: Group,
    calibrated: &[Calibrated],
    (fewest, most): (u32, u32),
) -> Result<(Group, f64)> {
    let of = |key: &RowKey, role: Role| {
        calibrated
            .iter()
            .find(|one| one.key == *key && one.role == role)
            .with_context(|| format!("the pilot says nothing of {key}"))
    };
    let mut slowest = 0.0_f64;
    let mut block_ns = 4.0 * BLOCK_NS; // controls and probes
    for entry in &mut group.entries {
        let found = of(&entry.key, Role::Variant)?;
        entry.calls = found.calls;
        slowest = slowest.max(found.ns_per_call);
        block_ns += found.ns_per_call * found.calls as f64;
        if entry.key == group.reference {
            block_ns += 2.0 * found.ns_per_call * found.calls as f64;
        }
    }
    if let Some(native) = &mut group.native {
        native.calls = of(&native.key, Role::Native)?.calls;
    }
    group.empty_calls = of(&group.reference, Role::ManagedEmpty)?.calls;
    group.replicas = REPLICAS
        .iter()
        .find(|(up_to, _)| slowest <= *up_to)
        .map_or(1, |(_, replicas)| *replicas)
        .clamp(fewest, most);
    let round_seconds = block_ns * (1.0 + LEAD_IN) * 1e-9;
    let affordable = (GROUP_SECONDS / round_seconds) as u32;
    let rounds = affordable.clamp(FEWEST_ROUNDS, ROUNDS);
    group.rounds = rounds.div_ceil(group.replicas) * group.replicas;
    let bodies = (group.entries.len() as u32 + 2) * group.replicas;
    let seconds = f64::from(group.rounds) * round_seconds
        + f64::from(2 * group.replicas) * REPLICA_SECONDS
        + f64::from(bodies) * BODY_SECONDS;
    Ok((group, seconds))
}
