//! Where certificates are kept: the newest one of each environment class, beside the runs.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Certificate;
use crate::run_folder::write_atomically;

fn path(runs: &Path, class: &str) -> PathBuf {
    runs.join("certificates").join(format!("{class}.json"))
}

/// Keeps it as the newest of its environment class.
pub fn keep(runs: &Path, certificate: &Certificate) -> Result<()> {
    write(&path(runs, &certificate.environment), certificate)
}

/// Writes one into a file of its own.
pub fn write(path: &Path, certificate: &Certificate) -> Result<()> {
    write_atomically(path, &serde_json::to_vec_pretty(certificate)?)
}

/// The newest of an environment class; `None` where there is none.
pub fn newest(runs: &Path, class: &str) -> Result<Option<Certificate>> {
    read(&path(runs, class))
}

/// A certificate in a file; `None` where there is no such file.
pub fn read(path: &Path) -> Result<Option<Certificate>> {
    if !path.exists() {
        return Ok(None);
    }
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let certificate =
        serde_json::from_slice(&bytes).with_context(|| format!("{} is damaged", path.display()))?;
    Ok(Some(certificate))
}
