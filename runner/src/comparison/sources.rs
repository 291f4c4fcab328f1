//! What somebody names as one side of a comparison: runs, or files of other tools; several of them are launches of one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::subject;
use crate::engine::imports::{self, Named};
use crate::names::RowKey;
use crate::run_folder::Run;
use crate::sample::{Measured, UNTIMED};

/// Launches of one source are numbered on from a multiple of this: launches of a native program go through its builds in turn, and
/// the number tells which one it was.
const STRIDE: u32 = 60;

/// One side; `names` are ids or folders of runs, or files as `lab import` reads them.
pub fn side(runs: &Path, names: &[String]) -> Result<Run> {
    let mut sources = names.iter().map(|name| source(runs, name));
    let first = sources.next().context("a side needs a run")??;
    let others = sources.collect::<Result<Vec<Run>>>()?;
    joined(first, others)
}

fn source(runs: &Path, name: &str) -> Result<Run> {
    let path = PathBuf::from(name);
    if !path.is_file() {
        return Run::open(&Run::find(runs, Some(name))?);
    }
    let named = Named {
        id: name.to_string(),
        seed: 0,
        command: String::new(),
        moment: String::new(),
    };
    let (manifest, measured) = imports::read_all(std::slice::from_ref(&path), None, named)?;
    for warning in &manifest.notes {
        eprintln!("lab: {warning}");
    }
    Ok(Run {
        folder: path,
        manifest,
        measured,
    })
}

/// The launches of all, one after the other. What they are of must be the same.
fn joined(first: Run, others: Vec<Run>) -> Result<Run> {
    let mut all = first;
    let keys = |run: &Run| -> Vec<RowKey> {
        let rows = run.manifest.plan.rows.iter();
        rows.map(|row| row.key.clone()).collect()
    };
    let mut ids = BTreeSet::from([all.manifest.id.clone()]);
    for other in others {
        let id = &other.manifest.id;
        if !ids.insert(id.clone()) {
            bail!("{id} is named twice on one side");
        }
        let known = keys(&all);
        let shared: Vec<RowKey> = keys(&other)
            .into_iter()
            .filter(|key| known.contains(key))
            .collect();
        let differences =
            subject::differences((&all.manifest, &shared), (&other.manifest, &shared));
        if let Some(difference) = differences.first() {
            bail!("{id} is no launch of the same side: {difference}");
        }
        let known: BTreeSet<RowKey> = known.into_iter().collect();
        let last = all.measured.launches.iter().map(|launch| launch.launch);
        let offset = last.max().unwrap_or_default().div_ceil(STRIDE) * STRIDE;
        let rows = other.manifest.plan.rows.into_iter();
        all.manifest
            .plan
            .rows
            .extend(rows.filter(|row| !known.contains(&row.key)));
        for case in other.manifest.cases {
            if all.manifest.cases.iter().all(|known| known.id != case.id) {
                all.manifest.cases.push(case);
            }
        }
        let provenance = other.manifest.provenance;
        let own = &mut all.manifest.provenance;
        own.kernel_hashes.extend(provenance.kernel_hashes);
        own.body_hashes.extend(provenance.body_hashes);
        own.settings.extend(provenance.settings);
        all.measured.extend(renumbered(other.measured, offset));
    }
    if ids.len() > 1 {
        all.manifest.id = ids.into_iter().collect::<Vec<_>>().join(" + ");
    }
    Ok(all)
}

fn renumbered(mut measured: Measured, offset: u32) -> Measured {
    for sample in &mut measured.samples {
        sample.launch += offset;
    }
    for launch in &mut measured.launches {
        launch.launch += offset;
    }
    for body in &mut measured.bodies {
        body.launch += offset;
    }
    for level in &mut measured.levels {
        level.launch += offset;
    }
    // What was counted by a process that times nothing is the same in all.
    measured.counts.retain(|count| count.launch != UNTIMED);
    for count in &mut measured.counts {
        count.launch += offset;
    }
    measured
}
