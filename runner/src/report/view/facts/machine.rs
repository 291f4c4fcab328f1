//! The machine, what it runs, and how its engines were set.

use std::collections::BTreeSet;

use super::{Fact, fact, known};
use crate::doctor;
use crate::manifest::Manifest;
use crate::report::format::{count, plural};
use crate::report::view::labels;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::Environment;
    use crate::system::{Clock, CpuTicks};

    #[test]
    fn an_older_run_lists_what_it_asked_and_a_newer_one_what_changed() {
        let text = include_str!("../../../../tests/fixtures/report/import/manifest.json");
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
