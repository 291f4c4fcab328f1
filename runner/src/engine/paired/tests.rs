use std::path::Path;

use super::launch::{Libraries, Plan, keep};
use super::output::{self, Calibrated, Header, SCHEMA, Share};
use super::schedule::{self, BLOCK_NS, Batch, Entry, Group, Native};
use super::turns::{replacements, tasks};
use super::*;
use crate::row::State;
use crate::sample::Role;

/// Kept by both halves: the managed tests run this plan, and the output is what they got.
const PLAN: &str = include_str!("../../../tests/fixtures/paired/plan.json");
const OUTPUT: &str = include_str!("../../../tests/fixtures/paired/output.jsonl");

fn key(case: &str, variant: &str) -> RowKey {
    format!("{case}/-/{variant}/rust/jit/paired")
        .parse()
        .unwrap()
}

fn group(case: &str, class: &str, variants: &[(&str, u64)]) -> Group {
    Group {
        case: case.to_string(),
        params: "-".to_string(),
        reference: key(case, "LibraryImport"),
        entries: variants
            .iter()
            .map(|(variant, calls)| Entry {
                key: key(case, variant),
                class: class.to_string(),
                method: variant.to_string(),
                calls: *calls,
            })
            .collect(),
        rounds: 4,
        replicas: 2,
        empty_calls: 0,
        native: Some(Native {
            key: key(case, "Native"),
            calls: 0,
        }),
    }
}

fn batch() -> Batch {
    Batch {
        implementation: "rust".to_string(),
        deployment: "jit".to_string(),
        groups: vec![
            group(
                "blittable_add_i32",
                "BlittableAddI32",
                &[
                    ("DllImport", 0),
                    ("LibraryImport", 4096),
                    ("FunctionPointer", 4096),
                ],
            ),
            Group {
                rounds: 2,
                replicas: 1,
                empty_calls: 4096,
                native: None,
                ..group(
                    "blittable_noop",
                    "BlittableNoop",
                    &[("LibraryImport", 4096)],
                )
            },
        ],
        clock_calls: 0,
        wide_calls: 0,
        seconds: 1.0,
    }
}

#[test]
fn the_plan_is_what_the_program_is_tested_with() {
    let batch = batch();
    let libraries = Libraries {
        path: Path::new("LIBRARY"),
        loops: Path::new("LIBRARY"),
    };
    let target = "jit".parse().unwrap();
    let plan = serde_json::to_value(Plan::of(
        &batch,
        &target,
        3,
        7,
        libraries,
        (None, 1.0),
        None,
    ))
    .unwrap();
    let kept: serde_json::Value = serde_json::from_str(PLAN).unwrap();
    assert_eq!(plan, kept);
}

#[test]
fn every_block_and_body_of_the_output_is_read() {
    let output = output::read(OUTPUT, 3, "output.jsonl").unwrap();
    assert!(output.done && output.invalid.is_none());
    assert_eq!(output.hello.as_ref().unwrap().implementation, "rust");
    // Four rounds of three variants, two controls, empty call, floor, two probes; two of one variant without a floor.
    assert_eq!(output.samples.len(), 4 * 9 + 2 * 6);
    assert_eq!(output.bodies.len(), 10);
    assert_eq!(output.shares.len(), 2);
    let reference = key("blittable_add_i32", "LibraryImport");
    let of_role = |role| {
        let samples = output.samples.iter();
        samples
            .filter(|sample| sample.role == role && *sample.key == reference)
            .count()
    };
    for role in [
        Role::Variant,
        Role::SamePointer,
        Role::Copy,
        Role::ManagedEmpty,
        Role::Clock,
        Role::Wide,
    ] {
        assert_eq!(of_role(role), 4, "{role:?}");
    }
    for sample in &output.samples {
        assert_eq!(sample.launch, 3);
        assert!(sample.calls > 0 && sample.elapsed_ns > 0.0);
        assert_eq!(
            sample.replica.is_none(),
            [Role::Native, Role::Clock, Role::Wide].contains(&sample.role)
        );
    }
    let mut positions: Vec<_> = output
        .samples
        .iter()
        .filter(|sample| sample.round == 2 && sample.key.case == "blittable_add_i32")
        .map(|sample| sample.position.unwrap())
        .collect();
    positions.sort_unstable();
    assert_eq!(positions, (1..=9).collect::<Vec<_>>());
}

