//! Line charts: one param runs, the others stay fixed within a panel.

use super::series::{chosen, deployments, series, slices};
use super::{Drawing, reading};
use crate::report::chart::{Body, LineChart, Panel, Point, Series, Step};
use crate::report::format::{number, plural, ratio, with_unit};
use crate::report::measure::{Measure, crosses};
use crate::report::params::{Tuple, running};
use crate::report::view::Source;
use crate::report::view::groups::Group;
use crate::report::view::labels::{self, Telling};
use crate::row::Row;

const PANELS: usize = 4;
/// Marks of all panels: a page carries each twice.
const POINTS: usize = 400;

/// `None` when no number runs over two values at least while everything else stays fixed.
pub fn lines(source: &Source, group: &Group, measure: Measure) -> Option<Drawing> {
    let first = source.first_implementation();
    let rows: Vec<&Row> = group
        .of_first_implementation(first)
        .into_iter()
        // Zero has no height on a logarithmic axis.
        .filter(|row| measure.value(row).is_some_and(|value| value > 0.0))
        .filter(|row| measure.is_resolved(row))
        .filter(|row| measure != Measure::Ratio || crosses(&row.key))
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
            let (series, rest) = chosen(
                series(source, group, measure, &lane, &param, telling),
                &group.case.reference,
            );
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
    let whole = panels.len();
    panels.truncate(fitting(&panels));
    let left = whole - panels.len();

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

    let mut caption = reading(&rows, measure, "both axes logarithmic", "Band");
    // Over a running param only the ratio has one place for it.
    let stripe = (measure == Measure::Ratio).then(|| source.stripe(&rows, measure));
    caption.extend(stripe.flatten());
    if !crowded.is_empty() {
        caption.push(format!(
            "A panel holds eight lines at most: the floor, Managed, the reference, then the catalogue's first. In the tables \
             only: {}.",
            crowded.join(", ")
        ));
    }
    caption.extend(left_out(first, group, &rows, alone, left));
    let desc = format!(
        "Over {param} {} to {}. {}",
        number(xs().fold(f64::INFINITY, f64::min)),
        number(high),
        in_each(&panels, measure)
    );
    let growth = growth(&panels[0], measure, &group.case.reference, &param);
    let x_name = if short {
        format!("{param}: {what}")
    } else {
        param
    };
    Some(Drawing {
        body: Body::Lines(LineChart {
            unit: measure.unit(),
            band: source
                .band(&rows, measure)
                .filter(|_| measure == Measure::Ratio),
            x_name,
            panels,
            steps,
            spans: Vec::new(),
        }),
        desc,
        caption,
        growth,
    })
}

/// `Over length 0 to 1 024 (entry z, text ascii): LibraryImport 12.6 ns to 295 ns, Native floor 0.96 ns to 148 ns.`
fn growth(panel: &Panel, measure: Measure, reference: &str, param: &str) -> String {
    let both = |series: &&Series| [reference, "Native floor"].contains(&series.label.as_str());
    let told: Vec<&Series> = panel.series.iter().filter(both).collect();
    let Some((from, to)) = told.first().and_then(|series| ends(series)) else {
        return String::new();
    };
    // One sentence has one range: a way that was not measured over all of it is not in it.
    let same: Vec<String> = told
        .iter()
        .filter(|series| ends(series).is_some_and(|(a, b)| (a.x, b.x) == (from.x, to.x)))
        .filter_map(|series| from_to(series, measure))
        .collect();
    let fixed = if panel.heading.is_empty() {
        String::new()
    } else {
        format!(" ({})", panel.heading)
    };
    format!(
        "Over {param} {} to {}{fixed}: {}{}.",
        number(from.x),
        number(to.x),
        same.join(", "),
        measure.over()
    )
}

fn ends(series: &Series) -> Option<(&Point, &Point)> {
    Some((series.points.first()?, series.points.last()?))
}

fn from_to(series: &Series, measure: Measure) -> Option<String> {
    let (first, last) = ends(series)?;
    let text = |point: &Point| match measure {
        Measure::Ratio => ratio(point.value, point.interval).value,
        _ => with_unit(point.value, point.interval).value,
    };
    Some(format!(
        "{} {} to {}",
        series.label,
        text(first),
        text(last)
    ))
}

/// How many panels have room; the first always.
fn fitting(panels: &[Panel]) -> usize {
    let mut points = 0;
    let fit = panels.iter().take(PANELS).take_while(|panel| {
        points += panel
            .series
            .iter()
            .map(|series| series.points.len())
            .sum::<usize>();
        points <= POINTS
    });
    fit.count().max(1)
}

fn left_out(
    first: &str,
    group: &Group,
    rows: &[&Row],
    alone: usize,
    panels: usize,
) -> Option<String> {
    let mut left = Vec::new();
    if group.of_first_implementation(first).len() < group.rows.len() {
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
fn in_each(panels: &[Panel], measure: Measure) -> String {
    let mut text = Vec::new();
    for panel in panels {
        let ends = panel
            .series
            .iter()
            .filter_map(|series| from_to(series, measure));
        let heading = if panel.heading.is_empty() {
            String::new()
        } else {
            format!("{}: ", panel.heading)
        };
        text.push(format!("{heading}{}.", ends.collect::<Vec<_>>().join("; ")));
    }
    text.join(" ")
}
