//! Groups of an import: which variant each compares with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Result, bail, ensure};

use super::is_compared;
use crate::engine::bdn::export::Imported;
use crate::names::RowKey;
use crate::sample::{Role, Sample};
use crate::stats::paired::blocks::GroupKey;

/// Libraries of the paired samples, the one first whose launches time what calls none (implementation `-`): Rust's, or the first
/// by name.
pub fn implementations(samples: &[Sample]) -> Vec<String> {
    let mut found: BTreeSet<(bool, String)> = BTreeSet::new();
    for of_key in samples.chunk_by(|a, b| Arc::ptr_eq(&a.key, &b.key)) {
        let name = &of_key[0].key.implementation;
        if of_key.iter().any(is_compared) && name != "-" {
            found.insert((name != "rust", name.clone()));
        }
    }
    found.into_iter().map(|(_, name)| name).collect()
}

#[derive(Default)]
struct Group<'a> {
    variants: BTreeSet<&'a str>,
    /// The key under which controls and probes stand.
    controls: Option<&'a RowKey>,
}

/// Gives each case its reference: the variant under whose key controls stand, or `stated` where a group has none.
pub fn settle(imported: &mut Imported, stated: Option<&str>) -> Result<()> {
    let groups = groups(&imported.measured.samples)?;
    if let Some(stated) = stated {
        let known: BTreeSet<&str> = groups
            .values()
            .flat_map(|group| group.variants.iter().copied())
            .collect();
        let names: Vec<&str> = known.iter().copied().collect();
        ensure!(
            !known.is_empty(),
            "--reference {stated}: there are no samples of the engine paired, and others are not compared"
        );
        ensure!(
            known.contains(stated),
            "--reference {stated}: no group has such a variant; there are {}",
            names.join(", ")
        );
    }
    let mut references: BTreeMap<String, String> = BTreeMap::new();
    let (mut lost, mut alone) = (Vec::new(), Vec::new());
    for (key, group) in &groups {
        let reference = match group.controls {
            Some(key) => Some(key.variant.as_str()),
            None => stated.filter(|stated| group.variants.contains(stated)),
        };
        let place = format!(
            "{}/{}/{}/{}",
            key.case, key.params, key.implementation, key.deployment
        );
        match reference {
            Some(name) if !group.variants.contains(name) => lost.push(place),
            // What is stated counts for the groups without controls; the others know their own.
            Some(name) if group.controls.is_none() => {
                drop(references.insert(key.case.clone(), name.to_string()));
            }
            Some(name) => drop(
                references
                    .entry(key.case.clone())
                    .or_insert_with(|| name.to_string()),
            ),
            None if group.variants.len() > 1 => alone.push(place),
            None => (),
        }
    }
    for case in &mut imported.cases {
        if let Some(reference) = references.remove(&case.id) {
            case.reference = reference;
        }
    }
    let reasons = [
        (
            lost,
            "controls stand under a variant of which there are no samples",
        ),
        (alone, "there are no controls, and no --reference fits"),
    ];
    for (places, reason) in reasons {
        let Some(first) = places.first() else {
            continue;
        };
        let more = match places.len() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        imported
            .warnings
            .push(format!("nothing is compared in {first}{more}: {reason}"));
    }
    Ok(())
}

fn groups(samples: &[Sample]) -> Result<BTreeMap<GroupKey, Group<'_>>> {
    let first = implementations(samples).into_iter().next();
    let mut groups: BTreeMap<GroupKey, Group> = BTreeMap::new();
    let compared = samples
        .chunk_by(|a, b| Arc::ptr_eq(&a.key, &b.key) && a.role == b.role)
        .filter(|alike| alike.iter().any(is_compared));
    for alike in compared {
        let key: &RowKey = &alike[0].key;
        let group = groups
            .entry(GroupKey::of(key, first.as_deref()))
            .or_default();
        match alike[0].role {
            Role::Variant => drop(group.variants.insert(&key.variant)),
            Role::Native => (),
            _ => {
                let other = *group.controls.get_or_insert(key);
                if other != key {
                    bail!(
                        "controls of one group stand under {other} and under {key}: all belong under the reference's key"
                    );
                }
            }
        }
    }
    Ok(groups)
}
