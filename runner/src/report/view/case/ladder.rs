//! The ladder of a case: totals from an empty call upwards, and the paired difference between neighbours.

use anyhow::Result;
use serde::Serialize;

use super::what;
use crate::report::chart::style::{INK, Look, Marker, look};
use crate::report::chart::{Body, Chart, Dot, DotChart, Group as DotGroup, Unit};
use crate::report::format;
use crate::report::params::Tuple;
use crate::report::view::groups::Group;
use crate::report::view::{Figure, Source, labels};
use crate::stats::along::Rung;

#[derive(Debug, Serialize)]
pub struct LadderView {
    /// Empty where the case has no params.
    pub at: String,
    pub figure: Figure,
    pub lines: Vec<RungLine>,
}

#[derive(Debug, Serialize)]
pub struct RungLine {
    pub name: String,
    pub what: String,
    pub total: String,
    /// More than the rung above it in the table; empty for the first.
    pub step: String,
}

const EMPTY: &str = "Empty managed call";

/// Absent where the case has no ladder, or the run not all of its rungs.
pub fn of(source: &Source, group: &Group) -> Result<Option<LadderView>> {
    let ladders = source.evidence.ladders.iter();
    let Some(ladder) = ladders.into_iter().find(|one| one.case == group.case.id) else {
        return Ok(None);
    };
    let at = Tuple::parse(&ladder.params).words();
    let dots = ladder.rungs.iter().map(|rung| Dot {
        label: name(rung),
        look: rung.key.as_ref().map_or(
            Look {
                color: INK,
                marker: Marker::Plus,
            },
            |key| look(&key.variant),
        ),
        value: Ok(rung.ns.0),
        interval: Some((rung.ns.1, rung.ns.2)),
    });
    let lines: Vec<RungLine> = ladder
        .rungs
        .iter()
        .map(|rung| RungLine {
            name: name(rung),
            what: match &rung.key {
                Some(key) => what(group, &key.variant).to_string(),
                None => "an instance method without arguments that returns a field: the engine's own part of every call"
                    .to_string(),
            },
            total: format::with_unit(rung.ns.0, Some((rung.ns.1, rung.ns.2))).to_string(),
            step: rung.step.map_or(String::new(), |(value, lo, hi)| {
                format::with_unit(value, Some((lo, hi))).to_string()
            }),
        })
        .collect();
    let steps: Vec<String> = lines
        .iter()
        .map(|line| match line.step.as_str() {
            "" => format!("{} {}", line.name, line.total),
            step => format!("{} {}, a step of {step}", line.name, line.total),
        })
        .collect();
    let chart = Chart {
        id: format!("ladder-{}", group.stem),
        title: format!("{}: ladder of totals", labels::case(&group.case.id)),
        desc: format!("{}.", steps.join("; ")),
        body: Body::Dots(DotChart {
            unit: Unit::Time,
            groups: vec![DotGroup {
                section: String::new(),
                heading: String::new(),
                detail: String::new(),
                band: None,
                dots: dots.collect(),
            }],
        }),
    };
    let mut caption = vec![
        "Mark: what a whole call takes, logarithmic axis. Bar: 95 % interval over launches. A step is the difference of two rows in the \
         same rounds, not a part that could be taken out."
            .to_string(),
    ];
    let mut keys = ladder.rungs.iter().filter_map(|rung| rung.key.as_ref());
    if keys.any(|key| source.has_alarm(key)) {
        caption.push("An alarm stands against these rows: sizes, not findings.".to_string());
    }
    Ok(Some(LadderView {
        at,
        figure: Figure::of(&chart, format!("{}~ladder.svg", group.stem), caption)?,
        lines,
    }))
}

fn name(rung: &Rung) -> String {
    match &rung.key {
        Some(key) => labels::variant(key),
        None => EMPTY.to_string(),
    }
}
