//! Where two ways of a case change places while a param grows.

use anyhow::Result;
use serde::Serialize;

use crate::report::chart::style::look;
use crate::report::chart::{Body, Chart, LineChart, Panel, Point, Series, Span, Unit};
use crate::report::format;
use crate::report::params::Tuple;
use crate::report::view::groups::Group;
use crate::report::view::{Figure, Source, labels};
use crate::stats::along::{Crossing, Crossover, Side};

#[derive(Debug, Serialize)]
pub struct CrossingView {
    /// What a change of places means.
    pub what: String,
    /// What was found.
    pub found: String,
    pub figure: Figure,
    pub lines: Vec<CrossingLine>,
    pub ratio: String,
}

#[derive(Debug, Serialize)]
pub struct CrossingLine {
    pub at: String,
    pub ratio: String,
    pub verdict: String,
}

pub fn of(source: &Source, group: &Group) -> Result<Vec<CrossingView>> {
    let all = source.evidence.crossovers.iter();
    all.filter(|one| one.case == group.case.id)
        .enumerate()
        .map(|(number, one)| view(group, number + 1, one))
        .collect()
}

fn view(group: &Group, number: usize, one: &Crossover) -> Result<CrossingView> {
    let [first, second] = &one.record.between;
    let ratio = format!("{first} over {second}");
    let found = words(one);
    let points = one.points.iter().filter_map(|point| {
        let (value, lo, hi) = point.ratio?;
        Some(Point {
            x: point.x,
            value,
            interval: Some((lo, hi)),
        })
    });
    let fixed = one.points.first().map_or(String::new(), |point| {
        Tuple::parse(&point.params)
            .without(&one.record.param)
            .words()
    });
    let chart = Chart {
        id: format!("crossing-{}-{number}", group.stem),
        title: format!("{}: {ratio}", labels::case(&group.case.id)),
        desc: found.clone(),
        body: Body::Lines(LineChart {
            unit: Unit::Ratio,
            band: None,
            x_name: one.record.param.clone(),
            panels: vec![Panel {
                heading: fixed,
                series: vec![Series {
                    label: "ratio".to_string(),
                    look: look(first),
                    points: points.collect(),
                }],
            }],
            steps: Vec::new(),
            spans: match one.found {
                Crossing::Between { from, to, at, .. } => vec![Span { from, to, at }],
                _ => Vec::new(),
            },
        }),
    };
    let mut caption = vec![format!(
        "Mark: {ratio}, both axes logarithmic; below 1 the first is the faster. Band: 95 % interval over launches, paired in rounds."
    )];
    if matches!(one.found, Crossing::Between { .. }) {
        caption.push("Grey: where the change lies.".to_string());
    }
    Ok(CrossingView {
        what: one.record.what.clone(),
        found,
        figure: Figure::of(
            &chart,
            format!("{}~crossing-{number}.svg", group.stem),
            caption,
        )?,
        lines: one
            .points
            .iter()
            .map(|point| CrossingLine {
                at: format::number(point.x),
                ratio: point.ratio.map_or("–".to_string(), |(value, lo, hi)| {
                    format::ratio(value, Some((lo, hi))).to_string()
                }),
                verdict: point.verdict.to_string(),
            })
            .collect(),
        ratio,
    })
}

/// `LibraryImport is the faster up to n 1, LibraryImportBatch from n 4 on; the ratio passes 1 near n 2.3.`
fn words(one: &Crossover) -> String {
    let [first, second] = &one.record.between;
    let param = &one.record.param;
    let who = |side: Side| match side {
        Side::First => format!("{first} is the faster"),
        Side::Second => format!("{second} is the faster"),
        Side::Neither => format!("{first} and {second} tie"),
    };
    match one.found {
        Crossing::Always(side) => format!(
            "{} wherever it could be told, {param} {} to {}.",
            who(side),
            ends(one).0,
            ends(one).1
        ),
        Crossing::Between {
            before,
            after,
            from,
            to,
            at,
        } => {
            let near = at.map_or(String::new(), |at| {
                format!("; the ratio passes 1 near {param} {}", rounded(at))
            });
            format!(
                "{} up to {param} {}, {} from {param} {} on: the change lies between{near}.",
                who(before),
                format::number(from),
                who(after),
                format::number(to)
            )
        }
        Crossing::Several => format!("{first} and {second} change places more than once."),
        Crossing::Open => {
            format!("Nowhere could be told which of {first} and {second} is the faster.")
        }
    }
}

fn ends(one: &Crossover) -> (String, String) {
    let at = |point: Option<&crate::stats::along::Point>| {
        point.map_or(String::new(), |point| format::number(point.x))
    };
    (at(one.points.first()), at(one.points.last()))
}

/// Two digits: a place between two measured ones is known no better.
fn rounded(value: f64) -> String {
    let short: f64 = format!("{value:.1e}").parse().unwrap_or(value);
    format::number(short)
}
