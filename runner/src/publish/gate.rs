//! The gate: reasons why a run is not published. Each is one line that says what is wrong and what to do.

use crate::manifest::{Manifest, Origin};
use crate::row::{Row, State};

/// All of a published report's files together; more belongs into an archive beside the repository.
pub const MOST_BYTES: usize = 5_000_000;

/// What the run itself says. `allow_dirty` lifts the refusal of local changes and nothing else.
pub fn refusals(manifest: &Manifest, rows: &[Row], allow_dirty: bool) -> Vec<String> {
    let mut refusals = Vec::new();
    refusals.extend(origin(manifest));
    refusals.extend(commit(manifest, allow_dirty));
    refusals.extend(machine(manifest));
    refusals.extend(incomplete(manifest, rows));
    refusals
}

fn origin(manifest: &Manifest) -> Option<String> {
    (manifest.origin == Origin::Import).then(|| {
        "an import: nobody here knows how it was measured; publish a run of ./lab run".to_string()
    })
}

fn commit(manifest: &Manifest, allow_dirty: bool) -> Option<String> {
    let provenance = &manifest.provenance;
    // An import has no commit, and that it is an import has been said.
    if manifest.origin == Origin::Import {
        return None;
    }
    match (&provenance.git_commit, provenance.git_dirty) {
        (None, _) => Some(
            "no git commit is known of what was measured: measure in a git checkout".to_string(),
        ),
        (Some(_), Some(false)) => None,
        (Some(_), _) if allow_dirty => None,
        (Some(commit), _) => Some(format!(
            "the checkout had changes that are not in commit {commit}: commit them and measure again, or say --allow-dirty, and the report \
             says so too"
        )),
    }
}

/// What is steady by its nature must be the same at both ends of the run.
fn machine(manifest: &Manifest) -> Vec<String> {
    match (&manifest.environment_end, manifest.origin) {
        (_, Origin::Import) => Vec::new(),
        (None, Origin::Run) => vec![
            "the machine was not looked at when the run ended, so nobody knows whether it changed: measure again with this lab"
                .to_string(),
        ],
        (Some(end), Origin::Run) => manifest
            .environment
            .changes(end)
            .into_iter()
            .map(|(name, before, after)| {
                format!("the machine changed in mid-run: {name} was {before}, then {after}: measure again")
            })
            .collect(),
    }
}

fn incomplete(manifest: &Manifest, rows: &[Row]) -> Vec<String> {
    let mut refusals = Vec::new();
    if rows.is_empty() {
        refusals.push("the run has no rows: there is nothing to publish".to_string());
    }
    for row in rows {
        let has_value = row.ns_per_call.0.is_some();
        match row.state {
            State::Ok if has_value => {}
            State::NotApplicable | State::NotPermitted | State::EndsTheProcess => {}
            // Shown with the reason: what could not be measured is part of the answer.
            State::Contended | State::NotMeasurable => {}
            State::Ok => refusals.push(format!("{} is ok without a value", row.key)),
            state => refusals.push(format!("{} has no value: {state}: {}", row.key, row.reason)),
        }
    }
    let known: std::collections::HashSet<_> = rows.iter().map(|row| &row.key).collect();
    let missing = manifest
        .plan
        .rows
        .iter()
        .filter(|planned| !known.contains(&planned.key));
    refusals.extend(missing.map(|planned| format!("{} was planned and is missing", planned.key)));
    refusals
}

/// Whether `rows.csv` in the run folder is what the samples give.
pub fn stale_rows(stored: Option<&[u8]>, computed: &[u8], id: &str) -> Option<String> {
    let what = match stored {
        Some(stored) if stored == computed => return None,
        Some(_) => "is not what the samples give",
        None => "is missing",
    };
    Some(format!(
        "rows.csv of the run {what}: write it again with ./lab report {id}"
    ))
}

pub fn too_large(files: &super::Files) -> Option<String> {
    let bytes: usize = files.values().map(Vec::len).sum();
    (bytes > MOST_BYTES).then(|| {
        format!(
            "the published files would have {:.1} MB, more than {} MB: measure fewer rows (--filter, --profile standard)",
            bytes as f64 / 1e6,
            MOST_BYTES / 1_000_000
        )
    })
}

/// Noise that no gate decides about: one line for who publishes.
pub fn noise(manifest: &Manifest) -> String {
    let environment = &manifest.environment;
    let steal = manifest
        .environment_end
        .as_ref()
        .and_then(|end| environment.steal_until(end));
    let known = |value: Option<f64>, unit: &str| {
        value.map_or("unknown".to_string(), |value| format!("{value:.2}{unit}"))
    };
    format!(
        "load before the run {}, steal during it {}",
        known(environment.load_1m, ""),
        known(steal, " %")
    )
}
