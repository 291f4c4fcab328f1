//! What a chart or a sentence takes from a row.

use super::chart::Unit;
use super::format::{self, Rounded};
use crate::catalogue::{MANAGED, NATIVE};
use crate::names::RowKey;
use crate::row::{Num, Row, State};

/// The case whose question is the loop itself: the frame of a method is paid once in it, so the native loop is what it stands
/// beside. Everywhere else the time over native is mostly the frame.
const IN_LOOP: &str = "transition_in_loop";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Nanoseconds per call of the method body.
    PerCall,
    /// Nanoseconds over an empty managed call, from the same rounds.
    OverManaged,
    /// Nanoseconds over the native floor, from the same rounds.
    OverNative,
    /// Time over the reference's, from the same rounds.
    Ratio,
}

impl Measure {
    /// The headline of a case.
    pub fn leading<'a>(rows: impl Iterator<Item = &'a Row> + Clone) -> Measure {
        let any = |measure: Measure| rows.clone().any(|row| measure.value(row).is_some());
        let in_loop = rows.clone().any(|row| row.key.case == IN_LOOP);
        if in_loop && any(Measure::OverNative) {
            Measure::OverNative
        } else if any(Measure::OverManaged) {
            Measure::OverManaged
        } else {
            Measure::PerCall
        }
    }

    /// `None` for a row without a value, and where the engine does not measure it.
    pub fn value(self, row: &Row) -> Option<f64> {
        let (value, ..) = self.columns(row);
        value.0.filter(|_| row.state == State::Ok)
    }

    pub fn interval(self, row: &Row) -> Option<(f64, f64)> {
        let (_, lo, hi) = self.columns(row);
        lo.0.zip(hi.0)
    }

    /// Whether the value can be told from nothing: a difference whose interval holds 0 cannot.
    pub fn is_resolved(self, row: &Row) -> bool {
        let difference = matches!(self, Measure::OverManaged | Measure::OverNative);
        !difference
            || self
                .interval(row)
                .is_none_or(|(lo, hi)| lo > 0.0 || hi < 0.0)
    }

    pub fn unit(self) -> Unit {
        match self {
            Measure::Ratio => Unit::Ratio,
            _ => Unit::Time,
        }
    }

    /// `5.84 ns`, `1.02`, with the interval.
    pub fn text(self, row: &Row) -> Option<Rounded> {
        let value = self.value(row)?;
        Some(match self {
            Measure::Ratio => format::ratio(value, self.interval(row)),
            _ => format::with_unit(value, self.interval(row)),
        })
    }

    /// The same for prose: what cannot be told from nothing is no number.
    pub fn words(self, row: &Row) -> Option<String> {
        Some(self.resolved(row, self.text(row)?).value)
    }

    /// For a table: no unit, and no number for what cannot be told from nothing; its interval stays.
    pub fn cell(self, row: &Row) -> Option<Rounded> {
        let text = format::rounded(self.value(row)?, self.interval(row));
        Some(self.resolved(row, text))
    }

    fn resolved(self, row: &Row, text: Rounded) -> Rounded {
        if self.is_resolved(row) {
            return text;
        }
        Rounded {
            value: "not resolvable".to_string(),
            ..text
        }
    }

    pub fn noun(self) -> &'static str {
        match self {
            Measure::PerCall => "time per call",
            Measure::OverManaged => "time over an empty managed call",
            Measure::OverNative => "time over the native floor",
            Measure::Ratio => "ratio to the reference",
        }
    }

    /// Follows an amount of it: `5.84 ns over an empty managed call`.
    pub fn over(self) -> &'static str {
        match self {
            Measure::PerCall => "",
            Measure::OverManaged => " over an empty managed call",
            Measure::OverNative => " over the native floor",
            Measure::Ratio => " times the reference",
        }
    }

    fn columns(self, row: &Row) -> (Num, Num, Num) {
        match self {
            Measure::PerCall => (row.ns_per_call, row.ns_lo, row.ns_hi),
            Measure::OverManaged => (
                row.over_managed_ns,
                row.over_managed_lo,
                row.over_managed_hi,
            ),
            Measure::OverNative => (row.over_native_ns, row.over_native_lo, row.over_native_hi),
            Measure::Ratio => (row.ratio, row.ratio_lo, row.ratio_hi),
        }
    }
}

/// Whether the native loop comes before the empty managed call.
pub fn is_in_loop(case: &str) -> bool {
    case == IN_LOOP
}

/// A managed call and the floor do not cross the border: they stand beside the ways that do.
pub fn crosses(key: &RowKey) -> bool {
    ![MANAGED, NATIVE].contains(&key.variant.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(case: &str, lo: f64) -> Row {
        let key = format!("{case}/-/DllImport/rust/jit/paired");
        Row {
            over_managed_ns: Num(Some(1.0)),
            over_managed_lo: Num(Some(lo)),
            over_managed_hi: Num(Some(2.0)),
            over_native_ns: Num(Some(3.0)),
            ..Row::without_value(key.parse().unwrap(), State::Ok, "")
        }
    }

    #[test]
    fn a_difference_whose_interval_holds_nothing_is_not_resolved() {
        assert!(Measure::OverManaged.is_resolved(&row("a", 0.1)));
        assert!(!Measure::OverManaged.is_resolved(&row("a", -0.1)));
        assert!(Measure::PerCall.is_resolved(&row("a", -0.1)));
    }

    #[test]
    fn the_loop_is_measured_over_the_native_loop_and_imports_over_nothing() {
        let leading = |row: &Row| Measure::leading([row].into_iter());
        assert_eq!(leading(&row("a", 0.1)), Measure::OverManaged);
        assert_eq!(leading(&row(IN_LOOP, 0.1)), Measure::OverNative);
        let failed = Row {
            state: State::Error,
            ..row("a", 0.1)
        };
        assert_eq!(leading(&failed), Measure::PerCall);
    }
}
