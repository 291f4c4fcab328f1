//! One measuring run at a time: two at once spoil each other.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use sysinfo::{Pid, ProcessRefreshKind, System};

use crate::run_folder::write_atomically;

/// Held while a run measures; a lock whose process has ended counts for nothing.
#[derive(Debug)]
pub struct Lock(PathBuf);

impl Lock {
    pub fn take(folder: &Path) -> Result<Lock> {
        let path = folder.join(".measuring");
        let holder = fs::read_to_string(&path)
            .ok()
            .and_then(|text| text.trim().parse::<u32>().ok());
        if let Some(holder) =
            holder.filter(|holder| *holder != std::process::id() && is_running(*holder))
        {
            bail!(
                "process {holder} is measuring: two runs at once spoil each other (wait, or end it)"
            );
        }
        write_atomically(&path, std::process::id().to_string().as_bytes())?;
        // Of two that start in the same moment the later writer holds it, and both read who that is.
        let written = fs::read_to_string(&path).unwrap_or_default();
        if written != std::process::id().to_string() {
            bail!(
                "process {written} is measuring: two runs at once spoil each other (wait, or end it)"
            );
        }
        Ok(Lock(path))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A process of this number that is a `lab`: numbers are used again.
fn is_running(number: u32) -> bool {
    let pid = Pid::from_u32(number);
    let mut system = System::new();
    system.refresh_process_specifics(pid, ProcessRefreshKind::new());
    system.process(pid).is_some_and(|process| {
        process.name().starts_with("lab") || process.name().starts_with("interop_lab")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_holder_counts_for_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".measuring"), "4294967294").unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        drop(lock);
        assert!(!folder.path().join(".measuring").exists());
    }
}
