//! A comparison as a comment under a pull request: the verdict first, then what needs a reader, worst first.

use std::fmt::Write as _;

use super::table::{counts, difference, ratio, verdict};
use super::{Compared, Gate, Outcome};
use crate::report::format::{NONE, percent, plural};
use crate::report::markdown::{LIMIT_CHARS, code, plain};
use crate::verdict::Verdict;

/// At most 65,000 characters; what does not fit is counted in its last line.
pub fn markdown(outcome: &Outcome, gate: Option<&Gate>) -> String {
    let mut text = String::new();
    if let Some(gate) = gate {
        let _ = writeln!(text, "**{}**\n", plain(&gate.says));
    }
    for note in &outcome.notes {
        let _ = writeln!(text, "{}  ", plain(note));
    }
    if let Some(reason) = &outcome.incomparable {
        let _ = writeln!(text, "\n**Not comparable:** {}", plain(reason));
        return cut(text);
    }
    let _ = writeln!(text, "\n{}", counts(&outcome.rows));
    for (run, controls) in &outcome.controls {
        let raised = controls.iter().filter(|control| !control.alarm.is_empty());
        let _ = writeln!(
            text,
            "Run {run}: {}, {}  ",
            plural(controls.len(), "control"),
            match raised.count() {
                0 => "no alarm".to_string(),
                count => plural(count, "alarm"),
            }
        );
    }
    let (quiet, loud): (Vec<&Compared>, Vec<&Compared>) = outcome
        .rows
        .iter()
        .partition(|row| row.verdict == Verdict::Equivalent);
    let mut loud = loud;
    loud.sort_by_key(|row| rank(row.verdict)); // stable: worst first within a verdict
    let sections = [(loud, "needs a reader", true), (quiet, "equivalent", false)];
    for (rows, name, open) in sections {
        section(&mut text, &rows, name, open);
    }
    text
}

/// What a reader looks for first.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Regressed => 0,
        Verdict::Suspected => 1,
        Verdict::Slower => 2,
        Verdict::Improved => 3,
        Verdict::Faster => 4,
        Verdict::Layout => 5,
        Verdict::NotMeasurable => 6,
        Verdict::NotDecidable => 7,
        Verdict::Inconclusive => 8,
        Verdict::Incomparable => 9,
        Verdict::Equivalent => 10,
    }
}

fn section(text: &mut String, rows: &[&Compared], name: &str, open: bool) {
    const END: &str = "\n</details>\n";
    /// For the line that says what is left out, here and in the section after it, with that one's heading.
    const RESERVE: usize = 600;
    if rows.is_empty() {
        return;
    }
    let state = if open { " open" } else { "" };
    let _ = write!(
        text,
        "\n<details{state}><summary>{}: {name}</summary>\n\n| row | ratio | difference, ns | MDE | verdict |\n|---|---:|---:|---:|---|\n",
        plural(rows.len(), "row")
    );
    let mut used = text.chars().count();
    for (at, row) in rows.iter().enumerate() {
        let line = line(row);
        let length = line.chars().count();
        if used + length + END.len() + RESERVE > LIMIT_CHARS {
            let left = plural(rows.len() - at, "more row");
            let _ = write!(
                text,
                "\n{left} left out, because a comment holds no more than {LIMIT_CHARS} characters: `./lab compare` prints them.\n"
            );
            break;
        }
        used += length;
        text.push_str(&line);
    }
    text.push_str(END);
}

fn line(row: &Compared) -> String {
    let mde = row
        .mde_percent
        .map_or_else(|| NONE.to_string(), |mde| percent(mde / 100.0));
    format!(
        "| {} | {} | {} | {mde} | {} |\n",
        code(&row.row.to_string()),
        ratio(row),
        difference(row),
        plain(&verdict(row))
    )
}

fn cut(text: String) -> String {
    text.chars().take(LIMIT_CHARS).collect()
}
