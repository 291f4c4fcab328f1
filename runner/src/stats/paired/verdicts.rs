//! The word for a comparison inside a run. First that applies: not decidable, not measurable, equivalent, inconclusive, layout,
//! slower or faster.

use super::compare::Comparison;
use super::{DELTA, LEVEL};
use crate::verdict::Verdict;

/// `doubt`: why no verdict may be had, empty for nothing; `p`: of no difference that counts, adjusted.
pub fn verdict(comparison: &Comparison, doubt: &str, p: f64, epsilon: f64) -> Verdict {
    if comparison.launches == 1 {
        return Verdict::NotDecidable;
    }
    let Some(ratio) = comparison.ratio.filter(|_| doubt.is_empty()) else {
        return Verdict::NotMeasurable;
    };
    if comparison.is_within(DELTA, epsilon) {
        Verdict::Equivalent
    } else if p > LEVEL {
        Verdict::Inconclusive
    } else if !comparison.placements_agree(DELTA) {
        Verdict::Layout
    } else if ratio.decides.estimate > 0.0 {
        Verdict::Slower
    } else {
        Verdict::Faster
    }
}
