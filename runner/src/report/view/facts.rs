//! What surrounds the numbers: title, environment, versions, method.

mod machine;
mod method;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::manifest::{Manifest, Origin};
use crate::report::format::{date, plural};
use crate::report::view::labels;

use crate::row::{Row, State};

pub use machine::{environment, settings, versions};
pub use method::method;

/// A line of a two-column table.
#[derive(Debug, Serialize)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

fn fact(name: &str, value: impl Into<String>) -> Fact {
    Fact {
        name: name.to_string(),
        value: value.into(),
    }
}

/// What could not be found out is said, not left out.
fn known<T: ToString>(name: &str, value: Option<T>) -> Fact {
    fact(
        name,
        value.map_or("unknown".to_string(), |value| value.to_string()),
    )
}

pub fn heading(manifest: &Manifest) -> String {
    if manifest.origin == Origin::Import {
        return format!("Imported results: {}", engines(manifest));
    }
    let runtime = manifest
        .provenance
        .versions
        .get("runtime")
        .map(|version| version.trim_start_matches(".NET").trim());
    format!(
        "Calling native code from .NET {}",
        runtime.unwrap_or_default()
    )
    .trim_end()
    .to_string()
}

pub fn subtitle(manifest: &Manifest, rows: &[Row], cases: usize) -> String {
    let environment = &manifest.environment;
    let os = match environment.os.as_str() {
        "linux" => "Linux",
        "windows" => "Windows",
        "macos" => "macOS",
        other => other,
    };
    let arch = match environment.arch.as_str() {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let measured = rows
        .iter()
        .filter(|row| row.state == State::Ok)
        .map(|row| row.launches);
    let launches = match (measured.clone().min(), measured.max()) {
        (Some(least), Some(most)) if least == most => {
            format!("{} per row", plural(most as usize, "launch"))
        }
        (Some(least), Some(most)) => {
            format!("{least} to {} per row", plural(most as usize, "launch"))
        }
        _ => "no launch gave a value".to_string(),
    };
    let mut parts = vec![
        environment.cpu.clone(),
        format!("{os} {arch}").trim().to_string(),
        date(&manifest.started),
    ];
    parts.extend([plural(cases, "case"), plural(rows.len(), "row"), launches]);
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// The space where findings will stand says why it is empty, from what was measured.
pub fn no_findings(manifest: &Manifest, rows: &[Row]) -> String {
    if rows.iter().any(|row| row.key.is_paired()) {
        return "No findings: no comparison of this run passed the minimum effect without an alarm. The pages of the cases have the \
                intervals."
            .to_string();
    }
    let one_launch = rows.iter().all(|row| row.launches <= 1);
    let interval = if one_launch {
        "the interval is within one launch"
    } else {
        "no interval covers what lies between two of them"
    };
    let apart = match (
        manifest.origin,
        manifest.plan.engines.iter().any(|engine| engine == "bdn"),
    ) {
        (Origin::Run, true) => "BenchmarkDotNet measures variants minutes apart, and ",
        (Origin::Import, true) => "BenchmarkDotNet measures benchmarks minutes apart, and ",
        _ => "benchmarks are measured one after the other, and ",
    };
    format!(
        "No verdicts: {apart}{interval}. Two values that differ here may be two names for one cost; read the sizes, not the order."
    )
}

pub fn run(manifest: &Manifest) -> Vec<Fact> {
    let plan = &manifest.plan;
    let mut facts = vec![
        fact("Run", &manifest.id),
        fact("Started", &manifest.started),
        known("Ended", manifest.ended.as_ref()),
    ];
    if !manifest.resumed.is_empty() {
        facts.push(fact("Taken up again", manifest.resumed.join(", ")));
    }
    if manifest.origin == Origin::Run {
        facts.push(fact("Profile", &plan.profile));
        facts.push(fact("Seed", plan.seed.to_string()));
        facts.push(fact("Filter", plan.filter.as_deref().unwrap_or("none")));
        facts.push(fact(
            "Pinned to",
            plan.cpu
                .map_or("no CPU".to_string(), |cpu| format!("CPU {cpu}")),
        ));
    }
    facts.push(known("Content hash", manifest.content_hash.as_ref()));
    facts
}

fn engines(manifest: &Manifest) -> String {
    let names: BTreeSet<String> = manifest
        .plan
        .engines
        .iter()
        .map(|name| labels::engine(name))
        .collect();
    match names.len() {
        0 => "benchmarks".to_string(),
        _ => names.into_iter().collect::<Vec<_>>().join(", "),
    }
}
