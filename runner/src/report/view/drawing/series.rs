//! Rows to lines: what stays fixed within a panel, and which lines a panel holds.

use std::collections::BTreeSet;

use crate::report::chart::style::{Look, look};
use crate::report::chart::{Point, Series};
use crate::report::measure::Measure;
use crate::report::params::{Tuple, numeric};
use crate::report::view::Source;
use crate::report::view::groups::Group;
use crate::report::view::labels::{self, Telling};
use crate::row::Row;

/// What an eye can follow in one panel.
const SERIES: usize = 8;

pub type Slice<'a> = (Tuple, Vec<&'a Row>);

/// Rows by what stays fixed, the longest run first; and how many tuples have no neighbour to draw a line to.
pub fn slices<'a>(rows: &[&'a Row], tuples: &[Tuple], param: &str) -> (Vec<Slice<'a>>, usize) {
    let mut slices: Vec<Slice> = Vec::new();
    for (row, tuple) in rows.iter().zip(tuples) {
        let fixed = tuple.without(param);
        match slices.iter_mut().find(|(known, _)| *known == fixed) {
            Some((_, rows)) => rows.push(row),
            None => slices.push((fixed, vec![row])),
        }
    }
    let distinct = |rows: &[&Row]| {
        rows.iter()
            .map(|row| &row.key.params)
            .collect::<BTreeSet<_>>()
            .len()
    };
    let (mut long, short): (Vec<Slice>, Vec<Slice>) =
        slices.into_iter().partition(|(_, rows)| distinct(rows) > 1);
    long.sort_by_key(|(_, rows)| usize::MAX - distinct(rows));
    (long, short.len())
}

/// Those of the rows, in order; `-` only where there is no other.
pub fn deployments<'a>(rows: &[&'a Row]) -> BTreeSet<&'a str> {
    let mut all: BTreeSet<&str> = rows.iter().map(|row| row.key.deployment.as_str()).collect();
    if all.len() > 1 {
        all.remove("-");
    }
    all
}

pub fn series(
    source: &Source,
    group: &Group,
    measure: Measure,
    rows: &[&Row],
    param: &str,
    telling: Telling,
) -> Vec<(String, Series)> {
    let telling = Telling {
        implementation: false,
        deployment: false,
        ..telling
    };
    // Rows come by params: a way that has no row at the first one would else come last.
    let mut rows = rows.to_vec();
    rows.sort_by(|a, b| {
        let implementations = &source.manifest.plan.implementations;
        labels::way(&a.key, &b.key, &group.case, implementations)
    });
    let mut all: Vec<(String, Series)> = Vec::new();
    for row in rows {
        let x = Tuple::parse(&row.key.params).get(param).and_then(numeric);
        let (Some(x), Some(value)) = (x, measure.value(row)) else {
            continue;
        };
        let point = Point {
            x,
            value,
            interval: measure.interval(row),
        };
        let label = telling.label(&row.key);
        match all.iter_mut().find(|(_, series)| series.label == label) {
            Some((_, series)) => series.points.push(point),
            None => {
                let taken: Vec<Look> = all.iter().map(|(_, series)| series.look).collect();
                let series = Series {
                    label,
                    look: look(&row.key.variant).unlike(&taken),
                    points: vec![point],
                };
                all.push((row.key.variant.clone(), series));
            }
        }
    }
    for (_, series) in &mut all {
        series.points.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    all
}

/// What one panel shows, in the catalogue's order, and the names of the rest.
pub fn chosen(all: Vec<(String, Series)>, reference: &str) -> (Vec<Series>, Vec<String>) {
    let always = |variant: &str| variant == reference || ["Native", "Managed"].contains(&variant);
    let fixed = all.iter().filter(|(variant, _)| always(variant)).count();
    let mut room = SERIES.saturating_sub(fixed);
    let (mut shown, mut rest) = (Vec::new(), Vec::new());
    for (variant, series) in all {
        if always(&variant) {
            shown.push(series);
        } else if room > 0 {
            room -= 1;
            shown.push(series);
        } else {
            rest.push(series.label);
        }
    }
    (shown, rest)
}
