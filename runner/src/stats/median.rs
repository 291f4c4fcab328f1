//! The median of one launch, and an interval for it that assumes nothing about the shape of the distribution.

use statrs::distribution::{Binomial, DiscreteCDF};

/// Probability that an interval misses on one side.
const TAIL: f64 = 0.025;

/// Median of ascending values: the middle one, or the mean of the two in the middle (type 7 quantile at 1/2, Hyndman and Fan
/// 1996). Needs at least one value.
pub fn median(ascending: &[f64]) -> f64 {
    let middle = ascending.len() / 2;
    if ascending.len() % 2 == 1 {
        ascending[middle]
    } else {
        // Half of each, because the sum of two large values may overflow.
        ascending[middle - 1] / 2.0 + ascending[middle] / 2.0
    }
}

/// Median of values in any order; `None` of none.
pub fn median_of(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    (!values.is_empty()).then(|| median(&values))
}

/// Arithmetic mean; `None` of none.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Rank `r`, from 1, of the lower end: the interval from the r-th smallest to the r-th largest of `n` values covers the median
/// with at least 95 %.
///
/// The number of values below the median is binomial (n, 1/2), so each end misses with P(B <= r - 1); r is the largest that
/// keeps this within 2.5 % (Conover 1999, Practical Nonparametric Statistics, section 3.2). Below 6 values there is none: not
/// even the extremes enclose the median often enough.
pub fn interval_rank(n: usize) -> Option<usize> {
    let below = Binomial::new(0.5, n as u64).expect("1/2 is a probability");
    // The first count whose cumulated probability exceeds the tail is the rank itself: one below it is the last that fits.
    let (mut fits, mut exceeds) = (0u64, n as u64 / 2 + 1);
    while fits < exceeds {
        let count = fits.midpoint(exceeds);
        if below.cdf(count) <= TAIL {
            fits = count + 1
        } else {
            exceeds = count
        }
    }
    (fits >= 1).then_some(fits as usize)
}

/// Interval for the median of ascending values, at least 95 %; `None` for fewer than 6.
pub fn interval(ascending: &[f64]) -> Option<(f64, f64)> {
    let rank = interval_rank(ascending.len())?;
    Some((ascending[rank - 1], ascending[ascending.len() - rank]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::simulation::{Random, within_binomial_limits};

    #[test]
    fn medians() {
        assert_eq!(median(&[3.0]), 3.0);
        assert_eq!(median(&[1.0, 2.0, 10.0]), 2.0);
        assert_eq!(median(&[1.0, 2.0, 4.0, 10.0]), 3.0);
    }

    /// Exact: sums of binomial coefficients as integers, compared as 40 P <= 2^n.
    fn exact_rank(n: u32) -> Option<usize> {
        let (mut coefficient, mut cumulated, mut rank) = (1u128, 0u128, 0);
        for k in 0..=n {
            cumulated += coefficient;
            if 40 * cumulated > 1 << n {
                break;
            }
            rank += 1;
            coefficient = coefficient * u128::from(n - k) / u128::from(k + 1);
        }
        (rank >= 1).then_some(rank)
    }

    #[test]
    fn ranks_agree_with_exact_arithmetic() {
        for n in 1..=110 {
            assert_eq!(interval_rank(n as usize), exact_rank(n), "n = {n}");
        }
    }

    #[test]
    fn known_ranks() {
        // Conover's table and the usual ones: n = 5 has none, n = 6 takes the extremes (96.88 %), n = 10 the 2nd and 9th
        // (97.85 %), n = 20 the 6th and 15th (95.86 %), n = 100 the 40th and 61st (96.48 %).
        for (n, rank) in [
            (0, None),
            (1, None),
            (5, None),
            (6, Some(1)),
            (10, Some(2)),
            (20, Some(6)),
            (100, Some(40)),
        ] {
            assert_eq!(interval_rank(n), rank, "n = {n}");
        }
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_eq!(interval(&values), Some((2.0, 9.0)));
        // Far beyond what a power of 1/2 can be written for: about n/2 - 0.98 sqrt(n).
        assert_eq!(interval_rank(1_000_000), Some(499_020));
    }

    #[test]
    fn coverage_is_what_the_binomial_says_for_any_shape() {
        const TRIALS: u32 = 20_000;
        // Coverage 1 - 2 P(B <= rank - 1) of n = 6, 10, 15, 40, by hand from the binomial coefficients.
        for (n, coverage) in [(6, 0.96875), (10, 0.978516), (15, 0.964844), (40, 0.961523)] {
            type Shape = (&'static str, fn(f64) -> f64, f64);
            let shapes: [Shape; 3] = [
                ("uniform", |u| u, 0.5),
                ("exponential", |u| -(1.0 - u).ln(), std::f64::consts::LN_2),
                ("heavy-tailed", |u| (1.0 - u).powf(-2.0), 4.0),
            ];
            for (name, shape, truth) in shapes {
                let mut random = Random::new(20_260_101);
                let mut hits = 0;
                for _ in 0..TRIALS {
                    let mut values: Vec<f64> = (0..n).map(|_| shape(random.uniform())).collect();
                    values.sort_by(f64::total_cmp);
                    let (lo, hi) = interval(&values).unwrap();
                    hits += u32::from((lo..=hi).contains(&truth));
                }
                within_binomial_limits(hits, TRIALS, coverage, &format!("{name}, n = {n}"));
            }
        }
    }
}
