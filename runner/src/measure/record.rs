//! The manifest of a new run: plan, machine, provenance, and why a row is not going to be timed.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::proof::proof_of;
use super::{Proved, command_line, library, new_id, now};
use crate::agreement::{self, Finding};
use crate::build::{self, Products};
use crate::catalogue::{Case, Catalogue, Profile};
use crate::deployment::Target;
use crate::engine::paired::output::EPOCH;
use crate::environment::Environment;
use crate::manifest::{Manifest, Origin, PAIRED_EPOCH, PlanRecord, PlannedRow, Provenance, SCHEMA};
use crate::names::RowKey;
use crate::plan::{Engine, Request};
use crate::provenance;
use crate::system;
use crate::workspace::Workspace;

/// The manifest of a new run. A case with a finding is refused as a whole: nothing of it is timed.
pub fn manifest(
    workspace: &Workspace,
    products: &Products,
    catalogue: &Catalogue,
    request: &Request,
    mut planned: Vec<PlannedRow>,
    proved: &Proved,
    estimate_seconds: f64,
) -> Result<Manifest> {
    for row in planned
        .iter_mut()
        .filter(|row| row.not_applicable.is_none())
    {
        row.refused = refusal(&row.key, &proved.findings);
    }
    let cases: Vec<&Case> = catalogue
        .all()
        .filter(|case| planned.iter().any(|row| row.key.case == case.id))
        .collect();
    let started = now();
    let (id, seed) = new_id()?;
    Ok(Manifest {
        schema: SCHEMA,
        id,
        origin: Origin::Run,
        content_hash: None,
        files: BTreeMap::new(),
        command: command_line(),
        started,
        ended: None,
        resumed: Vec::new(),
        plan: PlanRecord {
            seed,
            profile: request.profile.name().to_string(),
            filter: request
                .filter
                .as_ref()
                .map(|filter| filter.as_str().to_string()),
            implementations: request
                .implementations
                .iter()
                .map(|one| one.name().to_string())
                .collect(),
            engines: request
                .engines
                .iter()
                .map(|one| one.name().to_string())
                .collect(),
            estimate_seconds,
            effort: planned
                .iter()
                .any(|row| row.key.engine == Engine::Paired.name())
                .then_some(request.effort),
            // `publish` is BenchmarkDotNet as everybody runs it: not pinned.
            targets: request.targets.iter().map(Target::to_string).collect(),
            runtimes: products.runtimes.clone(),
            layouts: request.layouts(),
            cpu: (request.profile != Profile::Publish)
                .then(system::measuring_cpu)
                .flatten(),
            rows: planned,
        },
        environment: Environment::probe(),
        environment_end: None,
        provenance: provenance_of(workspace, products, request, &cases, proved)?,
        cases: cases.iter().map(|case| case.record()).collect(),
        claims: Vec::new(),
        notes: Vec::new(),
    })
}

/// Why a row is not timed: its own finding, or that of another row of its case.
fn refusal(key: &RowKey, findings: &[Finding]) -> Option<String> {
    let of_case = |finding: &&Finding| {
        finding.key.case == key.case || ["layout", "live"].contains(&finding.key.case.as_str())
    };
    // What is proved is the method, whichever engine times it.
    let proof = proof_of(key);
    let own = findings.iter().find(|finding| finding.key == proof);
    own.map(|finding| {
        format!(
            "with library {}: {}",
            finding.library.name(),
            finding.message
        )
    })
    .or_else(|| {
        findings.iter().find(of_case).map(|finding| {
            format!(
                "not timed, because {} with library {}: {}",
                finding.key,
                finding.library.name(),
                finding.message
            )
        })
    })
}

fn provenance_of(
    workspace: &Workspace,
    products: &Products,
    request: &Request,
    cases: &[&Case],
    proved: &Proved,
) -> Result<Provenance> {
    let git = provenance::git(&workspace.root);
    let crates = provenance::crates(&workspace.cargo)?;
    let mut versions = build::versions(workspace)?;
    versions.insert(
        "BenchmarkDotNet".to_string(),
        provenance::package_version(&workspace.root, "BenchmarkDotNet")?,
    );
    if request.engines.contains(&Engine::Paired) {
        versions.insert(PAIRED_EPOCH.to_string(), EPOCH.to_string());
    }
    if let Some(version) = crates.get("criterion") {
        versions.insert("criterion".to_string(), version.clone());
    }
    let mut libraries = BTreeMap::new();
    let mut kernel_hashes = BTreeMap::new();
    let mut contract = String::new();
    for implementation in &request.implementations {
        let library = library(*implementation);
        let hello = proved
            .hello
            .get(&library)
            .with_context(|| format!("library {} was not proved", library.name()))?;
        versions.insert("runtime".to_string(), hello.framework.clone());
        contract.clone_from(&hello.contract);
        libraries.insert(
            library.name().to_string(),
            agreement::library_record(&products.libraries[&library], hello)?,
        );
        for case in cases {
            let hash = provenance::kernel_hash(
                &workspace.root,
                &case.family,
                *implementation,
                &hello.compiler,
            )?;
            kernel_hashes.insert(format!("{}/{}", case.family, implementation.name()), hash);
        }
    }
    Ok(Provenance {
        git_commit: git.as_ref().map(|(commit, _)| commit.clone()),
        git_dirty: git.as_ref().map(|(_, dirty)| *dirty),
        contract,
        versions,
        crates_source: provenance::crates_source(),
        crates,
        libraries,
        kernel_hashes,
        programs_hash: build::managed_inputs(workspace)?,
        body_hashes: provenance::body_hashes(&workspace.root, cases)?,
        settings: BTreeMap::new(),
    })
}
