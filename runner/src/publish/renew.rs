//! A published folder written again from its own data, after the lab has learnt to word its pages otherwise: numbers that were
//! published need no run folder to stay readable.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::Files;
use super::seal::{Archive, Seal, hash};
use super::site::{self, Part};
use super::verify::part;
use crate::run_folder::{PUBLISHED, is_published_data};

/// The runs, and every file with tables, pages and seal made anew. The data must be those that were published.
pub fn renew(folder: &Path) -> Result<(Vec<Part>, bool, Files)> {
    let seal = Seal::read(folder)?;
    let mut files = Files::new();
    for (path, stated) in seal
        .files
        .iter()
        .filter(|(path, _)| is_published_data(path))
    {
        let from = folder.join(path);
        let bytes = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        ensure!(
            hash(&bytes) == *stated,
            "{} is not the file that was published: nothing is written again",
            from.display()
        );
        files.insert(path.clone(), bytes);
    }
    let parts = seal
        .runs
        .iter()
        .map(|run| part(folder, run))
        .collect::<Result<Vec<Part>>>()?;
    files.extend(site::derived_files(&parts, seal.comparison.as_ref())?);
    let archives: Vec<Archive> = seal.runs.into_iter().map(|run| run.samples).collect();
    let compares = seal.comparison.is_some();
    let fresh = Seal::of(&parts, seal.comparison, archives, &files);
    files.insert(PUBLISHED.to_string(), fresh.bytes()?);
    Ok((parts, compares, files))
}
