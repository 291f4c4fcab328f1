//! `lab import`: somebody's results become a sealed run that is reported like our own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::report::write_derived;
use super::{Exit, print};
use crate::cli::ImportArgs;
use crate::engine::bdn::export::{self, Imported};
use crate::engine::{criterion, foreign};
use crate::environment::Environment;
use crate::manifest::{Manifest, Origin, PlanRecord, Provenance, SCHEMA};
use crate::measure::{command_line, new_id, now};
use crate::names::RowKey;
use crate::run_folder::{Draft, Run, write_atomically};
use crate::stats::paired::blocks::GroupKey;
use crate::workspace::Workspace;

pub fn run(arguments: &ImportArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    // Everything is read before anything is written.
    let files = arguments
        .files
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
    foreign::settle(&mut all, arguments.reference.as_deref())?;

    for warning in &all.warnings {
        eprintln!("lab: {warning}");
    }
    let (id, seed) = new_id()?;
    let engines: BTreeSet<String> = all.rows.iter().map(|row| row.key.engine.clone()).collect();
    let moment = now();
    let manifest = Manifest {
        schema: SCHEMA,
        id,
        origin: Origin::Import,
        content_hash: None,
        command: command_line(),
        started: moment.clone(),
        ended: Some(moment),
        resumed: Vec::new(),
        plan: PlanRecord {
            seed,
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
    let draft = Draft::create(&workspace.runs(), manifest)?;
    for (number, path) in arguments.files.iter().enumerate() {
        keep_raw(&draft.raw(), number + 1, path)?;
    }
    let run = Run::read(&draft.seal(all.measured)?)?;
    let rows = write_derived(&run)?.rows;
    print(&format!(
        "{} rows, {} samples of {} files\nreport: {}\n",
        rows.len(),
        run.measured.samples.len(),
        arguments.files.len(),
        run.folder.join("report/index.html").display()
    ))?;
    Ok(Exit::Done)
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

fn read(path: &Path) -> Result<Imported> {
    if foreign::is_meant(path)? {
        return foreign::read(path);
    }
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
    if path.file_name().is_some_and(|file| file == "sample.json") {
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

fn benchmark_of(sample: &Path) -> PathBuf {
    sample.with_file_name("benchmark.json")
}

/// Keeps a copy of what was imported; the number tells files of one name apart.
fn keep_raw(raw: &Path, number: usize, path: &Path) -> Result<()> {
    let copy = |from: &Path| {
        let name = from.file_name().unwrap_or_default().to_string_lossy();
        let bytes =
            std::fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
        write_atomically(
            &raw.join("import")
                .join(number.to_string())
                .join(name.as_ref()),
            &bytes,
        )
    };
    if path.file_name().is_some_and(|file| file == "sample.json") {
        copy(&benchmark_of(path))?;
    }
    copy(path)
}
