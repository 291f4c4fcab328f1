//! What `lab report --rows` takes: a sealed run of the size of a full one, read and assessed in a process of its own.
//!
//! `./lab cargo bench -p runner --bench rows` prints seconds and the peak memory of that process, in which generating has no part.

use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use interop_lab::environment::Environment;
use interop_lab::manifest::{Manifest, Origin, PlanRecord, PlannedRow, Provenance, SCHEMA};
use interop_lab::names::RowKey;
use interop_lab::run_folder::{Draft, Run};
use interop_lab::sample::{Launch, Measured, Role, Sample, Stage};
use interop_lab::stats;

const LAUNCHES: u32 = 10;
const GROUPS: u32 = 25;
const VARIANTS: u32 = 8;
const ROUNDS: u32 = 120;
const REPLICAS: u32 = 16;
/// Beside the variants of each group, under the key of its first.
const CONTROLS: [Role; 5] = [
    Role::ManagedEmpty,
    Role::SamePointer,
    Role::Copy,
    Role::Clock,
    Role::Wide,
];
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
    let (manifest, measured) = run();
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

/// Numbers between 0 and 1, the same in every process (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

fn key(group: u32, variant: u32) -> RowKey {
    RowKey {
        case: "string_utf8_in".to_string(),
        params: format!("entry=z,length={group},text=ascii"),
        variant: format!("Variant{variant}"),
        implementation: "rust".to_string(),
        deployment: "jit".to_string(),
        engine: "paired".to_string(),
    }
}

fn run() -> (Manifest, Measured) {
    let mut random = Random(1);
    let mut measured = Measured::default();
    let mut rows = Vec::new();
    for group in 0..GROUPS {
        let keys: Vec<Arc<RowKey>> = (0..VARIANTS)
            .map(|variant| Arc::new(key(group, variant)))
            .collect();
        rows.extend(keys.iter().map(|key| PlannedRow {
            key: RowKey::clone(key),
            ops: 1,
            not_applicable: None,
            refused: None,
        }));
        let entries: Vec<(&Arc<RowKey>, Role)> = keys
            .iter()
            .map(|key| (key, Role::Variant))
            .chain(CONTROLS.map(|role| (&keys[0], role)))
            .collect();
        for launch in 1..=LAUNCHES {
            measured.launches.push(Launch {
                variant: String::new(),
                ..Launch::of(&keys[0], launch)
            });
            for round in 1..=ROUNDS {
                for (position, (key, role)) in (1..).zip(&entries) {
                    let sample = sample(key, *role, (launch, round, position), random.next());
                    measured.samples.push(sample);
                }
            }
        }
    }
    (manifest(rows), measured)
}

fn sample(
    key: &Arc<RowKey>,
    role: Role,
    (launch, round, position): (u32, u32, u32),
    random: f64,
) -> Sample {
    let probe = matches!(role, Role::Clock | Role::Wide);
    let calls = if probe { 100_000 } else { 2_600 };
    let ns_per_call = if probe { 0.45 } else { 19.0 } * (1.0 + 0.01 * random);
    Sample {
        key: key.clone(),
        role,
        launch,
        replica: (!probe).then_some(round % REPLICAS),
        round,
        position: Some(position),
        calls,
        // As the engine writes it: whole tenths of a nanosecond.
        elapsed_ns: (ns_per_call * calls as f64 * 10.0).round() / 10.0,
        gc_count: Some(0),
        gc_pause_ns: Some(0.0),
        switches: Some(0),
        flags: Stage::Actual,
    }
}

fn manifest(rows: Vec<PlannedRow>) -> Manifest {
    Manifest {
        schema: SCHEMA,
        id: "20260101T000000Z-00000000".to_string(),
        origin: Origin::Run,
        content_hash: None,
        command: "./lab run".to_string(),
        started: "2026-01-01T00:00:00Z".to_string(),
        ended: None,
        resumed: Vec::new(),
        plan: PlanRecord {
            seed: 1,
            profile: "quick".to_string(),
            filter: None,
            implementations: vec!["rust".to_string()],
            engines: vec!["paired".to_string()],
            estimate_seconds: 0.0,
            effort: None,
            cpu: None,
            rows,
        },
        environment: Environment::default(),
        environment_end: None,
        provenance: Provenance::default(),
        cases: Vec::new(),
        notes: Vec::new(),
    }
}
