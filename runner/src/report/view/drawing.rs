//! Rows to charts: which rows a chart shows, in which order, and what it says of itself in words.

use anyhow::Result;

use super::labels::{self, Telling};
use super::{Figure, Group, Source};
use crate::report::chart::style::look;
use crate::report::chart::{Body, Chart, Dot, DotChart, Group as DotGroup};
use crate::report::format::{plural, with_unit};
use crate::report::params::Tuple;
use crate::row::{Row, State};

mod running;

/// More rows than this are not a chart any more; what is left out is said, and stands in the tables.
const LANDING_ROWS: usize = 160;
const CASE_ROWS: usize = 60;

/// A value that can be drawn.
fn value(row: &Row) -> Option<f64> {
    row.ns_per_call.0.filter(|_| row.state == State::Ok)
}

pub fn interval(row: &Row) -> Option<(f64, f64)> {
    row.ns_lo.0.zip(row.ns_hi.0)
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

pub fn landing(source: &Source, groups: &[Group]) -> Result<Option<Figure>> {
    let chosen: Vec<(&Group, Vec<&Row>)> = groups
        .iter()
        .map(|group| (group, representative(source, group)))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    let mut room = LANDING_ROWS;
    let mut drawn: Vec<DotGroup> = Vec::new();
    let mut words = Vec::new();
    for (group, rows) in &chosen {
        if rows.len() > room {
            break;
        }
        room -= rows.len();
        let (name, params) = (
            labels::case(&group.case.id),
            Tuple::parse(&rows[0].key.params).words(),
        );
        let place = if params.is_empty() {
            name.clone()
        } else {
            format!("{name}, {params}")
        };
        words.push(format!("{place}: {}", in_words(rows)));
        drawn.push(dots(rows, name, params));
    }
    if drawn.is_empty() {
        return Ok(None);
    }
    let shown: Vec<&Row> = chosen
        .iter()
        .take(drawn.len())
        .flat_map(|(_, rows)| rows.iter().copied())
        .collect();
    let mut caption = reading(&shown, "logarithmic axis", "Bar");
    let twins = groups
        .iter()
        .any(|group| of_first_implementation(source, group).len() < group.rows.len());
    if twins {
        caption.push(format!(
            "Kernels written in {}; the others stand in the tables of the cases.",
            labels::implementation(source.first_implementation())
        ));
    }
    if groups.iter().any(|group| {
        group
            .rows
            .iter()
            .any(|row| row.key.params != group.rows[0].key.params)
    }) {
        caption.push(
            "Of a case with several params tuples the one with the most values is drawn."
                .to_string(),
        );
    }
    let left = groups.len() - drawn.len();
    if left > 0 {
        caption.push(format!(
            "{} not drawn here: see the sections below.",
            plural(left, "case")
        ));
    }
    let title = if source.imported() {
        "Every imported benchmark: time per call"
    } else {
        "Every way across the border: time per call"
    };
    let chart = Chart {
        id: "landing".to_string(),
        title: title.to_string(),
        desc: words.join(" "),
        body: Body::Dots(DotChart { groups: drawn }),
    };
    Figure::of(&chart, "landing.svg".to_string(), caption).map(Some)
}

/// Lines where a number runs, dots otherwise; nothing where no row has a value.
pub fn case(source: &Source, group: &Group, file: String) -> Result<Option<Figure>> {
    if group.rows.iter().all(|row| value(row).is_none()) {
        return Ok(None);
    }
    let (body, desc, caption) = match running::lines(source, group) {
        Some(lines) => lines,
        None => all_dots(group),
    };
    let chart = Chart {
        id: format!("c-{}", file.trim_end_matches(".svg")),
        title: format!("{}: time per call", labels::case(&group.case.id)),
        desc,
        body,
    };
    Figure::of(&chart, file, caption).map(Some)
}

fn all_dots(group: &Group) -> (Body, String, Vec<String>) {
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
    (
        Body::Dots(DotChart { groups: drawn }),
        words.join(" "),
        caption,
    )
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
        heading,
        detail,
        dots: dots.collect(),
    }
}

/// `10 ways, from 1.63 ns (DllImportNoGc) to 7.92 ns (FunctionPointerField). Managed: 1.31 ns. Native floor: 0.96 ns.`
pub fn in_words(rows: &[&Row]) -> String {
    let telling = Telling::apart(rows.iter().copied());
    let mut text = span(rows) + ".";
    for row in rows.iter().filter(|row| beside(row)) {
        if let Some(ns) = value(row) {
            text += &format!(
                " {}: {}.",
                telling.label(&row.key),
                with_unit(ns, interval(row)).value
            );
        }
    }
    text
}

/// What does not cross the border is said beside the range, not as an end of it.
fn beside(row: &Row) -> bool {
    ["Managed", "Native"].contains(&row.key.variant.as_str())
}

/// `10 ways, from 1.63 ns (DllImportNoGc) to 7.92 ns (FunctionPointerField)`, and how many rows have no value.
pub fn span(rows: &[&Row]) -> String {
    let telling = Telling::apart(rows.iter().copied());
    let named = |row: &Row, ns| {
        format!(
            "{} ({})",
            with_unit(ns, interval(row)).value,
            telling.label(&row.key)
        )
    };
    let mut ways: Vec<(&Row, f64)> = rows
        .iter()
        .filter(|row| !beside(row))
        .filter_map(|row| Some((*row, value(row)?)))
        .collect();
    ways.sort_by(|a, b| a.1.total_cmp(&b.1));
    // Two kernels called in nine ways are eighteen rows, not eighteen ways.
    let noun = |key| {
        if telling.implementation || telling.deployment {
            "row"
        } else {
            labels::noun(key)
        }
    };
    let mut text = match &ways[..] {
        [] => "no value".to_string(),
        [(row, ns)] => named(row, *ns),
        [first, .., last] => format!(
            "{}, from {} to {}",
            plural(ways.len(), noun(&first.0.key)),
            named(first.0, first.1),
            named(last.0, last.1)
        ),
    };
    let without = rows.iter().filter(|row| value(row).is_none()).count();
    if without > 0 {
        text += &format!("; {} without a value", plural(without, "row"));
    }
    text
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

/// Which interval it is: a reader must not take one launch for all.
pub fn interval_words<'a>(rows: impl Iterator<Item = &'a Row>) -> &'static str {
    let (mut one, mut several) = (false, false);
    for row in rows.filter(|row| interval(row).is_some()) {
        one |= row.launches <= 1;
        several |= row.launches > 1;
    }
    match (one, several) {
        (true, false) => {
            "95\u{202f}% interval within one launch, which says nothing about the next launch"
        }
        (false, true) => "95\u{202f}% interval over launches",
        (true, true) => {
            "95\u{202f}% interval, within one launch or over launches, as the table says"
        }
        (false, false) => "no interval, too few samples",
    }
}
