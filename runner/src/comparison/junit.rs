//! A comparison as JUnit XML, which CI systems show as tests: a row is a test, and fails where the gate stops at it.

use std::fmt::Write as _;

use super::table::{difference, plain, ratio, verdict};
use super::{Compared, Gate, Outcome};
use crate::report::html;
use crate::verdict::Verdict;

/// One suite of all rows, in their order. Rows that say nothing are skipped tests; without a gate nothing fails.
pub fn junit(outcome: &Outcome, gate: Option<&Gate>) -> String {
    let stopped = |row: &Compared| {
        gate.is_some_and(|gate| gate.stopped_by.iter().any(|other| other.row == row.row))
    };
    let failures = outcome.rows.iter().filter(|row| stopped(row)).count();
    let skipped = outcome.rows.iter().filter(|row| is_open(row)).count();
    let tests = outcome.rows.len();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{tests}\" failures=\"{failures}\">\n  \
         <testsuite name=\"lab compare\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n"
    );
    for row in &outcome.rows {
        let name = escaped(&row.row.to_string());
        let said = escaped(&plain(&format!(
            "{}; ratio {}, difference {} ns",
            verdict(row),
            ratio(row),
            difference(row)
        )));
        let class = escaped(&row.row.case);
        let _ = write!(text, "    <testcase classname=\"{class}\" name=\"{name}\"");
        if stopped(row) {
            let kind = row.verdict.name();
            let _ = writeln!(
                text,
                ">\n      <failure type=\"{kind}\" message=\"{said}\"/>\n    </testcase>"
            );
        } else if is_open(row) {
            let _ = writeln!(
                text,
                ">\n      <skipped message=\"{said}\"/>\n    </testcase>"
            );
        } else {
            let _ = writeln!(
                text,
                ">\n      <system-out>{said}</system-out>\n    </testcase>"
            );
        }
    }
    text + "  </testsuite>\n</testsuites>\n"
}

fn is_open(row: &Compared) -> bool {
    matches!(
        row.verdict,
        Verdict::NotMeasurable | Verdict::NotDecidable | Verdict::Incomparable
    )
}

/// XML 1.0 has no control characters, not even escaped.
fn escaped(text: &str) -> String {
    html::escaped(text).replace(|letter: char| letter < ' ', " ")
}
