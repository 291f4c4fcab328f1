//! Incidents of changes that were made up.

use super::changes::{Change, Found};
use super::incidents::{Cause, incidents};
use super::series::{Measure, Point, Role, Series};
use super::store::{Facts, StoredRun};

fn runs(count: usize) -> Vec<StoredRun> {
    let run = |at: usize| {
        let mut facts = Facts::default();
        facts.id = format!("run{at}");
        facts.environment.class = "m".into();
        StoredRun {
            facts,
            folder: "run".into(),
            rows: Vec::new(),
        }
    };
    (0..count).map(run).collect()
}

fn series(name: &str, role: Role) -> Series {
    let point = |run| Point {
        run,
        value: 0.0,
        ns: 1.0,
        interval: None,
    };
    Series {
        key: format!("string_a/-/{name}/rust/jit/paired")
            .parse()
            .unwrap(),
        class: "m".into(),
        epoch: None,
        role,
        measure: Measure::Ns,
        points: (0..60).map(point).collect(),
    }
}

fn changed(from: usize, run: usize, to: usize) -> Found {
    Found {
        changes: vec![Change {
            point: run,
            run,
            from,
            to,
            before: 0.0,
            after: 0.1,
            points: (20, 20),
            percent: 10.0,
            percent_interval: None,
            ns: 2.0,
            p: 1e-6,
            p_adjusted: 1e-6,
            explained: None,
        }],
        ..Found::default()
    }
}

#[test]
fn places_that_only_touch_are_one_incident_and_others_are_not() {
    let all = [
        series("A", Role::Row),
        series("B", Role::Row),
        series("C", Role::Row),
        series("Native", Role::Floor),
    ];
    let found = [
        changed(35, 37, 37),
        changed(37, 38, 38),
        changed(44, 50, 52),
        Found::default(),
    ];
    let incidents = incidents(&all, &found, &runs(60));
    assert_eq!(incidents.len(), 2);
    let members = |at: usize| -> Vec<usize> {
        let mut members: Vec<usize> = incidents[at].members.iter().map(|m| m.series).collect();
        members.sort_unstable();
        members
    };
    assert_eq!((members(0), members(1)), (vec![0, 1], vec![2]));
    let place = |at: usize| (incidents[at].from, incidents[at].to);
    assert!(place(0).0 < 37 && place(0).1 >= 38, "{:?}", place(0));
    assert_eq!(place(1), (44, 52));
    assert_eq!(incidents[0].cause, Cause::Unknown);
    assert!(incidents[0].is_regression(&found));
}

#[test]
fn a_floor_that_moves_along_is_the_machine() {
    let all = [series("A", Role::Row), series("Native", Role::Floor)];
    let found = [changed(35, 37, 38), changed(36, 37, 37)];
    let incidents = incidents(&all, &found, &runs(60));
    assert_eq!(
        (incidents.len(), incidents[0].cause),
        (1, Cause::Environment)
    );
    assert!(!incidents[0].is_regression(&found));
}
