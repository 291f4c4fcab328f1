//! The word for a comparison inside a run. First that applies: not decidable, not measurable, equivalent, layout, slower or
//! faster, inconclusive.

use super::compare::Comparison;
use super::{DELTA, LEVEL};
use crate::stats::interval::holm;
use crate::verdict::Verdict;

/// What a verdict depends on beside the comparison itself.
#[derive(Clone, Debug, Default)]
pub struct Doubt {
    /// Why no verdict may be had; empty for none.
    pub alarm: String,
    /// The group's copy control lies within delta.
    pub copy_inside: bool,
    /// Both bodies have the same machine code.
    pub same_code: bool,
}

/// Verdicts of comparisons that are judged together, each with what casts doubt on it.
pub fn together(comparisons: &[(&Comparison, &Doubt)], epsilon: f64) -> Vec<Verdict> {
    let p: Vec<f64> = comparisons
        .iter()
        .map(|(comparison, _)| comparison.p(DELTA, epsilon))
        .collect();
    comparisons
        .iter()
        .zip(holm(&p))
        .map(|((comparison, doubt), p)| verdict(comparison, doubt, p, epsilon))
        .collect()
}

/// `p` is adjusted.
pub fn verdict(comparison: &Comparison, doubt: &Doubt, p: f64, epsilon: f64) -> Verdict {
    if comparison.launches == 1 {
        return Verdict::NotDecidable;
    }
    let Some(ratio) = comparison.ratio else {
        return Verdict::NotMeasurable;
    };
    if !doubt.alarm.is_empty() {
        return Verdict::NotMeasurable;
    }
    if comparison.is_within(DELTA, epsilon) {
        return Verdict::Equivalent;
    }
    if p > LEVEL {
        return Verdict::Inconclusive;
    }
    if !comparison.placements_agree() || doubt.same_code {
        return Verdict::Layout;
    }
    match (doubt.copy_inside, ratio.decides.estimate > 0.0) {
        (false, _) => Verdict::Inconclusive,
        (true, true) => Verdict::Slower,
        (true, false) => Verdict::Faster,
    }
}
