//! Verdicts in words: of one row, and counted.

use std::collections::BTreeMap;

use crate::report::format::plural;
use crate::row::{Row, State};
use crate::verdict::Verdict;

/// The word for a row: `tie`, `inconclusive, needs 24 launches`; empty where nothing is compared.
///
/// `must_tie`: the catalogue says that it costs what the reference costs, so that a tie is what was to be shown.
pub fn words(row: &Row, must_tie: bool) -> String {
    if row.state != State::Ok {
        return String::new();
    }
    let Some(verdict) = row.verdict else {
        return String::new();
    };
    let needs = |word: &str| match row.launches_needed {
        Some(launches) => format!("{word}, needs {}", plural(launches as usize, "launch")),
        None => word.to_string(),
    };
    match verdict {
        Verdict::Inconclusive if must_tie => needs("tie not shown"),
        Verdict::Inconclusive => needs("inconclusive"),
        Verdict::NotDecidable => "not decidable: one launch".to_string(),
        Verdict::Layout => "layout: placement explains it".to_string(),
        other => other.word().to_string(),
    }
}

/// What somebody should look at first.
pub fn severity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotMeasurable => 0,
        Verdict::Slower | Verdict::Regressed => 1,
        Verdict::Suspected => 2,
        Verdict::Layout => 3,
        Verdict::Faster | Verdict::Improved => 4,
        Verdict::Inconclusive => 5,
        Verdict::NotDecidable | Verdict::Incomparable => 6,
        Verdict::Equivalent => 7,
    }
}

/// `112 comparisons: 40 slower, 12 faster, 55 tie, 5 inconclusive`; empty where nothing was compared.
pub fn counted<'a>(rows: impl Iterator<Item = &'a Row>) -> String {
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for verdict in rows
        .filter(|row| row.state == State::Ok && row.key.is_paired())
        .filter_map(|row| row.verdict)
    {
        *counts.entry(verdict).or_default() += 1;
    }
    if counts.is_empty() {
        return String::new();
    }
    let each: Vec<String> = counts
        .iter()
        .map(|(verdict, count)| format!("{count} {}", verdict.word()))
        .collect();
    format!(
        "{}: {}",
        plural(counts.values().sum(), "comparison"),
        each.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_has_a_word_and_a_row_without_a_value_none() {
        let mut row = Row::without_value(
            "a/-/DllImport/rust/jit/paired".parse().unwrap(),
            State::Ok,
            "",
        );
        assert_eq!(words(&row, false), "");
        let mut word = |verdict, must_tie| {
            row.verdict = Some(verdict);
            row.launches_needed = (verdict == Verdict::Inconclusive).then_some(24);
            words(&row, must_tie).replace('\u{202f}', " ")
        };
        assert_eq!(word(Verdict::Slower, false), "slower");
        assert_eq!(word(Verdict::Equivalent, true), "tie");
        assert_eq!(
            word(Verdict::Inconclusive, false),
            "inconclusive, needs 24 launches"
        );
        assert_eq!(
            word(Verdict::Inconclusive, true),
            "tie not shown, needs 24 launches"
        );
        assert_eq!(
            word(Verdict::NotDecidable, false),
            "not decidable: one launch"
        );
        assert_eq!(
            word(Verdict::Layout, false),
            "layout: placement explains it"
        );
        assert_eq!(word(Verdict::NotMeasurable, false), "not measurable");
        row.state = State::Contended;
        assert_eq!(words(&row, false), "");
    }

    #[test]
    fn verdicts_are_counted_and_nothing_compared_is_nothing_said() {
        let row = |verdict| Row {
            verdict,
            ..Row::without_value(
                "a/-/DllImport/rust/jit/paired".parse().unwrap(),
                State::Ok,
                "",
            )
        };
        let rows = [
            row(Some(Verdict::Slower)),
            row(None),
            row(Some(Verdict::Equivalent)),
            row(Some(Verdict::Slower)),
        ];
        assert_eq!(
            counted(rows.iter()).replace('\u{202f}', " "),
            "3 comparisons: 2 slower, 1 tie"
        );
        assert_eq!(counted(rows[1..2].iter()), "");
    }
}
