//! How a time depends on a param: flat, a step, or growing alike. The rows stand in several groups, which share no rounds.

use super::super::Test;
use super::{ClaimVerdict, Court, Missing, Point};
use crate::names::value_of;
use crate::report::format;

/// What is flat may change by as much: nanoseconds, or this share of the larger time.
const FLAT_NS: f64 = 1.0;
const FLAT_SHARE: f64 = 0.01;
/// Slopes that differ by less are the same: as far as two engines may differ on one time.
const SLOPE_SHARE: f64 = 0.05;

/// A number with half of its 95 % interval.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) value: f64,
    pub(super) half_width: f64,
}

impl Known {
    fn minus(self, other: Known) -> Known {
        Known {
            value: self.value - other.value,
            half_width: self.half_width.hypot(other.half_width),
        }
    }

    fn over(self, by: f64) -> Known {
        Known {
            value: self.value / by,
            half_width: self.half_width / by.abs(),
        }
    }

    fn interval(self) -> (f64, f64) {
        (self.value - self.half_width, self.value + self.half_width)
    }

    /// Whether it lies within `bound` of 0 (`Some(true)`), beyond (`Some(false)`), or cannot be told.
    fn is_within(self, bound: f64) -> Option<bool> {
        if self.value.abs() + self.half_width <= bound {
            Some(true)
        } else if self.value.abs() - self.half_width > bound {
            Some(false)
        } else {
            None
        }
    }
}

impl Court<'_> {
    /// Time over the floor, and the time itself.
    fn over_floor(
        &self,
        test: &Test,
        params: &str,
        variant: &str,
    ) -> Result<(Known, f64), Missing> {
        let row = self.row(test, params, variant, &[crate::names::PAIRED])?;
        let known = (row.over_native_ns.0)
            .zip(row.over_native_lo.0.zip(row.over_native_hi.0))
            .zip(row.ns_per_call.0);
        match known {
            Some(((value, (lo, hi)), ns)) => Ok((
                Known {
                    value,
                    half_width: (hi - lo) / 2.0,
                },
                ns,
            )),
            None => Err(Missing(
                ClaimVerdict::Inconclusive,
                format!(
                    "{}/{params}/{variant} has no interval over the floor",
                    test.case
                ),
            )),
        }
    }

    pub(super) fn flat(&self, test: &Test, variant: &str) -> Result<Vec<Point>, Missing> {
        let first = self.over_floor(test, &test.params[0], variant)?;
        let others = test.params.iter().skip(1);
        others
            .map(|params| {
                let here = self.over_floor(test, params, variant)?;
                let bound = FLAT_NS.max(FLAT_SHARE * first.1.max(here.1));
                let moved = here.0.minus(first.0);
                Ok(Point {
                    params: params.clone(),
                    verdict: match moved.is_within(bound) {
                        Some(true) => ClaimVerdict::Supported,
                        Some(false) => ClaimVerdict::Refuted,
                        None => ClaimVerdict::Inconclusive,
                    },
                    text: format!(
                        "{variant} over the floor: {} more than at {}, flat is within {}",
                        format::with_unit(moved.value, Some(moved.interval())),
                        test.params[0],
                        format::with_unit(bound, None)
                    ),
                })
            })
            .collect()
    }

    pub(super) fn step(
        &self,
        test: &Test,
        variant: &str,
        param: &str,
        at: &str,
    ) -> Result<Vec<Point>, Missing> {
        let is_at = |params: &String| value_of(params, param) == Some(at);
        let place = test.params.iter().position(is_at);
        let Some(place) = place.filter(|place| *place > 0) else {
            return Err(Missing(
                ClaimVerdict::NotInThisRun,
                format!("no row before {param}={at}"),
            ));
        };
        let [before, here] = [place - 1, place].map(|at| &test.params[at]);
        let (low, high) = (
            self.over_floor(test, before, variant)?,
            self.over_floor(test, here, variant)?,
        );
        let bound = FLAT_NS.max(FLAT_SHARE * low.1.max(high.1));
        let jump = high.0.minus(low.0);
        Ok(vec![Point {
            params: here.clone(),
            verdict: match jump.is_within(bound) {
                Some(true) => ClaimVerdict::Refuted,
                Some(false) if jump.value > 0.0 => ClaimVerdict::Supported,
                Some(false) => ClaimVerdict::Refuted,
                None => ClaimVerdict::Inconclusive,
            },
            text: format!(
                "{variant} over the floor: {} more than at {before}, a step is more than {}",
                format::with_unit(jump.value, Some(jump.interval())),
                format::with_unit(bound, None)
            ),
        }])
    }

    pub(super) fn slopes(
        &self,
        test: &Test,
        variants: &[String; 2],
        param: &str,
    ) -> Result<Vec<Point>, Missing> {
        let slope = |variant: &str| -> Result<Known, Missing> {
            let ends = [test.params.first(), test.params.last()].map(|params| {
                let params = params.expect("checked: two rows or more");
                let number = value_of(params, param).and_then(|value| value.parse::<f64>().ok());
                let row = self.row(test, params, variant, &[crate::names::PAIRED])?;
                let known = (row.ns_per_call.0).zip(row.ns_lo.0.zip(row.ns_hi.0)).map(
                    |(value, (lo, hi))| Known {
                        value,
                        half_width: (hi - lo) / 2.0,
                    },
                );
                known.zip(number).ok_or_else(|| {
                    Missing(
                        ClaimVerdict::Inconclusive,
                        format!("{}/{params}/{variant} has no interval", test.case),
                    )
                })
            });
            let [low, high] = ends;
            let ((low, from), (high, to)) = (low?, high?);
            Ok(high.minus(low).over(to - from))
        };
        let [a, b] = [slope(&variants[0])?, slope(&variants[1])?];
        let apart = a.minus(b);
        let bound = SLOPE_SHARE * b.value.abs();
        let [first, second] = variants;
        Ok(vec![Point {
            params: String::new(),
            verdict: match apart.is_within(bound) {
                Some(true) => ClaimVerdict::Supported,
                Some(false) => ClaimVerdict::Refuted,
                None => ClaimVerdict::Inconclusive,
            },
            text: format!(
                "{first} {} a unit of {param}, {second} {}; the same is within {}",
                format::with_unit(a.value, Some(a.interval())),
                format::with_unit(b.value, Some(b.interval())),
                format::percent(SLOPE_SHARE)
            ),
        }])
    }
}
