//! Run folders: how a run grows under a temporary name, is sealed by a rename, and is read back. The only code that knows the
//! names of the files in one, but for `rows.csv` (`row`) and `report/` (`report`), which are derived and never sealed.

mod files;
mod published;
mod runs;
mod seal;
mod tables;

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

pub use self::files::{files_below, remove_folder, write_atomically, write_atomically_with};
pub use self::published::{LEVELS, files as published_files, is_published_data, read_published};
pub use self::runs::interrupted;
use self::runs::paths;
use self::seal::content_hash;
pub(crate) use self::tables::from_csv;
use self::tables::to_csv;
use crate::manifest::{Manifest, SCHEMA};
use crate::sample::{Measured, Sample, table};

pub const MANIFEST: &str = "manifest.json";
pub const SAMPLES: &str = "samples.csv.gz";
pub const LAUNCHES: &str = "launches.csv";
pub const BODIES: &str = "bodies.csv";
pub const COUNTS: &str = "counts.csv";
/// Of a publication: which runs it holds, and the hash of every file.
pub const PUBLISHED: &str = "published.json";
const RAW: &str = "raw";
const PARTS: &str = "parts";
/// Ending of a folder that is still being measured.
pub const PARTIAL: &str = ".partial";

/// A run that grows: `<id>.partial` until it is sealed.
#[derive(Debug)]
pub struct Draft {
    folder: PathBuf,
    sealed: PathBuf,
    pub manifest: Manifest,
}

impl Draft {
    pub fn create(runs: &Path, manifest: Manifest) -> Result<Draft> {
        let (folder, sealed) = paths(runs, &manifest.id);
        ensure!(
            !folder.exists() && !sealed.exists(),
            "{} exists already",
            sealed.display()
        );
        fs::create_dir_all(folder.join(RAW))
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let draft = Draft {
            folder,
            sealed,
            manifest,
        };
        draft.save()?;
        Ok(draft)
    }

    /// Takes up an interrupted run.
    pub fn resume(runs: &Path, id: &str) -> Result<Draft> {
        let id = id.trim_end_matches('/').trim_end_matches(PARTIAL);
        // The beginning of an id is enough where it is the only one.
        let open = interrupted(runs);
        let mut fitting = open.iter().filter(|other| other.starts_with(id));
        let id = match (fitting.next(), fitting.next()) {
            (Some(only), None) => only.as_str(),
            _ => id,
        };
        let (folder, sealed) = paths(runs, id);
        if sealed.exists() {
            bail!("run {id} is complete: there is nothing to resume");
        }
        if !folder.exists() {
            let hint = if open.is_empty() {
                "there is no interrupted run".to_string()
            } else {
                format!("interrupted: {}", open.join(", "))
            };
            bail!("no run {id} to resume ({hint})");
        }
        let manifest = read_manifest(&folder)?;
        Ok(Draft {
            folder,
            sealed,
            manifest,
        })
    }

    /// Writes the manifest as it is now.
    pub fn save(&self) -> Result<()> {
        write_atomically(
            &self.folder.join(MANIFEST),
            &serde_json::to_vec_pretty(&self.manifest)?,
        )
    }

    /// Where it grows.
    pub fn folder(&self) -> PathBuf {
        self.folder.clone()
    }

    /// Where engines leave what they write themselves; part of the seal.
    pub fn raw(&self) -> PathBuf {
        self.folder.join(RAW)
    }

    /// Where launches are kept until the run is sealed and they are joined.
    pub fn parts(&self) -> PathBuf {
        self.folder.join(PARTS)
    }

