//! `lab check`: builds everything and proves that all variants agree, with every library; nothing is timed.

use std::fmt::Write as _;

use anyhow::Result;
use serde::Serialize;

use super::{Exit, print};
use crate::agreement::{self, Finding};
use crate::build::{self, Library};
use crate::catalogue::{Catalogue, Profile};
use crate::cli::CheckArgs;
use crate::generate;
use crate::names::RowKey;
use crate::plan::{Engine, Implementation, Request};
use crate::progress;
use crate::workspace::Workspace;

#[derive(Serialize)]
struct Json {
    rows: usize,
    proofs: usize,
    findings: Vec<JsonFinding>,
}

#[derive(Serialize)]
struct JsonFinding {
    row: String,
    library: &'static str,
    message: String,
}

pub fn run(arguments: &CheckArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let catalogue = Catalogue::load(&workspace.cases())?;
    generate::check(&workspace.root, &catalogue)?;
    // Everything the catalogue has; the library is the axis here, so a row is planned once.
    let request = Request {
        profile: Profile::Publish,
        filter: arguments.filter.clone(),
        implementations: vec![Implementation::Rust],
        engines: vec![Engine::Bdn],
        untimed: true,
    };
    let keys: Vec<RowKey> = request
        .rows(&catalogue)?
        .into_iter()
        .filter(|row| row.not_applicable.is_none())
        .map(|row| row.key)
        .collect();
    let products = build::all(&workspace)?;
    let mut findings: Vec<Finding> = Vec::new();
    let mut proofs = 0;
    for library in [Library::Rust, Library::C, Library::Count] {
        let what = format!(
            "checking {} rows with library {}",
            keys.len(),
            library.name()
        );
        let proof = progress::step(&what, || {
            agreement::prove(&workspace, &products, &catalogue, library, &keys)
        })?;
        proofs += proof.rows;
        findings.extend(proof.findings);
    }

    let exit = if findings.is_empty() {
        Exit::Done
    } else {
        Exit::Finding
    };
    if arguments.json {
        let findings = findings
            .into_iter()
            .map(|finding| JsonFinding {
                row: finding.key.to_string(),
                library: finding.library.name(),
                message: finding.message,
            })
            .collect();
        print(
            &(serde_json::to_string_pretty(&Json {
                rows: keys.len(),
                proofs,
                findings,
            })? + "\n"),
        )?;
        return Ok(exit);
    }
    let mut text = String::new();
    for finding in &findings {
        let _ = writeln!(
            text,
            "{} with library {}: {}",
            finding.key,
            finding.library.name(),
            finding.message
        );
    }
    let verdict = if findings.is_empty() {
        "all agree".to_string()
    } else {
        format!("{} disagree", findings.len())
    };
    let _ = writeln!(
        text,
        "{} rows, {proofs} proofs over libraries rust, c and count: {verdict}",
        keys.len()
    );
    print(&text)?;
    Ok(exit)
}
