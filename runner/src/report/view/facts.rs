//! What surrounds the numbers: title, environment, versions, method.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::doctor;
use crate::manifest::{Manifest, Origin};
use crate::report::format::{count, date, plural};
use crate::report::view::labels;
use crate::row::{Row, State};

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

pub fn environment(manifest: &Manifest) -> Vec<Fact> {
    let environment = &manifest.environment;
    let percent = |share: f64| format!("{share:.2}\u{202f}%");
    let mut facts = vec![
        fact("Class", &environment.class),
        fact(
            "CPU",
            format!(
                "{}, {}",
                environment.cpu,
                plural(environment.logical_cpus, "logical CPU")
            ),
        ),
        known("Machine", environment.host()),
        fact("Memory", format!("{} MiB", count(environment.memory_mib))),
        fact(
            "System",
            format!(
                "{}, {}",
                environment.os_version.as_ref().unwrap_or(&environment.os),
                environment.arch
            ),
        ),
        known("Kernel", environment.kernel.as_ref()),
        known("Microcode", environment.microcode.as_ref()),
        known("Frequency governor", environment.governor.as_ref()),
        known(
            "Transparent huge pages",
            environment.transparent_huge_pages.as_ref(),
        ),
        known(
            "Load before the run",
            environment.load_1m.map(|load| format!("{load:.2}")),
        ),
        known("Steal since boot", environment.steal_percent.map(percent)),
    ];
    // Older runs and imports did not look at the rest: for them it is not "unknown", it was not asked.
    if environment.clock.is_some() {
        let listed: BTreeSet<String> = facts.iter().map(|fact| fact.name.clone()).collect();
        let more = doctor::machine(environment)
            .into_iter()
            .filter(|more| more.name != "Load" && !listed.contains(more.name));
        facts.extend(more.map(|more| fact(more.name, more.value)));
    }
    if let Some(end) = &manifest.environment_end {
        facts.push(known(
            "Steal during the run",
            environment.steal_until(end).map(percent),
        ));
        let changes = environment.changes(end).into_iter();
        let changes: Vec<String> = changes
            .map(|(name, before, after)| format!("{name}: {before}, then {after}"))
            .collect();
        let changes = if changes.is_empty() {
            "nothing".to_string()
        } else {
            changes.join("; ")
        };
        facts.push(fact("Changed during the run", changes));
    }
    facts
}

pub fn versions(manifest: &Manifest) -> Vec<Fact> {
    let provenance = &manifest.provenance;
    let mut facts: Vec<Fact> = provenance
        .versions
        .iter()
        .map(|(tool, version)| fact(tool, version))
        .collect();
    if let Some(source) = &provenance.crates_source {
        facts.push(fact("Rust crates from", source));
    }
    for (name, library) in &provenance.libraries {
        let hash: String = library.hash.chars().take(16).collect();
        let text = format!(
            "{}; {} bytes; BLAKE3 {hash}…",
            library.compiler,
            count(library.size_bytes)
        );
        facts.push(fact(
            &format!("Kernels in {}", labels::implementation(name)),
            text,
        ));
    }
    if !provenance.contract.is_empty() {
        facts.push(fact("Contract", &provenance.contract));
    }
    if let Some(commit) = &provenance.git_commit {
        let dirty = if provenance.git_dirty == Some(true) {
            ", with local changes"
        } else {
            ""
        };
        facts.push(fact("Commit", format!("{commit}{dirty}")));
    }
    facts
}

pub fn settings(manifest: &Manifest) -> Vec<Fact> {
    manifest
        .provenance
        .settings
        .iter()
        .map(|(name, value)| fact(name, value))
        .collect()
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

/// Ten lines at most.
pub fn method(manifest: &Manifest, rows: &[Row]) -> Vec<String> {
    let one = rows.iter().any(|row| row.launches == 1);
    let several = rows.iter().any(|row| row.launches > 1);
    let mut lines: Vec<&str> = Vec::new();
    if manifest.origin == Origin::Import {
        lines.push("The measurements were made elsewhere and read from an engine's own files; nothing was measured again.");
        lines.push("Every measurement of the files is kept in samples.csv.gz; values here are computed from them, not copied.");
        lines.push("What an engine calls its result (overhead subtracted, outliers dropped, where a project asks for it) is used where it is present.");
    } else {
        lines.push("A way to call is a method of one C# class per case. BenchmarkDotNet runs each in a process of its own.");
        lines.push("Before timing, all ways of a case gave the same answer, and a build that counts calls proved how many each makes.");
        lines.push("The kernels exist in Rust and in C, with the same names, and are loaded as release libraries; the timed ones count nothing.");
        lines.push("No overhead is subtracted and no outlier is dropped: the time is that of the method's body, the loop around it included.");
        if rows.iter().any(|row| row.key.variant == "Native") {
            lines.push("The native floor is the same function called from native code through the exported symbol, timed by criterion.");
        }
    }
    if one {
        lines.push("Row of one launch: median of the samples; interval of the median by order statistics, at least 95\u{202f}% (Conover 1999, 3.2).");
    }
    if several {
        lines.push("Row of several launches: mean of the launch medians; 95\u{202f}% interval by Student's t over launches.");
    }
    lines.push("Numbers have three digits at most, and fewer where the interval is wide; rows.csv has seven.");
    if rows.iter().any(|row| row.managed_bytes.is_some()) {
        lines.push("Allocated bytes are managed bytes per call; code size is that of the compiled method body.");
    }
    lines.push("A row without a value keeps its place, with a state and a reason.");
    lines.into_iter().map(str::to_string).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::Environment;
    use crate::system::{Clock, CpuTicks};

    #[test]
    fn an_older_run_lists_what_it_asked_and_a_newer_one_what_changed() {
        let text = include_str!("../../../tests/fixtures/report/import/manifest.json");
        let mut manifest: Manifest = serde_json::from_str(text).unwrap();
        let value = |manifest: &Manifest, name: &str| {
            let facts = environment(manifest).into_iter();
            let mut named = facts.filter(|fact| fact.name == name);
            let value = named.next().map(|fact| fact.value);
            assert!(named.next().is_none(), "{name} is listed twice");
            value
        };
        for name in ["Turbo", "Clock source", "Changed during the run"] {
            assert_eq!(value(&manifest, name), None);
        }
        let ticks = |total, stolen| Some(CpuTicks { total, stolen });
        manifest.environment = Environment {
            clock: Some(Clock {
                step_ns: 20.0,
                read_ns: 29.0,
            }),
            cpu_ticks: ticks(1000, 10),
            microcode: Some("0x1".into()),
            ..manifest.environment
        };
        assert_eq!(value(&manifest, "Turbo").as_deref(), Some("unknown"));
        assert_eq!(value(&manifest, "Microcode").as_deref(), Some("0x1"));
        assert_eq!(
            value(&manifest, "Load"),
            None,
            "there is a line for it already"
        );
        let mut end = manifest.environment.clone();
        end.cpu_ticks = ticks(2000, 30);
        manifest.environment_end = Some(end.clone());
        assert_eq!(
            value(&manifest, "Steal during the run").as_deref(),
            Some("2.00\u{202f}%")
        );
        assert_eq!(
            value(&manifest, "Changed during the run").as_deref(),
            Some("nothing")
        );
        end.boost = Some(true);
        manifest.environment_end = Some(end);
        assert_eq!(
            value(&manifest, "Changed during the run").as_deref(),
            Some("boost: unknown, then on")
        );
    }
}
