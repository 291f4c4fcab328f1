//! Publishing: a gate, the files of a published report, the index over all of them, the newest table for the README.
//!
//! Pure functions, but for `shelf`, which reads and writes `reports/`, and `verify`, which reads one of them. What is published is
//! what it takes to compute every row, verdict and page again.

pub mod changes;
pub mod gate;
pub mod headline;
pub mod index;
pub mod renew;
pub mod seal;
pub mod shelf;
pub mod since;
pub mod site;
#[cfg(test)]
mod tests;
pub mod verify;
pub mod withhold;

use anyhow::{Context, Result};

pub use crate::derived::Files;
use crate::environment::slug;
use crate::manifest::Manifest;

/// A report in `reports/`.
#[derive(Clone, Debug)]
pub struct Published {
    /// Name of its folder.
    pub folder: String,
    pub manifest: Manifest,
    /// Whether somebody has written down, in `<folder>.md` beside it, what is plausible in it and what is open.
    pub reading: bool,
    /// The beginning of its seal's hash; empty for one from before there were seals.
    pub seal: String,
    /// The run before, where it is about what changed since that one.
    pub since: Option<Manifest>,
}

/// `12 files, 34 kB`.
pub fn amount(files: &Files) -> String {
    let bytes: usize = files.values().map(Vec::len).sum();
    format!("{} files, {} kB", files.len(), bytes.div_ceil(1000))
}

/// `<date>-<environment class>`, with `-2`, `-3`, ... for further runs of that day and class; a run that is there already keeps
/// its folder.
pub fn folder(
    manifest: &Manifest,
    since: Option<&Manifest>,
    shelf: &[Published],
) -> Result<String> {
    let before = since.map(|manifest| &manifest.id);
    let same = |other: &&Published| {
        other.manifest.id == manifest.id && other.since.as_ref().map(|since| &since.id) == before
    };
    if let Some(own) = shelf.iter().find(same) {
        return Ok(own.folder.clone());
    }
    let date = manifest
        .started
        .get(..10)
        .with_context(|| format!("run {}: '{}' is not a time", manifest.id, manifest.started))?;
    // A slug has no separators, so whatever a manifest says, the folder stays inside reports/.
    let kind = since.map_or("", |_| " changes");
    let name = slug(&format!("{date} {}{kind}", manifest.environment.class));
    let taken = |name: &String| shelf.iter().any(|other| other.folder == *name);
    let mut free = name.clone();
    let mut number = 2;
    while taken(&free) {
        free = format!("{name}-{number}");
        number += 1;
    }
    Ok(free)
}

/// Text from outside in Markdown: nothing in it is markup, and it stays in its cell.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' => {
                plain.push('\\');
                plain.push(c);
            }
            '\n' | '\r' => plain.push(' '),
            _ => plain.push(c),
        }
    }
    plain
}

/// `4f1e6f3c0a5b`, and whether the checkout had changes that are not in it.
fn commit(manifest: &Manifest) -> String {
    let provenance = &manifest.provenance;
    let Some(commit) = &provenance.git_commit else {
        return "unknown".to_string();
    };
    let short: String = commit.chars().take(12).collect();
    if provenance.git_dirty == Some(false) {
        format!("`{short}`")
    } else {
        format!("`{short}` with local changes")
    }
}

fn runtime(manifest: &Manifest) -> String {
    let runtime = manifest.provenance.versions.get("runtime");
    runtime.map_or("unknown runtime".to_string(), |runtime| plain(runtime))
}
