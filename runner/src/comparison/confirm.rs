//! A suspicion and a fresh measurement of it: only both together make a change of a row.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Compared, Outcome};
use crate::names::RowKey;
use crate::report::format;
use crate::stats::paired::{DELTA_ACROSS, EPSILON_WIDE};
use crate::verdict::Verdict;

/// What the second measurement of a suspected row said; as in [`Compared`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Confirmation {
    pub run: String,
    pub reference: String,
    pub launches: usize,
    pub reference_launches: usize,
    pub ratio: Option<f64>,
    pub ratio_lo: Option<f64>,
    pub ratio_hi: Option<f64>,
    pub difference_ns: Option<f64>,
}

impl Outcome {
    /// Rows that a fresh measurement is to look at again.
    pub fn suspected(&self) -> Vec<&Compared> {
        let rows = self.rows.iter();
        rows.filter(|row| row.verdict == Verdict::Suspected)
            .collect()
    }

    /// Takes in a fresh comparison of the suspected rows. A row is regressed or improved where it points the same way, its interval
    /// does not hold 1, and what it found passes both the relative and the absolute effect that counts; else the suspicion is
    /// dropped. A row that could not be measured again stays suspected.
    pub fn confirm(&mut self, fresh: &Outcome) {
        let fresh: BTreeMap<&RowKey, &Compared> =
            fresh.rows.iter().map(|row| (&row.row, row)).collect();
        for row in &mut self.rows {
            if row.verdict != Verdict::Suspected {
                continue;
            }
            let Some(again) = fresh.get(&row.row) else {
                row.reason += "; it was not measured again";
                continue;
            };
            row.confirmation = Some(Confirmation {
                run: again.run.clone(),
                reference: again.reference.clone(),
                launches: again.launches,
                reference_launches: again.reference_launches,
                ratio: again.ratio,
                ratio_lo: again.ratio_lo,
                ratio_hi: again.ratio_hi,
                difference_ns: again.difference_ns,
            });
            (row.verdict, row.reason) = judged(row, again);
        }
    }
}

/// Before why a fresh measurement told nothing.
const UNSAID: &str = "; a fresh measurement said nothing: ";

fn judged(first: &Compared, again: &Compared) -> (Verdict, String) {
    let unmeasured = matches!(
        again.verdict,
        Verdict::NotMeasurable | Verdict::NotDecidable | Verdict::Incomparable
    );
    let (Some(before), Some(ratio), false) = (first.ratio, again.ratio, unmeasured) else {
        let why = if again.reason.is_empty() {
            again.verdict.name()
        } else {
            &again.reason
        };
        return (
            Verdict::Suspected,
            format!(
                "{}{UNSAID}{why}",
                first.reason.split(UNSAID).next().unwrap_or_default()
            ),
        );
    };
    let slower = before > 1.0;
    let beyond_one = if slower {
        again.ratio_lo.is_some_and(|lo| lo > 1.0)
    } else {
        again.ratio_hi.is_some_and(|hi| hi < 1.0)
    };
    let counts = ratio.ln().abs() > DELTA_ACROSS
        && again
            .difference_ns
            .is_some_and(|difference| difference.abs() > EPSILON_WIDE);
    let found = format::ratio(ratio, again.ratio_lo.zip(again.ratio_hi));
    let found = format!("{} {}", found.value, found.interval);
    if (ratio > 1.0) == slower && beyond_one && counts {
        let verdict = if slower {
            Verdict::Regressed
        } else {
            Verdict::Improved
        };
        return (verdict, format!("a fresh measurement found {found} too"));
    }
    let direction = if slower { "slower" } else { "faster" };
    (
        Verdict::Inconclusive,
        format!("{direction} at first, but a fresh measurement found {found}"),
    )
}
