//! The best place to cut a segment in two: where the standardised difference of the means of both sides is largest.

/// Fewest points on each side of a step: a spike is no level.
pub const FEWEST: usize = 3;

/// A cut of a segment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// Points before it.
    pub at: usize,
    /// `|mean after - mean before| / (s sqrt(1 / n_before + 1 / n_after))`, s pooled over both sides.
    pub score: f64,
}

/// Scores every cut with at least [`FEWEST`] points on each side, in order; nothing in a segment that is too short.
pub fn scores(values: &[f64]) -> impl Iterator<Item = Cut> + '_ {
    let count = values.len();
    let n = count as f64;
    // Around the mean, so that sums of squares lose no digits.
    let mean = values.iter().sum::<f64>() / n.max(1.0);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let mut sum = 0.0;
    values.iter().enumerate().filter_map(move |(index, value)| {
        sum += value - mean;
        let at = index + 1;
        if at < FEWEST || at + FEWEST > count {
            return None;
        }
        let (before, after) = (at as f64, (count - at) as f64);
        // Sum of squares between the sides: the rest is within them.
        let between = sum * sum * n / (before * after);
        let within = (squares - between).max(0.0);
        let variance = within / (n - 2.0);
        let score = standardised(between, variance, n, mean);
        Some(Cut { at, score })
    })
}

/// 0 where all that differs is the rounding of the values.
fn standardised(between: f64, variance: f64, n: f64, mean: f64) -> f64 {
    const ROUNDING: f64 = 1e-12;
    if between <= n * (mean * ROUNDING).powi(2) {
        return 0.0;
    }
    (between / variance.max(f64::MIN_POSITIVE)).sqrt()
}

/// The cut with the largest score, the first of equal ones.
pub fn best(values: &[f64]) -> Option<Cut> {
    scores(values).fold(None, |best: Option<Cut>, cut| match best {
        Some(best) if best.score >= cut.score => Some(best),
        _ => Some(cut),
    })
}

/// A level between two others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bump {
    /// First point of it, and first after it.
    pub from: usize,
    pub to: usize,
    /// As of a cut, of the points in it beside all others.
    pub score: f64,
}

/// Longest level between two others that is looked for in a long segment: a longer one is found by its first step.
const LONGEST: usize = 30;
/// Points of a segment in which every length is looked at.
const SHORT: usize = 120;

/// The level between two others with the largest score; at least [`FEWEST`] points on each side and in it.
pub fn best_bump(values: &[f64]) -> Option<Bump> {
    let count = values.len();
    if count < 3 * FEWEST {
        return None;
    }
    let n = count as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let mut sums = Vec::with_capacity(count + 1);
    sums.push(0.0);
    let mut sum = 0.0;
    for value in values {
        sum += value - mean;
        sums.push(sum);
    }
    let longest = if count <= SHORT { count } else { LONGEST };
    let mut best: Option<(f64, usize, usize)> = None;
    for from in FEWEST..=count - 2 * FEWEST {
        let last = (count - FEWEST).min(from + longest);
        for to in from + FEWEST..=last {
            let inside = (to - from) as f64;
            let sum: f64 = sums[to] - sums[from];
            // Sum of squares between the points in it and the others.
            let between = sum * sum * n / (inside * (n - inside));
            if best.is_none_or(|(most, ..)| between > most) {
                best = Some((between, from, to));
            }
        }
    }
    best.map(|(between, from, to)| {
        let within = (squares - between).max(0.0);
        let score = standardised(between, within / (n - 2.0), n, mean);
        Bump { from, to, score }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_a_two_sample_t() {
        let values = [1.0, 2.0, 3.0, 7.0, 8.0, 9.0, 8.0];
        let cut = best(&values).unwrap();
        assert_eq!(cut.at, 3);
        // Means 2 and 8; squares within 2 and 2; s^2 = 4 / 5.
        let expected = 6.0 / (0.8_f64.sqrt() * (1.0 / 3.0 + 1.0 / 4.0_f64).sqrt());
        assert!((cut.score - expected).abs() < 1e-12, "{}", cut.score);
    }

    #[test]
    fn a_level_between_two_others() {
        let mut values = [0.0, 0.1, 0.0, 0.1, 0.0, 0.1, 0.0, 0.1, 0.0, 0.1, 0.0, 0.1];
        values[4..7].iter_mut().for_each(|value| *value += 1.0);
        let bump = best_bump(&values).unwrap();
        assert_eq!((bump.from, bump.to), (4, 7));
        assert_eq!(best_bump(&values[..8]), None);
    }

    #[test]
    fn constant_and_short_segments_have_none() {
        assert_eq!(best(&[1.0, 2.0, 3.0, 4.0, 5.0]), None);
        assert_eq!(best(&[0.1; 9]).unwrap().score, 0.0);
        assert!(best(&[1.0, 1.0, 1.0, 2.0, 2.0, 2.0]).unwrap().score > 1e3);
    }
}
