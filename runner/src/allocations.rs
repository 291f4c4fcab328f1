//! Allocations: what one call of a variant takes from the managed and from the native heap, counted by
//! `InteropLab.Bench allocations` in optimised code, and compared with what the catalogue states.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde::{Deserialize, Serialize};

use crate::agreement::Finding;
use crate::build::{Library, Products};
use crate::catalogue::Catalogue;
use crate::managed;
use crate::names::RowKey;
use crate::plan::{Found, find};
use crate::run_folder::write_atomically;
use crate::sample::{
    COUNT_MANAGED_BYTES_TIER1, COUNT_NATIVE_ALLOCS, COUNT_NATIVE_FREES, Count, UNTIMED,
};
use crate::workspace::Workspace;

#[derive(Serialize)]
struct Plan<'a> {
    schema: u32,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    key: &'a RowKey,
    #[serde(rename = "type")]
    class: &'a str,
    method: &'a str,
    params: BTreeMap<&'a str, &'a str>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heaps {
    /// Managed bytes.
    Managed,
    /// Calls of malloc and free too, by the counter that the program is started with.
    Both,
}

/// Of a number of calls of one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    calls: u64,
    managed_bytes: u64,
    /// Allocations and frees; `None` where nothing counted them.
    native: Option<(u64, u64)>,
}

impl Counted {
    pub fn managed_bytes(&self) -> f64 {
        self.managed_bytes as f64 / self.calls as f64
    }

    /// Calls of malloc and its like, and of free, per call of the body, on its thread; the kernel's own are among them.
    pub fn native(&self) -> Option<(f64, f64)> {
        let per_call = |count: u64| count as f64 / self.calls as f64;
        self.native
            .map(|(allocs, frees)| (per_call(allocs), per_call(frees)))
    }
}

