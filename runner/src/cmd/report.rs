//! `lab report`: rows and report of a run, from its samples alone.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Exit, print};
use crate::cli::ReportArgs;
use crate::evidence::Evidence;
use crate::report::{self, Place};
use crate::row::{Row, write_rows};
use crate::run_folder::{Run, write_atomically};
use crate::stats;
use crate::workspace::Workspace;

pub fn run(arguments: &ReportArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let folder = Run::find(&workspace.runs(), arguments.run.as_deref())?;
    let run = Run::read(&folder)?;
    write_derived(&run)?;
    print(&format!("{}\n", folder.join("report/index.html").display()))?;
    Ok(Exit::Done)
}

/// Writes `rows.csv` and `report/`, each through a temporary name; returns the rows.
pub fn write_derived(run: &Run) -> Result<Vec<Row>> {
    let rows = stats::rows(&run.manifest, &run.measured);
    let evidence = Evidence::read(&run.folder.join("raw"), &run.manifest.cases)?;
    let files = report::render(&run.manifest, &rows, &[], &evidence, Place::Run)?;
    let mut csv = Vec::new();
    write_rows(&rows, &mut csv)?;
    write_atomically(&run.folder.join("rows.csv"), &csv)?;

    let fresh = run.folder.join(".report.partial");
    remove_folder(&fresh)?;
    for file in files {
        write_atomically(&fresh.join(file.path), &file.bytes)?;
    }
    let target = run.folder.join("report");
    remove_folder(&target)?;
    fs::rename(&fresh, &target).with_context(|| format!("cannot write {}", target.display()))?;
    Ok(rows)
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
