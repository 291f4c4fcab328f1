//! The verdict of a claim: what the rows of a run say to its relation.
//!
//! Times are judged as everywhere: pairs in the same rounds, over launches, with the smallest effect that counts of their group. What
//! depends on a param stands in several groups, which share no rounds: differences of estimates whose half-widths are added as
//! squares.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::relation::{Memory, Relation};
use super::{Absent, Claim, Test};
use crate::catalogue::NATIVE;
use crate::control::Control;
use crate::manifest::Manifest;
use crate::names::{BDN, RowKey};
use crate::report::format;
use crate::row::{Row, State};
use crate::sample::Role;
use crate::stats::paired::rows::{Judged, Paired};
use crate::verdict::Verdict;

/// What is flat may change by as much: nanoseconds, or this share of the larger time.
const FLAT_NS: f64 = 1.0;
const FLAT_SHARE: f64 = 0.01;
/// Slopes that differ by less are the same: as far as two engines may differ on one time.
const SLOPE_SHARE: f64 = 0.05;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ClaimVerdict {
    #[serde(rename = "supported")]
    Supported,
    #[serde(rename = "refuted")]
    Refuted,
    /// A difference was claimed, and there is none that counts.
    #[serde(rename = "equal within")]
    EqualWithin,
    #[serde(rename = "inconclusive")]
    Inconclusive,
    #[serde(rename = "not measurable here")]
    NotMeasurableHere,
    #[serde(rename = "not measured yet")]
    NotMeasuredYet,
    /// The run lacks rows that it needs.
    #[serde(rename = "not in this run")]
    NotInThisRun,
}

impl ClaimVerdict {
    pub fn name(self) -> &'static str {
        match self {
            ClaimVerdict::Supported => "supported",
            ClaimVerdict::Refuted => "refuted",
            ClaimVerdict::EqualWithin => "equal within",
            ClaimVerdict::Inconclusive => "inconclusive",
            ClaimVerdict::NotMeasurableHere => "not measurable here",
            ClaimVerdict::NotMeasuredYet => "not measured yet",
            ClaimVerdict::NotInThisRun => "not in this run",
        }
    }

    /// Whether the rows of the run decided it, or could not: it has numbers.
    pub fn is_computed(self) -> bool {
        matches!(
            self,
            ClaimVerdict::Supported
                | ClaimVerdict::Refuted
                | ClaimVerdict::EqualWithin
                | ClaimVerdict::Inconclusive
        )
    }
}

/// What some rows say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Params as in a row key; empty where several rows are about it.
    pub params: String,
    pub verdict: ClaimVerdict,
    /// In one line, with interval.
    pub text: String,
}

/// A claim with its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimFinding {
    pub claim: Claim,
    pub verdict: ClaimVerdict,
    /// Why there are no points.
    pub reason: String,
    pub points: Vec<Point>,
}

/// Every claim that the run knows, in its order.
pub fn judge(
    manifest: &Manifest,
    rows: &[Row],
    paired: &Paired,
    controls: &[Control],
) -> Vec<ClaimFinding> {
    let court = Court {
        implementation: manifest
            .plan
            .implementations
            .first()
            .map_or("-", String::as_str),
        rows: rows.iter().map(|row| (&row.key, row)).collect(),
        paired,
        controls,
    };
    manifest
        .claims
        .iter()
        .map(|claim| court.finding(claim))
        .collect()
}

struct Court<'a> {
    implementation: &'a str,
    rows: HashMap<&'a RowKey, &'a Row>,
    paired: &'a Paired,
    controls: &'a [Control],
}

/// Why a claim has no point: it ends the judging.
struct Missing(ClaimVerdict, String);

/// A number with half of its 95 % interval.
#[derive(Clone, Copy, Debug)]
struct Known {
    value: f64,
    half_width: f64,
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
    fn finding(&self, claim: &Claim) -> ClaimFinding {
        let (verdict, reason, points) = match (&claim.absent, &claim.test) {
            (Some(Absent::Later(step)), _) => {
                (ClaimVerdict::NotMeasuredYet, step.clone(), Vec::new())
            }
            (Some(Absent::Never(why)), _) => {
                (ClaimVerdict::NotMeasurableHere, why.clone(), Vec::new())
            }
            (None, Some(test)) => match self.points(test) {
                Ok(points) => (together(&points), String::new(), points),
                Err(Missing(verdict, reason)) => (verdict, reason, Vec::new()),
            },
            (None, None) => (
                ClaimVerdict::NotMeasuredYet,
                "no relation".to_string(),
                Vec::new(),
            ),
        };
        ClaimFinding {
            claim: claim.clone(),
            verdict,
            reason,
            points,
        }
    }

