//! `lab publish`: gate, report, copy to `reports/`, index, the newest table in the README; and a published report computed again.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Exit, print};
use crate::cli::PublishArgs;
use crate::derived::{self, ROWS};
use crate::publish::seal::{self, Archive, Seal, shortened};
use crate::publish::site::{self, Comparison, Part};
use crate::publish::{
    self, Files, Published, gate, headline, index, renew, shelf, since, verify, withhold,
};
use crate::row::{Row, read_rows};
use crate::run_folder::{
    PUBLISHED, Run, SAMPLES, published_files, read_manifest, write_atomically,
};
use crate::stats;
use crate::workspace::Workspace;

pub fn run(arguments: &PublishArgs) -> Result<Exit> {
    if let Some(folder) = &arguments.verify {
        return verified(folder, &verify::verify(folder, &arguments.samples)?);
    }
    let workspace = Workspace::find()?;
    if let Some(folder) = &arguments.renew {
        return renewed(&workspace, folder);
    }
    let compares = !arguments.compare.is_empty();
    let chosen = if compares {
        &arguments.compare
    } else {
        &arguments.runs
    };
    let mut named: Vec<Option<&str>> = chosen.iter().map(|run| Some(run.as_str())).collect();
    if named.is_empty() {
        named.push(None);
    }
    let folders = named
        .into_iter()
        .map(|name| Run::find(&workspace.runs(), name))
        .collect::<Result<Vec<_>>>()?;
    let manifests = folders
        .iter()
        .map(|folder| read_manifest(folder))
        .collect::<Result<Vec<_>>>()?;
    let names = site::names(&manifests.iter().collect::<Vec<_>>(), compares)?;

    let mut collected = Collected::default();
    for (folder, name) in folders.iter().zip(names) {
        // One after the other: the samples of a long run take a gigabyte.
        collected.add(folder, name, arguments)?;
    }
    let Collected {
        parts,
        mut files,
        archives,
        mut refusals,
    } = collected;
    let comparison = compares.then(|| Comparison {
        subject: arguments.subject.clone(),
    });
    files.extend(site::derived_files(&parts, comparison.as_ref())?);
    refusals.extend(gate::too_large(&files));
    if !refusals.is_empty() {
        return refuse(&manifests[0].id, &refusals);
    }
    let seal = Seal::of(&parts, comparison, archives, &files);
    files.insert(PUBLISHED.to_string(), seal.bytes()?);

    put(
        &workspace,
        arguments.out.as_deref(),
        &parts,
        compares,
        &files,
    )
}

/// A published folder, where it lies, with its pages as they are worded now.
fn renewed(workspace: &Workspace, folder: &Path) -> Result<Exit> {
    let (parts, compares, files) = renew::renew(folder)?;
    let folder = fs::canonicalize(folder)?;
    let reports = folder.parent().unwrap_or(&folder);
    let own = fs::canonicalize(workspace.root.join("reports")).ok();
    let elsewhere = (own.as_deref() != Some(reports)).then_some(reports);
    put(workspace, elsewhere, &parts, compares, &files)
}

/// Writes the files, the index, and the README where the newest report changed.
fn put(
    workspace: &Workspace,
    out: Option<&Path>,
    parts: &[Part],
    compares: bool,
    files: &Files,
) -> Result<Exit> {
    // A comparison is of the day and the machine of its later side.
    let leading = &parts[usize::from(compares)];
    let earlier = compares.then(|| parts[0].run.manifest.clone());
    let own = workspace.root.join("reports");
    let reports = out.unwrap_or(&own);
    let mut shelf = shelf::read(reports)?;
    let manifest = &leading.run.manifest;
    let folder = publish::folder(manifest, earlier.as_ref(), &shelf)?;
    let reading = shelf::reading(reports, &folder);
    shelf.retain(|other| other.folder != folder);
    shelf.push(Published {
        folder: folder.clone(),
        manifest: manifest.clone(),
        seal: shortened(&files[PUBLISHED]),
        reading,
        since: earlier,
    });
    // What can fail has failed before the first file is written.
    let readme = workspace.root.join("README.md");
    let rows = &leading.assessment.rows;
    let new_readme = match out {
        Some(_) => None,
        None => with_headline(&readme, reports, &shelf, &folder, rows)?,
    };
    shelf::replace(reports, &folder, files)?;
    let changed = since::lines(reports, &shelf);
    let page = index::page(&shelf, &changed);
    write_atomically(&reports.join("README.md"), page.as_bytes())?;
    if let Some(text) = new_readme {
        write_atomically(&readme, text.as_bytes())?;
    }
    print(&format!(
        "{}; {}\npublished: {}\n",
        publish::amount(files),
        gate::noise(manifest),
        reports.join(&folder).join("index.html").display()
    ))?;
    Ok(Exit::Done)
}

