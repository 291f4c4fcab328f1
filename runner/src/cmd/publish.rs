//! `lab publish`: gate, report, copy to `reports/`, index, the newest table in the README.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Exit, print};
use crate::cli::PublishArgs;
use crate::derived::ROWS;
use crate::publish::{self, Files, Published, gate, headline, index, shelf};
use crate::row::{Row, read_rows};
use crate::run_folder::{Run, write_atomically};
use crate::stats;
use crate::workspace::Workspace;

pub fn run(arguments: &PublishArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let run = Run::read(&Run::find(&workspace.runs(), arguments.run.as_deref())?)?;
    let assessment = stats::assess(&run.manifest, &run.measured);
    let rows = &assessment.rows;
    let files = publish::files(&run, &assessment)?;
    let refusals = refusals(&run, rows, &files, arguments.allow_dirty);
    if !refusals.is_empty() {
        return refuse(&run.manifest.id, &refusals);
    }

    let own = workspace.root.join("reports");
    let reports = arguments.out.as_deref().unwrap_or(&own);
    let mut shelf = shelf::read(reports)?;
    let folder = publish::folder(&run.manifest, &shelf)?;
    let reading = shelf::reading(reports, &folder);
    shelf.retain(|other| other.folder != folder);
    shelf.push(Published {
        folder: folder.clone(),
        manifest: run.manifest.clone(),
        reading,
    });
    // What can fail has failed before the first file is written.
    let readme = workspace.root.join("README.md");
    let new_readme = match &arguments.out {
        Some(_) => None,
        None => Some(with_headline(&readme, reports, &shelf, &folder, rows)?),
    };
    shelf::replace(reports, &folder, &files)?;
    write_atomically(&reports.join("README.md"), index::page(&shelf).as_bytes())?;
    if let Some(text) = new_readme {
        write_atomically(&readme, text.as_bytes())?;
    }
    print(&format!(
        "{}; {}\npublished: {}\n",
        publish::amount(&files),
        gate::noise(&run.manifest),
        reports.join(&folder).join("index.html").display()
    ))?;
    Ok(Exit::Done)
}

fn refusals(run: &Run, rows: &[Row], files: &Files, allow_dirty: bool) -> Vec<String> {
    let stored = fs::read(run.folder.join(ROWS)).ok();
    let mut refusals = gate::refusals(&run.manifest, rows, allow_dirty);
    refusals.extend(gate::stale_rows(
        stored.as_deref(),
        &files[ROWS],
        &run.manifest.id,
    ));
    refusals.extend(gate::too_large(files));
    refusals
}

fn refuse(id: &str, refusals: &[String]) -> Result<Exit> {
    for refusal in refusals {
        print(&format!("{refusal}\n"))?;
    }
    let ending = if refusals.len() == 1 { "" } else { "s" };
    print(&format!(
        "run {id} is not published: {} reason{ending}\n",
        refusals.len()
    ))?;
    Ok(Exit::Finding)
}

/// The README with the table of the newest report, which need not be the one in `folder`.
fn with_headline(
    readme: &Path,
    reports: &Path,
    shelf: &[Published],
    folder: &str,
    rows: &[Row],
) -> Result<String> {
    let text =
        fs::read_to_string(readme).with_context(|| format!("cannot read {}", readme.display()))?;
    let newest = shelf
        .iter()
        .max_by(|a, b| index::newness(a).cmp(&index::newness(b)))
        .context("there is no published report")?;
    let table = if newest.folder == folder {
        headline::table(newest, rows)
    } else {
        let path = reports.join(&newest.folder).join(ROWS);
        let file =
            fs::File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
        headline::table(newest, &read_rows(file, &path.display().to_string())?)
    };
    headline::insert(&text, &table)
}
