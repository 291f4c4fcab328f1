//! An estimate over launches with its intervals: the 20 % trimmed mean with Yuen's t, and the mean with Student's t. A launch is
//! one replicate, however many rounds it has.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::median::{mean, median, median_of};
use super::quantile::ascending;

/// Share trimmed on each side.
const TRIM: f64 = 0.2;
/// From so many launches on Yuen's interval decides; below, its degrees of freedom are too few.
pub const YUEN_FROM: usize = 10;
/// Upper end of the printed 95 % interval, as a probability.
const UPPER: f64 = 0.975;
/// Power at which the minimum detectable effect is stated.
const POWER: f64 = 0.90;

/// Centre, standard error and degrees of freedom: what an interval and a test are made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Centre {
    pub estimate: f64,
    pub se: f64,
    pub df: f64,
}

impl Centre {
    /// Mean, `s / sqrt(L)`, L - 1 (Student 1908).
    pub fn student(values: &[f64]) -> Option<Centre> {
        let count = values.len() as f64;
        if count < 2.0 {
            return None;
        }
        let estimate = mean(values)?;
        let variance = values
            .iter()
            .map(|value| (value - estimate).powi(2))
            .sum::<f64>()
            / (count - 1.0);
        Some(Centre {
            estimate,
            se: (variance / count).sqrt(),
            df: count - 1.0,
        })
    }

    /// Of ascending values: 20 % trimmed mean, `s_w / (0.6 sqrt(L))`, h - 1 with `h = L - 2 floor(0.2 L)` and `s_w` the winsorised standard deviation
    /// (Tukey and McLaughlin 1963, Yuen 1974).
    pub fn yuen(sorted: &[f64]) -> Option<Centre> {
        let count = sorted.len();
        let cut = (TRIM * count as f64) as usize;
        let kept = &sorted[cut..count - cut];
        if kept.len() < 2 {
            return None;
        }
        let winsorised: Vec<f64> = sorted
            .iter()
            .map(|value| value.clamp(kept[0], kept[kept.len() - 1]))
            .collect();
        let spread = Centre::student(&winsorised)?;
        Some(Centre {
            estimate: mean(kept)?,
            // `spread.se` is s_w / sqrt(L) already.
            se: spread.se / (1.0 - 2.0 * TRIM),
            df: kept.len() as f64 - 1.0,
        })
    }

    fn distribution(&self) -> StudentsT {
        StudentsT::new(0.0, 1.0, self.df).expect("degrees of freedom are positive")
    }

    /// Of the 95 % interval.
    pub fn half_width(&self) -> f64 {
        self.distribution().inverse_cdf(UPPER) * self.se
    }

    /// Of the interval that misses with probability `level`.
    pub fn half_width_at(&self, level: f64) -> f64 {
        self.distribution().inverse_cdf(1.0 - level / 2.0) * self.se
    }

    pub fn interval(&self) -> (f64, f64) {
        let half = self.half_width();
        (self.estimate - half, self.estimate + half)
    }

    /// Two-sided p of "the effect is within `bound`": `min(1, 2 min(P(T > (x - d) / se), P(T < (x + d) / se)))`.
    pub fn p_beyond(&self, bound: f64) -> f64 {
        if self.se == 0.0 {
            return if self.estimate.abs() > bound {
                0.0
            } else {
                1.0
            };
        }
        let t = self.distribution();
        let above = t.sf((self.estimate - bound) / self.se);
        let below = t.cdf((self.estimate + bound) / self.se);
        (2.0 * above.min(below)).min(1.0)
    }

    /// `t(1 - level / 2, df) + t(.90, df)` standard errors: what a true effect must have beyond a bound to be seen beyond it in 90 %
    /// by a test at `level`.
    pub fn detectable(&self, level: f64) -> f64 {
        let t = self.distribution();
        (t.inverse_cdf(1.0 - level / 2.0) + t.inverse_cdf(POWER)) * self.se
    }
}

/// Both estimates of one quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub launches: usize,
    /// The one that is printed: Yuen's at ten launches or more, else Student's.
    pub decides: Centre,
    pub student: Centre,
}

impl Estimate {
    /// Over launches, in any order; `None` for fewer than two.
    pub fn over(values: Vec<f64>) -> Option<Estimate> {
        // In order of value, so that sums do not depend on how launches are numbered.
        let values = ascending(values);
        let student = Centre::student(&values)?;
        let yuen = (values.len() >= YUEN_FROM)
            .then(|| Centre::yuen(&values))
            .flatten();
        Some(Estimate {
            launches: values.len(),
            decides: yuen.unwrap_or(student),
            student,
        })
    }

    /// The larger of both methods' p.
    pub fn p_beyond(&self, bound: f64) -> f64 {
        self.decides
            .p_beyond(bound)
            .max(self.student.p_beyond(bound))
    }

    /// Whether both intervals lie within `bound` of 0.
    pub fn within(&self, bound: f64) -> bool {
        [self.decides, self.student].iter().all(|centre| {
            let (lo, hi) = centre.interval();
            lo >= -bound && hi <= bound
        })
    }
}

/// Holm's step-down (1979): adjusted p in the order given.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut adjusted = vec![0.0; p.len()];
    let mut largest = 0.0_f64;
    for (rank, &at) in order.iter().enumerate() {
        largest = largest.max(((p.len() - rank) as f64 * p[at]).min(1.0));
        adjusted[at] = largest;
    }
    adjusted
}

