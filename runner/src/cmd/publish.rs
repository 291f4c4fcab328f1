//! `lab publish`: gate, report, copy to `reports/`, index, the newest table in the README.

use std::fs;

use anyhow::{Context, Result};

use super::{Exit, print};
use crate::cli::PublishArgs;
use crate::publish::{self, Published, ROWS, gate, headline, index, shelf};
use crate::row::{Row, read_rows};
use crate::run_folder::{Run, write_atomically};
use crate::stats;
use crate::workspace::Workspace;

pub fn run(arguments: &PublishArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let run = Run::read(&Run::find(&workspace.runs(), arguments.run.as_deref())?)?;
    let id = &run.manifest.id;
    let rows = stats::rows(&run.manifest, &run.measured);

    let stored = fs::read(run.folder.join(ROWS)).ok();
    let files = publish::files(&run, &rows)?;
    let mut refusals = gate::refusals(&run.manifest, &rows, arguments.allow_dirty);
    refusals.extend(gate::stale_rows(stored.as_deref(), &files[ROWS], id));
    refusals.extend(gate::too_large(&files));
    if !refusals.is_empty() {
        for refusal in &refusals {
            print(&format!("{refusal}\n"))?;
        }
        print(&format!(
            "run {id} is not published: {} reason{}\n",
            refusals.len(),
            if refusals.len() == 1 { "" } else { "s" }
        ))?;
        return Ok(Exit::Finding);
    }

    let reports = arguments
        .out
        .clone()
        .unwrap_or_else(|| workspace.root.join("reports"));
    let mut published = shelf::read(&reports)?;
    let folder = publish::folder(&run.manifest, &published)?;
    published.retain(|other| other.folder != folder);
    published.push(Published {
        folder: folder.clone(),
        manifest: run.manifest.clone(),
    });

    // Whatever can fail has failed before the first file is written.
    let readme = workspace.root.join("README.md");
    let new_readme = match &arguments.out {
        Some(_) => None,
        None => {
            let text = fs::read_to_string(&readme)
                .with_context(|| format!("cannot read {}", readme.display()))?;
            let newest = published
                .iter()
                .max_by(|a, b| index::newness(a).cmp(&index::newness(b)))
                .context("a report was just added")?;
            let newest_rows = if newest.folder == folder {
                rows
            } else {
                rows_of(&reports.join(&newest.folder).join(ROWS))?
            };
            Some(headline::insert(
                &text,
                &headline::table(newest, &newest_rows),
            )?)
        }
    };
    shelf::replace(&reports, &folder, &files)?;
    write_atomically(
        &reports.join("README.md"),
        index::page(&published).as_bytes(),
    )?;
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

fn rows_of(path: &std::path::Path) -> Result<Vec<Row>> {
    let file = fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    read_rows(file, &path.display().to_string())
}
