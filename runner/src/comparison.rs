//! Comparisons for people and for programs: variants of one run, or one run beside another. Pure; `stats` computes and judges.

mod between;
mod confirm;
mod gate;
mod inside;
mod junit;
mod markdown;
pub mod sources;
pub mod subject;
pub(crate) mod table;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use serde::Serialize;

use self::subject::Subject;
use crate::control::Control;
use crate::names::RowKey;
use crate::stats::interval::Estimate;
use crate::stats::paired::compare::Comparison;
use crate::verdict::Verdict;

pub use self::between::between;
pub use self::confirm::Confirmation;
pub use self::gate::{FailOn, Gate};
pub use self::inside::inside;
pub use self::junit::junit;
pub use self::markdown::markdown;
pub use self::table::text;

/// A row beside its reference: another variant of the same run, or the same row of an earlier run. Times are ns per call of the
/// method body; `_lo` and `_hi` are ends of a 95 % interval that is not adjusted for the number of rows. What there is not is
/// absent, `null` in JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    pub row: RowKey,
    /// Id of the run.
    pub run: String,
    /// The variant, or the id of the earlier run.
    pub reference: String,
    /// Usable launches of the row and of its reference.
    pub launches: usize,
    pub reference_launches: usize,
    pub ns_per_call: Option<f64>,
    pub reference_ns_per_call: Option<f64>,
    /// Mean over placements: Yuen's interval with ten launches or more, else Student's.
    pub ratio: Option<f64>,
    pub ratio_lo: Option<f64>,
    pub ratio_hi: Option<f64>,
    /// Student's, or Welch's between runs.
    pub ratio_t_lo: Option<f64>,
    pub ratio_t_hi: Option<f64>,
    /// Where there is but one launch: of the medians within it, which says nothing of another.
    pub ratio_within_launch_lo: Option<f64>,
    pub ratio_within_launch_hi: Option<f64>,
    /// At the best placement of both; inside a run.
    pub ratio_best: Option<f64>,
    pub ratio_best_lo: Option<f64>,
    pub ratio_best_hi: Option<f64>,
    /// Of the times over the clock probe's; between runs.
    pub ratio_over_clock: Option<f64>,
    pub ratio_over_clock_lo: Option<f64>,
    pub ratio_over_clock_hi: Option<f64>,
    /// Over the reference.
    pub difference_ns: Option<f64>,
    pub difference_lo: Option<f64>,
    pub difference_hi: Option<f64>,
    pub difference_t_lo: Option<f64>,
    pub difference_t_hi: Option<f64>,
    /// In cycles of the clock probe; inside a run.
    pub difference_cycles: Option<f64>,
    /// The smallest true effect that gets a verdict in 90 % of measurements like this one, in percent of the reference; inside a
    /// run without Holm's adjustment, between runs with its first step over all rows compared.
    pub mde_percent: Option<f64>,
    /// Of "no difference that counts", adjusted by Holm over the rows that were judged together.
    pub p: Option<f64>,
    pub verdict: Verdict,
    pub reason: String,
    /// Launches that would decide an inconclusive comparison; between runs, of each side.
    pub launches_needed: Option<u32>,
    /// What a fresh measurement of a suspected row said; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Confirmation>,
    /// Groups of provenance that differ between the runs; absent inside one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differs: Option<Vec<Subject>>,
}

impl Compared {
    /// Numbers of `comparison`; the rest is the caller's to fill in.
    fn of(
        row: &RowKey,
        run: &str,
        reference: &str,
        comparison: &Comparison,
        verdict: Verdict,
    ) -> Compared {
        let exp = f64::exp;
        let same = |value: f64| value;
        let (ratio, [ratio_lo, ratio_hi], [ratio_t_lo, ratio_t_hi]) = shown(comparison.ratio, exp);
        let (ratio_best, [ratio_best_lo, ratio_best_hi], _) = shown(comparison.best, exp);
        let (difference_ns, [difference_lo, difference_hi], [difference_t_lo, difference_t_hi]) =
            shown(comparison.difference_ns, same);
        let within = comparison.within_launch.and_then(|(_, interval)| interval);
        Compared {
            row: row.clone(),
            run: run.to_string(),
            reference: reference.to_string(),
            launches: comparison.launches,
            reference_launches: comparison.launches,
            ns_per_call: None,
            reference_ns_per_call: None,
            ratio: ratio.or(comparison.within_launch.map(|(ratio, _)| ratio.exp())),
            ratio_lo,
            ratio_hi,
            ratio_t_lo,
            ratio_t_hi,
            ratio_within_launch_lo: within.map(|(lo, _)| lo.exp()),
            ratio_within_launch_hi: within.map(|(_, hi)| hi.exp()),
            ratio_best,
            ratio_best_lo,
            ratio_best_hi,
            ratio_over_clock: None,
            ratio_over_clock_lo: None,
            ratio_over_clock_hi: None,
            difference_ns,
            difference_lo,
            difference_hi,
            difference_t_lo,
            difference_t_hi,
            difference_cycles: comparison
                .difference_cycles
                .map(|difference| difference.decides.estimate),
            mde_percent: None,
            p: None,
            verdict,
            reason: String::new(),
            launches_needed: None,
            confirmation: None,
            differs: None,
        }
    }
}

/// Centre, the deciding interval and Student's, after `of`.
fn shown(
    estimate: Option<Estimate>,
    of: impl Fn(f64) -> f64,
) -> (Option<f64>, [Option<f64>; 2], [Option<f64>; 2]) {
    let Some(Estimate {
        decides, student, ..
    }) = estimate
    else {
        return (None, [None; 2], [None; 2]);
    };
    let ends = |(lo, hi): (f64, f64)| [lo, hi].map(|end| Some(of(end)));
    (
        Some(of(decides.estimate)),
        ends(decides.interval()),
        ends(student.interval()),
    )
}

/// A comparison as a whole.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What is compared with what, and what is left out: one line each.
    pub notes: Vec<String>,
    /// The slowest beside its reference first, those without a ratio last.
    pub rows: Vec<Compared>,
    /// Id of each run that took part, with its controls.
    pub controls: Vec<(String, Vec<Control>)>,
    /// Why nothing can be compared, in one line. All rows are incomparable then, or there are none.
    pub incomparable: Option<String>,
}

impl Outcome {
    /// Whether a row is left open: inconclusive, suspected, not decidable or not measurable.
    pub fn is_unsettled(&self) -> bool {
        self.rows.iter().any(|row| {
            matches!(
                row.verdict,
                Verdict::Inconclusive
                    | Verdict::Suspected
                    | Verdict::NotDecidable
                    | Verdict::NotMeasurable
            )
        })
    }
}

/// Slower first; by key where there is no ratio, or the same.
fn worst_first(rows: &mut [Compared]) {
    rows.sort_by(|a, b| {
        let by_ratio = match (a.ratio, b.ratio) {
            (Some(a), Some(b)) => b.total_cmp(&a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_ratio.then_with(|| a.row.cmp(&b.row))
    });
}
