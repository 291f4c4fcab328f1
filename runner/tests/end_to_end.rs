//! Real runs, interrupted: what was measured is neither lost nor measured again.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use interop_lab::evidence::Evidence;
use interop_lab::row::{State, read_rows};
use interop_lab::run_folder::{Run, files_below};
use interop_lab::sample::UNTIMED;

const FILTER: &str = "^blittable_add_i32/-/(Managed|DllImport|LibraryImport|Native)/";
/// Rows that the filter leaves of profile quick.
const ROWS: usize = 4;

fn start(runs: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("lab"));
    command
        .args(["run"])
        .args(arguments)
        .env("LAB_RUNS", runs)
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command.spawn().expect("the binary starts")
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill")
        .args([format!("-{name}"), child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

/// BenchmarkDotNet's part files with their times of writing.
fn parts(runs: &Path) -> BTreeMap<PathBuf, SystemTime> {
    written(runs, |path| {
        path.parent()
            .is_some_and(|folder| folder.ends_with("bdn/rust/parts"))
            && path
                .extension()
                .is_some_and(|extension| extension == "json")
    })
}

/// Launches of the paired engine.
fn launches(runs: &Path) -> BTreeMap<PathBuf, SystemTime> {
    written(runs, |path| {
        let folder = path.parent().and_then(Path::file_name);
        folder.is_some_and(|folder| folder == "parts")
            && path
                .extension()
                .is_some_and(|extension| extension == "jsonl")
    })
}

fn written(runs: &Path, which: impl Fn(&Path) -> bool) -> BTreeMap<PathBuf, SystemTime> {
    files_below(runs)
        .unwrap()
        .into_iter()
        .filter(|path| which(path))
        .map(|path| {
            (
                PathBuf::from(path.file_name().unwrap()),
                path.metadata().unwrap().modified().unwrap(),
            )
        })
        .collect()
}

fn wait_for_parts(runs: &Path, child: &mut Child, count: usize) {
    wait_for(child, || parts(runs).len() >= count);
}

fn wait_for(child: &mut Child, there: impl Fn() -> bool) {
    // A limit against a hang, not an expectation.
    let started = Instant::now();
    while !there() {
        assert!(child.try_wait().unwrap().is_none(), "the run ended early");
        assert!(
            started.elapsed() < Duration::from_secs(300),
            "no part after five minutes"
        );
        sleep(Duration::from_millis(50));
    }
}

/// Waits until nothing measures any more: what a killed runner started must end by itself.
fn wait_for_silence() {
    for _ in 0..100 {
        let running = Command::new("pgrep")
            .args(["-f", "bench --plan"])
            .output()
            .unwrap();
        if running.stdout.is_empty() {
            return;
        }
        sleep(Duration::from_millis(100));
    }
    panic!("the engine outlived a killed runner by ten seconds");
}

fn interrupted_id(runs: &Path) -> String {
    let ids = interop_lab::run_folder::interrupted(runs);
    assert_eq!(ids.len(), 1, "{ids:?}");
    ids[0].clone()
}

/// What was counted, generated and compiled lies in the run, whatever interrupted it.
fn explains_its_rows(run: &Run) {
    let counted = |name: &str| {
        let counts = run.measured.counts.iter();
        let values = counts.filter(|count| count.name == name && count.launch == UNTIMED);
        values.map(|count| count.value).collect::<Vec<_>>()
    };
    assert_eq!(counted("managed_bytes_tier1"), [0.0; 3]);
    if cfg!(target_os = "linux") {
        assert_eq!(counted("native_allocs"), [0.0; 3]);
        assert_eq!(counted("native_frees"), [0.0; 3]);
    }
    let evidence = Evidence::read(&run.folder.join("raw"), &run.manifest.cases).unwrap();
    let declarations = &evidence.generated["blittable_add_i32"];
    assert_eq!(
        declarations[0].declaration,
        "BlittableAddI32Imports.LibraryImport(int, int)"
    );
    if cfg!(target_arch = "x86_64") {
        assert_eq!(evidence.disassembly.len(), 3);
        let bodies = run.measured.bodies.iter();
        assert!(bodies.clone().count() == 3 && bodies.clone().all(|body| body.code_hash.is_some()));
    }
}

#[test]
fn an_interrupted_run_is_continued() {
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path();

    // Ctrl-C.
    let mut child = start(runs, &["--filter", FILTER, "--engine", "bdn,criterion"]);
    wait_for_parts(runs, &mut child, 1);
    signal(&child, "INT");
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    let id = interrupted_id(runs);
    assert!(said.contains(&format!("--resume {id}")), "{said}");
    let first = parts(runs);

    // A run that is not complete is not reported.
    let mut report = common::lab();
    report.env("LAB_RUNS", runs);
    common::one_line_error(report.args(["report", &id]), 2, "--resume");

    // Killed without warning.
    let mut child = start(runs, &["--resume", &id]);
    wait_for_parts(runs, &mut child, first.len() + 1);
    signal(&child, "KILL");
    child.wait().unwrap();
    wait_for_silence();
    let second = parts(runs);

    let output = start(runs, &["--resume", &id]).wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let sealed = common::only_run(runs);
    let last = parts(runs);
    for (name, written) in first.iter().chain(&second) {
        assert_eq!(last.get(name), Some(written), "{name:?} was measured twice");
    }

    let run = Run::read(&sealed).unwrap();
    assert_eq!(run.manifest.resumed.len(), 2);
    let end = run.manifest.environment_end.as_ref();
    let end = end.expect("the machine is looked at when a run ends");
    assert_eq!(run.manifest.environment.changes(end), []);
    let rows = read_rows(
        std::fs::File::open(sealed.join("rows.csv")).unwrap(),
        "rows.csv",
    )
    .unwrap();
    let keys: std::collections::BTreeSet<String> =
        rows.iter().map(|row| row.key.to_string()).collect();
    assert_eq!((rows.len(), keys.len()), (ROWS, ROWS), "{keys:?}");
    for row in &rows {
        assert_eq!(row.state, State::Ok, "{}: {}", row.key, row.reason);
        let (lo, value, hi) = (
            row.ns_lo.0.unwrap(),
            row.ns_per_call.0.unwrap(),
            row.ns_hi.0.unwrap(),
        );
        assert!(0.0 < lo && lo <= value && value <= hi, "{row:?}");
        assert!(
            !row.kernel_hash.is_empty() || row.key.implementation == "-",
            "{row:?}"
        );
    }
    explains_its_rows(&run);

    for key in &keys {
        let page = format!("report/{}.html", key.split('/').next().unwrap());
        let html = std::fs::read_to_string(sealed.join(page)).unwrap();
        assert!(
            html.contains(&format!("id=\"{key}\"")),
            "{key} is not on the page of its case"
        );
    }

    let mut again = common::lab();
    again.env("LAB_RUNS", runs);
    common::one_line_error(again.args(["run", "--resume", &id]), 2, "complete");
}

/// Launches are kept one by one; what the machine's noise makes of them is not asserted.
#[test]
fn an_interrupted_run_of_the_paired_engine_is_continued() {
    const LAUNCHES: usize = 4;
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path();
    let mut child = start(
        runs,
        &["--filter", FILTER, "--engine", "paired", "--launches", "4"],
    );
    wait_for(&mut child, || !launches(runs).is_empty());
    signal(&child, "INT");
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    let id = interrupted_id(runs);
    let first = launches(runs);

    let mut child = start(runs, &["--resume", &id]);
    wait_for(&mut child, || launches(runs).len() > first.len());
    for (name, time) in &first {
        assert_eq!(
            launches(runs).get(name),
            Some(time),
            "{name:?} was made twice"
        );
    }
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let run = Run::read(&common::only_run(runs)).unwrap();
    assert!(launches(runs).is_empty(), "joined launches are removed");
    let made = run.measured.launches.len();
    assert!((LAUNCHES..=2 * LAUNCHES).contains(&made), "{made}");
    let mut numbers: Vec<u32> = run.measured.launches.iter().map(|one| one.launch).collect();
    numbers.dedup();
    assert_eq!(numbers, (1..=made as u32).collect::<Vec<_>>());
    // Every launch has the same rows: three variants, floor, two controls, empty call, two probes.
    let of_first_round = run
        .measured
        .samples
        .iter()
        .filter(|sample| sample.round == 1);
    assert_eq!(of_first_round.count(), made * 9);
    let bodies = run.measured.bodies.iter();
    assert!(
        bodies.clone().count() > 0
            && bodies
                .clone()
                .all(|body| body.tier.as_deref() == Some("tier1"))
    );

    let assessment = interop_lab::stats::assess(&run.manifest, &run.measured);
    assert_eq!(assessment.rows.len(), ROWS);
    for row in &assessment.rows {
        assert!(
            matches!(row.state, State::Ok | State::Contended),
            "{}: {} {}",
            row.key,
            row.state,
            row.reason
        );
    }
    let stored = std::fs::read(run.folder.join("rows.csv")).unwrap();
    let printed = common::lab()
        .env("LAB_RUNS", runs)
        .args(["report", &id, "--rows"])
        .output()
        .unwrap();
    assert_eq!(printed.stdout, stored);
}

/// Code that is not at tier 1 is not measured, and each row says so.
#[test]
fn sabotaged_tiering_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path();
    let output = common::lab()
        .env("LAB_RUNS", runs)
        .env("DOTNET_TieredCompilation", "0")
        .args([
            "run",
            "--engine",
            "paired",
            "--filter",
            FILTER,
            "--launches",
            "4",
        ])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(5));
    let run = Run::read(&common::only_run(runs)).unwrap();
    assert!(run.measured.samples.is_empty());
    let rows = interop_lab::stats::rows(&run.manifest, &run.measured);
    assert_eq!(rows.len(), ROWS);
    for row in rows {
        assert_eq!(row.state, State::Error, "{}", row.key);
        assert!(row.reason.contains("not at tier 1"), "{}", row.reason);
    }
}
