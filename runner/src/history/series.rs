//! Series of a history: one per row, environment class and epoch of the engine; its points are runs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::store::{StoredRow, StoredRun};
use crate::catalogue::NATIVE;
use crate::names::RowKey;

/// What the values of a series are logarithms of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// ns per call over those of the native floor of the same group in the same run: a change of the machine cancels.
    OverFloor,
    /// ns per call.
    Ns,
}

/// What a series is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Row,
    /// The kernel called by a native loop.
    Floor,
    /// The group's empty managed call: it moves when the machine does, or the engine's own part.
    Empty,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Index of the run in the history.
    pub run: usize,
    /// Logarithm, see [`Measure`].
    pub value: f64,
    pub ns: f64,
    pub interval: Option<(f64, f64)>,
}

#[derive(Clone, Debug)]
pub struct Series {
    pub key: RowKey,
    pub class: String,
    pub epoch: Option<String>,
    pub role: Role,
    pub measure: Measure,
    pub points: Vec<Point>,
}

type Name = (RowKey, Role, String, Option<String>);

/// All series of runs that are in order of time. An empty call stands under the key of its group's first row, as variant
/// `managed_empty`.
pub fn series(runs: &[StoredRun]) -> Vec<Series> {
    // Per series: what each run says, and the floor it had.
    let mut all: BTreeMap<Name, Vec<(Point, Option<f64>)>> = BTreeMap::new();
    for (index, run) in runs.iter().enumerate() {
        let class = &run.facts.environment.class;
        let epoch = run.facts.epoch().map(str::to_string);
        let floors = floors(&run.rows);
        let mut empty: BTreeMap<Group, &StoredRow> = BTreeMap::new();
        for row in &run.rows {
            let role = if row.key.variant == NATIVE {
                Role::Floor
            } else {
                Role::Row
            };
            let floor = floors.get(&group(&row.key)).copied();
            let point = Point {
                run: index,
                value: row.ns.ln(),
                ns: row.ns,
                interval: row.interval,
            };
            let epoch = epoch.clone().filter(|_| row.key.is_paired());
            let name = (row.key.clone(), role, class.clone(), epoch);
            let floor = floor.filter(|_| role == Role::Row);
            all.entry(name).or_default().push((point, floor));
            if row.over_managed_ns.is_some() {
                empty.entry(group(&row.key)).or_insert(row);
            }
        }
        for row in empty.into_values() {
            let ns = row.ns - row.over_managed_ns.unwrap_or_default();
            if ns <= 0.0 {
                continue;
            }
            let key = RowKey {
                variant: "managed_empty".to_string(),
                ..row.key.clone()
            };
            let point = Point {
                run: index,
                value: ns.ln(),
                ns,
                interval: None,
            };
            let name = (key, Role::Empty, class.clone(), epoch.clone());
            all.entry(name).or_default().push((point, None));
        }
    }
    all.into_iter()
        .map(|((key, role, class, epoch), points)| {
            let (measure, points) = measured(points);
            Series {
                key,
                class,
                epoch,
                role,
                measure,
                points,
            }
        })
        .collect()
}

type Group<'a> = (&'a str, &'a str, &'a str, &'a str);

fn group(key: &RowKey) -> Group<'_> {
    (&key.case, &key.params, &key.deployment, &key.engine)
}

/// ns per call of the floor of each group. A row of another implementation stands beside the floor of the first.
fn floors(rows: &[StoredRow]) -> BTreeMap<Group<'_>, f64> {
    let mut floors = BTreeMap::new();
    for row in rows.iter().filter(|row| row.key.variant == NATIVE) {
        floors.entry(group(&row.key)).or_insert(row.ns);
    }
    floors
}

/// Over the floor where at least half of the runs have one; a run without is left out then.
fn measured(points: Vec<(Point, Option<f64>)>) -> (Measure, Vec<Point>) {
    let with_floor = points.iter().filter(|(_, floor)| floor.is_some()).count();
    if 2 * with_floor < points.len() || with_floor == 0 {
        let points = points.into_iter().map(|(point, _)| point);
        return (Measure::Ns, points.collect());
    }
    let points = points.into_iter().filter_map(|(point, floor)| {
        Some(Point {
            value: point.value - floor?.ln(),
            ..point
        })
    });
    (Measure::OverFloor, points.collect())
}
