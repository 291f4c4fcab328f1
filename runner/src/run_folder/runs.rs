//! The folder of all runs: which there are, and which one somebody means.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::{MANIFEST, PARTIAL, Run};

impl Run {
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

/// Of a run that grows, and of the same when it is sealed.
pub(super) fn paths(runs: &Path, id: &str) -> (PathBuf, PathBuf) {
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
