//! A share of comparisons, with what is known of the rate behind it.

use std::fmt;

use serde::{Deserialize, Serialize};
use statrs::distribution::{Beta, ContinuousCDF};

/// `hits` of `of`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub hits: u32,
    pub of: u32,
}

impl Rate {
    pub fn of(hits: usize, of: usize) -> Rate {
        Rate {
            hits: hits as u32,
            of: of as u32,
        }
    }

    /// 0 of none is none.
    pub fn share(&self) -> f64 {
        if self.of == 0 {
            0.0
        } else {
            f64::from(self.hits) / f64::from(self.of)
        }
    }

    /// 95 % interval of the rate (Clopper and Pearson 1934): exact, and wide for few comparisons, as it must be.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let (hits, misses) = (f64::from(self.hits), f64::from(self.of - self.hits));
        let end = |a: f64, b: f64, share: f64| Beta::new(a, b).map(|beta| beta.inverse_cdf(share));
        if self.of == 0 {
            return None;
        }
        let lo = if self.hits == 0 {
            0.0
        } else {
            end(hits, misses + 1.0, 0.025).ok()?
        };
        let hi = if self.hits == self.of {
            1.0
        } else {
            end(hits + 1.0, misses, 0.975).ok()?
        };
        Some((lo, hi))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rate { hits, of } = self;
        match self.interval() {
            None => write!(f, "none made"),
            Some((lo, hi)) => write!(
                f,
                "{hits} of {of} ({:.1} % [{:.1}, {:.1}])",
                100.0 * self.share(),
                100.0 * lo,
                100.0 * hi
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clopper_and_pearson() {
        // R: binom.test(0, 60), binom.test(5, 100), binom.test(10, 10)
        for (rate, lo, hi) in [
            (Rate::of(0, 60), 0.0, 0.0596),
            (Rate::of(5, 100), 0.0164, 0.1128),
            (Rate::of(10, 10), 0.6915, 1.0),
        ] {
            let (found_lo, found_hi) = rate.interval().unwrap();
            assert!((found_lo - lo).abs() < 1e-4, "{rate}");
            assert!((found_hi - hi).abs() < 1e-4, "{rate}");
        }
        assert_eq!(Rate::of(0, 0).interval(), None);
        assert_eq!(Rate::of(1, 4).to_string(), "1 of 4 (25.0 % [0.6, 80.6])");
    }
}
