//! Rows to charts: which rows a chart shows, in which order, and what it says of itself in words.

use anyhow::Result;

use super::groups::Group;
use super::labels::{self, Telling};
use super::words::{in_words, interval, interval_words, value};
use super::{Figure, Source};
use crate::report::chart::style::look;
use crate::report::chart::{Body, Chart, Dot, DotChart, Group as DotGroup};
use crate::report::format::plural;
use crate::report::params::Tuple;
use crate::row::Row;

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

/// The rows that stand for a case where there is room for one params tuple and one implementation: the tuple with the most
/// values, the earliest of equals.
pub fn representative<'a>(source: &Source, group: &Group<'a>) -> Vec<&'a Row> {
    let rows = of_first_implementation(source, group);
    let mut best: (usize, &[&Row]) = (0, &[]);
    for tuple in rows.chunk_by(|a, b| a.key.params == b.key.params) {
        let values = tuple.iter().filter(|row| value(row).is_some()).count();
        if values > best.0 {
            best = (values, tuple);
        }
    }
    best.1.to_vec()
}

/// All rows where the plan's first implementation does not occur: an import knows none.
fn of_first_implementation<'a>(source: &Source, group: &Group<'a>) -> Vec<&'a Row> {
    let first = source.first_implementation();
    let occurs = group.rows.iter().any(|row| row.key.implementation == first);
    let wanted = |row: &&&Row| !occurs || [first, "-"].contains(&row.key.implementation.as_str());
    group.rows.iter().filter(wanted).copied().collect()
}

/// Lines where a number runs, dots otherwise; nothing where no row has a value. With it a sentence on what runs.
pub fn case(source: &Source, group: &Group) -> Result<Option<(Figure, String)>> {
    if group.rows.iter().all(|row| value(row).is_none()) {
        return Ok(None);
    }
    let drawing = running::lines(source, group).unwrap_or_else(|| all_dots(group));
    let chart = Chart {
        id: format!("c-{}", group.stem),
        title: format!("{}: time per call", labels::case(&group.case.id)),
        desc: drawing.desc,
        body: drawing.body,
    };
    let figure = Figure::of(&chart, format!("{}.svg", group.stem), drawing.caption)?;
    Ok(Some((figure, drawing.growth)))
}

fn all_dots(group: &Group) -> Drawing {
    let (mut drawn, mut words, mut shown) = (Vec::new(), Vec::new(), Vec::new());
    let mut left = 0;
    for rows in group.rows.chunk_by(|a, b| a.key.params == b.key.params) {
        // The first is always drawn, whatever its length.
        if !drawn.is_empty() && shown.len() + rows.len() > CASE_ROWS {
            left += 1;
            continue;
        }
        let heading = Tuple::parse(&rows[0].key.params).words();
        words.push(if heading.is_empty() {
            in_words(rows)
        } else {
            format!("{heading}: {}", in_words(rows))
        });
        drawn.push(dots(rows, heading, String::new()));
        shown.extend(rows);
    }
    let mut caption = reading(&shown, "logarithmic axis", "Bar");
    if left > 0 {
        caption.push(format!(
            "Left to the tables: {}.",
            plural(left, "params tuple")
        ));
    }
    Drawing {
        body: Body::Dots(DotChart { groups: drawn }),
        desc: words.join(" "),
        caption,
        growth: String::new(),
    }
}

/// Smallest first; rows without a value last, with their state.
fn dots(rows: &[&Row], heading: String, detail: String) -> DotGroup {
    let telling = Telling::apart(rows.iter().copied());
    let mut sorted = rows.to_vec();
    let rank = |row: &Row| value(row).unwrap_or(f64::INFINITY);
    sorted.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    let dots = sorted.iter().map(|row| Dot {
        label: telling.label(&row.key),
        look: look(&row.key.variant),
        ns: value(row).ok_or_else(|| row.state.to_string()),
        interval: interval(row),
    });
    DotGroup {
        section: String::new(),
        heading,
        detail,
        dots: dots.collect(),
    }
}

/// How to read the marks; `axes` says which are logarithmic, `extent` what shows the interval.
fn reading(rows: &[&Row], axes: &str, extent: &str) -> Vec<String> {
    let hidden = if rows.iter().any(|row| interval(row).is_some()) {
        "; one narrower than its mark is hidden behind it"
    } else {
        ""
    };
    let mut lines = vec![format!(
        "Mark: time per call, {axes}. {extent}: {}{hidden}.",
        interval_words(rows.iter().copied())
    )];
    if rows.iter().any(|row| row.key.variant == "Native") {
        lines.push(
            "Hollow circle: the native floor, the same work called from native code. criterion timed it, another engine timed \
             the rest: it shows the scale, a difference of the two is not a measurement."
                .to_string(),
        );
    }
    lines
}
