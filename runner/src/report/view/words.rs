//! Rows in words: values of one chart or table as a sentence.

use super::labels::{self, Telling};
use crate::names::RowKey;
use crate::report::format::plural;
use crate::report::measure::{Measure, crosses};
use crate::report::params::Tuple;
use crate::row::{Row, State};

/// Time per call.
pub fn interval(row: &Row) -> Option<(f64, f64)> {
    Measure::PerCall.interval(row)
}

/// `10 ways, from 1.63 ns (DllImportNoGc) to 7.92 ns (FunctionPointerField). Managed: 1.31 ns. Native floor: 0.96 ns.`
pub fn in_words(rows: &[&Row], measure: Measure) -> String {
    let telling = Telling::apart(rows.iter().copied());
    let mut text = span(rows, measure) + ".";
    for row in rows.iter().filter(|row| !crosses(&row.key)) {
        if let Some(said) = measure.words(row) {
            text += &format!(" {}: {}.", telling.label(&row.key), said);
        }
    }
    text
}

/// `10 ways, from 1.63 ns (DllImportNoGc) to 7.92 ns (FunctionPointerField)`, and how many rows have no value.
pub fn span(rows: &[&Row], measure: Measure) -> String {
    let telling = Telling::apart(rows.iter().copied());
    let named = |row: &Row| {
        let value = measure.words(row).unwrap_or_default();
        format!("{value} ({})", telling.label(&row.key))
    };
    let mut ways: Vec<(&Row, f64)> = rows
        .iter()
        // What does not cross the border is said beside the range, not as an end of it.
        .filter(|row| crosses(&row.key))
        .filter_map(|row| Some((*row, measure.value(row)?)))
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
        [(row, _)] => named(row) + measure.over(),
        [first, .., last] => format!(
            "{}, from {} to {}{}",
            plural(ways.len(), noun(&first.0.key)),
            named(first.0),
            named(last.0),
            measure.over()
        ),
    };
    let without = rows
        .iter()
        .filter(|row| row.state != State::Ok || row.ns_per_call.0.is_none())
        .count();
    if without > 0 {
        text += &format!("; {} without a value", plural(without, "row"));
    }
    text
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

/// `DllImport, C kernel, length 64, text ascii`
pub fn key_words(key: &RowKey, telling: Telling) -> String {
    let params = Tuple::parse(&key.params).words();
    let way = telling.label(key);
    if params.is_empty() {
        way
    } else {
        format!("{way}, {params}")
    }
}
