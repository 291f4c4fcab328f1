//! What follows from a run's sealed files and can be made again at any time: rows, controls, report. Outside the run's seal.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::claims::write_claims;
use crate::control::write_controls;
use crate::evidence::Evidence;
use crate::report::{self, Place};
use crate::row::write_rows;
use crate::run_folder::Run;
use crate::stats::Assessment;

pub const ROWS: &str = "rows.csv";
/// Only where the run has controls.
pub const CONTROLS: &str = "controls.csv";
/// Only where the run has an answer to a claim.
pub const CLAIMS: &str = "claims.csv";

/// Relative path -> bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// `rows.csv`, and `controls.csv` and `claims.csv` where there are some.
pub fn tables(assessment: &Assessment) -> Result<Files> {
    let mut files = Files::new();
    let mut rows = Vec::new();
    write_rows(&assessment.rows, &mut rows)?;
    files.insert(ROWS.to_string(), rows);
    if !assessment.controls.is_empty() {
        let mut controls = Vec::new();
        write_controls(&assessment.controls, &mut controls)?;
        files.insert(CONTROLS.to_string(), controls);
    }
    if assessment
        .claims
        .iter()
        .any(|one| one.verdict.is_computed())
    {
        let mut claims = Vec::new();
        write_claims(&assessment.claims, &mut claims)?;
        files.insert(CLAIMS.to_string(), claims);
    }
    Ok(files)
}

/// The pages of the report in a run's folder.
pub fn pages(run: &Run, assessment: &Assessment) -> Result<Files> {
    let files = report::render(
        &run.manifest,
        &assessment.rows,
        &assessment.controls,
        &assessment.claims,
        &evidence(run, assessment)?,
        Place::Run,
    )?;
    Ok(by_path(files))
}

/// What explains a run's numbers: what it kept, and what follows from its samples.
pub fn evidence(run: &Run, assessment: &Assessment) -> Result<Evidence> {
    Ok(Evidence {
        events: assessment.events.clone(),
        beside: assessment.beside.clone(),
        startups: assessment.startups.clone(),
        ladders: assessment.ladders.clone(),
        crossovers: assessment.crossovers.clone(),
        ..Evidence::read(&run.folder.join("raw"), &run.manifest.cases)?
    })
}

pub fn by_path(files: Vec<report::File>) -> Files {
    let files = files.into_iter();
    files.map(|file| (file.path, file.bytes)).collect()
}
