//! Rows from invented samples: states and selection.

use super::*;
use crate::environment::Environment;
use crate::manifest::{CaseRecord, Origin, PlanRecord, Provenance, SCHEMA};
use crate::sample::UNTIMED;

const KEY: &str = "blittable_add_i32/-/DllImport/rust/jit/bdn";

fn key(text: &str) -> RowKey {
    text.parse().unwrap()
}

pub(crate) fn planned(text: &str) -> PlannedRow {
    PlannedRow {
        key: key(text),
        ops: 1,
        not_applicable: None,
        refused: None,
        not_permitted: None,
    }
}

pub(crate) fn manifest(rows: Vec<PlannedRow>) -> Manifest {
    let case = CaseRecord {
        id: "blittable_add_i32".into(),
        family: "blittable".into(),
        question: String::new(),
        signature: String::new(),
        reference: "LibraryImport".into(),
        ops: "1".into(),
        pages: vec![],
        params: vec![],
        variants: vec![],
        steps: vec![],
        must_tie: vec![],
        ladder: None,
        crossovers: Vec::new(),
    };
    let pair = |name: &str, hash: &str| (name.to_string(), hash.to_string());
    Manifest {
        schema: SCHEMA,
        id: "20260101T000000Z-00000000".into(),
        origin: Origin::Run,
        content_hash: None,
        files: BTreeMap::new(),
        command: "./lab run".into(),
        started: String::new(),
        ended: None,
        resumed: vec![],
        plan: PlanRecord {
            seed: 1,
            profile: "quick".into(),
            filter: None,
            implementations: vec![],
            engines: vec![],
            estimate_seconds: 0.0,
            effort: None,
            targets: Vec::new(),
            runtimes: BTreeMap::new(),
            layouts: BTreeMap::new(),
            cpu: None,
            rows,
        },
        environment: Environment::default(),
        environment_end: None,
        provenance: Provenance {
            kernel_hashes: [pair("blittable/rust", "k1"), pair("blittable/c", "k2")].into(),
            body_hashes: [pair("blittable_add_i32", "b1")].into(),
            ..Provenance::default()
        },
        cases: vec![case],
        claims: Vec::new(),
        notes: vec![],
    }
}

pub(super) fn sample(launch: u32, stage: Stage, calls: u64, elapsed_ns: f64) -> Sample {
    Sample {
        key: key(KEY).into(),
        role: Role::Variant,
        launch,
        replica: None,
        round: 1,
        position: None,
        calls,
        elapsed_ns,
        gc_count: None,
        gc_pause_ns: None,
        switches: None,
        flags: stage,
    }
}

/// One launch per list, 100 calls a sample.
pub(super) fn launches_of(launches: &[&[f64]]) -> Measured {
    let mut measured = Measured::default();
    for (launch, times) in (1..).zip(launches) {
        measured.launches.push(Launch::of(&key(KEY), launch));
        measured.samples.extend(
            times
                .iter()
                .map(|ns| sample(launch, Stage::Actual, 100, ns * 100.0)),
        );
    }
    measured
}

