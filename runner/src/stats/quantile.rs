//! Quantiles of type 7 (Hyndman and Fan 1996): linear between order statistics.

/// Quantile of ascending values, at least one; `share` from 0 to 1.
pub fn quantile(ascending: &[f64], share: f64) -> f64 {
    let at = (ascending.len() - 1) as f64 * share;
    let below = at as usize;
    let next = ascending[(below + 1).min(ascending.len() - 1)];
    ascending[below] + (at - below as f64) * (next - ascending[below])
}

/// The values in ascending order.
pub fn ascending(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_7() {
        // R: quantile(c(1, 2, 4, 8), c(.05, .1, .5, 1), type = 7)
        let values = [1.0, 2.0, 4.0, 8.0];
        for (share, expected) in [(0.0, 1.0), (0.05, 1.15), (0.1, 1.3), (0.5, 3.0), (1.0, 8.0)] {
            assert!((quantile(&values, share) - expected).abs() < 1e-12);
        }
        assert_eq!(quantile(&[3.0], 0.05), 3.0);
        assert_eq!(ascending(vec![2.0, -1.0]), [-1.0, 2.0]);
    }
}
