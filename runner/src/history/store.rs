//! The runs of a folder as a history needs them: who, when, on what, and the rows. Samples are not read.
//!
//! What is cheap to check is checked: that a folder says what it is, that its tables have the sizes they were sealed with, that
//! `rows.csv` holds the rows that were planned. `lab report` and `lab compare` check the seal itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::derived::ROWS;
use crate::manifest::{PAIRED_EPOCH, SCHEMA};
use crate::names::RowKey;
use crate::run_folder::{MANIFEST, PARTIAL};

/// Folders beside the runs that are none.
const OTHERS: [&str; 2] = ["certificates", "history"];

/// A sealed run, without its samples.
#[derive(Debug)]
pub struct StoredRun {
    pub facts: Facts,
    pub folder: PathBuf,
    pub rows: Vec<StoredRow>,
}

/// What a manifest says that a history needs.
#[derive(Debug, Default, Deserialize)]
pub struct Facts {
    schema: u32,
    pub id: String,
    content_hash: Option<String>,
    /// UTC, RFC 3339.
    pub started: String,
    #[serde(default)]
    files: BTreeMap<String, u64>,
    plan: Plan,
    pub environment: Machine,
    #[serde(default)]
    pub provenance: Provenance,
}

#[derive(Debug, Default, Deserialize)]
struct Plan {
    rows: Vec<IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Machine {
    pub class: String,
    #[serde(default)]
    pub kernel: Option<String>,
    #[serde(default)]
    pub microcode: Option<String>,
    #[serde(default)]
    pub governor: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Provenance {
    #[serde(default)]
    pub git_commit: Option<String>,
    #[serde(default)]
    pub git_dirty: Option<bool>,
    #[serde(default)]
    pub versions: BTreeMap<String, String>,
    #[serde(default)]
    pub kernel_hashes: BTreeMap<String, String>,
    #[serde(default)]
    pub body_hashes: BTreeMap<String, String>,
    #[serde(default)]
    pub programs_hash: String,
}

impl Facts {
    /// How the paired engine measured.
    pub fn epoch(&self) -> Option<&str> {
        let versions = &self.provenance.versions;
        versions.get(PAIRED_EPOCH).map(String::as_str)
    }
}

/// A row that has a value, ns per call.
#[derive(Debug)]
pub struct StoredRow {
    pub key: RowKey,
    pub ns: f64,
    pub interval: Option<(f64, f64)>,
    /// Over an empty managed call.
    pub over_managed_ns: Option<f64>,
}

/// A folder that is no run one can read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub folder: PathBuf,
    pub why: String,
}

/// Every sealed run, oldest first, and what was skipped. A run that is being measured is neither.
pub fn read(runs: &Path) -> Result<(Vec<StoredRun>, Vec<Skipped>)> {
    let (mut found, mut skipped) = (Vec::new(), Vec::new());
    let mut ids = BTreeSet::new();
    for folder in folders(runs)? {
        let read = one(&folder).and_then(|run| {
            let id = run.facts.id.clone();
            ensure!(ids.insert(id.clone()), "run {id} is here twice");
            Ok(run)
        });
        match read {
            Ok(run) => found.push(run),
            Err(error) => skipped.push(Skipped {
                folder,
                why: format!("{error:#}"),
            }),
        }
    }
    found.sort_by(|a, b| {
        let when = |run: &StoredRun| (run.facts.started.clone(), run.facts.id.clone());
        when(a).cmp(&when(b))
    });
    Ok((found, skipped))
}

fn folders(runs: &Path) -> Result<Vec<PathBuf>> {
    if !runs.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(runs).with_context(|| format!("cannot read {}", runs.display()))?;
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_run =
            !(name.starts_with('.') || name.ends_with(PARTIAL) || OTHERS.contains(&name.as_str()));
        if is_run && entry.path().is_dir() {
            folders.push(entry.path());
        }
    }
    folders.sort();
    Ok(folders)
}

fn one(folder: &Path) -> Result<StoredRun> {
    #[derive(Deserialize)]
    struct Version {
        schema: u32,
    }
    let path = folder.join(MANIFEST);
    ensure!(path.exists(), "no {MANIFEST}");
    let bytes = fs::read(&path).with_context(|| format!("cannot read {MANIFEST}"))?;
    let facts: Facts = match serde_json::from_slice(&bytes) {
        Ok(facts) => facts,
        // A newer layout is told as such, whatever it does not have any more.
        Err(error) => match serde_json::from_slice(&bytes) {
            Ok(Version { schema }) if schema > SCHEMA => bail!(newer(schema)),
            _ => return Err(error).context(format!("{MANIFEST} is damaged")),
        },
    };
    ensure!(facts.schema <= SCHEMA, newer(facts.schema));
    ensure!(facts.content_hash.is_some(), "it is not sealed");
    // A copy without any of its tables is one that was made for a history.
    let has_tables = facts.files.keys().any(|name| folder.join(name).exists());
    for (name, size) in facts.files.iter().filter(|_| has_tables) {
        let found = fs::metadata(folder.join(name)).map(|data| data.len()).ok();
        ensure!(
            found == Some(*size),
            "{name} has {} bytes, it was sealed with {size}",
            found.map_or("no".to_string(), |found| found.to_string())
        );
    }
    let bytes = fs::read(folder.join(ROWS)).with_context(|| {
        format!(
            "cannot read {ROWS}: ./lab report {} makes it again",
            facts.id
        )
    })?;
    let (rows, lines) = rows(&bytes).with_context(|| format!("{ROWS} is damaged"))?;
    ensure!(
        lines == facts.plan.rows.len(),
        "{ROWS} has {lines} rows, {} were planned: ./lab report {} makes it again",
        facts.plan.rows.len(),
        facts.id
    );
    Ok(StoredRun {
        facts,
        folder: folder.to_path_buf(),
        rows,
    })
}

fn newer(schema: u32) -> String {
    format!("it has schema {schema}, this lab reads up to {SCHEMA}")
}

/// Rows with a value, and the number of lines. By column, because most of the forty are of no interest here.
fn rows(bytes: &[u8]) -> Result<(Vec<StoredRow>, usize)> {
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let header = reader.byte_headers()?.clone();
    let column = |name: &str| {
        let at = header.iter().position(|other| other == name.as_bytes());
        at.with_context(|| format!("no column {name}"))
    };
    let (key, ns) = (column("key")?, column("ns_per_call")?);
    let (lo, hi) = (column("ns_lo")?, column("ns_hi")?);
    let over_managed = column("over_managed_ns")?;
    let mut record = csv::ByteRecord::new();
    let (mut found, mut lines) = (Vec::new(), 0);
    while reader.read_byte_record(&mut record)? {
        lines += 1;
        let text = |at: usize| std::str::from_utf8(record.get(at).unwrap_or_default());
        let number = |at: usize| -> Result<Option<f64>> {
            let text = text(at)?;
            if text.is_empty() {
                return Ok(None);
            }
            let number: f64 = text
                .parse()
                .with_context(|| format!("line {}: '{text}' is not a number", lines + 1))?;
            Ok(Some(number))
        };
        let Some(ns) = number(ns)?.filter(|ns| *ns > 0.0) else {
            continue;
        };
        found.push(StoredRow {
            key: text(key)?
                .parse()
                .with_context(|| format!("line {}", lines + 1))?,
            ns,
            interval: number(lo)?.zip(number(hi)?),
            over_managed_ns: number(over_managed)?,
        });
    }
    Ok((found, lines))
}
