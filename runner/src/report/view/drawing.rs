//! Rows to charts: which rows a chart shows, in which order, and what it says of itself in words.

use anyhow::Result;

use super::groups::Group;
use super::labels::{self, Telling};
use super::words::{in_words, interval_words};
use super::{Figure, Source};
use crate::report::chart::style::look;
use crate::report::chart::{Body, Chart, Dot, DotChart, Group as DotGroup};
use crate::report::format::plural;
use crate::report::measure::{Measure, crosses};
use crate::report::params::Tuple;
use crate::row::{Row, State};

pub mod landing;
mod running;
mod series;

/// More rows than this are not a chart any more; what is left out is said, and stands in the tables.
const CASE_ROWS: usize = 60;

/// What a case's chart shows.
struct Drawing {
    body: Body,
    desc: String,
    caption: Vec<String>,
    /// How the reference grows with the running param; empty where nothing runs.
    growth: String,
}

/// The ratio to the reference and the headline of the case; lines where a number runs, dots otherwise; nothing where no row has
/// a value. With it a sentence on what runs.
pub fn case(source: &Source, group: &Group) -> Result<(Vec<Figure>, String)> {
    let leading = group.leading();
    let mut figures = Vec::new();
    let mut growth = String::new();
    for measure in [Measure::Ratio, leading] {
        if group.rows.iter().all(|row| measure.value(row).is_none()) {
            continue;
        }
        let drawing = running::lines(source, group, measure)
            .unwrap_or_else(|| all_dots(source, group, measure));
        let twist = if measure == leading { "" } else { "~ratio" };
        let chart = Chart {
            id: format!("c-{}{}", group.stem, twist.replace('~', "-")),
            title: format!("{}: {}", labels::case(&group.case.id), measure.noun()),
            desc: drawing.desc,
            body: drawing.body,
        };
        let file = format!("{}{twist}.svg", group.stem);
        figures.push(Figure::of(&chart, file, drawing.caption)?);
        growth = drawing.growth;
    }
    Ok((figures, growth))
}

fn all_dots(source: &Source, group: &Group, measure: Measure) -> Drawing {
    let (mut drawn, mut words, mut shown) = (Vec::new(), Vec::new(), Vec::new());
    let mut left = 0;
    for rows in group.rows.chunk_by(|a, b| a.key.params == b.key.params) {
        // The first is always drawn, whatever its length.
        if !drawn.is_empty() && shown.len() + rows.len() > CASE_ROWS {
            left += 1;
            continue;
        }
        let rows = &drawable(rows, measure)[..];
        if rows.is_empty() {
            continue;
        }
        let heading = Tuple::parse(&rows[0].key.params).words();
        words.push(if heading.is_empty() {
            in_words(rows, measure)
        } else {
            format!("{heading}: {}", in_words(rows, measure))
        });
        drawn.push(dots(source, rows, measure, heading, String::new()));
        shown.extend(rows);
    }
    let mut caption = reading(&shown, measure, "logarithmic axis", "Bar");
    caption.extend(source.stripe(&shown, measure));
    if left > 0 {
        caption.push(format!(
            "Left to the tables: {}.",
            plural(left, "params tuple")
        ));
    }
    Drawing {
        body: Body::Dots(DotChart {
            unit: measure.unit(),
            groups: drawn,
        }),
        desc: words.join(" "),
        caption,
        growth: String::new(),
    }
}

/// Smallest first; rows without a value last, with their state.
fn dots(
    source: &Source,
    rows: &[&Row],
    measure: Measure,
    heading: String,
    detail: String,
) -> DotGroup {
    let telling = Telling::apart(rows.iter().copied());
    let mut sorted = rows.to_vec();
    let rank = |row: &Row| measure.value(row).unwrap_or(f64::INFINITY);
    sorted.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    let dots = sorted.iter().map(|row| Dot {
        label: telling.label(&row.key),
        look: look(&row.key.variant),
        value: match measure.value(row) {
            Some(_) if !measure.is_resolved(row) => Err("not resolvable".to_string()),
            value => value.ok_or_else(|| row.state.to_string()),
        },
        interval: measure.interval(row).filter(|_| measure.is_resolved(row)),
    });
    DotGroup {
        section: String::new(),
        heading,
        detail,
        band: source.band(rows, measure),
        dots: dots.collect(),
    }
}

/// Rows that a chart of the measure can show: a value, or the state that stands for it. What no pair was made for is neither.
fn drawable<'a>(rows: &[&'a Row], measure: Measure) -> Vec<&'a Row> {
    let wanted = |row: &&&Row| {
        if measure == Measure::Ratio {
            // A managed call, several times cheaper, would leave the ways across the border no room.
            return measure.value(row).is_some() && crosses(&row.key);
        }
        measure.value(row).is_some() || row.state != State::Ok
    };
    rows.iter().filter(wanted).copied().collect()
}

/// How to read the marks; `axes` says which are logarithmic, `extent` what shows the interval.
fn reading(rows: &[&Row], measure: Measure, axes: &str, extent: &str) -> Vec<String> {
    let hidden = if rows.iter().any(|row| measure.interval(row).is_some()) {
        "; one narrower than its mark is hidden behind it"
    } else {
        ""
    };
    let mut lines = vec![format!(
        "Mark: {}, {axes}. {extent}: {}{hidden}.",
        measure.noun(),
        interval_words(rows.iter().copied())
    )];
    if rows.iter().any(|row| !measure.is_resolved(row)) {
        lines.push(
            "Not resolvable: the interval holds 0, the difference cannot be told from nothing."
                .to_string(),
        );
    }
    let floors = || rows.iter().filter(|row| row.key.variant == "Native");
    if floors().any(|row| row.key.is_paired()) {
        lines.push(
            "Hollow circle: the native floor, the same work called from a native loop in the same rounds; a value below zero \
             has no place on the axis."
                .to_string(),
        );
    } else if floors().next().is_some() {
        lines.push(
            "Hollow circle: the native floor, the same work called from native code. criterion timed it, another engine timed \
             the rest: it shows the scale, a difference of the two is not a measurement."
                .to_string(),
        );
    }
    lines
}