/// Two modes of launch values: the largest gap between neighbours that leaves at least 15 % on each side, if it exceeds 2 % of the
/// median and 4 times the larger side's MAD. Returns both sides' medians.
pub fn modes(values: Vec<f64>) -> Option<(f64, f64)> {
    const SIDE: f64 = 0.15;
    const OF_MEDIAN: f64 = 0.02;
    const OF_MAD: f64 = 4.0;
    let values = ascending(values);
    let count = values.len();
    // One value is no mode.
    let least = ((SIDE * count as f64).ceil() as usize).max(2);
    let split = (least..=count.checked_sub(least)?)
        .max_by(|&a, &b| (values[a] - values[a - 1]).total_cmp(&(values[b] - values[b - 1])))?;
    let gap = values[split] - values[split - 1];
    let (low, high) = values.split_at(split);
    let larger = if low.len() >= high.len() { low } else { high };
    let centre = median(larger);
    let deviations = larger.iter().map(|value| (value - centre).abs());
    let mad = median_of(deviations.collect())?;
    let two = gap > OF_MEDIAN * median(&values) && gap > OF_MAD * mad;
    two.then(|| (median(low), median(high)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::simulation::{Random, within_binomial_limits};

    #[test]
    fn yuen_by_hand() {
        // 1..10 with one outlier: trimmed 3..8, winsorised 3 3 3 4 5 6 7 8 8 8 (mean 5.5, sum of squares 42.5).
        let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 100.0];
        let centre = Centre::yuen(&values).unwrap();
        assert_eq!((centre.estimate, centre.df), (5.5, 5.0));
        let winsorised: f64 = (42.5_f64 / 9.0).sqrt();
        assert!((centre.se - winsorised / (0.6 * 10.0_f64.sqrt())).abs() < 1e-12);
    }

    #[test]
    fn holm_by_hand() {
        // Holm 1979: 0.01 x 4, 0.02 x 3, 0.03 x 2 -> at least the one before.
        let adjusted = holm(&[0.03, 0.01, 0.9, 0.02]);
        for (found, expected) in adjusted.iter().zip([0.06, 0.04, 0.9, 0.06]) {
            assert!((found - expected).abs() < 1e-12, "{adjusted:?}");
        }
        assert!(holm(&[]).is_empty());
    }

    #[test]
    fn two_modes_are_told_from_one() {
        let mut random = Random::new(3);
        let one: Vec<f64> = (0..10).map(|_| 10.0 + 0.05 * random.normal()).collect();
        assert_eq!(modes(one.clone()), None);
        let mut two = one;
        two[..4].iter_mut().for_each(|value| *value += 1.0);
        let (low, high) = modes(two).unwrap();
        assert!(
            (low - 10.0).abs() < 0.1 && (high - 11.0).abs() < 0.1,
            "{low} {high}"
        );
        assert_eq!(modes(vec![]), None);
        assert_eq!(modes(vec![1.0]), None);
    }

    /// Both intervals hold the truth as often as they say, or a little more often, for launches with heavy tails too.
    #[test]
    fn coverage_over_simulated_launches() {
        const TRIALS: u32 = 4000;
        for launches in [5, 10, 30] {
            let mut random = Random::new(20_261_124 + launches as u64);
            let (mut student, mut decides, mut heavy) = (0, 0, 0);
            for _ in 0..TRIALS {
                let normal: Vec<f64> = (0..launches).map(|_| random.normal()).collect();
                let holds = |centre: Centre| {
                    let (lo, hi) = centre.interval();
                    u32::from(lo <= 0.0 && hi >= 0.0)
                };
                let estimate = Estimate::over(normal.clone()).unwrap();
                student += holds(estimate.student);
                decides += holds(estimate.decides);
                // One launch in ten is ten times as far out.
                let contaminated = normal
                    .iter()
                    .map(|value| {
                        if random.uniform() < 0.1 {
                            10.0 * value
                        } else {
                            *value
                        }
                    })
                    .collect();
                heavy += holds(Estimate::over(contaminated).unwrap().decides);
            }
            within_binomial_limits(student, TRIALS, 0.95, &format!("t, {launches} launches"));
            let share = |hits: u32| f64::from(hits) / f64::from(TRIALS);
            assert!(
                (0.935..0.97).contains(&share(decides)),
                "{launches}: {}",
                share(decides)
            );
            assert!(
                (0.935..0.985).contains(&share(heavy)),
                "{launches}: {}",
                share(heavy)
            );
        }
    }

    /// An effect of the stated size is seen beyond the bound in about 90 %.
    #[test]
    fn power_is_what_the_minimum_detectable_effect_says() {
        const TRIALS: u32 = 4000;
        let mut random = Random::new(9);
        let (bound, launches) = (1.0, 10);
        // The expected se of standard normal launches.
        let typical = Centre {
            estimate: 0.0,
            se: 1.0 / (launches as f64).sqrt(),
            df: 9.0,
        };
        let effect = bound + typical.detectable(0.05);
        let mut seen = 0;
        for _ in 0..TRIALS {
            let values: Vec<f64> = (0..launches).map(|_| effect + random.normal()).collect();
            seen += u32::from(Centre::student(&values).unwrap().p_beyond(bound) <= 0.05);
        }
        let share = f64::from(seen) / f64::from(TRIALS);
        assert!((0.86..0.94).contains(&share), "{share}");
    }
}
