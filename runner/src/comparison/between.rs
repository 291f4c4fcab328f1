//! Between two runs: the same rows, after beside before.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};
use regex::Regex;

use super::subject::{self, Difference, Subject};
use super::{Compared, Outcome, shown, worst_first};
use crate::manifest::{Manifest, PAIRED_EPOCH};
use crate::names::RowKey;
use crate::report::format::plural;
use crate::run_folder::Run;
use crate::stats::across::{self, Across, Side, Sides};
use crate::verdict::Verdict;

/// A row in both runs: its key in each, and what each says of it.
struct Pair<'a> {
    before: (&'a RowKey, &'a Side),
    after: (&'a RowKey, &'a Side),
}

/// Every row that is in both runs and matches `filter`, judged together. One group of provenance may differ; where groups are
/// `named`, those and no others.
pub fn between(
    before: &Run,
    after: &Run,
    named: &[Subject],
    filter: Option<&Regex>,
) -> Result<Outcome> {
    let ids = [&before.manifest.id, &after.manifest.id];
    ensure!(
        ids[0] != ids[1],
        "run {} on both sides: a run says nothing new beside itself",
        ids[0]
    );
    // Neither needs the other, and most of the time goes here.
    let sides = std::thread::scope(|scope| {
        [before, after]
            .map(|run| scope.spawn(|| across::sides(&run.manifest, &run.measured)))
            .map(|side| side.join().expect("a side is computed without panic"))
    });
    let [old, new] = [
        known(&sides[0], ids[0], named, filter)?,
        known(&sides[1], ids[1], named, filter)?,
    ];
    if old.is_empty() && new.is_empty() {
        bail!(
            "no row of run {} or {} to compare{}",
            ids[0],
            ids[1],
            filter.map_or_else(String::new, |filter| format!(" matches --filter {filter}"))
        );
    }
    let pairs: Vec<Pair> = old
        .iter()
        .filter_map(|(key, before)| {
            Some(Pair {
                before: *before,
                after: *new.get(key)?,
            })
        })
        .collect();
    let mut outcome = Outcome {
        notes: vec![format!("run {} beside run {}", ids[1], ids[0])],
        rows: Vec::new(),
        controls: Vec::new(),
        incomparable: None,
    };
    for (id, of) in ids.iter().zip([&old, &new]) {
        let only = of.len() - pairs.len();
        if only > 0 {
            let rows = plural(only, "row");
            outcome
                .notes
                .push(format!("{rows} only in run {id}, left out"));
        }
    }
    if pairs.is_empty() {
        outcome.incomparable = Some(format!("no row is in both {} and {}", ids[0], ids[1]));
        return Ok(outcome);
    }
    let keys = |of: fn(&Pair<'_>) -> RowKey| pairs.iter().map(of).collect::<Vec<RowKey>>();
    let (old, new) = (
        keys(|pair| pair.before.0.clone()),
        keys(|pair| pair.after.0.clone()),
    );
    let differences = subject::differences((&before.manifest, &old), (&after.manifest, &new));
    outcome.incomparable = epochs(&pairs, [&before.manifest, &after.manifest])
        .or_else(|| incomparable(&differences, named));
    outcome
        .notes
        .extend(notes(&before.manifest, &after.manifest, &differences));
    let differs: Vec<Subject> = subject::subjects(&differences).into_iter().collect();
    outcome.rows = match &outcome.incomparable {
        Some(reason) => pairs
            .iter()
            .map(|pair| incomparable_row(pair, ids, reason, &differs))
            .collect(),
        None => {
            let judged: Vec<(&Side, &Side)> = pairs
                .iter()
                .map(|pair| (pair.before.1, pair.after.1))
                .collect();
            let mut judged = across::judged(&judged);
            let programs = [before, after].map(|run| &run.manifest.provenance.programs_hash);
            if differs.iter().all(|subject| *subject == Subject::Body) && programs[0] == programs[1]
            {
                pairs
                    .iter()
                    .zip(&mut judged)
                    .filter(|(pair, _)| is_same_code(pair))
                    .for_each(|(_, across)| excuse(across));
            }
            pairs
                .iter()
                .zip(&judged)
                .map(|(pair, across)| row(pair, ids, across, &differs))
                .collect()
        }
    };
    worst_first(&mut outcome.rows);
    for (id, side) in ids.iter().zip(&sides) {
        if side.few_usable > 0 {
            outcome.notes.push(format!(
                "run {id}: in {} of {} groups fewer than 60 % of the launches were usable, a neighbour was busy: what is left is compared",
                side.few_usable, side.groups
            ));
        }
    }
    let controls = sides.map(|sides| sides.controls).into_iter();
    outcome.controls = ids.into_iter().cloned().zip(controls).collect();
    Ok(outcome)
}

/// Whether both sides ran the same machine code of a row.
fn is_same_code(pair: &Pair) -> bool {
    let [before, after] = [pair.before.1, pair.after.1].map(|side| &side.code);
    !before.is_empty() && before == after
}

/// What runs on the same code, with the same kernels, runtime and inputs, was not changed by anybody: where it lies was.
fn excuse(across: &mut Across) {
    if across.verdict == Verdict::Suspected {
        across.verdict = Verdict::Layout;
        across.reason = format!(
            "{}; the machine code is the same on both sides, and so is all that it calls",
            across.reason
        );
    }
}

/// Why two runs of the paired engine may not be compared, whatever the subject: the engine itself measured differently.
fn epochs(pairs: &[Pair], [before, after]: [&Manifest; 2]) -> Option<String> {
    let epoch = |manifest: &Manifest| manifest.provenance.versions.get(PAIRED_EPOCH).cloned();
    let (old, new) = epoch(before).zip(epoch(after))?;
    let paired = pairs.iter().any(|pair| pair.before.0.is_paired());
    (paired && old != new).then(|| {
        format!("the paired engine measured differently: epoch {old} before, {new} after; measure both sides again with one")
    })
}

/// Rows of one run under the names they share with the other; without those that the catalogue rules out.
fn known<'a>(
    sides: &'a Sides,
    id: &str,
    named: &[Subject],
    filter: Option<&Regex>,
) -> Result<BTreeMap<RowKey, (&'a RowKey, &'a Side)>> {
    let mut known = BTreeMap::new();
    let rows = sides.rows.iter().filter(|(key, side)| {
        let matches = filter.is_none_or(|filter| filter.is_match(&key.to_string()));
        matches && !side.not_applicable
    });
    for (key, side) in rows {
        if let Some((other, _)) = known.insert(subject::shared_key(key, named), (key, side)) {
            bail!(
                "run {id}: {other} and {key} are one row without what --subject names: choose one with --filter"
            );
        }
    }
    Ok(known)
}