    fn points(&self, test: &Test) -> Result<Vec<Point>, Missing> {
        let relation = Relation::parse(&test.relation)
            .map_err(|message| Missing(ClaimVerdict::NotMeasuredYet, message))?;
        let each = |judge: &dyn Fn(&str) -> Result<Vec<Point>, Missing>| {
            let points: Result<Vec<Vec<Point>>, Missing> =
                test.params.iter().map(|params| judge(params)).collect();
            points.map(|points| points.concat())
        };
        match &relation {
            Relation::Less(a, b) => each(&|params| Ok(vec![self.less(test, params, a, b)?])),
            Relation::Equal(all) => each(&|params| {
                let others = all.iter().skip(1);
                others
                    .map(|other| self.equal(test, params, other, &all[0]))
                    .collect()
            }),
            Relation::Allocates(variant, memory) => {
                each(&|params| Ok(vec![self.allocates(test, params, variant, *memory)?]))
            }
            Relation::Ends(variant) => each(&|params| Ok(vec![self.ends(test, params, variant)?])),
            Relation::Flat { variant, .. } => self.flat(test, variant),
            Relation::Step { variant, at, param } => self.step(test, variant, param, at),
            Relation::Slopes { variants, param } => self.slopes(test, variants, param),
        }
    }

    /// A row of the paired engine, or why there is none.
    fn row(
        &self,
        test: &Test,
        params: &str,
        variant: &str,
        engines: &[&str],
    ) -> Result<&Row, Missing> {
        let implementations = [self.implementation, "-"];
        let key = |engine: &str, implementation: &str| RowKey {
            case: test.case.clone(),
            params: params.to_string(),
            variant: variant.to_string(),
            implementation: implementation.to_string(),
            deployment: crate::plan::JIT.to_string(),
            engine: engine.to_string(),
        };
        let found = engines
            .iter()
            .flat_map(|engine| implementations.map(|implementation| key(engine, implementation)))
            .find_map(|key| self.rows.get(&key).copied());
        match found {
            None => Err(Missing(
                ClaimVerdict::NotInThisRun,
                format!("needs {}/{params}/{variant}", test.case),
            )),
            Some(row) if matches!(row.state, State::NotApplicable | State::NotPermitted) => {
                Err(Missing(ClaimVerdict::NotMeasurableHere, row.reason.clone()))
            }
            Some(row) => Ok(row),
        }
    }

    /// `a` beside `b`, judged with all that stand in their group.
    fn judged(&self, test: &Test, params: &str, a: &str, b: &str) -> Result<Judged, Missing> {
        self.row(test, params, a, &[crate::names::PAIRED])?;
        if b != NATIVE {
            self.row(test, params, b, &[crate::names::PAIRED])?;
        }
        let lacking = || {
            Missing(
                ClaimVerdict::Inconclusive,
                format!("{}/{params}: nothing was measured", test.case),
            )
        };
        let groups = &self.paired.groups;
        let at = groups
            .iter()
            .position(|group| {
                group.key.case == test.case
                    && group.key.params == params
                    && group.key.implementation == self.implementation
            })
            .ok_or_else(lacking)?;
        let group = &groups[at];
        let find = |name: &str| match name {
            NATIVE => group.entry(Role::Native),
            name => group.variant(name),
        };
        let (a, b) = find(a).zip(find(b)).ok_or_else(lacking)?;
        let judged = self.paired.judged(at, b, self.controls);
        judged
            .into_iter()
            .find(|one| one.entry == a)
            .ok_or_else(lacking)
    }

