//! What the seal covers, hashed while it is read: samples are unpacked once and never lie in memory as text.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use anyhow::{Context, Result};
use blake3::Hasher;
use flate2::read::MultiGzDecoder;

use super::files::files_below;
use super::tables::from_csv;
use super::{BODIES, COUNTS, LAUNCHES, MANIFEST, RAW, SAMPLES};
use crate::sample::{Measured, table};

/// BLAKE3, in hex, over name, length and bytes of manifest (without its hash), tables (uncompressed) and `raw/`, in order of name.
pub(super) fn content_hash(folder: &Path) -> Result<String> {
    Ok(pass(folder, |_| Ok(()))?.hash)
}

/// The content hash, and what the tables hold. Apart, because of a file that was changed the hash is the better thing to tell than
/// what is wrong with its lines.
pub(super) fn read(folder: &Path) -> Result<(String, Result<Measured>)> {
    let path = |name: &str| folder.join(name);
    let samples_name = path(SAMPLES).display().to_string();
    let Pass {
        hash,
        samples,
        tables: [launches, bodies, counts],
    } = pass(folder, |samples| table::read(samples, &samples_name))?;
    let measured = || {
        Ok(Measured {
            levels: Vec::new(),
            samples: samples?,
            launches: from_csv(&launches, &path(LAUNCHES))?,
            bodies: from_csv(&bodies, &path(BODIES))?,
            counts: from_csv(&counts, &path(COUNTS))?,
        })
    };
    Ok((hash, measured()))
}

struct Pass<T> {
    hash: String,
    samples: Result<T>,
    /// Launches, bodies, counts.
    tables: [Vec<u8>; 3],
}

fn pass<T>(folder: &Path, read: impl FnOnce(&mut dyn Read) -> Result<T>) -> Result<Pass<T>> {
    let mut hasher = Hasher::new();
    add(&mut hasher, MANIFEST, &manifest(folder)?);
    let samples = hash_samples(&mut hasher, folder, read)?;
    let mut tables = [const { Vec::new() }; 3];
    for (name, table) in [LAUNCHES, BODIES, COUNTS].into_iter().zip(&mut tables) {
        let path = folder.join(name);
        *table = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        add(&mut hasher, name, table);
    }
    for path in files_below(&folder.join(RAW))? {
        let name = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        add(&mut hasher, &name, &bytes);
    }
    Ok(Pass {
        hash: hasher.finalize().to_hex().to_string(),
        samples,
        tables,
    })
}

fn add(hasher: &mut Hasher, name: &str, bytes: &[u8]) {
    announce(hasher, name, bytes.len() as u64);
    hasher.update(bytes);
}

fn announce(hasher: &mut Hasher, name: &str, length: u64) {
    hasher.update(format!("{name}\0{length}\0").as_bytes());
}

/// The manifest without its hash.
fn manifest(folder: &Path) -> Result<Vec<u8>> {
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&text).with_context(|| format!("{} is damaged", path.display()))?;
    if let Some(fields) = manifest.as_object_mut() {
        fields.remove("content_hash");
    }
    Ok(serde_json::to_vec(&manifest)?)
}

/// Hands the unpacked samples to `read` and hashes what passes, and the rest of it where `read` stops early.
fn hash_samples<T>(
    hasher: &mut Hasher,
    folder: &Path,
    read: impl FnOnce(&mut dyn Read) -> Result<T>,
) -> Result<Result<T>> {
    let path = folder.join(SAMPLES);
    let damaged = || format!("{} is damaged", path.display());
    let before = hasher.clone();
    let stated = stated_length(&path)?;
    announce(hasher, SAMPLES, stated);
    let mut samples = Hashed::open(&path, hasher)?;
    let found = read(&mut samples);
    io::copy(&mut samples, &mut io::sink()).with_context(damaged)?;
    let length = samples.length;
    if length != stated {
        // Packed in several members or beyond 4 GiB: the length is known only now, and it is hashed before the bytes.
        *hasher = before;
        announce(hasher, SAMPLES, length);
        io::copy(&mut Hashed::open(&path, hasher)?, &mut io::sink()).with_context(damaged)?;
    }
    Ok(found)
}

/// Length of the unpacked bytes as the last four bytes of a gzip file tell it (RFC 1952, ISIZE): that of the last member modulo 2^32.
fn stated_length(path: &Path) -> Result<u64> {
    let read = || {
        let mut file = File::open(path)?;
        let mut length = [0; 4];
        if file.metadata()?.len() >= 4 {
            file.seek(SeekFrom::End(-4))?;
            file.read_exact(&mut length)?;
        }
        io::Result::Ok(u64::from(u32::from_le_bytes(length)))
    };
    read().with_context(|| format!("cannot read {}", path.display()))
}

struct Hashed<'a> {
    packed: MultiGzDecoder<io::BufReader<File>>,
    hasher: &'a mut Hasher,
    length: u64,
}

impl Hashed<'_> {
    fn open<'a>(path: &Path, hasher: &'a mut Hasher) -> Result<Hashed<'a>> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Hashed {
            packed: MultiGzDecoder::new(io::BufReader::with_capacity(1 << 16, file)),
            hasher,
            length: 0,
        })
    }
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.packed.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.length += read as u64;
        Ok(read)
    }
}
