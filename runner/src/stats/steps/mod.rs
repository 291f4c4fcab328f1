//! Steps of a series: where its level changed, by how much, how sure that is, and between which points it happened.
//!
//! The statistic is the maximal standardised difference of means over all cuts of a segment; what it comes to without a step is
//! learnt from the segment itself (`null`, `tail`); a segment with a step is cut, and its parts are searched in turn.

mod location;
mod null;
mod scan;
mod tail;
#[cfg(test)]
mod tests;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

pub use self::scan::FEWEST;
pub use self::tail::LEAST_P;
use super::median::{mean, median_of};
use super::welch;

/// Probability of a step in a series that has none.
pub const LEVEL: f64 = 0.01;
/// So many robust standard deviations from the median a value counts as what it is; what is farther counts as if it were there.
const CLIP: f64 = 5.0;
/// Share of a difference that is left without its farthest points.
const MOST: f64 = 0.6;
/// Share of the level that single steps get; the rest is for levels between two others.
const STEPS: f64 = 0.9;
/// Makes the median absolute deviation of Gaussian noise its standard deviation.
const MAD: f64 = 1.4826;

/// What is asked of a step.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Probability of a step in a series that has none.
    pub level: f64,
    /// Smallest difference of levels that is one, in units of the series.
    pub least: f64,
    pub seed: u64,
}

/// A change of level. Levels are means of the points between this step and its neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// First point after it; in 95 % the true one lies in `lo..=hi`.
    pub at: usize,
    pub lo: usize,
    pub hi: usize,
    pub before: f64,
    pub after: f64,
    /// Points of each level.
    pub points: (usize, usize),
    /// 95 % interval for `after - before` by Welch, were the points independent and the place known.
    pub change: Option<(f64, f64)>,
    /// Of a segment without a step.
    pub p: f64,
}

impl Step {
    pub fn size(&self) -> f64 {
        self.after - self.before
    }
}

/// All steps, in order. The same values and seed give the same steps.
pub fn steps(values: &[f64], settings: &Settings) -> Vec<Step> {
    let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
    let clipped = clipped(values, CLIP);
    let mut cuts: Vec<usize> = Vec::new();
    search(&clipped, 0, settings, &mut random, &mut cuts);
    cuts.sort_unstable();
    // Found in a wider segment than it stands in now: each is searched for once more between its neighbours.
    let mut settled: Vec<Step> = Vec::new();
    let mut from = 0;
    for (index, _) in cuts.iter().enumerate() {
        let to = cuts.get(index + 1).copied().unwrap_or(values.len());
        let segment = &clipped[from..to];
        if let Some((at, p)) = significant(segment, settings.level, settings, &mut random) {
            let (lo, hi) = location::interval(segment, at, &mut random);
            settled.push(Step {
                at: from + at,
                lo: from + lo,
                hi: from + hi,
                before: 0.0,
                after: 0.0,
                points: (0, 0),
                change: None,
                p,
            });
            from += at;
        }
    }
    with_levels(values, settled)
}

fn search(
    segment: &[f64],
    offset: usize,
    settings: &Settings,
    random: &mut ChaCha8Rng,
    cuts: &mut Vec<usize>,
) {
    let mut from = 0;
    let found = match significant(segment, settings.level * STEPS, settings, random) {
        Some((at, _)) => vec![at],
        None => bump(segment, settings, random).map_or(Vec::new(), Vec::from),
    };
    if found.is_empty() {
        return;
    }
    for at in found.iter().copied().chain([segment.len()]) {
        search(&segment[from..at], offset + from, settings, random, cuts);
        from = at;
    }
    cuts.extend(found.iter().map(|at| offset + at));
}

/// The best cut of a segment and its p, if it is a step.
fn significant(
    segment: &[f64],
    level: f64,
    settings: &Settings,
    random: &mut ChaCha8Rng,
) -> Option<(usize, f64)> {
    let cut = scan::best(segment)?;
    let (before, after) = segment.split_at(cut.at);
    if !is_of_many(before, after, settings.least) {
        return None;
    }
    let score = |values: &[f64]| scan::best(values).map_or(0.0, |cut| cut.score);
    let p = null::p_of_best(
        segment,
        &[cut.at],
        cut.score,
        score,
        tail::EXCEEDANCES,
        random,
    );
    (p <= level).then_some((cut.at, p))
}

/// Both steps of a level between two others: one cut leaves so much of it on one side that it may see neither.
fn bump(segment: &[f64], settings: &Settings, random: &mut ChaCha8Rng) -> Option<[usize; 2]> {
    /// Nothing more is drawn once p cannot be small any more.
    const ENOUGH: usize = 3;
    let bump = scan::best_bump(segment)?;
    let others = [&segment[..bump.from], &segment[bump.to..]].concat();
    if !is_of_many(&others, &segment[bump.from..bump.to], settings.least) {
        return None;
    }
    let score = |values: &[f64]| scan::best_bump(values).map_or(0.0, |bump| bump.score);
    let levels = [bump.from, bump.to];
    let p = null::p_of_best(segment, &levels, bump.score, score, ENOUGH, random);
    (p <= settings.level * (1.0 - STEPS)).then_some(levels)
}

/// Whether two levels differ by what counts, and not by one point: without the point of each that is farthest towards the
/// difference, most of it is left.
fn is_of_many(before: &[f64], after: &[f64], least: f64) -> bool {
    let (Some(low), Some(high)) = (mean(before), mean(after)) else {
        return false;
    };
    let size = high - low;
    let sign = size.signum();
    // Towards the difference: down before it, up after it.
    let without = |side: &[f64], sign: f64| {
        let farthest = side
            .iter()
            .map(|value| sign * value)
            .fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = side.iter().sum();
        (sum - sign * farthest) / (side.len() as f64 - 1.0)
    };
    let left = without(after, sign) - without(before, -sign);
    size.abs() >= least && left * sign >= MOST * size.abs()
}

/// Values with what lies far out drawn in, by the segment as a whole: the order of the values has no part in it, so that
/// permuting them afterwards is as exact as before.
fn clipped(values: &[f64], reach: f64) -> Vec<f64> {
    let Some(centre) = median_of(values.to_vec()) else {
        return Vec::new();
    };
    let deviations = values.iter().map(|value| (value - centre).abs()).collect();
    let reach = reach * MAD * median_of(deviations).unwrap_or(0.0);
    if reach == 0.0 {
        return values.to_vec(); // more than half are the same: there is no scale to go by
    }
    let draw_in = |value: &f64| value.clamp(centre - reach, centre + reach);
    values.iter().map(draw_in).collect()
}

fn with_levels(values: &[f64], mut steps: Vec<Step>) -> Vec<Step> {
    for index in 0..steps.len() {
        let from = index.checked_sub(1).map_or(0, |before| steps[before].at);
        let to = steps.get(index + 1).map_or(values.len(), |next| next.at);
        let step = &mut steps[index];
        let (before, after) = (&values[from..step.at], &values[step.at..to]);
        step.before = mean(before).unwrap_or_default();
        step.after = mean(after).unwrap_or_default();
        step.points = (before.len(), after.len());
        step.change = welch::welch(before, after).map(|change| change.interval());
    }
    steps
}
