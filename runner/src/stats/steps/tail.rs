//! How improbable a score is among scores of the null: counted, or read from a fitted tail where too few reach it.

use crate::stats::quantile::ascending;

/// Scores of the null that are drawn at most.
pub const DRAWS: usize = 999;
/// With so many that reach the observed one, counting is exact enough and nothing more is drawn.
pub const EXCEEDANCES: usize = 10;
/// Below this nothing is said: no tail is known so far out.
pub const LEAST_P: f64 = 1e-6;
/// Largest draws that the tail is fitted to.
const TAIL: usize = 250;

/// p of `observed`; `draw` gives one score of the null.
///
/// Stops after `enough` that reach it; after [`DRAWS`] with fewer, p is that of a generalised Pareto distribution fitted to the upper tail
/// (Knijnenburg, Wessels, Reinders and Shmulevich 2009), never below [`LEAST_P`].
pub fn p_of(observed: f64, enough: usize, mut draw: impl FnMut() -> f64) -> f64 {
    let mut drawn = Vec::with_capacity(DRAWS);
    let mut reached = 0;
    while drawn.len() < DRAWS {
        let score = draw();
        drawn.push(score);
        reached += usize::from(score >= observed);
        if reached == enough {
            return reached as f64 / drawn.len() as f64;
        }
    }
    let counted = (reached as f64 + 1.0) / (DRAWS as f64 + 1.0);
    let drawn = ascending(drawn);
    let from = drawn.len() - TAIL;
    let threshold = (drawn[from - 1] + drawn[from]) / 2.0;
    let excesses: Vec<f64> = drawn[from..]
        .iter()
        .map(|score| score - threshold)
        .collect();
    let share = TAIL as f64 / DRAWS as f64;
    let fitted = Pareto::of(&excesses).map(|tail| share * tail.beyond(observed - threshold));
    fitted.unwrap_or(counted).max(LEAST_P)
}

/// Generalised Pareto distribution: `P(X > x) = (1 - k x / a)^(1 / k)`, `exp(-x / a)` for k = 0.
#[derive(Clone, Copy, Debug)]
struct Pareto {
    a: f64,
    k: f64,
}

impl Pareto {
    /// By probability-weighted moments of ascending excesses (Hosking and Wallis 1987). `None` where they are all the same.
    fn of(ascending: &[f64]) -> Option<Pareto> {
        let n = ascending.len() as f64;
        let mean = ascending.iter().sum::<f64>() / n;
        let weighted = ascending
            .iter()
            .enumerate()
            .map(|(index, x)| x * (n - index as f64 - 1.0) / (n - 1.0))
            .sum::<f64>()
            / n;
        let spread = mean - 2.0 * weighted;
        if spread <= 0.0 || weighted <= 0.0 {
            return None;
        }
        Some(Pareto {
            a: 2.0 * mean * weighted / spread,
            k: mean / spread - 2.0,
        })
    }

    fn beyond(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 1.0;
        }
        if self.k.abs() < 1e-9 {
            return (-x / self.a).exp();
        }
        (1.0 - self.k * x / self.a).max(0.0).powf(1.0 / self.k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn exponential(random: &mut ChaCha8Rng) -> f64 {
        -(1.0 - random.r#gen::<f64>()).ln()
    }

    #[test]
    fn a_common_score_is_counted_and_counting_stops() {
        let mut drawn = 0;
        let p = p_of(0.5, EXCEEDANCES, || {
            drawn += 1;
            if drawn % 2 == 0 { 1.0 } else { 0.0 }
        });
        assert_eq!((p, drawn), (0.5, 20));
    }

    #[test]
    fn a_rare_score_has_the_probability_of_its_tail() {
        // P(X > 9) = 1.2e-4, which 999 draws cannot count; the median over many fits is near.
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let p: Vec<f64> = (0..201)
            .map(|_| p_of(9.0, EXCEEDANCES, || exponential(&mut random)).ln())
            .collect();
        let median = ascending(p)[100];
        assert!((median - (-9.0_f64)).abs() < 1.0, "{median}");
    }

    #[test]
    fn nothing_is_less_probable_than_what_can_be_known() {
        let mut random = ChaCha8Rng::seed_from_u64(2);
        assert_eq!(p_of(1e6, EXCEEDANCES, || exponential(&mut random)), LEAST_P);
        assert_eq!(p_of(1.0, EXCEEDANCES, || 0.0), 1e-3);
    }
}
