//! Numbers and dates as a reader sees them. Pure text; the one place that rounds.
//!
//! Below ten two decimals, from ten on three significant digits, and never more than the interval supports: a digit is
//! dropped while the interval is a hundred of its units wide, so the width keeps two digits (GUM, JCGM 100:2008, 7.2.6).

use std::fmt;

/// Narrow no-break space: between digits in threes, and before a unit, so that neither is torn apart at a line's end.
const THIN: char = '\u{202f}';

/// Stands where there is no number.
pub const NONE: &str = "–";

/// A value and its interval, rounded alike, without a unit.
#[derive(Debug, PartialEq, Eq)]
pub struct Rounded {
    pub value: String,
    /// `[5.73, 5.95]`; empty when there is no interval.
    pub interval: String,
}

/// `5.84 [5.73, 5.95]`
impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.interval.is_empty() {
            f.write_str(&self.value)
        } else {
            write!(f, "{} {}", self.value, self.interval)
        }
    }
}

/// Rounds `value` and its interval to the same place.
pub fn rounded(value: f64, interval: Option<(f64, f64)>) -> Rounded {
    at(decimals(value, interval, 2), value, interval)
}

fn at(decimals: i32, value: f64, interval: Option<(f64, f64)>) -> Rounded {
    Rounded {
        value: fixed(value, decimals),
        interval: interval
            .map(|(lo, hi)| format!("[{}, {}]", fixed(lo, decimals), fixed(hi, decimals)))
            .unwrap_or_default(),
    }
}

/// A ratio and its interval: three decimals where the interval supports them, because a tie is one of tenths of a percent.
pub fn ratio(value: f64, interval: Option<(f64, f64)>) -> Rounded {
    at(decimals(value, interval, 3), value, interval)
}

/// A share in percent, rounded up to two digits at most: `0.2 %`, `13 %`. Up, because it says what something stays within.
pub fn percent(share: f64) -> String {
    let percent = share.abs() * 100.0;
    let places = if percent < 9.95 { 1 } else { 0 };
    let unit = 10f64.powi(places);
    // What is a rounding error above a step is on it.
    let up = (percent * unit - 1e-9).ceil().max(0.0) / unit;
    format!("{}{THIN}%", fixed(up, places))
}

/// The same with a unit that suits the size, for charts and prose; tables stay with ns.
pub fn with_unit(ns: f64, interval: Option<(f64, f64)>) -> Rounded {
    let (divisor, unit) = unit(ns);
    let Rounded { value, interval } = rounded(
        ns / divisor,
        interval.map(|(lo, hi)| (lo / divisor, hi / divisor)),
    );
    Rounded {
        value: format!("{value}{THIN}{unit}"),
        interval,
    }
}

/// A tick of a time axis: `0.5 ns`, `20 µs`.
pub fn tick(ns: f64) -> String {
    let (divisor, unit) = unit(ns);
    format!("{}{THIN}{unit}", number(ns / divisor))
}

/// A param's value on an axis: `1 024`, `0.5`.
pub fn number(value: f64) -> String {
    group(&crate::row::seven_digits(value))
}

pub fn count(value: u64) -> String {
    group(&value.to_string())
}

/// `1 row`, `12 rows`, `3 launches`.
pub fn plural(count: usize, noun: &str) -> String {
    let ending = match count {
        1 => "",
        _ if noun.ends_with("ch") || noun.ends_with('s') => "es",
        _ => "s",
    };
    format!("{}{THIN}{noun}{ending}", group(&count.to_string()))
}

/// `2026-11-23T18:00:00Z` as `23 November 2026`; text of another form stays as it is.
pub fn date(rfc3339: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = rfc3339
        .get(..10)
        .unwrap_or_default()
        .split('-')
        .map(|part| part.parse::<usize>().ok());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Some(year)), Some(Some(month @ 1..=12)), Some(Some(day))) => {
            format!("{day} {} {year}", MONTHS[month - 1])
        }
        _ => rfc3339.to_string(),
    }
}