#[derive(Debug, Default, PartialEq)]
pub struct Allocations {
    pub rows: BTreeMap<RowKey, Counted>,
    /// Rows without a count, and why.
    pub failed: BTreeMap<RowKey, String>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line {
    Allocations(Box<Row>),
    Done { native: bool },
}

#[derive(Deserialize)]
struct Row {
    key: RowKey,
    calls: Option<u64>,
    managed_bytes: Option<u64>,
    native_allocs: Option<u64>,
    native_frees: Option<u64>,
    error: Option<String>,
}

/// Counts for `keys` (managed rows) with one library and returns the program's lines, for [`read`].
pub fn count(
    workspace: &Workspace,
    products: &Products,
    catalogue: &Catalogue,
    library: Library,
    keys: &[RowKey],
    heaps: Heaps,
) -> Result<String> {
    let entries = keys
        .iter()
        .map(|key| {
            let Found {
                case,
                tuple,
                variant,
            } = find(catalogue, key).with_context(|| format!("{key} is not in the catalogue"))?;
            Ok(Entry {
                key,
                class: &tuple.class,
                method: &variant.name,
                params: tuple.value_params(&case.params).collect(),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    // Without a delay methods are promoted within milliseconds, on a single CPU too; the code is the same.
    let mut environment = vec![("DOTNET_TC_CallCountingDelayMs", OsStr::new("0"))];
    if heaps == Heaps::Both {
        environment.push(("LD_PRELOAD", counter(products)?.as_os_str()));
    }
    let plan = serde_json::to_vec(&Plan { schema: 1, entries })?;
    managed::ask(
        workspace,
        products,
        "allocations",
        library,
        &environment,
        &plan,
    )
}

/// The library to start the program with, or why there is none.
pub fn counter(products: &Products) -> Result<&Path> {
    let path = products.allocation_counter.as_deref().context(
        "native allocations are not counted on this system: the counter is loaded by LD_PRELOAD, which is Linux's",
    )?;
    // The loader takes the variable for a list, separated by colons or spaces.
    ensure!(
        !path.to_string_lossy().contains([' ', ':']),
        "{}: LD_PRELOAD takes no path with a space or a colon: move the checkout, or set CARGO_TARGET_DIR",
        path.display()
    );
    Ok(path)
}

/// Reads the program's lines; a row it left out is an error.
pub fn read(text: &str, heaps: Heaps, keys: &[RowKey]) -> Result<Allocations> {
    let mut found = Allocations::default();
    let mut done = None;
    for line in text.lines() {
        match serde_json::from_str(line)
            .map_err(|error| anyhow!("allocations wrote '{line}': {error}"))?
        {
            Line::Done { native } => done = Some(native),
            Line::Allocations(row) => match counted(&row) {
                Ok(counted) => drop(found.rows.insert(row.key, counted)),
                Err(reason) => drop(found.failed.insert(row.key, reason)),
            },
        }
    }
    match done {
        None => bail!("allocations ended before its last line"),
        Some(false) if heaps == Heaps::Both => bail!(
            "the allocation counter was not loaded into the program: the loader ignored LD_PRELOAD"
        ),
        Some(_) => {}
    }
    let seen = |key: &&RowKey| found.rows.contains_key(key) || found.failed.contains_key(key);
    if let Some(missing) = keys.iter().find(|key| !seen(key)) {
        bail!("allocations left out {missing}");
    }
    Ok(found)
}

fn counted(row: &Row) -> Result<Counted, String> {
    match (&row.error, row.calls, row.managed_bytes) {
        (Some(error), ..) => Err(format!("allocations were not counted: {error}")),
        (None, Some(calls), Some(managed_bytes)) if calls > 0 => Ok(Counted {
            calls,
            managed_bytes,
            native: row.native_allocs.zip(row.native_frees),
        }),
        _ => Err("allocations were not counted, and no reason was given".to_string()),
    }
}

impl Allocations {
    /// What does not agree with the catalogue, or with itself.
    pub fn findings(&self, catalogue: &Catalogue, library: Library) -> Vec<Finding> {
        let about = |key: &RowKey, message: String| Finding {
            key: key.clone(),
            library,
            message,
        };
        let mut findings: Vec<Finding> = self
            .failed
            .iter()
            .map(|(key, reason)| about(key, reason.clone()))
            .collect();
        for (key, counted) in &self.rows {
            let got = counted.managed_bytes();
            let found = find(catalogue, key);
            let expected = found.map(|row| row.case.managed_bytes_of(row.variant, row.tuple));
            if let Some(expected) = expected.filter(|expected| *expected as f64 != got) {
                findings.push(about(
                    key,
                    format!("expected {expected} managed bytes per call, got {got}"),
                ));
            }
            let elsewhere = found.is_some_and(|row| row.variant.frees_elsewhere.is_some());
            let lost = counted.native().filter(|(a, b)| a != b && !elsewhere);
            if let Some((allocs, frees)) = lost {
                findings.push(about(
                    key,
                    format!("{allocs} native allocations per call, but {frees} frees"),
                ));
            }
        }
        findings
    }

    /// As lines of `counts.csv`.
    pub fn counts(&self) -> Vec<Count> {
        let of = |(key, counted): (&RowKey, &Counted)| {
            let native = counted.native();
            [
                (
                    COUNT_MANAGED_BYTES_TIER1,
                    Some(counted.managed_bytes()),
                    "bytes",
                ),
                (
                    COUNT_NATIVE_ALLOCS,
                    native.map(|(allocs, _)| allocs),
                    "calls",
                ),
                (COUNT_NATIVE_FREES, native.map(|(_, frees)| frees), "calls"),
            ]
            .into_iter()
            .filter_map(|(name, value, unit)| {
                Some(Count {
                    key: key.clone(),
                    launch: UNTIMED,
                    name: name.to_string(),
                    value: value?,
                    unit: unit.to_string(),
                })
            })
            .collect::<Vec<_>>()
        };
        self.rows.iter().flat_map(of).collect()
    }
}

/// The file of a library's lines in a run folder's `raw/`.
fn file(raw: &Path, library: Library) -> PathBuf {
    raw.join("allocations")
        .join(format!("{}.jsonl", library.name()))
}

/// Counts for a run, once: a resumed run has them already. Native calls are counted where the system has the counter.
pub fn record(
    workspace: &Workspace,
    products: &Products,
    catalogue: &Catalogue,
    library: Library,
    keys: &[RowKey],
    raw: &Path,
) -> Result<Allocations> {
    let heaps = if products.allocation_counter.is_some() {
        Heaps::Both
    } else {
        Heaps::Managed
    };
    let path = file(raw, library);
    if !path.exists() {
        let text = count(workspace, products, catalogue, library, keys, heaps)?;
        read(&text, heaps, keys)?; // what cannot be read is not kept
        write_atomically(&path, text.as_bytes())?;
    }
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    read(&text, heaps, keys).with_context(|| path.display().to_string())
}

/// The rows nothing has been found about yet: a variant that disagrees need not be asked what it allocates.
pub fn without(keys: &[RowKey], findings: &[Finding]) -> Vec<RowKey> {
    let disagree: BTreeSet<&RowKey> = findings.iter().map(|finding| &finding.key).collect();
    keys.iter()
        .filter(|key| !disagree.contains(key))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests;