/// What is published, run by run.
#[derive(Default)]
struct Collected {
    parts: Vec<Part>,
    files: Files,
    archives: Vec<Archive>,
    refusals: Vec<String>,
}

impl Collected {
    fn add(&mut self, folder: &Path, name: String, arguments: &PublishArgs) -> Result<()> {
        let mut run = Run::read(folder)?;
        let manifest = &run.manifest;
        let (mut assessment, levels) = stats::assess_with_levels(manifest, &run.measured);
        let stored = fs::read(folder.join(ROWS)).ok();
        let computed = &derived::tables(&assessment)?[ROWS];
        self.refusals.extend(gate::refusals(
            manifest,
            &assessment.rows,
            arguments.allow_dirty,
        ));
        self.refusals
            .extend(gate::stale_rows(stored.as_deref(), computed, &manifest.id));
        withhold::withhold(&mut assessment);
        self.refusals
            .extend(withhold::nothing_left(manifest, &assessment.rows));
        let files = published_files(&run, &levels)?;
        let path = folder.join(SAMPLES);
        let samples = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let archive = Archive::of(&manifest.id, &samples);
        if let Some(archives) = &arguments.archive {
            write_atomically(&archives.join(&archive.name), &samples)?;
        }
        self.archives.push(archive);
        // From here on it is what a reader of the publication has.
        run.measured
            .samples
            .retain(|sample| !sample.key.is_paired());
        run.measured.levels = levels;
        let part = Part::of(name, run, assessment)?;
        let placed = files.into_iter();
        self.files
            .extend(placed.map(|(file, bytes)| (part.path(&file), bytes)));
        self.parts.push(part);
        Ok(())
    }
}

fn verified(folder: &Path, found: &verify::Verified) -> Result<Exit> {
    for line in &found.agrees {
        print(&format!("ok      {line}\n"))?;
    }
    for line in &found.differs {
        print(&format!("differs {line}\n"))?;
    }
    let matches = found.differs.is_empty();
    print(&format!(
        "{}, seal {}, {}\n",
        folder.display(),
        seal::short(folder),
        if matches {
            "is what its data give"
        } else {
            "is not what its data give"
        }
    ))?;
    Ok(if matches { Exit::Done } else { Exit::Finding })
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

/// The README with the table of the newest report, which need not be the one in `folder`; a comparison has no such table.
fn with_headline(
    readme: &Path,
    reports: &Path,
    shelf: &[Published],
    folder: &str,
    rows: &[Row],
) -> Result<Option<String>> {
    let text =
        fs::read_to_string(readme).with_context(|| format!("cannot read {}", readme.display()))?;
    let reports_alone = shelf.iter().filter(|one| one.since.is_none());
    let newest = reports_alone.max_by(|a, b| index::newness(a).cmp(&index::newness(b)));
    let Some(newest) = newest else {
        return Ok(None);
    };
    let table = if newest.folder == folder {
        headline::table(newest, rows)
    } else {
        let path = reports.join(&newest.folder).join(ROWS);
        let file =
            fs::File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
        headline::table(newest, &read_rows(file, &path.display().to_string())?)
    };
    headline::insert(&text, &table).map(Some)
}
