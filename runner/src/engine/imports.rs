//! Somebody's results, whatever their format, as a run of ours: read, put together, described.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::bdn::export::{self, Imported};
use super::{criterion, foreign};
use crate::environment::Environment;
use crate::manifest::{Manifest, Origin, PlanRecord, Provenance, SCHEMA};
use crate::names::RowKey;
use crate::sample::Measured;
use crate::stats::paired::blocks::GroupKey;

/// What an import is called and when it was made.
#[derive(Debug)]
pub struct Named {
    pub id: String,
    pub seed: u64,
    pub command: String,
    pub moment: String,
}

/// Everything in the files, as one run. What only one file may be about is in one of them.
pub fn read_all(
    files: &[PathBuf],
    reference: Option<&str>,
    named: Named,
) -> Result<(Manifest, Measured)> {
    let files = files
        .iter()
        .map(|path| Ok((path, read(path)?)))
        .collect::<Result<Vec<_>>>()?;
    let mut all = Imported::default();
    let mut owners: BTreeMap<String, &Path> = BTreeMap::new();
    for (path, file) in files {
        let names = file.rows.iter().map(|row| owned(&row.key));
        for name in names.collect::<BTreeSet<String>>() {
            if let Some(other) = owners.insert(name.clone(), path) {
                bail!(
                    "{name} is in both {} and {}: import them one by one",
                    other.display(),
                    path.display()
                );
            }
        }
        all.extend(file);
    }
    foreign::settle(&mut all, reference)?;
    Ok(run_of(all, named))
}

/// What only one file may be about: a row, or a group that is compared, whose launches two files would mix up.
fn owned(key: &RowKey) -> String {
    if key.is_paired() {
        let group = GroupKey::of(key, None);
        format!(
            "group {}/{}/{}/{}",
            group.case, group.params, group.implementation, group.deployment
        )
    } else {
        format!("row {key}")
    }
}

fn run_of(all: Imported, named: Named) -> (Manifest, Measured) {
    let engines: BTreeSet<String> = all.rows.iter().map(|row| row.key.engine.clone()).collect();
    let manifest = Manifest {
        schema: SCHEMA,
        id: named.id,
        origin: Origin::Import,
        content_hash: None,
        files: BTreeMap::new(),
        command: named.command,
        started: named.moment.clone(),
        ended: Some(named.moment),
        resumed: Vec::new(),
        plan: PlanRecord {
            seed: named.seed,
            profile: "-".to_string(),
            filter: None,
            implementations: foreign::implementations(&all.measured.samples),
            engines: engines.into_iter().collect(),
            estimate_seconds: 0.0,
            effort: None,
            targets: Vec::new(),
            runtimes: BTreeMap::new(),
            layouts: BTreeMap::new(),
            cpu: None,
            rows: all.rows,
        },
        environment: Environment::imported(&all.environment),
        environment_end: None,
        provenance: Provenance {
            versions: all.environment,
            settings: all.settings,
            ..Provenance::default()
        },
        cases: all.cases,
        claims: Vec::new(),
        notes: all.warnings,
    };
    (manifest, all.measured)
}

fn read(path: &Path) -> Result<Imported> {
    if foreign::is_meant(path)? {
        return foreign::read(path);
    }
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
    if is_criterion(path) {
        let beside = benchmark_of(path);
        let benchmark = std::fs::read(&beside).with_context(|| {
            format!(
                "{name}: cannot read {}, which names the benchmark",
                beside.display()
            )
        })?;
        return criterion::output::import(&bytes, &benchmark, &name);
    }
    export::read(&bytes, &name)
}

/// The files that are read for one that was named.
pub fn files_of(path: &Path) -> Vec<PathBuf> {
    let beside = is_criterion(path).then(|| benchmark_of(path));
    beside.into_iter().chain([path.to_path_buf()]).collect()
}

fn is_criterion(path: &Path) -> bool {
    path.file_name().is_some_and(|file| file == "sample.json")
}

fn benchmark_of(sample: &Path) -> PathBuf {
    sample.with_file_name("benchmark.json")
}
