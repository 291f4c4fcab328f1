//! What a start consists of: from the start of a process to its program, loading, binding, the first call and the second.
//!
//! What is counted (stubs, compiled methods, opened files) changes the times: it has launches of its own, after the others.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::{Job, Kind, Started};
use crate::build::Program;
use crate::catalogue::Profile;
use crate::names::RowKey;
use crate::plan::Engine;
use crate::system::monotonic_ns;

pub const KIND: Kind = Kind {
    engine: Engine::Startup,
    launches,
    start,
};

/// Launches that count and time nothing, after those that time.
const COUNTING: u32 = 3;
/// The program whose library is found by the loader's search path, as a name without a folder is.
const PROBING: &str = "loading_probing";
/// Bytes of the assembly that is started, with what was compiled ahead where something was; or of the program without one.
pub const COUNT_MANAGED_FILE: &str = "managed_file_bytes";
pub const COUNT_NATIVE_FILE: &str = "native_file_bytes";
/// Bytes of a native image that an import takes.
pub const COUNT_IMPORT: &str = "import_bytes";
/// The program with many imports, each with marshalling of its own.
const MANY: &str = "loading_many_imports";
/// The time of its start, of the clock that the program reads.
const SPAWNED: &str = "LAB_SPAWNED_NS";

/// A first call happens once in a process: the process is the unit, and thirty of them give a median whose interval is worth printing.
fn timed(profile: Profile) -> u32 {
    match profile {
        Profile::Quick | Profile::Standard => 30,
        Profile::Publish => 60,
    }
}

fn launches(profile: Profile) -> u32 {
    timed(profile) + COUNTING
}

fn start(job: &Job, key: &RowKey, launch: u32) -> Result<Started> {
    let mut command = job.command(Program::Startup, key)?;
    command.args(["run", &key.case, &key.params, &key.variant]);
    if key.case == PROBING
        && let Some(folder) = job.library(key)?.parent()
    {
        command.env("LD_LIBRARY_PATH", folder);
    }
    if launch > timed(job.profile) {
        command.arg("--count");
        if let Some(recorder) = &job.products.open_recorder {
            command.env("LD_PRELOAD", recorder);
        }
    } else if let Some(ns) = monotonic_ns() {
        command.env(SPAWNED, ns.to_string());
    }
    let mut sizes = sizes(&command)?;
    if key.case == MANY {
        let bytes = job.import_bytes(Program::Startup, key)?;
        sizes.extend(bytes.map(|bytes| (COUNT_IMPORT.to_string(), bytes)));
    }
    Ok(Started {
        sizes,
        command,
        // It ends by itself in less time than it would take to watch its input.
        line: String::new(),
    })
}

/// The file that is started: an assembly that `dotnet` is given, or a program that needs none.
fn sizes(command: &Command) -> Result<BTreeMap<String, u64>> {
    let is_assembly = |path: &&Path| path.extension().is_some_and(|ending| ending == "dll");
    let assembly = command.get_args().map(Path::new).find(is_assembly);
    let (name, path) = match assembly {
        Some(path) => (COUNT_MANAGED_FILE, path),
        None => (COUNT_NATIVE_FILE, Path::new(command.get_program())),
    };
    let data = std::fs::metadata(path).with_context(|| format!("no file {}", path.display()))?;
    Ok(BTreeMap::from([(name.to_string(), data.len())]))
}
