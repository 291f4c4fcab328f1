//! Line charts: one param runs, the others stay fixed within a panel.

use std::collections::BTreeSet;

use super::{Drawing, of_first_implementation, reading};
use crate::report::chart::style::{Look, look};
use crate::report::chart::{Body, LineChart, Panel, Point, Series, Step};
use crate::report::format::{number, plural, with_unit};
use crate::report::params::{Tuple, numeric, running};
use crate::report::view::Source;
use crate::report::view::groups::Group;
use crate::report::view::labels::{self, Telling};
use crate::report::view::words::{interval, value};
use crate::row::Row;

/// What an eye can follow in one panel.
const SERIES: usize = 8;
const PANELS: usize = 4;

/// `None` when no number runs over two values at least while everything else stays fixed.
pub fn lines(source: &Source, group: &Group) -> Option<Drawing> {
    let rows: Vec<&Row> = of_first_implementation(source, group)
        .into_iter()
        // Zero has no height on a logarithmic axis.
        .filter(|row| value(row).is_some_and(|ns| ns > 0.0))
        .collect();
    let tuples: Vec<Tuple> = rows
        .iter()
        .map(|row| Tuple::parse(&row.key.params))
        .collect();
    let param = running(&tuples)?;
    let (slices, alone) = slices(&rows, &tuples, &param);
    if slices.is_empty() {
        return None;
    }
    let telling = Telling::apart(rows.iter().copied());
    let mut panels = Vec::new();
    let mut crowded: Vec<String> = Vec::new();
    for (fixed, rows) in &slices {
        for deployment in deployments(rows) {
            let lane: Vec<&Row> = rows
                .iter()
                .filter(|row| [deployment, "-"].contains(&row.key.deployment.as_str()))
                .copied()
                .collect();
            let mut heading = vec![fixed.words()];
            if telling.deployment {
                heading.push(labels::deployment(deployment));
            }
            heading.retain(|part| !part.is_empty());
            let (series, rest) = chosen(series(&lane, &param, telling), &group.case.reference);
            for label in rest {
                if !crowded.contains(&label) {
                    crowded.push(label);
                }
            }
            panels.push(Panel {
                heading: heading.join(" · "),
                series,
            });
        }
    }
    let left = panels.len().saturating_sub(PANELS);
    panels.truncate(PANELS);

    let what = group
        .case
        .params
        .iter()
        .find(|known| known.name == param)
        .map_or("", |known| known.what.as_str());
    let short = !what.is_empty() && what.chars().count() <= 40;
    let xs = || {
        panels
            .iter()
            .flat_map(|panel| &panel.series)
            .flat_map(|series| &series.points)
            .map(|point| point.x)
    };
    let (low, high) = xs()
        .filter(|x| *x > 0.0)
        .fold((f64::INFINITY, 0.0f64), |(low, high), x| {
            (low.min(x), high.max(x))
        });
    let steps = group
        .case
        .steps
        .iter()
        .filter(|step| step.param == param && step.at >= low && step.at <= high);
    let steps = steps.map(|step| Step { at: step.at }).collect();

    let mut caption = reading(&rows, "both axes logarithmic", "Band");
    if !crowded.is_empty() {
        caption.push(format!(
            "A panel holds eight lines at most: the floor, Managed, the reference, then the catalogue's first. In the tables \
             only: {}.",
            crowded.join(", ")
        ));
    }
    caption.extend(left_out(source, group, &rows, alone, left));
    let desc = format!(
        "Over {param} {} to {}. {}",
        number(xs().fold(f64::INFINITY, f64::min)),
        number(high),
        in_each(&panels)
    );
    let growth = growth(&panels[0], &group.case.reference, &param);
    let x_name = if short {
        format!("{param}: {what}")
    } else {
        param
    };
    Some(Drawing {
        body: Body::Lines(LineChart {
            x_name,
            panels,
            steps,
        }),
        desc,
        caption,
        growth,
    })
}

