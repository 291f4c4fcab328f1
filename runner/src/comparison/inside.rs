//! Inside a run: the variants of each paired group beside one of them.

use anyhow::{Result, ensure};
use regex::Regex;

use super::{Compared, Outcome, worst_first};
use crate::control::Control;
use crate::names::RowKey;
use crate::report::format::plural;
use crate::run_folder::Run;
use crate::stats::median::mean;
use crate::stats::paired::rows::Paired;

/// Every variant of each paired group beside the group's reference, or beside `reference` where it has that. Rows that do not match
/// `filter` are judged with the others and left out, so that no verdict depends on it.
pub fn inside(run: &Run, reference: Option<&str>, filter: Option<&Regex>) -> Result<Outcome> {
    let id = &run.manifest.id;
    let paired = Paired::of(&run.manifest, &run.measured);
    let controls = paired.controls(&run.manifest);
    let beside = reference.unwrap_or("the reference of their case");
    let mut outcome = Outcome {
        notes: vec![format!("run {id}: variants beside {beside}")],
        rows: Vec::new(),
        controls: Vec::new(),
        incomparable: None,
    };
    if paired.groups.is_empty() {
        outcome.incomparable = Some(format!(
            "run {id} has no samples of the paired engine, and only those compare variants inside a run"
        ));
        return Ok(outcome);
    }
    let matches = |key: &RowKey| filter.is_none_or(|filter| filter.is_match(&key.to_string()));
    let (mut with, mut without) = (0, Vec::new());
    for (at, group) in paired.groups.iter().enumerate() {
        if !group.entries.iter().any(|entry| matches(&entry.key)) {
            continue;
        }
        let found = match reference {
            Some(name) => group.variant(name),
            None => group.reference,
        };
        let Some(found) = found else {
            let key = &group.key;
            without.push(format!(
                "{}/{}/{}",
                key.case, key.params, key.implementation
            ));
            continue;
        };
        with += 1;
        let rows = of_group(id, &paired, at, found, &controls);
        outcome
            .rows
            .extend(rows.into_iter().filter(|row| matches(&row.row)));
    }
    ensure!(
        with > 0 || !without.is_empty(),
        "--filter {} matches no row that the paired engine measured in run {id}",
        filter.map_or("", Regex::as_str)
    );
    ensure!(
        with > 0,
        "no paired group of run {id} has a variant {}",
        reference.unwrap_or("that others are compared with")
    );
    if !without.is_empty() {
        let lacking = reference.unwrap_or("the reference of its case");
        outcome.notes.push(format!(
            "{} without {lacking}, left out: {}",
            plural(without.len(), "group"),
            without.join(", ")
        ));
    }
    worst_first(&mut outcome.rows);
    outcome.controls = vec![(id.clone(), controls)];
    Ok(outcome)
}

fn of_group(
    run: &str,
    paired: &Paired,
    at: usize,
    reference: usize,
    controls: &[Control],
) -> Vec<Compared> {
    let gated = paired.gated(at);
    let epsilon = gated.epsilon();
    let entries = &gated.group.entries;
    let ns = |entry: usize| mean(&gated.ns(entry));
    let reference_ns = ns(reference);
    let judged = paired.judged(at, reference, controls);
    judged
        .iter()
        .map(|one| {
            let comparison = &one.comparison;
            let variant = &entries[reference].key.variant;
            Compared {
                ns_per_call: ns(one.entry),
                reference_ns_per_call: reference_ns,
                mde_percent: one.mde_percent(epsilon, reference_ns),
                p: comparison.ratio.map(|_| one.p),
                reason: one.reason.clone(),
                launches_needed: one.launches_needed(epsilon, reference_ns, judged.len()),
                ..Compared::of(
                    &entries[one.entry].key,
                    run,
                    variant,
                    comparison,
                    one.verdict,
                )
            }
        })
        .collect()
}
