//! What `lab run` prints at its end.

use crate::claims::ClaimFinding;
use crate::comparison::table::plain;
use crate::report::claims;
use crate::report::format::rounded;
use crate::row::{Row, State};
use crate::terminal::{table, table_text};
use crate::verdict::Verdict;

pub fn of(rows: &[Row]) -> String {
    let mut table = table([
        "row",
        "ns per call",
        "interval",
        "ratio",
        "interval",
        "verdict",
        "managed bytes",
        "native allocs",
        "state",
    ]);
    for row in rows {
        let shown = row
            .ns_per_call
            .0
            .map(|value| rounded(value, row.ns_lo.0.zip(row.ns_hi.0)));
        let (value, interval) = shown
            .map(|shown| (shown.value, shown.interval))
            .unwrap_or_default();
        let ratio = row.ratio.0.map(|ratio| format!("{ratio:.3}"));
        let between = row
            .ratio_lo
            .0
            .zip(row.ratio_hi.0)
            .map(|(lo, hi)| format!("[{lo:.3}, {hi:.3}]"));
        let whole = |count: Option<u64>| count.map(|count| count.to_string()).unwrap_or_default();
        let state = if row.reason.is_empty() {
            row.state.to_string()
        } else {
            short(&format!("{}: {}", row.state, row.reason))
        };
        table.add_row([
            row.key.to_string(),
            value,
            interval,
            ratio.unwrap_or_default(),
            between.unwrap_or_default(),
            verdict(row),
            whole(row.managed_bytes),
            whole(row.native_allocs),
            state,
        ]);
    }
    let ok = rows.iter().filter(|row| row.state == State::Ok).count();
    format!(
        "{}\n{ok} of {} rows measured; ratios are to the reference of the case, over launches; {}\n",
        table_text(&table),
        rows.len(),
        "an interval from one launch says nothing about the next"
    )
}

/// A reason in one column: rows.csv and the report have all of it.
fn short(text: &str) -> String {
    const MOST: usize = 72;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}

/// The claims named with what was found, or how many have which verdict.
pub fn of_claims(findings: &[ClaimFinding], named: &[String]) -> String {
    let mut text = String::new();
    for finding in findings.iter().filter(|one| named.contains(&one.claim.id)) {
        let claim = &finding.claim;
        text += &format!(
            "\n{}: {}\n  {}\n",
            claim.id,
            finding.verdict.name(),
            claim.text
        );
        let reason = Some(&finding.reason).filter(|reason| !reason.is_empty());
        if let Some(line) = reason {
            text += &format!("  {line}\n");
        }
        for point in &finding.points {
            let place = match point.params.as_str() {
                "" | "-" => String::new(),
                params => format!("{params}: "),
            };
            text += &format!("  {place}{}\n", point.text);
        }
    }
    if named.is_empty() && !findings.is_empty() {
        text = format!("\n{}\n", claims::counted(findings.iter()));
    }
    plain(&text)
}

fn verdict(row: &Row) -> String {
    match (row.verdict, row.launches_needed) {
        (Some(Verdict::Inconclusive), Some(needed)) => {
            format!("inconclusive ({needed} launches)")
        }
        (Some(verdict), _) => verdict.to_string(),
        (None, _) if !row.reference.is_empty() && row.key.variant == row.reference => {
            "reference".to_string()
        }
        (None, _) => String::new(),
    }
}
