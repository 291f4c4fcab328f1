//! What `lab report --rows` takes: a sealed run of the size of a full one, read and assessed in a process of its own.
//!
//! `./lab cargo bench -p runner --bench rows` prints seconds and the peak memory of that process, in which generating has no part.

#[path = "../tests/common/paired.rs"]
mod paired;

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use interop_lab::run_folder::{Draft, Run};
use interop_lab::stats;
use paired::Size;

const FULL: Size = Size {
    groups: 25,
    variants: 8,
    controls: true,
    launches: 10,
    rounds: 120,
    replicas: 16,
};
/// Names the run to the process that reads it.
const RUN: &str = "LAB_BENCH_ROWS_RUN";

fn main() -> ExitCode {
    let done = match std::env::var_os(RUN) {
        Some(folder) => read(folder.as_ref()),
        None => generate_and_start(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rows: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn generate_and_start() -> Result<()> {
    let runs = tempfile::tempdir().context("cannot make a temporary folder")?;
    let (manifest, measured) = FULL.generate();
    println!("samples   {}", measured.samples.len());
    let draft = Draft::create(runs.path(), manifest)?;
    let begun = Instant::now();
    let folder = draft.seal(measured)?;
    println!("seal      {:.3} s", begun.elapsed().as_secs_f64());
    let packed = folder.join("samples.csv.gz").metadata()?.len();
    println!("packed    {:.1} MB", packed as f64 / 1e6);
    let status = Command::new(std::env::current_exe()?)
        .env(RUN, &folder)
        .status()?;
    ensure!(status.success(), "the reading process failed");
    Ok(())
}

fn read(folder: &std::path::Path) -> Result<()> {
    let begun = Instant::now();
    let run = Run::read(folder)?;
    let read = begun.elapsed().as_secs_f64();
    let assessment = stats::assess(&run.manifest, &run.measured);
    let all = begun.elapsed().as_secs_f64();
    let compared = assessment.rows.iter().filter(|row| row.verdict.is_some());
    println!("rows      {}", assessment.rows.len());
    println!("verdicts  {}", compared.count());
    println!("read      {read:.3} s");
    println!("assess    {:.3} s", all - read);
    println!("together  {all:.3} s");
    match peak_mb() {
        Some(peak) => println!("peak      {peak:.0} MB"),
        None => println!("peak      not told by this system"),
    }
    Ok(())
}

/// Highest resident size of this process so far (Linux).
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1024.0)
}
