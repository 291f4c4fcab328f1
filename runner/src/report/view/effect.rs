//! The size of a difference in words, always as an interval, rounded outwards.

use crate::report::format::percent;
use crate::row::Row;
use crate::verdict::Verdict;

/// From here on a difference is told as a factor.
const FACTOR: f64 = 1.5;
/// A tie wider than this is one of nanoseconds, not of percent.
const TIE: f64 = 0.01;

/// `is 2.1 to 2.3 times slower than`, `takes 12 to 14 % less time than`; `None` without a verdict that says so.
pub fn words(row: &Row) -> Option<String> {
    let (lo, hi) = row.ratio_lo.0.zip(row.ratio_hi.0)?;
    let (lo, hi, factor, time) = match row.verdict? {
        Verdict::Slower => (lo, hi, "slower", "more"),
        // Of 0.4 and 0.5 of the time: 2 to 2.5 times faster.
        Verdict::Faster if lo > 0.0 => (1.0 / hi, 1.0 / lo, "faster", "less"),
        _ => return None,
    };
    Some(if lo >= FACTOR {
        format!("is {} times {factor} than", range(lo, hi))
    } else if time == "more" {
        format!(
            "takes {}\u{202f}% more time than",
            range((lo - 1.0) * 100.0, (hi - 1.0) * 100.0)
        )
    } else {
        format!(
            "takes {}\u{202f}% less time than",
            range((1.0 - 1.0 / lo) * 100.0, (1.0 - 1.0 / hi) * 100.0)
        )
    })
}

/// `20.1 to 22.3 ns more`; `None` where the difference has no interval on one side of 0.
pub fn nanoseconds(row: &Row) -> Option<String> {
    let (lo, hi) = row.difference_lo.0.zip(row.difference_hi.0)?;
    if lo > 0.0 {
        Some(format!("{}\u{202f}ns more", range(lo, hi)))
    } else if hi < 0.0 {
        Some(format!("{}\u{202f}ns less", range(-hi, -lo)))
    } else {
        None
    }
}

/// How large an effect is, for an order: 2 and 0.5 are equally large.
pub fn size(row: &Row) -> f64 {
    row.ratio
        .0
        .filter(|ratio| *ratio > 0.0)
        .map_or(0.0, |ratio| ratio.ln().abs())
}

/// `0.2 %`, or `0.08 ns` where ties are wider than a percent: how far from the reference the farthest end of an interval is.
pub fn tie(rows: &[&Row]) -> Option<String> {
    let ends = |row: &&&Row| row.ratio_lo.0.zip(row.ratio_hi.0);
    let farthest = |pairs: Vec<(f64, f64)>, from: f64| {
        pairs
            .into_iter()
            .map(|(lo, hi)| (lo - from).abs().max((hi - from).abs()))
            .fold(0.0, f64::max)
    };
    let ratios: Vec<(f64, f64)> = rows.iter().filter_map(|row| ends(&row)).collect();
    if ratios.len() != rows.len() || rows.is_empty() {
        return None;
    }
    let share = farthest(ratios, 1.0);
    if share <= TIE {
        return Some(percent(share));
    }
    let differences: Option<Vec<(f64, f64)>> = rows
        .iter()
        .map(|row| row.difference_lo.0.zip(row.difference_hi.0))
        .collect();
    match differences {
        Some(pairs) => {
            let ns = (farthest(pairs, 0.0) * 100.0 - 1e-9).ceil() / 100.0;
            Some(format!("{ns:.2}\u{202f}ns"))
        }
        None => Some(percent(share)),
    }
}

/// `2.1 to 2.3`: as many places as the width needs, at most two, and the ends outwards.
fn range(lo: f64, hi: f64) -> String {
    let width = (hi - lo).abs().max(f64::MIN_POSITIVE);
    let places = (-width.log10().floor()).clamp(0.0, 2.0) as usize;
    let unit = 10f64.powi(places as i32);
    let lo = (lo * unit + 1e-9).floor() / unit;
    let hi = (hi * unit - 1e-9).ceil() / unit;
    if lo == hi {
        format!("{lo:.places$}")
    } else {
        format!("{lo:.places$} to {hi:.places$}")
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::{Num, State};

    fn row(verdict: Verdict, lo: f64, hi: f64) -> Row {
        Row {
            verdict: Some(verdict),
            ratio: Num(Some((lo * hi).sqrt())),
            ratio_lo: Num(Some(lo)),
            ratio_hi: Num(Some(hi)),
            ..Row::without_value(
                "a/-/DllImport/rust/jit/paired".parse().unwrap(),
                State::Ok,
                "",
            )
        }
    }

    fn said(row: &Row) -> String {
        words(row).unwrap_or_default().replace('\u{202f}', " ")
    }

    #[test]
    fn a_large_effect_is_a_factor_and_a_small_one_a_share() {
        assert_eq!(
            said(&row(Verdict::Slower, 2.13, 2.28)),
            "is 2.1 to 2.3 times slower than"
        );
        assert_eq!(
            said(&row(Verdict::Faster, 0.4, 0.5)),
            "is 2.0 to 2.5 times faster than"
        );
        assert_eq!(
            said(&row(Verdict::Slower, 1.12, 1.143)),
            "takes 12 to 15 % more time than"
        );
        assert_eq!(
            said(&row(Verdict::Faster, 0.96, 0.964)),
            "takes 3.6 to 4.0 % less time than"
        );
        for silent in [Verdict::Equivalent, Verdict::Inconclusive, Verdict::Layout] {
            assert_eq!(words(&row(silent, 1.2, 1.3)), None);
        }
    }

    #[test]
    fn a_tie_is_as_wide_as_its_farthest_end() {
        let (near, far) = (
            row(Verdict::Equivalent, 0.9995, 1.001),
            row(Verdict::Equivalent, 0.998, 1.0),
        );
        let text = |rows: &[&Row]| tie(rows).map(|text| text.replace('\u{202f}', " "));
        assert_eq!(text(&[&near]).as_deref(), Some("0.1 %"));
        assert_eq!(text(&[&near, &far]).as_deref(), Some("0.2 %"));
        let mut wide = row(Verdict::Equivalent, 0.99, 1.06);
        (wide.difference_lo, wide.difference_hi) = (Num(Some(-0.01)), Num(Some(0.071)));
        assert_eq!(text(&[&near, &wide]), Some("6.0 %".to_string()));
        assert_eq!(text(&[&wide]).as_deref(), Some("0.08 ns"));
        assert_eq!(text(&[]), None);
    }

    #[test]
    fn nanoseconds_need_one_side_of_zero() {
        let mut row = row(Verdict::Slower, 1.2, 1.3);
        assert_eq!(nanoseconds(&row), None);
        (row.difference_lo, row.difference_hi) = (Num(Some(-2.9)), Num(Some(-2.71)));
        assert_eq!(
            nanoseconds(&row).map(|text| text.replace('\u{202f}', " ")),
            Some("2.7 to 2.9 ns less".to_string())
        );
    }
}
