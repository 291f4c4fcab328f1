//! `lab history`: the rows of all runs over time, or anybody's series.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::{Exit, print};
use crate::cli::HistoryArgs;
use crate::history::{History, annotations, foreign, json, pages, text};
use crate::run_folder::{remove_folder, write_atomically};
use crate::workspace::Workspace;

pub fn run(arguments: &HistoryArgs) -> Result<Exit> {
    if let Some(file) = &arguments.csv {
        return of_file(file, arguments);
    }
    let workspace = Workspace::find()?;
    let runs = workspace.runs();
    let file = arguments
        .annotations
        .clone()
        .unwrap_or_else(|| workspace.root.join(annotations::FILE));
    if let Some(named) = &arguments.annotations {
        ensure!(named.exists(), "no file {}", named.display());
    }
    let annotations = annotations::read(&file)?;
    let history = History::read(&runs, arguments.filter.as_ref(), annotations)?;
    ensure!(
        !history.runs.is_empty() || !history.skipped.is_empty(),
        "there is no run in {}: make one with ./lab run",
        runs.display()
    );
    if let Some(out) = &arguments.out {
        write_pages(&history, out)?;
    }
    if arguments.json {
        print(&json(&history)?)?;
    } else {
        let mut page = text::text(&history);
        if let Some(out) = &arguments.out {
            page += &format!("pages: {}\n", out.join("index.html").display());
        }
        print(&page)?;
    }
    let regressions = history.regressions().len();
    if arguments.gate {
        eprintln!(
            "gate: {regressions} incidents make something slower and are not explained: {}",
            if regressions > 0 { "stopped" } else { "passed" }
        );
        if regressions > 0 {
            return Ok(Exit::Finding);
        }
    }
    Ok(if history.skipped.is_empty() {
        Exit::Done
    } else {
        Exit::ErrorRows
    })
}

fn of_file(file: &Path, arguments: &HistoryArgs) -> Result<Exit> {
    let found = foreign::find(file, arguments.least / 100.0, arguments.seed)?;
    if arguments.json {
        print(&(serde_json::to_string_pretty(&found)? + "\n"))?;
    } else {
        print(&foreign::text(&found))?;
    }
    let stepped = found.iter().any(|series| !series.steps.is_empty());
    Ok(if arguments.gate && stepped {
        Exit::Finding
    } else {
        Exit::Done
    })
}

/// Writes the pages in place of older ones; a folder that holds something else is left alone.
fn write_pages(history: &History, out: &Path) -> Result<()> {
    let is_ours = |out: &Path| out.join("series").is_dir() && out.join("index.html").is_file();
    let is_empty =
        |out: &Path| std::fs::read_dir(out).map_or(true, |mut entries| entries.next().is_none());
    ensure!(
        is_empty(out) || is_ours(out),
        "{} holds something else: --out takes an empty folder, or pages of an earlier history",
        out.display()
    );
    let absolute =
        std::path::absolute(out).with_context(|| format!("no such place {}", out.display()))?;
    let fresh = absolute.with_extension("partial");
    remove_folder(&fresh)?;
    let link = |run: &Path| {
        let report = std::path::absolute(run).ok()?.join("report/index.html");
        report
            .exists()
            .then(|| relative(&report, &absolute.join("series")))
            .map(|path| path.to_string_lossy().into_owned())
    };
    for (path, page) in pages::pages(history, link)? {
        write_atomically(&fresh.join(path), page.as_bytes())?;
    }
    remove_folder(&absolute)?;
    std::fs::rename(&fresh, &absolute).with_context(|| format!("cannot write {}", out.display()))
}

/// `path` as seen from a folder; both absolute.
fn relative(path: &Path, folder: &Path) -> PathBuf {
    let (to, from): (Vec<_>, Vec<_>) = (path.components().collect(), folder.components().collect());
    let shared = to.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n(PathBuf::from(".."), from.len() - shared);
    up.chain(to[shared..].iter().map(PathBuf::from)).collect()
}