fn notes(before: &Manifest, after: &Manifest, differences: &[Difference]) -> Vec<String> {
    let mut notes: Vec<String> = differences.iter().map(Difference::to_string).collect();
    let programs = before.provenance.programs_hash != after.provenance.programs_hash;
    if programs {
        notes.push(
            "also different: sources of the managed programs beyond these rows' classes (inputs, engine or other cases)"
                .to_string(),
        );
    }
    if differences.is_empty() {
        let what = if programs {
            "no group of provenance differs"
        } else {
            "nothing differs in provenance: an A/A comparison"
        };
        notes.insert(0, what.to_string());
    }
    notes
}

/// Why the runs cannot be compared: more than one thing differs, or another than was named.
fn incomparable(differences: &[Difference], named: &[Subject]) -> Option<String> {
    let subjects = subject::subjects(differences);
    let list = |subjects: &mut dyn Iterator<Item = &Subject>, separator: &str| {
        let names: Vec<String> = subjects.map(Subject::to_string).collect();
        names.join(separator)
    };
    let mut others = subjects
        .iter()
        .filter(|subject| !named.contains(subject))
        .peekable();
    if named.is_empty() && subjects.len() > 1 {
        return Some(format!(
            "more than one thing differs between the runs: to compare them nevertheless, --subject {}",
            list(&mut subjects.iter(), ",")
        ));
    }
    if !named.is_empty() && others.peek().is_some() {
        return Some(format!(
            "beside what --subject names, {} differs between the runs",
            list(&mut others, " and ")
        ));
    }
    None
}

fn row(pair: &Pair, ids: [&String; 2], across: &Across, differs: &[Subject]) -> Compared {
    let Across { comparison, .. } = across;
    let (before, after) = (pair.before.1, pair.after.1);
    let before_ns = before.ns_per_call();
    let (over_clock, [over_clock_lo, over_clock_hi], _) = shown(across.over_clock, f64::exp);
    Compared {
        launches: after.ns.len(),
        reference_launches: before.ns.len(),
        ns_per_call: after.ns_per_call(),
        reference_ns_per_call: before_ns,
        ratio_over_clock: over_clock,
        ratio_over_clock_lo: over_clock_lo,
        ratio_over_clock_hi: over_clock_hi,
        mde_percent: across.mde_percent,
        p: across.p,
        reason: across.reason.clone(),
        launches_needed: across.launches_needed,
        differs: Some(differs.to_vec()),
        ..Compared::of(pair.after.0, ids[1], ids[0], comparison, across.verdict)
    }
}

/// Without numbers: they would be read.
fn incomparable_row(pair: &Pair, ids: [&String; 2], reason: &str, differs: &[Subject]) -> Compared {
    let nothing = Default::default();
    Compared {
        launches: pair.after.1.ns.len(),
        reference_launches: pair.before.1.ns.len(),
        reason: reason.to_string(),
        differs: Some(differs.to_vec()),
        ..Compared::of(
            pair.after.0,
            ids[1],
            ids[0],
            &nothing,
            Verdict::Incomparable,
        )
    }
}