pub(super) fn one_row(measured: &Measured) -> Row {
    let mut rows = rows(&manifest(vec![planned(KEY)]), measured);
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

fn failed(launch: u32, reason: &str) -> Launch {
    Launch {
        state: State::Error,
        reason: reason.into(),
        ..Launch::of(&key(KEY), launch)
    }
}

fn bytes(launch: u32, value: f64) -> Count {
    Count {
        key: key(KEY),
        launch,
        name: COUNT_MANAGED_BYTES.into(),
        value,
        unit: "bytes".into(),
    }
}

fn body(launch: u32, size_bytes: Option<u64>) -> Body {
    Body {
        key: key(KEY),
        launch,
        replica: None,
        tier: None,
        address_mod_64: None,
        size_bytes,
        code_hash: None,
    }
}

#[test]
fn one_launch_is_a_median_with_an_interval_within_it() {
    let times: Vec<f64> = (1..=10).map(|rank| 5.0 + f64::from(rank)).collect();
    let row = one_row(&launches_of(&[&times]));
    assert_eq!((row.state, row.launches, row.samples), (State::Ok, 1, 10));
    assert_eq!(
        (row.ns_per_call, row.ns_lo, row.ns_hi),
        (Num(Some(10.5)), Num(Some(7.0)), Num(Some(14.0)))
    );
    let few = one_row(&launches_of(&[&times[..5]]));
    assert_eq!(
        (few.ns_per_call, few.ns_lo, few.ns_hi),
        (Num(Some(8.0)), Num(None), Num(None))
    );
}

#[test]
fn several_launches_are_replicates_whatever_their_sizes() {
    let row = one_row(&launches_of(&[
        &[10.0; 3],
        &[11.0; 50],
        &[12.9, 13.0, 90.0],
    ]));
    assert_eq!((row.launches, row.samples), (3, 56));
    let close = |num: Num, expected: f64| (num.0.unwrap() - expected).abs() < 1e-4;
    assert!(
        close(row.ns_per_call, 11.33333) && close(row.ns_lo, 7.53876) && close(row.ns_hi, 15.12791),
        "{row:?}"
    );
}

#[test]
fn result_iterations_count_where_there_are_any() {
    let mut measured = launches_of(&[&[10.0; 6]]);
    measured
        .samples
        .extend([8.0, 9.0, 9.5].map(|ns| sample(1, Stage::Result, 10, ns * 10.0)));
    let row = one_row(&measured);
    assert_eq!((row.samples, row.ns_per_call), (3, Num(Some(9.0))));
}

#[test]
fn samples_without_calls_or_time_are_not_used() {
    let mut measured = launches_of(&[&[10.0; 6]]);
    measured.samples.push(sample(1, Stage::Actual, 0, 5.0));
    measured.samples.push(sample(1, Stage::Actual, 1, f64::NAN));
    assert_eq!(one_row(&measured).samples, 6);
}

#[test]
fn rows_without_a_value_say_why() {
    let mut not_applicable = planned("blittable_add_i32/-/A/rust/jit/bdn");
    not_applicable.not_applicable = Some("cannot express it".into());
    let mut refused = planned("blittable_add_i32/-/B/rust/jit/bdn");
    refused.refused = Some("wrong answer".into());
    let silent = planned("blittable_add_i32/-/C/rust/jit/bdn");
    let measured = Measured {
        launches: vec![failed(1, "the benchmark threw")],
        ..Measured::default()
    };
    let plan = vec![planned(KEY), silent, refused, not_applicable];
    let found: Vec<_> = rows(&manifest(plan), &measured)
        .into_iter()
        .map(|row| (row.key.variant, row.state, row.reason, row.ns_per_call))
        .collect();
    let expected = [
        ("A", State::NotApplicable, "cannot express it"),
        ("B", State::Error, "wrong answer"),
        ("C", State::Error, "planned, but the engine left no data"),
        ("DllImport", State::Error, "the benchmark threw"),
    ];
    let expected = expected.map(|(variant, state, reason)| {
        (variant.to_string(), state, reason.to_string(), Num(None))
    });
    assert_eq!(found, expected);
}

#[test]
fn a_failed_launch_gives_no_samples_and_the_others_do() {
    let mut measured = launches_of(&[&[10.0; 6], &[99.0; 6]]);
    measured.launches[1] = failed(2, "killed");
    measured.counts = vec![bytes(1, 32.0), bytes(2, 999.0)];
    measured.bodies = vec![body(1, None), body(2, Some(150))];
    let row = one_row(&measured);
    assert_eq!(
        (row.state, row.launches, row.ns_per_call),
        (State::Ok, 1, Num(Some(10.0)))
    );
    assert_eq!((row.managed_bytes, row.code_bytes), (Some(32), None));
    measured.launches[0] = Launch {
        state: State::EndsTheProcess,
        ..failed(1, "")
    };
    let row = one_row(&measured);
    assert_eq!(
        (row.state, row.reason.as_str()),
        (State::EndsTheProcess, "launch 1 failed and gave no reason")
    );
}

#[test]
fn the_failure_of_a_whole_group_is_the_failure_of_its_rows() {
    let launch = Launch {
        variant: String::new(),
        ..failed(1, "no quiet rounds")
    };
    let measured = Measured {
        launches: vec![launch],
        ..Measured::default()
    };
    assert_eq!(one_row(&measured).reason, "no quiet rounds");
}

#[test]
fn counts_and_bodies() {
    let mut measured = launches_of(&[&[10.0], &[11.0], &[12.0]]);
    for (launch, value) in [(1, 32.0), (2, 33.0), (3, 32.0)] {
        measured.counts.push(bytes(launch, value));
        measured.counts.push(Count {
            name: COUNT_COLLECTIONS.into(),
            ..bytes(launch, 2.0)
        });
    }
    measured.bodies = vec![body(2, Some(150)), body(1, None), body(3, Some(100))];
    let row = one_row(&measured);
    assert_eq!(
        (row.managed_bytes, row.gc_count, row.code_bytes),
        (Some(32), Some(6), Some(150))
    );
    let bare = one_row(&launches_of(&[&[10.0]]));
    assert_eq!(
        (bare.managed_bytes, bare.gc_count, bare.code_bytes),
        (None, None, None)
    );
}

#[test]
fn what_a_process_of_its_own_counted_comes_first_where_it_is_whole() {
    let mut measured = launches_of(&[&[10.0]]);
    let untimed = |name: &str, value| Count {
        name: name.into(),
        ..bytes(UNTIMED, value)
    };
    measured.counts = vec![
        bytes(1, 33.0),
        untimed(COUNT_MANAGED_BYTES_TIER1, 32.0),
        untimed(COUNT_NATIVE_ALLOCS, 2.0),
        untimed(COUNT_NATIVE_FREES, 0.5),
    ];
    let row = one_row(&measured);
    assert_eq!(
        (row.managed_bytes, row.native_allocs, row.native_frees),
        (Some(32), Some(2), None)
    );
    measured.counts[1].value = 31.5;
    assert_eq!(
        one_row(&measured).managed_bytes,
        Some(33),
        "a fraction is no number of bytes per call"
    );
}

#[test]
fn hashes_follow_implementation_and_body() {
    let texts = [
        "DllImport/rust/jit/bdn",
        "DllImport/c/jit/bdn",
        "Managed/-/jit/bdn",
        "Native/rust/-/criterion",
    ];
    let plan = texts
        .map(|text| planned(&format!("blittable_add_i32/-/{text}")))
        .to_vec();
    let found: Vec<_> = rows(&manifest(plan), &Measured::default())
        .into_iter()
        .map(|row| (row.key.variant, row.kernel_hash, row.body_hash))
        .collect();
    let expected = [
        ("DllImport", "k2", "b1"),
        ("DllImport", "k1", "b1"),
        ("Managed", "", "b1"),
        ("Native", "k1", ""),
    ];
    assert_eq!(
        found,
        expected.map(|(variant, kernel, body)| (variant.into(), kernel.into(), body.into()))
    );
}
