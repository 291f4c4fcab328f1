//! Run folders: how a run grows under a temporary name, is sealed by a rename, and is read back. The only code that knows the
//! names of the files in one, but for `rows.csv` (`row`) and `report/` (`report`), which are derived and never sealed.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::manifest::{Manifest, SCHEMA};
use crate::sample::Measured;

const MANIFEST: &str = "manifest.json";
const SAMPLES: &str = "samples.csv.gz";
const LAUNCHES: &str = "launches.csv";
const BODIES: &str = "bodies.csv";
const COUNTS: &str = "counts.csv";
const RAW: &str = "raw";
const PARTS: &str = "parts";
/// Ending of a folder that is still being measured.
const PARTIAL: &str = ".partial";

/// Writes a file so that it is either the old one or the new one, never half of it.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file without a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!(".{name}.{}{PARTIAL}", std::process::id()));
    fs::write(&temporary, bytes)
        .and_then(|()| fs::rename(&temporary, path))
        .with_context(|| {
            let _ = fs::remove_file(&temporary);
            format!("cannot write {}", path.display())
        })
}

/// Removes a folder with what is in it, where it exists.
pub fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

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
        let (folder, sealed) = paths(runs, id);
        if sealed.exists() {
            bail!("run {id} is complete: there is nothing to resume");
        }
        if !folder.exists() {
            let open = interrupted(runs);
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
        measured.samples.sort_by(|a, b| {
            (&a.key, a.launch, a.flags, a.round).cmp(&(&b.key, b.launch, b.flags, b.round))
        });
        measured
            .launches
            .sort_by_key(|launch| (launch.key(), launch.launch));
        measured
            .bodies
            .sort_by(|a, b| (&a.key, a.launch, a.replica).cmp(&(&b.key, b.launch, b.replica)));
        measured
            .counts
            .sort_by(|a, b| (&a.key, a.launch, &a.name).cmp(&(&b.key, b.launch, &b.name)));

        let samples = to_csv(&measured.samples)?;
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&samples)?;
        write_atomically(&self.folder.join(SAMPLES), &packed.finish()?)?;
        write_atomically(&self.folder.join(LAUNCHES), &to_csv(&measured.launches)?)?;
        write_atomically(&self.folder.join(BODIES), &to_csv(&measured.bodies)?)?;
        write_atomically(&self.folder.join(COUNTS), &to_csv(&measured.counts)?)?;

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

/// A sealed run, read and checked against its hash.
#[derive(Debug)]
pub struct Run {
    pub folder: PathBuf,
    pub manifest: Manifest,
    pub measured: Measured,
}

impl Run {
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
        let found = content_hash(folder)?;
        ensure!(
            *hash == found,
            "{}: content does not match the hash in {MANIFEST} (a file of the run was changed, cut or removed)",
            folder.display()
        );
        let measured = Measured {
            samples: from_csv(&read_samples(folder)?, &folder.join(SAMPLES))?,
            launches: read_csv(&folder.join(LAUNCHES))?,
            bodies: read_csv(&folder.join(BODIES))?,
            counts: read_csv(&folder.join(COUNTS))?,
        };
        Ok(Run {
            folder: folder.to_path_buf(),
            manifest,
            measured,
        })
    }

    /// Name and bytes of everything sealed in the folder but `raw/`.
    pub fn sealed_files(&self) -> Result<Vec<(String, Vec<u8>)>> {
        [MANIFEST, SAMPLES, LAUNCHES, BODIES, COUNTS]
            .into_iter()
            .map(|name| {
                let path = self.folder.join(name);
                let bytes =
                    fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                Ok((name.to_string(), bytes))
            })
            .collect()
    }

    /// The run somebody means by `name`: a folder, an id, the beginning of one id, or without a name the newest run.
    pub fn find(runs: &Path, name: Option<&str>) -> Result<PathBuf> {
        let ids = sealed(runs);
        let Some(name) = name else {
            return match ids.last() {
                Some(id) => Ok(runs.join(id)),
                None => bail!(
                    "there is no run in {}: make one with ./lab run",
                    runs.display()
                ),
            };
        };
        if Path::new(name).join(MANIFEST).exists() {
            return Ok(PathBuf::from(name));
        }
        if runs.join(name).join(MANIFEST).exists() {
            return Ok(runs.join(name));
        }
        let fitting: Vec<&String> = ids.iter().filter(|id| id.starts_with(name)).collect();
        match fitting[..] {
            [id] => Ok(runs.join(id)),
            [] if interrupted(runs).iter().any(|id| id.starts_with(name)) => {
                bail!("run {name} is not complete: continue it with ./lab run --resume {name}")
            }
            [] => bail!("no run {name} in {}", runs.display()),
            _ => bail!(
                "'{name}' begins {} runs: give more of the id",
                fitting.len()
            ),
        }
    }
}

