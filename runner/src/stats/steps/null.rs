//! What a segment without a step would score: its own values in another order, or, where neighbours resemble each other, series
//! that depend on their past as it does.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::clipped;
use super::tail::p_of;

/// p of `observed`, the largest of a kind of score of a segment, under "no step". `levels` are where its best fit is cut.
///
/// Without dependence every order of the values is as probable as any other, whatever their distribution: permutation is exact.
/// With lag-1 correlation the innovations are permuted and the series is built from them again.
pub fn p_of_best(
    values: &[f64],
    levels: &[usize],
    observed: f64,
    score: impl Fn(&[f64]) -> f64,
    enough: usize,
    random: &mut ChaCha8Rng,
) -> f64 {
    let rho = correlation(values, levels);
    let mut series = values.to_vec();
    if rho <= 0.0 {
        return p_of(observed, enough, || {
            series.shuffle(random);
            score(&series)
        });
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let mut innovations: Vec<f64> = values
        .windows(2)
        .map(|pair| (pair[1] - mean) - rho * (pair[0] - mean))
        .collect();
    // One more, so that the series has its length: the first value, as far as it is not of a past.
    innovations.push((values[0] - mean) * (1.0 - rho * rho).sqrt());
    p_of(observed, enough, || {
        innovations.shuffle(random);
        let mut last = innovations[0] / (1.0 - rho * rho).sqrt();
        for (value, innovation) in series.iter_mut().zip(&innovations) {
            last = rho * last + innovation;
            *value = last;
        }
        score(&series)
    })
}

/// Lag-1 correlation of a segment, as far as its neighbours resemble each other and not only its levels.
///
/// Two estimates, of which the smaller counts. What is left when each level has lost its mean: precise, but a step that is still in
/// it looks like dependence. And the differences of neighbours, in which a step is one value of many: less precise, so it is only a
/// bound, two and a half of its standard errors up.
fn correlation(values: &[f64], levels: &[usize]) -> f64 {
    let n = values.len() as f64;
    let within = within(values, levels);
    let bound = of_differences(values).max(0.0) + BOUND / n.sqrt();
    within.min(bound).min(MOST)
}

/// Of the residuals of every level.
///
/// With an estimated mean the estimate is too low by about `(1 + 4 rho) / n` (Marriott and Pope 1954). As many means are estimated
/// as there are levels, and they were chosen to leave little: twice that is added for each of two, and a little more, so that at 30
/// points a series whose neighbours correlate by a half is called a step as rarely as stated. It costs power there, not at 100.
fn within(values: &[f64], levels: &[usize]) -> f64 {
    let n = values.len() as f64;
    let mut residuals = Vec::with_capacity(values.len());
    let mut from = 0;
    for to in levels.iter().copied().chain([values.len()]) {
        let level = &values[from..to];
        let mean = level.iter().sum::<f64>() / level.len() as f64;
        residuals.extend(level.iter().map(|value| value - mean));
        from = to;
    }
    let raw = lag_1(&residuals);
    let means = levels.len() as f64 + 1.0;
    raw + means * (8.0 * raw + MORE) / n
}

/// The lag-1 correlation of differences of an AR(1) series is `-(1 - rho) / 2`.
fn of_differences(values: &[f64]) -> f64 {
    let differences: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    1.0 + 2.0 * lag_1(&clipped(&differences, NEAR))
}

fn lag_1(centred: &[f64]) -> f64 {
    let squares: f64 = centred.iter().map(|value| value * value).sum();
    if squares == 0.0 {
        return 0.0;
    }
    let products: f64 = centred.windows(2).map(|pair| pair[0] * pair[1]).sum();
    products / squares
}

/// Twice 1, and more.
const MORE: f64 = 6.0;
/// Beyond it a series is a walk, and has no levels.
const MOST: f64 = 0.95;
/// Over sqrt(n); the standard error is about 1.4 of it.
const BOUND: f64 = 3.5;
/// Robust standard deviations up to which a difference of neighbours counts as what it is.
const NEAR: f64 = 3.0;