#[test]
fn broken_output_is_an_error_that_names_the_line() {
    let round = r#"{"kind":"round","group":7,"round":1,"blocks":[]}"#;
    let error = output::read(round, 1, "x").unwrap_err().to_string();
    assert!(error.contains("x: line 1"), "{error}");
    assert!(output::read("{\"kind\":", 1, "x").is_err());
}

fn header(failure: Option<&str>) -> Header {
    Header {
        schema: SCHEMA,
        batch: 0,
        launch: 3,
        seed: 7,
        groups: batch()
            .groups
            .into_iter()
            .map(|group| group.reference)
            .collect(),
        started: "a".into(),
        ended: "b".into(),
        seconds: 1.0,
        failure: failure.map(str::to_string),
    }
}

#[test]
fn a_launch_is_kept_whole_and_an_invalid_one_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    keep(folder.path(), &header(None), OUTPUT).unwrap();
    let measured = collect(folder.path(), folder.path(), &[], None).unwrap();
    assert_eq!(measured.samples.len(), 48);
    assert_eq!(measured.launches.len(), 2);
    // Four rounds cannot give each replica three quiet ones.
    assert!(
        measured
            .launches
            .iter()
            .any(|launch| launch.state == State::Contended)
    );

    keep(
        folder.path(),
        &header(Some("invalid launch: not at tier 1")),
        OUTPUT,
    )
    .unwrap();
    let measured = collect(
        folder.path(),
        folder.path(),
        &[key("blittable_arity", "DllImport")],
        Some("gave up"),
    )
    .unwrap();
    assert!(measured.samples.is_empty());
    assert_eq!(measured.launches.len(), 3);
    assert!(
        measured
            .launches
            .iter()
            .all(|launch| launch.state == State::Error)
    );
    assert_eq!(measured.launches[0].reason, "invalid launch: not at tier 1");
    assert_eq!(measured.launches[2].reason, "gave up");
}

fn calibrated(batch: &Batch, ns: f64) -> Vec<Calibrated> {
    let one = |key: &RowKey, role| Calibrated {
        key: key.clone(),
        role,
        calls: ((BLOCK_NS / ns) as u64).max(1),
        ns_per_call: ns,
    };
    let mut all = Vec::new();
    for group in &batch.groups {
        all.extend(
            group
                .entries
                .iter()
                .map(|entry| one(&entry.key, Role::Variant)),
        );
        all.extend(
            group
                .native
                .iter()
                .map(|native| one(&native.key, Role::Native)),
        );
        for role in [Role::ManagedEmpty, Role::Clock, Role::Wide] {
            all.push(one(&group.reference, role));
        }
    }
    all
}

#[test]
fn the_pilot_fixes_replicas_calls_and_rounds() {
    for (ns, replicas, rounds) in [
        (7.0, 16, 256),
        (1_000.0, 8, 256),
        (6_000.0, 1, 256),
        (10_000_000.0, 1, 30),
    ] {
        let batch = batch();
        let batches = schedule::batches(
            batch.groups.clone(),
            &calibrated(&batch, ns),
            ("rust", "jit"),
            1,
        )
        .unwrap();
        for group in batches.iter().flat_map(|batch| &batch.groups) {
            assert_eq!(
                (group.replicas, group.rounds),
                (replicas, rounds),
                "{ns} ns"
            );
            assert!(group.entries.iter().all(|entry| entry.calls > 0) && group.empty_calls > 0);
        }
    }
}

fn shares(usable: [bool; 2]) -> Vec<Share> {
    let share = |(group, usable): (&Group, bool)| Share {
        case: group.case.clone(),
        params: group.params.clone(),
        quiet_share: 0.5,
        usable,
        wide_floor: Some(1.07),
    };
    batch().groups.iter().zip(usable).map(share).collect()
}

