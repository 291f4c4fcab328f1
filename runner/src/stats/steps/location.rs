//! Between which points a step happened.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::scan::best;
use crate::stats::quantile::{ascending, quantile};

/// Series that are made with the step that was found.
const DRAWS: usize = 199;

/// 95 % interval for the first point after a step of a segment: where it is found again in series of the same levels, with what is
/// left of the values in another order. Holds `at`.
pub fn interval(segment: &[f64], at: usize, random: &mut ChaCha8Rng) -> (usize, usize) {
    let (before, after) = segment.split_at(at);
    let mean = |side: &[f64]| side.iter().sum::<f64>() / side.len() as f64;
    let levels = (mean(before), mean(after));
    let level = |index: usize| if index < at { levels.0 } else { levels.1 };
    let mut residuals: Vec<f64> = segment
        .iter()
        .enumerate()
        .map(|(index, value)| value - level(index))
        .collect();
    let mut found = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        residuals.shuffle(random);
        let series: Vec<f64> = residuals
            .iter()
            .enumerate()
            .map(|(index, residual)| level(index) + residual)
            .collect();
        found.extend(best(&series).map(|cut| cut.at as f64));
    }
    if found.is_empty() {
        return (at, at);
    }
    let found = ascending(found);
    (
        (quantile(&found, 0.025).floor() as usize).min(at),
        (quantile(&found, 0.975).ceil() as usize).max(at),
    )
}