/// `Over length 0 to 1 024 (entry z, text ascii): LibraryImport 12.6 ns to 295 ns, Native floor 0.96 ns to 148 ns.`
fn growth(panel: &Panel, reference: &str, param: &str) -> String {
    let both = |series: &&Series| [reference, "Native floor"].contains(&series.label.as_str());
    let told: Vec<&Series> = panel.series.iter().filter(both).collect();
    let Some((from, to)) = told.first().and_then(|series| ends(series)) else {
        return String::new();
    };
    // One sentence has one range: a way that was not measured over all of it is not in it.
    let same: Vec<String> = told
        .iter()
        .filter(|series| ends(series).is_some_and(|(a, b)| (a.x, b.x) == (from.x, to.x)))
        .filter_map(|series| from_to(series))
        .collect();
    let fixed = if panel.heading.is_empty() {
        String::new()
    } else {
        format!(" ({})", panel.heading)
    };
    format!(
        "Over {param} {} to {}{fixed}: {}.",
        number(from.x),
        number(to.x),
        same.join(", ")
    )
}

fn ends(series: &Series) -> Option<(&Point, &Point)> {
    Some((series.points.first()?, series.points.last()?))
}

fn from_to(series: &Series) -> Option<String> {
    let (first, last) = ends(series)?;
    Some(format!(
        "{} {} to {}",
        series.label,
        with_unit(first.ns, first.interval).value,
        with_unit(last.ns, last.interval).value
    ))
}

type Slice<'a> = (Tuple, Vec<&'a Row>);

/// Rows by what stays fixed, the longest run first; and how many tuples have no neighbour to draw a line to.
fn slices<'a>(rows: &[&'a Row], tuples: &[Tuple], param: &str) -> (Vec<Slice<'a>>, usize) {
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
fn deployments<'a>(rows: &[&'a Row]) -> BTreeSet<&'a str> {
    let mut all: BTreeSet<&str> = rows.iter().map(|row| row.key.deployment.as_str()).collect();
    if all.len() > 1 {
        all.remove("-");
    }
    all
}

fn series(rows: &[&Row], param: &str, telling: Telling) -> Vec<(String, Series)> {
    let telling = Telling {
        implementation: false,
        deployment: false,
        ..telling
    };
    let mut all: Vec<(String, Series)> = Vec::new();
    for row in rows {
        let x = Tuple::parse(&row.key.params).get(param).and_then(numeric);
        let (Some(x), Some(ns)) = (x, value(row)) else {
            continue;
        };
        let point = Point {
            x,
            ns,
            interval: interval(row),
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
fn chosen(all: Vec<(String, Series)>, reference: &str) -> (Vec<Series>, Vec<String>) {
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

fn left_out(
    source: &Source,
    group: &Group,
    rows: &[&Row],
    alone: usize,
    panels: usize,
) -> Option<String> {
    let mut left = Vec::new();
    if of_first_implementation(source, group).len() < group.rows.len() {
        let drawn = rows.iter().find(|row| row.key.implementation != "-");
        left.push(format!(
            "kernels not written in {}",
            labels::implementation(drawn.map_or("-", |row| &row.key.implementation))
        ));
    }
    if alone > 0 {
        left.push(format!(
            "{} without a neighbour to draw a line to",
            plural(alone, "params tuple")
        ));
    }
    if panels > 0 {
        left.push(plural(panels, "panel"));
    }
    (!left.is_empty()).then(|| format!("Left to the tables: {}.", left.join("; ")))
}

/// `DllImport 20.1 ns to 812 ns; ...`, each series once.
fn in_each(panels: &[Panel]) -> String {
    let mut text = Vec::new();
    for panel in panels {
        let ends = panel.series.iter().filter_map(from_to);
        let heading = if panel.heading.is_empty() {
            String::new()
        } else {
            format!("{}: ", panel.heading)
        };
        text.push(format!("{heading}{}.", ends.collect::<Vec<_>>().join("; ")));
    }
    text.join(" ")
}
