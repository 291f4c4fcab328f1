//! An interrupted run: what of it is still open, and whether it may be continued here.

use anyhow::{Context, Result, anyhow, bail, ensure};

use super::{Proved, library_of, now};
use crate::build::runtimes::Named;
use crate::build::{self, Library, Products};
use crate::catalogue::{Catalogue, Profile};
use crate::deployment::Target;
use crate::engine::{bdn, criterion, paired, programs};
use crate::environment::Environment;
use crate::manifest::{Manifest, PlannedRow};
use crate::names::RowKey;
use crate::plan::{Engine, Request};
use crate::provenance;
use crate::run_folder::Draft;
use crate::workspace::Workspace;

/// The plan of a stored run as a request.
pub fn request_of(manifest: &Manifest) -> Result<Request> {
    fn named<T: clap::ValueEnum>(names: &[String]) -> Result<Vec<T>> {
        names
            .iter()
            .map(|name| {
                T::from_str(name, false).map_err(|error| anyhow!("the run's plan: {error}"))
            })
            .collect()
    }
    let profile: Vec<Profile> = named(std::slice::from_ref(&manifest.plan.profile))?;
    Ok(Request {
        profile: profile[0],
        filter: None,
        implementations: named(&manifest.plan.implementations)?,
        engines: named(&manifest.plan.engines)?,
        internal: true, // as planned
        untimed: false,
        tests: Vec::new(),
        effort: manifest.plan.effort.unwrap_or_default(),
        targets: match &manifest.plan.targets[..] {
            [] => vec![Target::default()],
            named => named.iter().map(|one| one.parse()).collect::<Result<_>>()?,
        },
        runtimes: manifest.plan.runtimes.iter().map(Named::found).collect(),
    })
}

/// The planned rows that an interrupted run does not have yet.
pub fn open_rows(draft: &Draft) -> Vec<PlannedRow> {
    let implementations = &draft.manifest.plan.implementations;
    let floor = criterion::done(&draft.raw());
    let launched = paired::is_done(&draft.raw(), &draft.parts());
    let profile = request_of(&draft.manifest).map(|request| request.profile);
    let is_measured = |key: &RowKey| {
        if key.engine == Engine::Paired.name() {
            return launched;
        }
        if let Some(kind) = programs::kind_of(key) {
            return profile
                .as_ref()
                .is_ok_and(|profile| kind.is_done(&draft.parts(), *profile, key));
        }
        floor.contains(key)
            || library_of(key, implementations)
                .is_ok_and(|library| bdn::is_done(&draft.raw(), library, key))
    };
    let rows = draft.manifest.plan.rows.iter();
    rows.filter(|row| !is_measured(&row.key)).cloned().collect()
}

/// Takes up an interrupted run, if what it measures is still the same.
pub fn take_up(
    mut draft: Draft,
    workspace: &Workspace,
    products: &Products,
    proved: &Proved,
) -> Result<Draft> {
    let id = draft.manifest.id.clone();
    let stored = &draft.manifest.provenance;
    let findings = proved.findings.iter().filter(|finding| {
        let rows = draft.manifest.plan.rows.iter();
        // What disagreed when the run was begun is refused there and stays refused.
        rows.filter(|row| row.refused.is_some())
            .all(|row| row.key.case != finding.key.case)
    });
    if let Some(finding) = findings.into_iter().next() {
        bail!(
            "{} with library {}: {}: run {id} is not continued",
            finding.key,
            finding.library.name(),
            finding.message
        );
    }
    ensure!(
        stored.programs_hash == build::managed_inputs(workspace)?,
        "run {id} was measured by another version of managed-bench: start a new run"
    );
    for (tool, version) in build::versions(workspace)? {
        let before = stored.versions.get(&tool);
        ensure!(
            before == Some(&version),
            "run {id} was begun with another {tool} ({}): start a new run",
            before.map_or("unknown", String::as_str)
        );
    }
    let class = Environment::probe().class;
    ensure!(
        draft.manifest.environment.class == class,
        "run {id} was begun on another machine ({}): start a new run",
        draft.manifest.environment.class
    );
    for (name, record) in &draft.manifest.provenance.libraries {
        let library = Library::timed(name).with_context(|| {
            format!("run {id} measured a library {name} that is not built here")
        })?;
        let path = &products.libraries[&library];
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        ensure!(
            blake3::hash(&bytes).to_hex().to_string() == record.hash,
            "run {id} measured another build of library {name}: start a new run"
        );
    }
    let catalogue = Catalogue::load(&workspace.cases())?;
    for (case, hash) in &draft.manifest.provenance.body_hashes {
        let now = catalogue
            .case(case)
            .map(|case| provenance::body_hash(&workspace.root, case))
            .transpose()?;
        ensure!(
            now.as_ref() == Some(hash),
            "run {id} measured another version of case {case}: start a new run"
        );
    }
    draft.manifest.resumed.push(now());
    draft.save()?;
    Ok(draft)
}
