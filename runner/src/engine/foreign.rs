//! Samples of any producer in our own format, `samples.csv` or the same packed by gzip, as `lab import` reads them.
//!
//! Stricter than reading a run of ours: what a producer could get wrong is refused with file and line, because statistics would
//! make a number of it. What follows from several files together is in `groups`.

mod groups;

pub use self::groups::{implementations, settle};

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;

use super::bdn::export::{Imported, add_param, add_variant};
use crate::manifest::PlannedRow;
use crate::names::RowKey;
use crate::run_folder::{BODIES, COUNTS, LAUNCHES, from_csv};
use crate::sample::table::Lines;
use crate::sample::{Launch, Role, Sample, Stage};

/// Names under which samples have tables beside them.
const NAMES: [&str; 2] = ["samples.csv", "samples.csv.gz"];
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// A round is a place in a table, and tables of samples have no large gaps.
const MOST_ROUNDS: u32 = 100_000;

/// Whether a file is meant as samples: everything that is no JSON.
pub fn is_meant(path: &Path) -> Result<bool> {
    let mut start = [0; 64];
    let read = open(path)?
        .read(&mut start)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let json = path
        .extension()
        .is_some_and(|extension| extension == "json");
    let first = start[..read]
        .trim_ascii_start()
        .strip_prefix("\u{feff}".as_bytes())
        .unwrap_or(start[..read].trim_ascii_start())
        .first();
    Ok(!json && first != Some(&b'{'))
}

fn open(path: &Path) -> Result<BufReader<File>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(BufReader::with_capacity(1 << 16, file))
}

/// Reads one file, and launches, bodies and counts beside it where it is called as in a run folder.
pub fn read(path: &Path) -> Result<Imported> {
    let name = path.display().to_string();
    let mut file = open(path)?;
    let start = file
        .fill_buf()
        .with_context(|| format!("cannot read {name}"))?;
    let mut imported = Imported::default();
    imported.measured.samples = if start.starts_with(&GZIP) {
        samples(MultiGzDecoder::new(file), &name)?
    } else {
        samples(file, &name)?
    };
    ensure!(
        !imported.measured.samples.is_empty(),
        "{name}: no samples below the header"
    );
    imported.measured.launches = match beside(path, LAUNCHES)? {
        Some(launches) => launches,
        None => launches(&imported.measured.samples),
    };
    imported.measured.bodies = beside(path, BODIES)?.unwrap_or_default();
    imported.measured.counts = beside(path, COUNTS)?.unwrap_or_default();
    describe(&mut imported);
    Ok(imported)
}

fn samples(from: impl Read, name: &str) -> Result<Vec<Sample>> {
    let mut lines = Lines::open(from, name)?;
    let mut samples: Vec<Sample> = Vec::new();
    let mut seen = HashMap::new();
    while let Some(sample) = lines.next_sample()? {
        let new = samples
            .last()
            .is_none_or(|last| !Arc::ptr_eq(&last.key, &sample.key));
        check(&sample, new).with_context(|| lines.place())?;
        if sample.key.is_paired() {
            // By address: one key is one shared key.
            let place = (
                Arc::as_ptr(&sample.key),
                sample.role,
                sample.launch,
                sample.round,
                sample.flags,
            );
            if let Some(other) = seen.insert(place, lines.line()) {
                bail!(
                    "{}: {} as {} in launch {}, round {} stands in line {other} too",
                    lines.place(),
                    sample.key,
                    sample.role.name(),
                    sample.launch,
                    sample.round
                );
            }
        }
        samples.push(sample);
    }
    Ok(samples)
}

fn check(sample: &Sample, new_key: bool) -> Result<()> {
    if new_key {
        sample.key.check()?;
    }
    ensure!(sample.launch >= 1, "launch 0: launches count from 1");
    ensure!(
        (1..=MOST_ROUNDS).contains(&sample.round),
        "round {}: rounds count from 1 to at most {MOST_ROUNDS}",
        sample.round
    );
    ensure!(sample.calls >= 1, "calls 0: a block has at least one call");
    ensure!(
        sample.elapsed_ns.is_finite() && sample.elapsed_ns > 0.0,
        "elapsed_ns {}: a block takes more than nothing",
        sample.elapsed_ns
    );
    if let Some(pause) = sample.gc_pause_ns {
        ensure!(
            pause.is_finite() && pause >= 0.0,
            "gc_pause_ns {pause}: a pause is nothing or more"
        );
    }
    Ok(())
}

/// A table beside the samples, where there is one.
fn beside<T: DeserializeOwned>(samples: &Path, name: &str) -> Result<Option<Vec<T>>> {
    let as_in_a_run = samples
        .file_name()
        .is_some_and(|file| NAMES.iter().any(|name| file == *name));
    let path = samples.with_file_name(name);
    if !as_in_a_run || !path.exists() {
        return Ok(None);
    }
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    from_csv(&bytes, &path).map(Some)
}

/// The launches that the samples are from: of a whole group for the paired engine, of a row for others.
fn launches(samples: &[Sample]) -> Vec<Launch> {
    let mut found = BTreeSet::new();
    for of_key in samples.chunk_by(|a, b| Arc::ptr_eq(&a.key, &b.key) && a.launch == b.launch) {
        let mut key = RowKey::clone(&of_key[0].key);
        if key.is_paired() {
            key.variant.clear();
        }
        found.insert((key, of_key[0].launch));
    }
    found
        .into_iter()
        .map(|(key, launch)| Launch::of(&key, launch))
        .collect()
}

/// Rows and cases, in key order: a row for every variant and floor that was timed, or was to be by its launches.
fn describe(imported: &mut Imported) {
    let measured = &imported.measured;
    let timed = measured
        .samples
        .chunk_by(|a, b| Arc::ptr_eq(&a.key, &b.key) && a.role == b.role)
        .filter(|of_key| matches!(of_key[0].role, Role::Variant | Role::Native))
        .map(|of_key| RowKey::clone(&of_key[0].key));
    let failed = measured
        .launches
        .iter()
        .filter(|launch| !launch.variant.is_empty())
        .map(Launch::key);
    let keys: BTreeSet<RowKey> = timed.chain(failed).collect();
    for key in keys {
        let case = imported.case(&key.case, &key.engine);
        add_variant(case, &key.variant, "");
        for (name, value) in key.params.split(',').filter_map(|one| one.split_once('=')) {
            add_param(case, name, value);
        }
        imported.rows.push(PlannedRow {
            key,
            ops: 1,
            not_applicable: None,
            refused: None,
            not_permitted: None,
        });
    }
}

/// Whether the sample enters a comparison.
fn is_compared(sample: &Sample) -> bool {
    sample.key.is_paired() && sample.flags == Stage::Actual
}
