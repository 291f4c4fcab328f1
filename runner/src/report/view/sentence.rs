//! What was found in a case, in one sentence with intervals, from the rows that stand for it.

use super::effect::{self, listed};
use super::labels::Telling;
use crate::report::format::plural;
use crate::report::measure::crosses;
use crate::row::{Row, State};
use crate::verdict::Verdict;

/// Differences that are named; the others are counted.
const NAMED: usize = 2;

/// Of one params tuple and one implementation. Empty where nothing was compared.
///
/// `has_alarm`: a control of the group failed, so that none of its verdicts counts.
pub fn of(rows: &[&Row], reference: &str, has_alarm: bool) -> String {
    let compared: Vec<&Row> = rows
        .iter()
        .filter(|row| row.state == State::Ok && row.verdict.is_some() && crosses(&row.key))
        .copied()
        .collect();
    if compared.is_empty() {
        return String::new();
    }
    if has_alarm {
        return "No verdict: an alarm stands against these rows.".to_string();
    }
    let is_closed = |row: &&Row| {
        matches!(
            row.verdict,
            Some(Verdict::NotMeasurable | Verdict::NotDecidable)
        )
    };
    if compared.iter().all(is_closed) {
        return match compared[0].reason.trim_end_matches('.') {
            "" => "No verdict: one launch a side decides nothing.".to_string(),
            reason => format!("No verdict: {reason}."),
        };
    }
    let telling = Telling::apart(rows.iter().copied());
    let with = |verdict: Verdict| {
        let mut rows: Vec<&Row> = compared
            .iter()
            .filter(|row| row.verdict == Some(verdict))
            .copied()
            .collect();
        rows.sort_by(|a, b| effect::size(b).total_cmp(&effect::size(a)));
        rows
    };
    let mut clauses = Vec::new();
    let ties = with(Verdict::Equivalent);
    if let Some(within) = effect::tie(&ties) {
        let mut names: Vec<String> = rows
            .iter()
            .filter(|row| ties.iter().any(|tie| tie.key == row.key))
            .map(|row| telling.label(&row.key))
            .collect();
        names.push(reference.to_string());
        clauses.push(format!("{} tie within {within}", listed(&names)));
    }
    for verdict in [Verdict::Faster, Verdict::Slower] {
        let mut told: Vec<String> = Vec::new();
        let all = with(verdict);
        for row in all.iter().take(NAMED) {
            if let Some(words) = effect::words(row) {
                told.push(format!("{} {words} {reference}", telling.label(&row.key)));
            }
        }
        let more = all.len().saturating_sub(told.len());
        if more > 0 && !told.is_empty() {
            told.push(format!(
                "{more} more {} {verdict}",
                if more == 1 { "is" } else { "are" }
            ));
        }
        if !told.is_empty() {
            clauses.push(listed(&told));
        }
    }
    let open = with(Verdict::Inconclusive).len();
    if clauses.is_empty() {
        let rest = if open > 0 {
            format!("; {} inconclusive", plural(open, "comparison"))
        } else {
            String::new()
        };
        return format!("Nothing beyond the minimum effect{rest}.");
    }
    if open > 0 {
        clauses.push(format!("{open} inconclusive"));
    }
    format!("{}.", clauses.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Num;

    fn row(variant: &str, verdict: Option<Verdict>, ratio: f64) -> Row {
        let of = |factor| Num(verdict.map(|_| ratio * factor));
        Row {
            verdict,
            ratio: of(1.0),
            ratio_lo: of(0.999),
            ratio_hi: of(1.001),
            ..Row::without_value(
                format!("a/-/{variant}/rust/jit/paired").parse().unwrap(),
                State::Ok,
                "",
            )
        }
    }

    fn said(rows: &[Row], has_alarm: bool) -> String {
        let rows: Vec<&Row> = rows.iter().collect();
        of(&rows, "LibraryImport", has_alarm).replace('\u{202f}', " ")
    }

    #[test]
    fn ties_and_differences_are_told_and_vanish_with_the_data() {
        let mut rows = vec![
            row("DllImport", Some(Verdict::Equivalent), 1.0),
            row("LibraryImport", None, 1.0),
            row("FunctionPointerNoGc", Some(Verdict::Faster), 0.45),
            row("Managed", Some(Verdict::Faster), 0.1),
        ];
        assert_eq!(
            said(&rows, false),
            "DllImport and LibraryImport tie within 0.1 %; FunctionPointerNoGc is 2.22 to 2.23 times faster than LibraryImport."
        );
        assert_eq!(
            said(&rows, true),
            "No verdict: an alarm stands against these rows."
        );
        rows[2].verdict = Some(Verdict::Inconclusive);
        assert_eq!(
            said(&rows, false),
            "DllImport and LibraryImport tie within 0.1 %; 1 inconclusive."
        );
        rows[0].verdict = Some(Verdict::Layout);
        assert_eq!(
            said(&rows, false),
            "Nothing beyond the minimum effect; 1 comparison inconclusive."
        );
        for row in &mut rows {
            row.verdict = None;
        }
        assert_eq!(said(&rows, false), "");
    }

    #[test]
    fn the_largest_are_named_and_the_others_counted() {
        let rows: Vec<Row> = [1.2, 3.0, 1.1, 2.0]
            .iter()
            .enumerate()
            .map(|(index, ratio)| row(&format!("Way{index}"), Some(Verdict::Slower), *ratio))
            .collect();
        let text = said(&rows, false);
        assert!(text.starts_with("Way1 is "), "{text}");
        assert!(
            text.contains(", Way3 is ") && text.ends_with(" and 2 more are slower."),
            "{text}"
        );
    }
}
