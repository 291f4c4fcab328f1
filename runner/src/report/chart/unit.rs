//! What an axis measures: its scale, its ticks, and how a value reads.

use super::scale::LogScale;
use crate::report::format::{self, Rounded};

/// What the logarithmic axis of a chart measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds.
    Time,
    /// A ratio, with a line at 1.
    Ratio,
}

impl Unit {
    pub(super) fn tick(self, value: f64) -> String {
        match self {
            Unit::Time => format::tick(value),
            Unit::Ratio => format::number(value),
        }
    }

    pub(super) fn text(self, value: f64, interval: Option<(f64, f64)>) -> Rounded {
        match self {
            Unit::Time => format::with_unit(value, interval),
            Unit::Ratio => format::ratio(value, interval),
        }
    }

    pub(super) fn scale(
        self,
        values: impl Iterator<Item = f64>,
        from_px: f64,
        to_px: f64,
    ) -> Option<LogScale> {
        match self {
            Unit::Time => LogScale::over(values, from_px, to_px),
            Unit::Ratio => LogScale::fine(values.chain([1.0]), from_px, to_px),
        }
    }
}
