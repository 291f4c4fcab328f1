//! A comparison in a terminal: what is compared, a table, counts, controls.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use comfy_table::{CellAlignment, ColumnConstraint};

use super::{Compared, Outcome};
use crate::control::Control;
use crate::report::format::{self, NONE, percent, plural};
use crate::terminal;
use crate::verdict::Verdict;

/// Everything there is to say, for people.
pub fn text(outcome: &Outcome) -> String {
    let mut text = String::new();
    for note in &outcome.notes {
        let _ = writeln!(text, "{note}");
    }
    if outcome.incomparable.is_none() && !outcome.rows.is_empty() {
        let _ = writeln!(text, "\n{}", table(&outcome.rows));
    }
    if !outcome.rows.is_empty() {
        let _ = writeln!(text, "{}", counts(&outcome.rows));
    }
    for (run, controls) in &outcome.controls {
        text.push_str(&alarms(run, controls));
    }
    plain(&text)
}

/// A report's thin spaces and minus signs as a terminal's: what is searched for and cut out of text has plain ones.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{202f}' => {
                let is_digit = |of: Option<char>| of.is_some_and(|of| of.is_ascii_digit());
                if !(is_digit(plain.chars().next_back()) && is_digit(letters.peek().copied())) {
                    plain.push(' ');
                }
            }
            '\u{2212}' => plain.push('-'),
            other => plain.push(other),
        }
    }
    plain
}

fn table(rows: &[Compared]) -> String {
    let header = ["row", "beside", "ratio", "difference, ns", "MDE", "verdict"];
    let mut table = terminal::table(header);
    // Inside a run the reference may differ from case to case; between runs it is the other run, said above.
    let between = rows.iter().all(|row| row.differs.is_some());
    if let Some(column) = table.column_mut(1).filter(|_| between) {
        column.set_constraint(ColumnConstraint::Hidden);
    }
    for words in [1, header.len() - 1] {
        if let Some(column) = table.column_mut(words) {
            column.set_cell_alignment(CellAlignment::Left);
        }
    }
    for row in rows {
        table.add_row([
            row.row.to_string(),
            row.reference.clone(),
            ratio(row),
            difference(row),
            row.mde_percent
                .map_or_else(|| NONE.to_string(), |mde| percent(mde / 100.0)),
            verdict(row),
        ]);
    }
    terminal::table_text(&table)
}

pub(super) fn ratio(row: &Compared) -> String {
    let within = row.ratio_within_launch_lo.zip(row.ratio_within_launch_hi);
    let interval = row.ratio_lo.zip(row.ratio_hi).or(within);
    row.ratio.map_or_else(
        || NONE.to_string(),
        |ratio| joined(format::ratio(ratio, interval)),
    )
}

pub(super) fn difference(row: &Compared) -> String {
    let interval = row.difference_lo.zip(row.difference_hi);
    row.difference_ns.map_or_else(
        || NONE.to_string(),
        |difference| joined(format::rounded(difference, interval)),
    )
}

fn joined(rounded: format::Rounded) -> String {
    format!("{} {}", rounded.value, rounded.interval)
        .trim_end()
        .to_string()
}

/// The word, and what a reader needs beside it.
pub(super) fn verdict(row: &Compared) -> String {
    let mut text = row.verdict.name().to_string();
    if row.verdict == Verdict::Inconclusive {
        text += &row
            .launches_needed
            .map(|needed| format!(", {needed} launches would decide"))
            .unwrap_or_default();
    }
    if !row.reason.is_empty() {
        let _ = write!(text, ": {}", row.reason);
    }
    if row.ratio_within_launch_lo.is_some() {
        text += " (the interval is within one launch)";
    }
    text
}

/// `12 rows: 1 slower, 11 equivalent`.
pub(crate) fn counts<'a>(rows: impl IntoIterator<Item = &'a Compared>) -> String {
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.verdict).or_default() += 1;
    }
    let all = counts.values().sum();
    let counts = counts
        .iter()
        .map(|(verdict, count)| format!("{count} {verdict}"));
    let counts: Vec<String> = counts.collect();
    format!("{}: {}", plural(all, "row"), counts.join(", "))
}

fn alarms(run: &str, controls: &[Control]) -> String {
    let raised = || controls.iter().filter(|control| !control.alarm.is_empty());
    if controls.is_empty() {
        return format!("run {run}: no controls\n");
    }
    let state = match raised().count() {
        0 => "no alarm".to_string(),
        count => plural(count, "alarm"),
    };
    let mut text = format!(
        "run {run}: {}, {state}\n",
        plural(controls.len(), "control")
    );
    for control in raised() {
        let _ = writeln!(text, "  {}: {}", control.key, control.alarm);
    }
    text
}
