//! What copies of the reference leave open: the grey stripe of a chart. A difference inside it may be one of placement.

use super::controls::is_about;
use crate::control::{Control, ControlKind};
use crate::report::format::percent;
use crate::report::measure::Measure;
use crate::row::Row;

/// How far from 1 an interval reaches.
pub fn reach_of(control: &Control) -> Option<f64> {
    let (lo, hi) = control.ratio_lo.0.zip(control.ratio_hi.0)?;
    Some((lo - 1.0).abs().max((hi - 1.0).abs()))
}

/// The copies that speak for any of the rows.
fn copies<'a>(
    controls: &'a [Control],
    rows: &'a [&Row],
    first: &'a str,
) -> impl Iterator<Item = &'a Control> {
    controls
        .iter()
        .filter(|control| control.kind == ControlKind::Copy)
        .filter(move |control| rows.iter().any(|row| is_about(control, &row.key, first)))
}

/// The farthest that one of them reaches from 1.
fn reach(controls: &[Control], rows: &[&Row], first: &str) -> Option<f64> {
    copies(controls, rows, first)
        .filter_map(reach_of)
        .reduce(f64::max)
}

/// Around the reference, in the measure's unit; of several copies the one that reaches farthest. `None` where nothing was paired.
pub fn of(
    controls: &[Control],
    rows: &[&Row],
    measure: Measure,
    first: &str,
) -> Option<(f64, f64)> {
    if measure == Measure::Ratio {
        return reach(controls, rows, first).map(|half| (1.0 - half, 1.0 + half));
    }
    if measure == Measure::PerCall {
        return None;
    }
    let around = copies(controls, rows, first).filter_map(|copy| {
        let reference = rows.iter().find(|row| row.key == copy.key)?;
        let (lo, hi) = copy.difference_lo.0.zip(copy.difference_hi.0)?;
        Some((measure.value(reference)?, lo.abs().max(hi.abs())))
    });
    around
        .reduce(|a, b| if b.1 > a.1 { b } else { a })
        .map(|(value, half)| (value - half, value + half))
}

/// What the stripe is, for a caption; `None` where there is none.
pub fn words(controls: &[Control], rows: &[&Row], measure: Measure, first: &str) -> Option<String> {
    let around = match measure {
        Measure::PerCall => return None,
        Measure::Ratio => format!(
            "1 ± {}, as far from the reference",
            percent(reach(controls, rows, first)?)
        ),
        Measure::OverManaged | Measure::OverNative => {
            copies(controls, rows, first).next()?;
            "as far from the reference".to_string()
        }
    };
    Some(format!(
        "Grey stripe: {around} as the interval of a copy of it reaches; a difference inside it may be one of placement."
    ))
}
