//! The floor's second opinion: criterion times the exported floor loops over the kernels of the release libraries.
//!
//! A benchmark is `case/params/impl`. `LAB_FLOOR_PLAN` names a file with one such id per line, and exactly these run, in the
//! catalogue's order; unset, all rows of the catalogue run for both libraries. How long each takes is criterion's own
//! business: `--warm-up-time`, `--measurement-time`, `--sample-size`. Its files go below `CRITERION_HOME`.

#[path = "../tests/common/mod.rs"]
mod common;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::exit;
use std::time::Instant;
use std::{env, fs};

use common::{C, Kernels, RUST, open, rows};
use criterion::{BenchmarkId, Criterion};
use kernels_rust::driver::{Address, Kernel, Prepared};

fn main() {
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    if let Err(message) = run(&mut criterion) {
        eprintln!("floor: {message}");
        exit(2);
    }
    criterion.final_summary();
}

fn run(criterion: &mut Criterion) -> Result<(), String> {
    let loops = open(RUST)?;
    let libraries = [open(RUST)?, open(C)?];
    let plan = plan(&libraries)?;
    for (case, row, prepared) in rows() {
        let floor = loops.address(prepared.floor.symbol);
        for library in &libraries {
            let implementation = library.implementation();
            if plan.contains(&full_id(case.id, row.params, implementation)) {
                let kernel = library.kernel(row.symbol, &prepared);
                // SAFETY: the address is the row's kernel.
                let answer = unsafe { prepared.call(&kernel) };
                if answer != row.expected {
                    let id = full_id(case.id, row.params, implementation);
                    return Err(format!("{id}: expected {}, got {answer}", row.expected));
                }
                let id = BenchmarkId::new(row.params, implementation);
                time(criterion, case.id, id, &prepared, floor, &kernel);
            }
        }
    }
    Ok(())
}

/// A sample is one call of the loop, however many calls of the kernel criterion asks for.
fn time(
    criterion: &mut Criterion,
    case: &str,
    id: BenchmarkId,
    prepared: &Prepared,
    floor: Address,
    kernel: &Kernel,
) {
    let mut group = criterion.benchmark_group(case);
    group.bench_function(id, |bencher| {
        bencher.iter_custom(|calls| {
            let start = Instant::now();
            // SAFETY: the addresses are the row's loop and the row's kernel.
            black_box(unsafe { prepared.run(floor, kernel, calls) });
            start.elapsed()
        });
    });
    group.finish();
}

/// As criterion writes it to `benchmark.json`.
fn full_id(case: &str, params: &str, implementation: &str) -> String {
    format!("{case}/{params}/{implementation}")
}

/// The ids to run. One that does not exist is refused before anything is timed.
fn plan(libraries: &[Kernels]) -> Result<BTreeSet<String>, String> {
    let implementations = || libraries.iter().map(Kernels::implementation);
    let all: BTreeSet<String> = rows()
        .flat_map(|(case, row, _)| implementations().map(|it| full_id(case.id, row.params, it)))
        .collect();
    let Some(path) = env::var_os("LAB_FLOOR_PLAN").map(PathBuf::from) else {
        return Ok(all);
    };
    let in_plan = |what: &str| format!("LAB_FLOOR_PLAN={}: {what}", path.display());
    let text = fs::read_to_string(&path).map_err(|error| in_plan(&error.to_string()))?;
    let planned: BTreeSet<String> = text
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    match planned.difference(&all).next() {
        Some(unknown) => Err(in_plan(&format!(
            "{unknown} is not case/params/impl of the catalogue"
        ))),
        None => Ok(planned),
    }
}
