//! The folder `reports/`: what is in it, and how a report is put there, whole or not at all.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Files, Published, seal};
use crate::run_folder::{MANIFEST, read_manifest, remove_folder, write_atomically};

/// Every published report, in order of folder name. A folder without a manifest is an error: nothing else belongs there.
pub fn read(reports: &Path) -> Result<Vec<Published>> {
    if !reports.exists() {
        return Ok(Vec::new());
    }
    let mut folders = Vec::new();
    let entries =
        fs::read_dir(reports).with_context(|| format!("cannot read {}", reports.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", reports.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // What an interrupted publish left behind begins with a dot.
        if entry.path().is_dir() && !name.starts_with('.') {
            folders.push(name);
        }
    }
    folders.sort();
    folders
        .into_iter()
        .map(|folder| {
            let path = reports.join(&folder);
            // Of a comparison each side has a folder of its own.
            let sides = ["before", "after"].map(|side| path.join(side));
            let compares = sides.iter().all(|side| side.join(MANIFEST).exists());
            let read = |path: &Path| {
                read_manifest(path).with_context(|| {
                    format!("{folder} in reports is not a published report this lab can read")
                })
            };
            let (manifest, since) = if compares {
                (read(&sides[1])?, Some(read(&sides[0])?))
            } else {
                (read(&path)?, None)
            };
            Ok(Published {
                seal: seal::short(&path),
                reading: reading(reports, &folder),
                folder,
                manifest,
                since,
            })
        })
        .collect()
}

/// Whether a report has been read critically: `<folder>.md` beside it, which no publishing touches.
pub fn reading(reports: &Path, folder: &str) -> bool {
    reports.join(format!("{folder}.md")).is_file()
}

/// Puts a report into its place through a temporary name. One that is there already is moved aside first, and back if the new
/// one cannot take its place.
pub fn replace(reports: &Path, folder: &str, files: &Files) -> Result<()> {
    let target = reports.join(folder);
    let name = |what: &str| reports.join(format!(".{folder}.{}.{what}", std::process::id()));
    let (fresh, old) = (name("new.partial"), name("old.partial"));
    let cannot = || format!("cannot write {}", target.display());
    remove_folder(&fresh)?;
    for (path, bytes) in files {
        write_atomically(&fresh.join(path), bytes).inspect_err(|_| {
            let _ = fs::remove_dir_all(&fresh);
        })?;
    }
    remove_folder(&old)?;
    let replaces = target.exists();
    if replaces {
        fs::rename(&target, &old).with_context(cannot)?;
    }
    if let Err(error) = fs::rename(&fresh, &target) {
        if replaces {
            let _ = fs::rename(&old, &target);
        }
        let _ = fs::remove_dir_all(&fresh);
        return Err(error).with_context(cannot);
    }
    remove_folder(&old)
}
