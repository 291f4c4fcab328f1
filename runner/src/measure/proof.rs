//! What is proved before any timing.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::{library, library_of};
use crate::agreement::{self, Finding, Hello};
use crate::build::{Library, Products};
use crate::catalogue::{Case, Catalogue, NATIVE};
use crate::engine::programs;
use crate::manifest::PlannedRow;
use crate::names::RowKey;
use crate::plan::{Engine, JIT, Request};
use crate::progress;
use crate::workspace::Workspace;

/// What was proved before any timing.
#[derive(Debug)]
pub struct Proved {
    /// What the program says with each library that will be timed.
    pub hello: BTreeMap<Library, Hello>,
    pub findings: Vec<Finding>,
}

/// The key of a method's proof, whichever engine times it, in whatever deployment.
pub(super) fn proof_of(key: &RowKey) -> RowKey {
    RowKey {
        deployment: JIT.to_string(),
        engine: Engine::Bdn.name().to_string(),
        ..key.clone()
    }
}

/// Proves every planned managed row with the library it will be timed with, and counts its calls with the counting one. A floor
/// row stands or falls with the reference variant at the same params, whether that is planned or not.
pub fn prove(
    workspace: &Workspace,
    products: &Products,
    catalogue: &Catalogue,
    request: &Request,
    planned: &[PlannedRow],
) -> Result<Proved> {
    let implementations: Vec<String> = request
        .implementations
        .iter()
        .map(|one| one.name().to_string())
        .collect();
    let mut managed: BTreeSet<RowKey> = BTreeSet::new();
    // A program proves itself: it tells of what it was to do, or it is no result.
    let in_loops =
        |row: &&PlannedRow| row.not_applicable.is_none() && programs::kind_of(&row.key).is_none();
    for row in planned.iter().filter(in_loops) {
        if row.key.variant != NATIVE {
            // One proof for a method, whichever engines time it.
            managed.insert(proof_of(&row.key));
        } else if let Some(case) = catalogue.case(&row.key.case) {
            managed.insert(reference_row(case, &row.key));
        }
    }
    let mut proved = Proved {
        hello: BTreeMap::new(),
        findings: Vec::new(),
    };
    for one in &request.implementations {
        let library = library(*one);
        let own: Vec<RowKey> = managed
            .iter()
            .filter(|key| library_of(key, &implementations).is_ok_and(|of| of == library))
            .cloned()
            .collect();
        let what = format!(
            "checking {} rows with library {}",
            own.len(),
            library.name()
        );
        let proof = progress::step(&what, || {
            agreement::prove(workspace, products, catalogue, library, &own)
        })?;
        proved.hello.insert(library, proof.hello);
        proved.findings.extend(proof.findings);
    }
    let all: Vec<RowKey> = managed.into_iter().collect();
    let proof = progress::step("counting native calls", || {
        agreement::prove(workspace, products, catalogue, Library::Count, &all)
    })?;
    proved.findings.extend(proof.findings);
    Ok(proved)
}

/// The managed row that calls what a floor row calls.
fn reference_row(case: &Case, floor: &RowKey) -> RowKey {
    RowKey {
        variant: case.reference.clone(),
        deployment: JIT.to_string(),
        engine: Engine::Bdn.name().to_string(),
        ..floor.clone()
    }
}