    /// Writes the tables, puts the content hash into the manifest and gives the folder its final name.
    pub fn seal(mut self, mut measured: Measured) -> Result<PathBuf> {
        measured.samples.sort_by(in_order);
        measured
            .launches
            .sort_by_key(|launch| (launch.key(), launch.launch));
        measured
            .bodies
            .sort_by(|a, b| (&a.key, a.launch, a.replica).cmp(&(&b.key, b.launch, b.replica)));
        measured
            .counts
            .sort_by(|a, b| (&a.key, a.launch, &a.name).cmp(&(&b.key, b.launch, &b.name)));

        write_atomically_with(&self.folder.join(SAMPLES), |file| {
            let mut packed = GzEncoder::new(file, Compression::default());
            table::write(&measured.samples, &mut packed)?;
            packed.finish()?;
            Ok(())
        })?;
        write_atomically(&self.folder.join(LAUNCHES), &to_csv(&measured.launches)?)?;
        write_atomically(&self.folder.join(BODIES), &to_csv(&measured.bodies)?)?;
        write_atomically(&self.folder.join(COUNTS), &to_csv(&measured.counts)?)?;

        for name in [SAMPLES, LAUNCHES, BODIES, COUNTS] {
            let path = self.folder.join(name);
            let size = fs::metadata(&path)
                .with_context(|| format!("cannot read {}", path.display()))?
                .len();
            self.manifest.files.insert(name.to_string(), size);
        }
        self.manifest.content_hash = None;
        self.save()?;
        self.manifest.content_hash = Some(content_hash(&self.folder)?);
        self.save()?;
        fs::rename(&self.folder, &self.sealed)
            .with_context(|| format!("cannot seal {}", self.folder.display()))?;
        // Last, and outside the seal: whenever this is interrupted, nothing measured is lost.
        remove_folder(&self.sealed.join(PARTS))?;
        Ok(self.sealed)
    }
}

/// The order in which samples are sealed, whatever the order in which they came.
fn in_order(a: &Sample, b: &Sample) -> Ordering {
    let keys = if Arc::ptr_eq(&a.key, &b.key) {
        Ordering::Equal
    } else {
        a.key.cmp(&b.key)
    };
    let rest = |sample: &Sample| {
        let Sample {
            launch,
            flags,
            round,
            role,
            replica,
            position,
            calls,
            ..
        } = *sample;
        (launch, flags, round, role, replica, position, calls)
    };
    keys.then_with(|| rest(a).cmp(&rest(b)))
        .then_with(|| a.elapsed_ns.total_cmp(&b.elapsed_ns))
}

/// A sealed run, read and checked against its hash.
#[derive(Debug)]
pub struct Run {
    pub folder: PathBuf,
    pub manifest: Manifest,
    pub measured: Measured,
}

impl Run {
    /// A sealed run, or one that was published: its seal lies beside it, or above it where it is one of several.
    pub fn open(folder: &Path) -> Result<Run> {
        let seals = [Some(folder), folder.parent()];
        let mut seals = seals.into_iter().flatten();
        if seals.any(|folder| folder.join(PUBLISHED).exists()) {
            read_published(folder)
        } else {
            Run::read(folder)
        }
    }

    pub fn read(folder: &Path) -> Result<Run> {
        ensure!(folder.is_dir(), "no run folder {}", folder.display());
        let manifest = read_manifest(folder)?;
        let Some(hash) = &manifest.content_hash else {
            bail!(
                "run {} is not complete: continue it with ./lab run --resume {}",
                manifest.id,
                manifest.id
            );
        };
        let (found, measured) = seal::read(folder)?;
        ensure!(
            *hash == found,
            "{}: content does not match the hash in {MANIFEST} (a file of the run was changed, cut or removed)",
            folder.display()
        );
        let measured = measured?;
        Ok(Run {
            folder: folder.to_path_buf(),
            manifest,
            measured,
        })
    }
}

/// The manifest of a run folder, or of a published one.
pub fn read_manifest(folder: &Path) -> Result<Manifest> {
    #[derive(serde::Deserialize)]
    struct Version {
        schema: u32,
    }
    let path = folder.join(MANIFEST);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let version: Version =
        serde_json::from_slice(&bytes).with_context(|| format!("{} is damaged", path.display()))?;
    ensure!(
        version.schema <= SCHEMA,
        "{} has schema {}, this lab reads up to {SCHEMA}",
        path.display(),
        version.schema
    );
    serde_json::from_slice(&bytes).with_context(|| format!("{} is damaged", path.display()))
}

#[cfg(test)]
mod tests;
