//! `lab report`: rows and report of a run, from its samples alone.

use std::fs;

use anyhow::{Context, Result};

use super::{Exit, print};
use crate::cli::ReportArgs;
use crate::derived::{self, ROWS};
use crate::run_folder::{Run, remove_folder, write_atomically};
use crate::stats::{self, Assessment};
use crate::workspace::Workspace;

pub fn run(arguments: &ReportArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let folder = Run::find(&workspace.runs(), arguments.run.as_deref())?;
    let run = Run::read(&folder)?;
    if arguments.rows {
        let assessment = stats::assess(&run.manifest, &run.measured);
        let rows = derived::tables(&assessment)?
            .remove(ROWS)
            .unwrap_or_default();
        print(&String::from_utf8(rows).context("rows.csv is text")?)?;
        return Ok(Exit::Done);
    }
    write_derived(&run)?;
    print(&format!("{}\n", folder.join("report/index.html").display()))?;
    Ok(Exit::Done)
}

/// Writes `rows.csv`, `controls.csv` and `report/`, each through a temporary name; returns all that is in them.
pub fn write_derived(run: &Run) -> Result<Assessment> {
    let assessment = stats::assess(&run.manifest, &run.measured);
    let pages = derived::pages(run, &assessment)?;
    for (name, bytes) in derived::tables(&assessment)? {
        write_atomically(&run.folder.join(name), &bytes)?;
    }
    let fresh = run.folder.join(".report.partial");
    remove_folder(&fresh)?;
    for (path, bytes) in pages {
        write_atomically(&fresh.join(path), &bytes)?;
    }
    let target = run.folder.join("report");
    remove_folder(&target)?;
    fs::rename(&fresh, &target).with_context(|| format!("cannot write {}", target.display()))?;
    Ok(assessment)
}