    fn less(&self, test: &Test, params: &str, a: &str, b: &str) -> Result<Point, Missing> {
        let judged = self.judged(test, params, a, b)?;
        Ok(Point {
            params: params.to_string(),
            verdict: match judged.verdict {
                Verdict::Faster => ClaimVerdict::Supported,
                Verdict::Slower => ClaimVerdict::Refuted,
                Verdict::Equivalent => ClaimVerdict::EqualWithin,
                _ => ClaimVerdict::Inconclusive,
            },
            text: words(&judged, a, b),
        })
    }

    fn equal(&self, test: &Test, params: &str, a: &str, b: &str) -> Result<Point, Missing> {
        let judged = self.judged(test, params, a, b)?;
        Ok(Point {
            params: params.to_string(),
            verdict: match judged.verdict {
                Verdict::Equivalent => ClaimVerdict::Supported,
                Verdict::Faster | Verdict::Slower => ClaimVerdict::Refuted,
                _ => ClaimVerdict::Inconclusive,
            },
            text: words(&judged, a, b),
        })
    }

    fn allocates(
        &self,
        test: &Test,
        params: &str,
        variant: &str,
        memory: Memory,
    ) -> Result<Point, Missing> {
        let row = self.row(test, params, variant, &[crate::names::PAIRED, BDN])?;
        let (managed, native) = (row.managed_bytes, row.native_allocs);
        let as_claimed = match memory {
            Memory::Nothing => managed.zip(native).map(|both| both == (0, 0)),
            Memory::ManagedBytes(bytes) => managed.map(|found| found == bytes),
            Memory::NativeBlocks(blocks) => native.map(|found| found == blocks),
        };
        let said = |found: Option<u64>, unit: &str| {
            found.map_or(format!("{unit} not counted"), |found| {
                format!("{found} {unit}")
            })
        };
        Ok(Point {
            params: params.to_string(),
            verdict: match as_claimed {
                Some(true) => ClaimVerdict::Supported,
                Some(false) => ClaimVerdict::Refuted,
                None => ClaimVerdict::Inconclusive,
            },
            text: format!(
                "{variant}: {} and {} per call",
                said(managed, "managed bytes"),
                said(native, "native blocks")
            ),
        })
    }

    fn ends(&self, test: &Test, params: &str, variant: &str) -> Result<Point, Missing> {
        let row = self.row(test, params, variant, &["bounded"])?;
        Ok(Point {
            params: params.to_string(),
            verdict: match row.state {
                State::EndsTheProcess => ClaimVerdict::Supported,
                State::Ok => ClaimVerdict::Refuted,
                _ => ClaimVerdict::Inconclusive,
            },
            text: format!("{variant}: {}", row.reason),
        })
    }

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

    fn flat(&self, test: &Test, variant: &str) -> Result<Vec<Point>, Missing> {
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

    fn step(
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

    fn slopes(
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

/// The value of a param in a row key's params.
fn value_of<'a>(params: &'a str, name: &str) -> Option<&'a str> {
    params
        .split(',')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// What was claimed for all rows holds where it holds for each, and not where it fails for one.
fn together(points: &[Point]) -> ClaimVerdict {
    let any = |verdict: ClaimVerdict| points.iter().any(|point| point.verdict == verdict);
    if points.is_empty() || any(ClaimVerdict::Refuted) {
        ClaimVerdict::Refuted
    } else if any(ClaimVerdict::Inconclusive) {
        ClaimVerdict::Inconclusive
    } else if any(ClaimVerdict::EqualWithin) {
        ClaimVerdict::EqualWithin
    } else {
        ClaimVerdict::Supported
    }
}

fn words(judged: &Judged, a: &str, b: &str) -> String {
    let ratio = judged.comparison.ratio.map(|ratio| {
        let (lo, hi) = ratio.decides.interval();
        let ratio = format::ratio(ratio.decides.estimate.exp(), Some((lo.exp(), hi.exp())));
        format!("{a} over {b} {ratio}")
    });
    let ratio = ratio.unwrap_or_else(|| format!("{a} over {b}: no interval"));
    let bound = format::percent(judged.delta.exp_m1());
    match judged.verdict {
        Verdict::Equivalent => format!("{ratio}: equal within {bound}"),
        Verdict::Inconclusive => format!("{ratio}: inconclusive, an effect counts from {bound}"),
        other if judged.reason.is_empty() => format!("{ratio}: {}", other.word()),
        other => format!("{ratio}: {}, {}", other.word(), judged.reason),
    }
}