/// One that fails at its very end has told of its groups before.
#[test]
fn a_launch_that_does_not_count_is_usable_for_nothing() {
    let output = || Output {
        shares: shares([true, true]),
        ..Output::default()
    };
    assert_eq!(told(header(None), output()).1.len(), 2);
    let failed = told(header(Some("wrong answer")), output());
    assert!(failed.1.is_empty());
    assert_eq!(wide_floor(&[failed]), None);
}

#[test]
fn one_lucky_floor_is_not_that_of_the_machine() {
    let mut done: Vec<_> = (0..4)
        .map(|_| (header(None), shares([true, true])))
        .collect();
    done[0].1[0].wide_floor = Some(0.9);
    assert_eq!(wide_floor(&done), Some(1.07));
}

#[test]
fn what_lacks_launches_is_replaced_up_to_a_limit() {
    let schedule = Schedule {
        launches: 2,
        batches: vec![batch()],
        unfit: Vec::new(),
        failed: Vec::new(),
    };
    let mut done = Vec::new();
    assert_eq!(tasks(&[(&schedule, &done)], 1).len(), 2);
    for usable in [[true, true], [true, false]] {
        done.push((header(None), shares(usable)));
    }
    assert!(tasks(&[(&schedule, &done)], 1).is_empty());
    let more = replacements(&[(&schedule, &done)]);
    let names: Vec<_> = more[0]
        .batch
        .groups
        .iter()
        .map(|group| group.case.as_str())
        .collect();
    assert_eq!(names, ["blittable_noop"]);
    // Never more than one for three that were asked for.
    done.extend([
        (header(None), shares([true, false])),
        (header(None), shares([true, false])),
    ]);
    assert!(replacements(&[(&schedule, &done)]).is_empty());
}

#[test]
fn every_batch_has_a_launch_before_any_has_another() {
    let schedule = Schedule {
        launches: 3,
        batches: vec![batch(), batch(), batch()],
        unfit: Vec::new(),
        failed: Vec::new(),
    };
    let order: Vec<usize> = tasks(&[(&schedule, &[])], 7)
        .into_iter()
        .map(|task| task.at)
        .collect();
    assert_eq!(order.len(), 9);
    for sweep in order.chunks(3) {
        let mut sweep = sweep.to_vec();
        sweep.sort_unstable();
        assert_eq!(sweep, [0, 1, 2]);
    }
    // What batch 0 has is not made again.
    let done = vec![(header(None), shares([true, true]))];
    let left = tasks(&[(&schedule, &done)], 7);
    assert_eq!(left.iter().filter(|task| task.at == 0).count(), 2);
    assert_eq!(left.len(), 8);
}

#[test]
fn two_runs_take_turns() {
    let schedule = Schedule {
        launches: 4,
        batches: vec![batch(), batch()],
        unfit: Vec::new(),
        failed: Vec::new(),
    };
    let order: Vec<(usize, usize)> = tasks(&[(&schedule, &[]), (&schedule, &[])], 7)
        .into_iter()
        .map(|task| (task.side, task.at))
        .collect();
    for sweep in order.chunks(4) {
        let mut sweep = sweep.to_vec();
        sweep.sort_unstable();
        assert_eq!(sweep, [(0, 0), (0, 1), (1, 0), (1, 1)]);
    }
    // Neither is always first.
    let first: Vec<usize> = order.iter().step_by(4).map(|(side, _)| *side).collect();
    assert!(first.contains(&0) && first.contains(&1), "{first:?}");
    // One that was interrupted later has fewer left.
    let done = vec![(header(None), shares([true, true]))];
    let left = tasks(&[(&schedule, &[]), (&schedule, &done)], 7);
    assert_eq!(left.iter().filter(|task| task.side == 1).count(), 7);
}

#[test]
fn a_group_always_has_its_reference() {
    let catalogue = Catalogue::load(&Workspace::find().unwrap().cases()).unwrap();
    let groups =
        schedule::groups(&catalogue, &[key("blittable_add_i32", "DllImport")], "rust").unwrap();
    let variants: Vec<_> = groups[0]
        .entries
        .iter()
        .map(|entry| entry.method.as_str())
        .collect();
    assert_eq!(variants, ["DllImport", "LibraryImport"]);
    assert!(schedule::groups(&catalogue, &[key("nobody_asks", "DllImport")], "rust").is_err());
}
