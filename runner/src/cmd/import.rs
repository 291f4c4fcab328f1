//! `lab import`: somebody's results become a sealed run that is reported like our own.

use std::path::Path;

use anyhow::{Context, Result};

use super::report::write_derived;
use super::{Exit, print};
use crate::cli::ImportArgs;
use crate::engine::imports::{self, Named};
use crate::measure::{command_line, new_id, now};
use crate::run_folder::{Draft, Run, write_atomically};
use crate::workspace::Workspace;

pub fn run(arguments: &ImportArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let (id, seed) = new_id()?;
    let named = Named {
        id,
        seed,
        command: command_line(),
        moment: now(),
    };
    // Everything is read before anything is written.
    let (manifest, measured) =
        imports::read_all(&arguments.files, arguments.reference.as_deref(), named)?;
    for warning in &manifest.notes {
        eprintln!("lab: {warning}");
    }
    let draft = Draft::create(&workspace.runs(), manifest)?;
    for (number, path) in arguments.files.iter().enumerate() {
        keep_raw(&draft.raw(), number + 1, path)?;
    }
    let run = Run::read(&draft.seal(measured)?)?;
    let rows = write_derived(&run)?.rows;
    print(&format!(
        "{} rows, {} samples of {} files\nreport: {}\n",
        rows.len(),
        run.measured.samples.len(),
        arguments.files.len(),
        run.folder.join("report/index.html").display()
    ))?;
    Ok(Exit::Done)
}

/// Keeps a copy of what was imported; the number tells files of one name apart.
fn keep_raw(raw: &Path, number: usize, path: &Path) -> Result<()> {
    for from in imports::files_of(path) {
        let name = from.file_name().unwrap_or_default().to_string_lossy();
        let bytes =
            std::fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        let to = raw.join("import").join(number.to_string());
        write_atomically(&to.join(name.as_ref()), &bytes)?;
    }
    Ok(())
}
