//! `published.json`: which runs a publication holds, the hash of each of its files, and of the archives that are kept elsewhere.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use super::Files;
use super::site::{Comparison, Part};
use crate::run_folder::{PUBLISHED, SAMPLES};

const SCHEMA: u32 = 1;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Seal {
    pub schema: u32,
    /// Version of the lab that wrote the pages: another may word them otherwise.
    pub lab: String,
    pub runs: Vec<SealedRun>,
    /// Where its first page is about what changed from the first run to the second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// Path -> BLAKE3, of every other file.
    pub files: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SealedRun {
    pub id: String,
    /// Its folder; empty for the first.
    pub folder: String,
    /// Of the run folder, as its manifest has it.
    pub content_hash: String,
    pub samples: Archive,
}

/// Every block of a run: too large to be published with the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// What `--archive` calls it.
    pub name: String,
    pub blake3: String,
    pub bytes: u64,
}

pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

impl Archive {
    /// Of a run folder's samples.
    pub fn of(id: &str, bytes: &[u8]) -> Archive {
        let blake3 = hash(bytes);
        let short: String = blake3.chars().take(16).collect();
        Archive {
            name: format!("{id}-{short}.{SAMPLES}"),
            blake3,
            bytes: bytes.len() as u64,
        }
    }
}

impl Seal {
    pub fn of(
        parts: &[Part],
        comparison: Option<Comparison>,
        archives: Vec<Archive>,
        files: &Files,
    ) -> Seal {
        let runs = parts.iter().zip(archives).map(|(part, samples)| SealedRun {
            id: part.run.manifest.id.clone(),
            folder: part.name.clone(),
            content_hash: part.run.manifest.content_hash.clone().unwrap_or_default(),
            samples,
        });
        Seal {
            schema: SCHEMA,
            lab: version(),
            runs: runs.collect(),
            comparison,
            files: files
                .iter()
                .map(|(path, bytes)| (path.clone(), hash(bytes)))
                .collect(),
        }
    }

    pub fn bytes(&self) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec_pretty(self)?)
    }

    pub fn read(folder: &Path) -> Result<Seal> {
        let path = folder.join(PUBLISHED);
        let bytes = std::fs::read(&path)
            .with_context(|| format!("cannot read {}: no publication", path.display()))?;
        let seal: Seal = serde_json::from_slice(&bytes)
            .with_context(|| format!("{} is damaged", path.display()))?;
        ensure!(
            seal.schema <= SCHEMA,
            "{} has schema {}, this lab reads up to {SCHEMA}",
            path.display(),
            seal.schema
        );
        Ok(seal)
    }
}

/// The beginning of the hash of a folder's seal, which names every byte of it; empty where there is none.
pub fn short(folder: &Path) -> String {
    let bytes = std::fs::read(folder.join(PUBLISHED)).unwrap_or_default();
    if bytes.is_empty() {
        String::new()
    } else {
        shortened(&bytes)
    }
}

/// The same of its bytes.
pub fn shortened(seal: &[u8]) -> String {
    hash(seal).chars().take(16).collect()
}

pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_string()
}
