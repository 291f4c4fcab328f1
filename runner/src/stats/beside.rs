//! The same row in two deployments of one run: unpaired, over the launches of each, which are interleaved. A ratio between processes,
//! never between rounds; where a deployment is compiled ahead of time, over its builds.

use std::collections::BTreeMap;

use super::across::{self, Across, Side};
use super::paired::blocks::{GroupKey, Placement};
use super::paired::rows::Paired;
use crate::control::Control;
use crate::deployment::Target;
use crate::manifest::Manifest;
use crate::names::RowKey;
use crate::verdict::Verdict;

/// A row beside the same row in the deployment that the run compares with.
#[derive(Clone, Debug)]
pub struct Beside {
    pub key: RowKey,
    pub base: RowKey,
    /// Ratios are this deployment's over the base's, differences this one's minus the base's.
    pub across: Across,
    /// Slower, faster, equivalent, inconclusive, not decidable or not measurable.
    pub verdict: Verdict,
    /// Every process of one side holds the same placement: what is there may be that one's.
    pub one_placement: bool,
}

/// What a deployment is compared with: itself without switches and with the installed runtime where that is in the run, else the
/// plain one, else the run's first.
pub fn base<'a>(target: &Target, all: &'a [Target]) -> Option<&'a Target> {
    let of = |wanted: Target| all.iter().find(|one| **one == wanted);
    let bare = Target::plain(target.deployment);
    let found = of(bare)
        .filter(|bare| *bare != target)
        .or_else(|| of(Target::default()))
        .or_else(|| all.first());
    found.filter(|base| *base != target)
}

/// Every paired row of another deployment than the one it is compared with, in key order, judged together.
pub fn of(manifest: &Manifest, paired: &Paired, controls: &[Control]) -> Vec<Beside> {
    let targets = manifest.plan.targets.iter();
    let targets: Vec<Target> = targets.filter_map(|name| name.parse().ok()).collect();
    if targets.len() < 2 {
        return Vec::new();
    }
    let sides = sides(paired, controls);
    let in_base = |key: &RowKey| {
        let target: Target = key.deployment.parse().ok()?;
        let base = base(&target, &targets)?;
        let key = RowKey {
            deployment: base.to_string(),
            ..key.clone()
        };
        Some(sides.get_key_value(&key)?.0.clone())
    };
    let pairs: Vec<(&RowKey, RowKey)> = sides
        .keys()
        .filter_map(|key| Some((key, in_base(key)?)))
        .collect();
    let judged: Vec<(&Side, &Side)> = pairs
        .iter()
        .map(|(key, base)| (&sides[base], &sides[*key]))
        .collect();
    let across = across::judged(&judged);
    let single = |key: &RowKey| {
        let group = GroupKey::of(
            key,
            manifest.plan.implementations.first().map(String::as_str),
        );
        let found = paired.groups.iter().find(|other| other.key == group);
        found.is_some_and(|group| group.placement == Placement::Builds(1))
    };
    pairs
        .into_iter()
        .zip(across)
        .map(|((key, base), across)| Beside {
            verdict: verdict(&across),
            one_placement: single(key) || single(&base),
            key: key.clone(),
            base,
            across,
        })
        .collect()
}

/// What the launches of each row say. What an empty call takes belongs to the deployment: it is part of what is compared.
fn sides(paired: &Paired, controls: &[Control]) -> BTreeMap<RowKey, Side> {
    let mut sides = across::paired_sides(paired, controls);
    for side in sides.values_mut() {
        side.ln_empty_call = None;
    }
    sides
}

/// Launches of one run are interleaved: what differs is no suspicion about another hour.
fn verdict(across: &Across) -> Verdict {
    match across.verdict {
        Verdict::Suspected => match across.comparison.ratio {
            Some(ratio) if ratio.decides.estimate < 0.0 => Verdict::Faster,
            _ => Verdict::Slower,
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(names: &[&str]) -> Vec<Target> {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    fn base_of(target: &str, all: &[&str]) -> Option<String> {
        base(&target.parse().unwrap(), &targets(all)).map(Target::to_string)
    }

    #[test]
    fn a_deployment_is_compared_with_what_it_was_made_of() {
        let all = ["jit", "aot", "jit+TieredPGO=0", "r2r+TieredPGO=0"];
        assert_eq!(base_of("jit", &all), None);
        assert_eq!(base_of("aot", &all).as_deref(), Some("jit"));
        assert_eq!(base_of("jit+TieredPGO=0", &all).as_deref(), Some("jit"));
        assert_eq!(base_of("r2r+TieredPGO=0", &all).as_deref(), Some("jit"));
        let switches = ["aot", "jit+TieredPGO=0", "jit+TieredPGO=1"];
        assert_eq!(
            base_of("jit+TieredPGO=1", &switches).as_deref(),
            Some("aot")
        );
        assert_eq!(base_of("aot", &switches), None);
    }
}