fn paths(runs: &Path, id: &str) -> (PathBuf, PathBuf) {
    (runs.join(format!("{id}{PARTIAL}")), runs.join(id))
}

/// Ids of complete runs, oldest first (an id begins with its time).
fn sealed(runs: &Path) -> Vec<String> {
    folders(runs)
        .into_iter()
        .filter(|name| !name.ends_with(PARTIAL))
        .collect()
}

/// Ids of runs that can be resumed, oldest first.
pub fn interrupted(runs: &Path) -> Vec<String> {
    folders(runs)
        .into_iter()
        .filter_map(|name| name.strip_suffix(PARTIAL).map(str::to_string))
        .collect()
}

fn folders(runs: &Path) -> Vec<String> {
    let entries = fs::read_dir(runs).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().join(MANIFEST).exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
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

/// BLAKE3, in hex, over name, length and bytes of manifest (without its hash), tables (uncompressed) and `raw/`, in order of name.
fn content_hash(folder: &Path) -> Result<String> {
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&text).with_context(|| format!("{} is damaged", path.display()))?;
    if let Some(fields) = manifest.as_object_mut() {
        fields.remove("content_hash");
    }
    let mut hasher = blake3::Hasher::new();
    let mut add = |name: &str, bytes: &[u8]| {
        hasher.update(format!("{name}\0{}\0", bytes.len()).as_bytes());
        hasher.update(bytes);
    };
    add(MANIFEST, &serde_json::to_vec(&manifest)?);
    add(SAMPLES, &read_samples(folder)?);
    for name in [LAUNCHES, BODIES, COUNTS] {
        let path = folder.join(name);
        add(
            name,
            &fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?,
        );
    }
    for path in files_below(&folder.join(RAW))? {
        let name = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        add(
            &name,
            &fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?,
        );
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// Every file below `folder`, sorted; none when there is no such folder.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        if !folder.exists() {
            continue;
        }
        for entry in
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?
        {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path)
            } else {
                files.push(path)
            }
        }
    }
    files.sort();
    Ok(files)
}

fn read_samples(folder: &Path) -> Result<Vec<u8>> {
    let path = folder.join(SAMPLES);
    let file = fs::File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut bytes = Vec::new();
    MultiGzDecoder::new(file)
        .read_to_end(&mut bytes)
        .with_context(|| format!("{} is damaged", path.display()))?;
    Ok(bytes)
}

fn to_csv<T: Serialize>(records: &[T]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        writer.serialize(record)?;
    }
    writer
        .into_inner()
        .context("cannot finish a table in memory")
}

fn read_csv<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    from_csv(
        &fs::read(path).with_context(|| format!("cannot read {}", path.display()))?,
        path,
    )
}

fn from_csv<T: DeserializeOwned>(bytes: &[u8], path: &Path) -> Result<Vec<T>> {
    csv::Reader::from_reader(bytes)
        .deserialize()
        .enumerate()
        .map(|(index, record)| {
            record.with_context(|| format!("{}: row {}", path.display(), index + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests;
