//! Series with known truth: noise of several shapes, and what is put into it.

use std::fmt;

use serde::Serialize;

use crate::stats::simulation::Random;

/// Noise with mean 0 and standard deviation 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noise {
    Gaussian,
    /// Log-normal, sigma 0.8: skewness 3.7.
    RightSkewed,
    /// Each value keeps half of the one before.
    Ar1,
    /// Three of ten values lie in a second mode, four standard deviations of a mode away.
    Bimodal,
}

impl Noise {
    pub const ALL: [Noise; 4] = [
        Noise::Gaussian,
        Noise::RightSkewed,
        Noise::Ar1,
        Noise::Bimodal,
    ];

    pub fn series(self, points: usize, random: &mut Random) -> Vec<f64> {
        let mut last = random.normal();
        let mut next = || match self {
            Noise::Gaussian => random.normal(),
            Noise::RightSkewed => {
                const SIGMA: f64 = 0.8;
                let variance = SIGMA * SIGMA;
                let mean = (variance / 2.0).exp();
                let deviation = mean * variance.exp_m1().sqrt();
                ((SIGMA * random.normal()).exp() - mean) / deviation
            }
            Noise::Ar1 => {
                const RHO: f64 = 0.5;
                last = RHO * last + (1.0 - RHO * RHO).sqrt() * random.normal();
                last
            }
            Noise::Bimodal => {
                const SHARE: f64 = 0.3;
                const APART: f64 = 4.0;
                let mode = if random.uniform() < SHARE { APART } else { 0.0 };
                let deviation = (1.0 + SHARE * (1.0 - SHARE) * APART * APART).sqrt();
                (mode + random.normal() - SHARE * APART) / deviation
            }
        };
        (0..points).map(|_| next()).collect()
    }
}

impl fmt::Display for Noise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Noise::Gaussian => "Gaussian",
            Noise::RightSkewed => "right-skewed",
            Noise::Ar1 => "AR(1), 0.5",
            Noise::Bimodal => "bimodal, 30/70",
        })
    }
}

/// Raises everything from `at` on.
pub fn step(values: &mut [f64], at: usize, size: f64) {
    values[at..].iter_mut().for_each(|value| *value += size);
}

/// Raises the values evenly, from 0 at `from` to `size` at `to` and after it.
pub fn ramp(values: &mut [f64], from: usize, to: usize, size: f64) {
    for (index, value) in values.iter_mut().enumerate().skip(from) {
        *value += size * ((index - from) as f64 / (to - from) as f64).min(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_has_mean_0_and_deviation_1() {
        let mut random = Random::new(1);
        for noise in Noise::ALL {
            let values = noise.series(100_000, &mut random);
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let variance = values
                .iter()
                .map(|value| (value - mean).powi(2))
                .sum::<f64>()
                / n;
            assert!(mean.abs() < 0.03, "{noise}: {mean}");
            assert!((variance - 1.0).abs() < 0.1, "{noise}: {variance}");
        }
    }

    #[test]
    fn what_is_put_in() {
        let mut values = vec![0.0; 6];
        step(&mut values, 4, 2.0);
        ramp(&mut values, 1, 3, 1.0);
        assert_eq!(values, [0.0, 0.0, 0.5, 1.0, 3.0, 3.0]);
    }
}
