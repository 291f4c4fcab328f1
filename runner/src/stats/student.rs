//! The mean over launches, with Student's t interval: a launch is one replicate, however many samples it has.

use super::interval::Centre;

/// Mean and 95 % interval of at least two replicates.
///
/// `mean -+ t(0.975, L - 1) s / sqrt(L)`, s the standard deviation with L - 1 (Student 1908). With two or three launches it is
/// wide, and rightly so.
pub fn mean_interval(replicates: &[f64]) -> Option<(f64, f64, f64)> {
    let centre = Centre::student(replicates)?;
    let (lo, hi) = centre.interval();
    Some((centre.estimate, lo, hi))
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, StudentsT};

    use super::*;

    /// Upper end of the 95 % two-sided interval, as a probability.
    const UPPER: f64 = 0.975;

    /// Of a standard error of 1, the half-width is the quantile.
    fn t_quantile(df: f64) -> f64 {
        let (estimate, se) = (0.0, 1.0);
        Centre { estimate, se, df }.half_width()
    }
    use crate::stats::simulation::{Random, within_binomial_limits};

    #[test]
    fn t_of_the_tables() {
        // NIST/SEMATECH e-Handbook, table 1.3.6.7.2; digits beyond it from t(1) = tan(0.475 pi), t(2) = 2a sqrt(1 / (2 - 2a^2))
        // with a = 0.95.
        let a: f64 = 0.95;
        let known = [
            (1.0, (0.475 * std::f64::consts::PI).tan()),
            (2.0, 2.0 * a / (2.0 * (1.0 - a * a)).sqrt()),
        ];
        for (degrees_of_freedom, expected) in known {
            let t = t_quantile(degrees_of_freedom);
            assert!(
                (t / expected - 1.0).abs() < 1e-9,
                "{degrees_of_freedom}: {t}, {expected}"
            );
        }
        let table = [
            (3.0, 3.182),
            (4.0, 2.776),
            (9.0, 2.262),
            (29.0, 2.045),
            (100.0, 1.984),
        ];
        for (degrees_of_freedom, expected) in table {
            let t = t_quantile(degrees_of_freedom);
            assert!((t - expected).abs() < 0.0005, "{degrees_of_freedom}: {t}");
        }
    }

    #[test]
    fn every_quantile_inverts_the_distribution() {
        for degrees_of_freedom in 1..=300 {
            let degrees_of_freedom = f64::from(degrees_of_freedom);
            let back = StudentsT::new(0.0, 1.0, degrees_of_freedom)
                .unwrap()
                .cdf(t_quantile(degrees_of_freedom));
            assert!((back - UPPER).abs() < 1e-9, "{degrees_of_freedom}: {back}");
        }
    }

    #[test]
    fn three_launches_by_hand() {
        // 10, 11, 13: mean 34/3, s^2 = 7/3, t(0.975, 2) = 4.30265; half-width 4.30265 sqrt(7/9) = 3.79458.
        let (mean, lo, hi) = mean_interval(&[10.0, 11.0, 13.0]).unwrap();
        assert!((mean - 34.0 / 3.0).abs() < 1e-12);
        assert!(
            (hi - mean - 3.794_58).abs() < 1e-5 && (mean - lo - 3.794_58).abs() < 1e-5,
            "{lo} {hi}"
        );
        assert_eq!(mean_interval(&[10.0]), None);
        assert_eq!(mean_interval(&[7.0, 7.0]), Some((7.0, 7.0, 7.0)));
    }

    #[test]
    fn coverage_on_normal_launches() {
        const TRIALS: u32 = 20_000;
        for launches in [2, 3, 10] {
            let mut random = Random::new(20_260_102);
            let mut hits = 0;
            for _ in 0..TRIALS {
                let values: Vec<f64> = (0..launches).map(|_| 100.0 + random.normal()).collect();
                let (_, lo, hi) = mean_interval(&values).unwrap();
                hits += u32::from((lo..=hi).contains(&100.0));
            }
            within_binomial_limits(hits, TRIALS, 0.95, &format!("{launches} launches"));
        }
    }
}
