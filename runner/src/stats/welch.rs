//! The difference of two independent sides, each with launches of its own: Welch's t, and Yuen's with trimmed means.

use super::interval::{Centre, Estimate};
use super::quantile::ascending;

/// Share trimmed on each side.
const TRIM: f64 = 0.2;
/// From so many launches on each side on, Yuen's interval decides; below, its degrees of freedom are too few.
const YUEN_FROM: usize = 10;

/// One side's part of the difference: its centre, the square of its standard error, its degrees of freedom.
#[derive(Clone, Copy, Debug)]
struct Part {
    centre: f64,
    squared_se: f64,
    df: f64,
}

impl Part {
    /// Mean, `s^2 / n`, n - 1.
    fn student(values: &[f64]) -> Option<Part> {
        let centre = Centre::student(values)?;
        Some(Part {
            centre: centre.estimate,
            squared_se: centre.se.powi(2),
            df: centre.df,
        })
    }

    /// 20 % trimmed mean, `(n - 1) s_w^2 / (h (h - 1))`, h - 1, with `h = n - 2 floor(0.2 n)` values kept and `s_w` the winsorised
    /// standard deviation.
    fn yuen(ascending: &[f64]) -> Option<Part> {
        let count = ascending.len();
        let cut = (TRIM * count as f64) as usize;
        let kept = &ascending[cut..count - cut];
        let h = kept.len() as f64;
        if kept.len() < 2 {
            return None;
        }
        let winsorised: Vec<f64> = ascending
            .iter()
            .map(|value| value.clamp(kept[0], kept[kept.len() - 1]))
            .collect();
        let count = count as f64;
        let variance = count * Centre::student(&winsorised)?.se.powi(2);
        Some(Part {
            centre: kept.iter().sum::<f64>() / h,
            squared_se: (count - 1.0) * variance / (h * (h - 1.0)),
            df: h - 1.0,
        })
    }
}

/// `b - a` with the degrees of freedom of Welch and Satterthwaite, `(v_a + v_b)^2 / (v_a^2 / df_a + v_b^2 / df_b)`, v the squared
/// standard errors.
fn difference(a: Part, b: Part) -> Centre {
    let squared_se = a.squared_se + b.squared_se;
    let df = if squared_se > 0.0 {
        // By shares, because the squares of small variances vanish.
        let share = a.squared_se / squared_se;
        1.0 / (share.powi(2) / a.df + (1.0 - share).powi(2) / b.df)
    } else {
        a.df + b.df
    };
    Centre {
        estimate: b.centre - a.centre,
        se: squared_se.sqrt(),
        df,
    }
}

/// Difference of means, `b - a`, without the assumption of equal variances (Welch 1947, Satterthwaite 1946). `None` with fewer
/// than two values on a side.
pub fn welch(a: &[f64], b: &[f64]) -> Option<Centre> {
    Some(difference(Part::student(a)?, Part::student(b)?))
}

/// Difference of 20 % trimmed means, `b - a`, of ascending values (Yuen 1974).
pub fn yuen_welch(a: &[f64], b: &[f64]) -> Option<Centre> {
    Some(difference(Part::yuen(a)?, Part::yuen(b)?))
}

/// `b - a` over the launches of both sides, in any order: Yuen's decides with ten launches or more on each side, else Welch's.
/// `launches` is the larger side's number.
pub fn between(a: &[f64], b: &[f64]) -> Option<Estimate> {
    // In order of value, so that sums do not depend on how launches are numbered.
    let (a, b) = (ascending(a.to_vec()), ascending(b.to_vec()));
    let student = welch(&a, &b)?;
    let yuen = (a.len().min(b.len()) >= YUEN_FROM)
        .then(|| yuen_welch(&a, &b))
        .flatten();
    Some(Estimate {
        launches: a.len().max(b.len()),
        decides: yuen.unwrap_or(student),
        student,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
    }

    #[test]
    fn welch_by_hand() {
        // Means 3 and 9; variances 2.5 over 5 and 6.666.. over 4, so 0.5 and 5/3; df = (13/6)^2 / (0.25/4 + (25/9)/3).
        let centre = welch(&[1.0, 2.0, 3.0, 4.0, 5.0], &[6.0, 8.0, 10.0, 12.0]).unwrap();
        close(centre.estimate, 6.0);
        close(centre.se, (13.0_f64 / 6.0).sqrt());
        close(centre.df, (169.0 / 36.0) / (1.0 / 16.0 + 25.0 / 27.0));
        assert_eq!(welch(&[1.0], &[1.0, 2.0]), None);
        assert_eq!(welch(&[], &[1.0, 2.0]), None);
    }

    #[test]
    fn yuen_welch_by_hand() {
        // Before: trimmed 3..8 (mean 5.5), winsorised 3 3 3 4 5 6 7 8 8 8, sum of squares 42.5, so (9/30) 42.5/9 = 42.5/30.
        // After: the same, doubled and ten up: trimmed mean 21, four times the variance.
        let before = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 100.0];
        let after = before.map(|value| 10.0 + 2.0 * value);
        let centre = yuen_welch(&before, &after).unwrap();
        close(centre.estimate, 15.5);
        let part: f64 = 42.5 / 30.0;
        close(centre.se, (5.0 * part).sqrt());
        close(centre.df, 25.0 / (1.0 / 5.0 + 16.0 / 5.0));
    }

    #[test]
    fn yuen_decides_with_ten_launches_on_each_side() {
        let ten: Vec<f64> = (0..10).map(f64::from).collect();
        let nine = &ten[..9];
        let estimate = between(&ten, &ten).unwrap();
        assert_ne!(estimate.decides, estimate.student);
        let estimate = between(nine, &ten).unwrap();
        assert_eq!(estimate.decides, estimate.student);
        assert_eq!(estimate.launches, 10);
    }

    #[test]
    fn sides_without_any_spread_have_an_interval_of_no_width() {
        let estimate = between(&[1.0; 10], &[1.5; 12]).unwrap();
        assert_eq!(estimate.decides.interval(), (0.5, 0.5));
        assert_eq!(estimate.p_beyond(0.1), 0.0);
        let tiny = between(&[1e-200, 2e-200], &[1e-200, 3e-200]).unwrap();
        assert!(tiny.decides.df.is_finite() && tiny.decides.df >= 1.0);
    }
}
