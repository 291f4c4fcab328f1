//! What a history and a comparison of large runs take: reading 1,000 run folders of 300 rows, the steps of 300 series of 1,000
//! points, pages of it; and two sides of 5,000 rows with 20 launches each.
//!
//! `./lab cargo bench -p runner --bench history` prints seconds.

#[path = "../tests/common/paired.rs"]
mod paired;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use interop_lab::comparison::between;
use interop_lab::history::{History, pages, store};
use interop_lab::manifest::{Manifest, PlannedRow};
use interop_lab::run_folder::Run;
use paired::Size;

const RUNS: u32 = 1000;
const ROWS: usize = 300;
/// 100 groups of two variants and a floor.
const GROUPS: usize = 100;

const SIDES: Size = Size {
    groups: 625,
    variants: 8,
    controls: true,
    launches: 20,
    rounds: 8,
    replicas: 1,
};

fn main() -> ExitCode {
    match histories().and_then(|()| sides()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("history: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn histories() -> Result<()> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let (manifest, _) = Size {
        groups: 1,
        launches: 1,
        ..SIDES
    }
    .generate();
    for number in 0..RUNS {
        write_run(folder.path(), &manifest, number)?;
    }
    let begun = Instant::now();
    let (runs, skipped) = store::read(folder.path())?;
    println!(
        "read      {:.3} s ({} runs)",
        begun.elapsed().as_secs_f64(),
        runs.len()
    );
    let begun = Instant::now();
    let history = History::of(runs, skipped, None, Vec::new());
    println!(
        "steps     {:.3} s ({} series)",
        begun.elapsed().as_secs_f64(),
        history.series.len()
    );
    let steps: usize = history.found.iter().map(|found| found.changes.len()).sum();
    println!(
        "found     {steps} steps, {} incidents",
        history.incidents.len()
    );
    let begun = Instant::now();
    let files = pages::pages(&history, |_| None)?;
    println!(
        "pages     {:.3} s ({} files)",
        begun.elapsed().as_secs_f64(),
        files.len()
    );
    Ok(())
}

/// A run of 300 rows; from the 600th on a tenth of the groups is 5 % slower.
fn write_run(folder: &Path, manifest: &Manifest, number: u32) -> Result<()> {
    let mut manifest = manifest.clone();
    manifest.id = format!("20260101T{number:06}Z-{number:08}");
    manifest.started = format!("2026-01-01T{number:06}Z");
    manifest.content_hash = Some("0".to_string());
    let mut rows = Vec::with_capacity(ROWS);
    let mut csv =
        String::from("key,state,reason,launches,ns_per_call,ns_lo,ns_hi,over_managed_ns\n");
    for group in 0..GROUPS {
        for (variant, ns) in [
            ("Native", 10.0),
            ("LibraryImport", 20.0),
            ("DllImport", 30.0),
        ] {
            let noise = paired::noise(u64::from(number), (group * 7 + ns as usize) as u64);
            let slower = number >= 600 && group % 10 == 0 && variant == "DllImport";
            let ns = ns * noise * if slower { 1.05 } else { 1.0 };
            let key = format!("case_{group}/-/{variant}/rust/jit/paired");
            csv += &format!(
                "{key},ok,,10,{ns},{},{},{}\n",
                ns * 0.99,
                ns * 1.01,
                ns - 2.0
            );
            rows.push(PlannedRow {
                key: key.parse()?,
                ..manifest.plan.rows[0].clone()
            });
        }
    }
    manifest.plan.rows = rows;
    let folder = folder.join(&manifest.id);
    fs::create_dir(&folder)?;
    fs::write(
        folder.join("manifest.json"),
        serde_json::to_vec_pretty(&manifest)?,
    )?;
    Ok(fs::write(folder.join("rows.csv"), csv)?)
}

fn sides() -> Result<()> {
    let run = |id: &str| {
        let (mut manifest, measured) = SIDES.generate();
        manifest.id = id.to_string();
        Run {
            folder: id.into(),
            manifest,
            measured,
        }
    };
    let [before, after] = [run("before"), run("after")];
    let begun = Instant::now();
    let outcome = between(&before, &after, &[], None)?;
    println!(
        "compare   {:.3} s ({} rows, {} samples a side)",
        begun.elapsed().as_secs_f64(),
        outcome.rows.len(),
        before.measured.samples.len()
    );
    Ok(())
}