/// Part of a key for people: decoded, and without control characters, which XML cannot hold.
pub fn shown(part: &str) -> String {
    let decoded = crate::names::decode(part);
    decoded
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// The unit in which a time of three digits needs no zeros; the limits are those of rounding, 999.5 ns is 1.00 µs.
fn unit(ns: f64) -> (f64, &'static str) {
    match ns {
        _ if ns < 999.5 => (1.0, "ns"),
        _ if ns < 999.5e3 => (1e3, "µs"),
        _ if ns < 999.5e6 => (1e6, "ms"),
        _ => (1e9, "s"),
    }
}

/// Digits after the point, `most` of them; negative rounds to tens, hundreds, ...
fn decimals(value: f64, interval: Option<(f64, f64)>, most: i32) -> i32 {
    let exponent = exponent(value);
    let by_size = (most - exponent).min(most);
    let by_interval = interval.map_or(by_size, |(lo, hi)| {
        // The unit u with width / u < 100, for a width of 2.2e-1: 1e-2.
        if hi > lo {
            1 - exponent_down(hi - lo)
        } else {
            by_size
        }
    });
    // At least one digit of the value itself is left.
    by_size.min(by_interval.max(-exponent.max(0)))
}

/// Power of ten of the value after rounding to three digits: 99.96 is a three-digit number.
fn exponent(value: f64) -> i32 {
    power(&format!("{value:.2e}"))
}

/// Power of ten of the value as it is.
fn exponent_down(value: f64) -> i32 {
    power(&format!("{value:.17e}"))
}

fn power(scientific: &str) -> i32 {
    scientific
        .split_once('e')
        .and_then(|(_, power)| power.parse().ok())
        .unwrap_or(0)
}

fn fixed(value: f64, decimals: i32) -> String {
    let text = match usize::try_from(decimals) {
        Ok(places) => format!("{value:.places$}"),
        Err(_) => {
            let unit = 10f64.powi(-decimals);
            format!("{:.0}", (value / unit).round() * unit)
        }
    };
    let is_zero = text.chars().all(|c| c == '-' || c == '0' || c == '.');
    group(if is_zero {
        text.trim_start_matches('-')
    } else {
        &text
    })
}

/// Sets a thin space between groups of three digits before the point.
fn group(text: &str) -> String {
    let (sign, unsigned) = text
        .strip_prefix('-')
        .map_or(("", text), |rest| ("−", rest));
    let (whole, fraction) = match unsigned.find('.') {
        Some(at) => unsigned.split_at(at),
        None => (unsigned, ""),
    };
    let mut grouped = sign.to_string();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(THIN);
        }
        grouped.push(digit);
    }
    grouped + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, lo: f64, hi: f64) -> String {
        let Rounded { value, interval } = rounded(value, Some((lo, hi)));
        format!("{value} {interval}").replace(THIN, "_")
    }

    #[test]
    fn rounding_follows_size_and_interval() {
        assert_eq!(shown(5.8372, 5.7311, 5.9499), "5.84 [5.73, 5.95]");
        assert_eq!(shown(23.456, 23.41, 23.52), "23.5 [23.4, 23.5]");
        assert_eq!(shown(812.7, 800.1, 830.4), "813 [800, 830]");
        assert_eq!(
            shown(12_345.6, 12_300.0, 12_400.0),
            "12_300 [12_300, 12_400]"
        );
        assert_eq!(
            shown(5.84, 2.1, 9.9),
            "5.8 [2.1, 9.9]",
            "a wide interval takes digits"
        );
        assert_eq!(
            shown(5.0, 1.0, 2001.0),
            "5 [1, 2_001]",
            "one digit of the value is left"
        );
        assert_eq!(shown(5.84, 5.84, 5.84), "5.84 [5.84, 5.84]");
    }

    #[test]
    fn ratios_have_a_digit_more() {
        let text = |value, lo, hi| {
            let Rounded { value, interval } = ratio(value, Some((lo, hi)));
            format!("{value} {interval}")
        };
        assert_eq!(text(1.00012, 0.99871, 1.00153), "1.000 [0.999, 1.002]");
        assert_eq!(text(0.43211, 0.42, 0.4444), "0.432 [0.420, 0.444]");
        assert_eq!(text(2.3111, 2.1, 2.5222), "2.31 [2.10, 2.52]");
        assert_eq!(text(34.5678, 34.2, 34.9), "34.57 [34.20, 34.90]");
    }

    #[test]
    fn rounding_up_over_a_power_of_ten_adds_no_digit() {
        assert_eq!(rounded(9.994, None).value, "9.99");
        assert_eq!(rounded(9.996, None).value, "10.0");
        assert_eq!(rounded(99.96, None).value, "100");
        assert_eq!(rounded(0.004, None).value, "0.00");
        assert_eq!(rounded(-0.001, None).value, "0.00");
    }

    #[test]
    fn units_in_charts() {
        let text = |ns| with_unit(ns, None).value.replace(THIN, "_");
        assert_eq!(text(5.84), "5.84_ns");
        assert_eq!(text(999.4), "999_ns");
        assert_eq!(text(999.6), "1.00_µs");
        assert_eq!(text(12_345.0), "12.3_µs");
        assert_eq!(text(12_345_678.0), "12.3_ms");
        assert_eq!(tick(0.5).replace(THIN, "_"), "0.5_ns");
        assert_eq!(tick(2e4).replace(THIN, "_"), "20_µs");
    }

    #[test]
    fn dates_and_plurals() {
        assert_eq!(date("2026-11-23T18:00:00Z"), "23 November 2026");
        assert_eq!(date("2026-13-23"), "2026-13-23");
        assert_eq!(date("soon"), "soon");
        assert_eq!(plural(1, "row").replace(THIN, "_"), "1_row");
        assert_eq!(plural(1200, "row").replace(THIN, "_"), "1_200_rows");
    }
}
