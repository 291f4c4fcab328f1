//! A run as it is published: everything that its rows, verdicts and pages follow from, and nothing that takes much room. Levels
//! stand for the paired engine's samples, and one line for bodies that are the same.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::tables::{from_csv, to_csv};
use super::{BODIES, COUNTS, LAUNCHES, MANIFEST, RAW, Run, SAMPLES, files_below, read_manifest};
use crate::level::{Level, read_levels, write_levels};
use crate::names::RowKey;
use crate::sample::{Body, Measured, Sample, table};

pub const LEVELS: &str = "levels.csv.gz";

/// What is kept of `raw/`, by ending: generated sources, disassembly, the machine's certificate.
const KEPT: [&str; 2] = ["cs", "asm"];
const CERTIFICATE: &str = "certificate.json";

/// Whether a file of a publication is data, and not made of them.
pub fn is_published_data(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let tables = [MANIFEST, LAUNCHES, COUNTS, BODIES, SAMPLES, LEVELS];
    tables.contains(&name) || path.split('/').any(|folder| folder == RAW)
}

/// Relative path -> bytes of all that is published of a run but its tables and pages.
pub fn files(run: &Run, levels: &[Level]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for name in [MANIFEST, LAUNCHES, COUNTS] {
        files.insert(name.to_string(), read(&run.folder.join(name))?);
    }
    files.insert(BODIES.to_string(), to_csv(&distinct(&run.measured.bodies))?);
    let samples = run.measured.samples.iter();
    let others: Vec<Sample> = samples
        .filter(|sample| !sample.key.is_paired())
        .cloned()
        .collect();
    files.insert(SAMPLES.to_string(), packed(|to| table::write(&others, to))?);
    if !levels.is_empty() {
        files.insert(LEVELS.to_string(), packed(|to| write_levels(levels, to))?);
    }
    for path in files_below(&run.folder.join(RAW))? {
        let ending = path.extension().map(|ending| ending.to_string_lossy());
        let is_kept = ending.is_some_and(|ending| KEPT.contains(&ending.as_ref()))
            || path.ends_with(CERTIFICATE);
        if is_kept {
            let name = path.strip_prefix(&run.folder).unwrap_or(&path);
            let name = name.to_string_lossy().replace('\\', "/");
            files.insert(name, read(&path)?);
        }
    }
    Ok(files)
}

/// A run as it was published, in the folder of its own.
pub fn read_published(folder: &Path) -> Result<Run> {
    let manifest = read_manifest(folder)?;
    let path = |name: &str| folder.join(name);
    let unpacked = |name: &str| -> Result<_> {
        let file = File::open(path(name))
            .with_context(|| format!("cannot read {}", path(name).display()))?;
        Ok((
            MultiGzDecoder::new(BufReader::new(file)),
            path(name).display().to_string(),
        ))
    };
    let (samples, name) = unpacked(SAMPLES)?;
    let mut measured = Measured {
        samples: table::read(samples, &name)?,
        levels: Vec::new(),
        launches: from_csv(&read(&path(LAUNCHES))?, &path(LAUNCHES))?,
        bodies: from_csv(&read(&path(BODIES))?, &path(BODIES))?,
        counts: from_csv(&read(&path(COUNTS))?, &path(COUNTS))?,
    };
    if path(LEVELS).exists() {
        let (levels, name) = unpacked(LEVELS)?;
        measured.levels = read_levels(levels, &name)?;
    }
    Ok(Run {
        folder: folder.to_path_buf(),
        manifest,
        measured,
    })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn packed(write: impl FnOnce(&mut GzEncoder<Vec<u8>>) -> Result<()>) -> Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    write(&mut packed)?;
    Ok(packed.finish()?)
}

/// The first body of each code of a row, and all of a launch that has codes of more than one size: what tells whether the bodies of a
/// launch are the same, and which codes there were.
fn distinct(bodies: &[Body]) -> Vec<Body> {
    let mut sizes: HashMap<(&RowKey, u32), HashSet<Option<u64>>> = HashMap::new();
    for body in bodies {
        let of_launch = sizes.entry((&body.key, body.launch)).or_default();
        of_launch.insert(body.size_bytes);
    }
    let mut seen = HashSet::new();
    let kept = bodies.iter().filter(|body| {
        let code = (&body.key, &body.tier, body.size_bytes, &body.code_hash);
        seen.insert(code) || sizes[&(&body.key, body.launch)].len() > 1
    });
    kept.cloned().collect()
}
