//! `lab check`: builds everything and proves that all variants agree, with every library, and allocate what the catalogue
//! states; nothing is timed.

use std::fmt::Write as _;

use anyhow::Result;
use serde::Serialize;

use super::{Exit, print};
use crate::agreement::{self, Finding};
use crate::allocations::{self, Allocations, Heaps};
use crate::build::{self, Library};
use crate::catalogue::{Catalogue, Profile};
use crate::claims;
use crate::cli::CheckArgs;
use crate::deployment::Target;
use crate::engine::paired::Effort;
use crate::generate;
use crate::names::RowKey;
use crate::plan::{Engine, Implementation, Request};
use crate::progress;
use crate::terminal::{align_right, plain, table_text};
use crate::workspace::Workspace;

#[derive(Serialize)]
struct Json {
    rows: usize,
    proofs: usize,
    findings: Vec<JsonFinding>,
    allocations: Vec<JsonAllocations>,
}

#[derive(Serialize)]
struct JsonFinding {
    row: String,
    library: &'static str,
    message: String,
}

/// Per call of the body; `null` where it was not counted.
#[derive(Serialize)]
struct JsonAllocations {
    row: String,
    library: &'static str,
    managed_bytes: f64,
    native_allocs: Option<f64>,
    native_frees: Option<f64>,
}

pub fn run(arguments: &CheckArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let catalogue = Catalogue::load(&workspace.cases())?;
    claims::load(&workspace.claims(), &catalogue)?;
    generate::check(&workspace.root, &catalogue)?;
    // Everything the catalogue has; the library is the axis here, so a row is planned once.
    let request = Request {
        profile: Profile::Publish,
        filter: arguments.filter.clone(),
        implementations: vec![Implementation::Rust],
        engines: vec![Engine::Bdn],
        internal: true,
        untimed: true,
        tests: Vec::new(),
        effort: Effort::default(),
        targets: vec![Target::default()],
        runtimes: Vec::new(),
    };
    let keys: Vec<RowKey> = request
        .rows(&catalogue)?
        .into_iter()
        .filter(|row| row.not_applicable.is_none())
        .map(|row| row.key)
        .collect();
    let products = build::all(&workspace)?;
    if arguments.allocations {
        allocations::counter(&products)?; // before anything that takes time
    }
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

    // Managed bytes do not depend on the kernel's language; what it takes from the native heap may.
    let (libraries, heaps): (&[Library], _) = if arguments.allocations {
        (&[Library::Rust, Library::C], Heaps::Both)
    } else {
        (&[Library::Rust], Heaps::Managed)
    };
    let agreeing = allocations::without(&keys, &findings);
    let mut counted = Vec::new();
    for &library in libraries {
        let what = format!(
            "counting allocations of {} rows with library {}",
            agreeing.len(),
            library.name()
        );
        let found = progress::step(&what, || {
            let lines =
                allocations::count(&workspace, &products, &catalogue, library, &agreeing, heaps)?;
            allocations::read(&lines, heaps, &agreeing)
        })?;
        findings.extend(found.findings(&catalogue, library));
        counted.push((library, found));
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
                allocations: json(&counted),
            })? + "\n"),
        )?;
        return Ok(exit);
    }
    let mut text = if arguments.allocations {
        table(&counted)
    } else {
        String::new()
    };
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
        "{} rows, {proofs} proofs over libraries rust, c and count, {} allocation counts: {verdict}",
        keys.len(),
        counted
            .iter()
            .map(|(_, found)| found.rows.len())
            .sum::<usize>()
    );
    print(&text)?;
    Ok(exit)
}

fn json(counted: &[(Library, Allocations)]) -> Vec<JsonAllocations> {
    let of = |(library, found): &(Library, Allocations)| {
        let library = library.name();
        let rows = found.rows.iter().map(|(key, counted)| JsonAllocations {
            row: key.to_string(),
            library,
            managed_bytes: counted.managed_bytes(),
            native_allocs: counted.native().map(|(allocs, _)| allocs),
            native_frees: counted.native().map(|(_, frees)| frees),
        });
        rows.collect::<Vec<_>>()
    };
    counted.iter().flat_map(of).collect()
}

fn table(counted: &[(Library, Allocations)]) -> String {
    let mut table = plain([
        "row",
        "library",
        "managed bytes",
        "native allocs",
        "native frees",
    ]);
    align_right(&mut table, 2..5);
    for (library, found) in counted {
        for (key, counted) in &found.rows {
            let (allocs, frees) = counted.native().unwrap_or_default();
            table.add_row([
                key.to_string(),
                library.name().to_string(),
                counted.managed_bytes().to_string(),
                allocs.to_string(),
                frees.to_string(),
            ]);
        }
    }
    table_text(&table)
        + "per call of the method body, on its thread; what the kernel takes from malloc itself is among the native ones\n\n"
}
