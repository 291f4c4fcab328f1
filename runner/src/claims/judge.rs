//! The verdict of a claim: what the rows of a run say to its relation.
//!
//! Times are judged as everywhere: pairs in the same rounds, over launches, with the smallest effect that counts of their group. What
//! depends on a param stands in several groups, which share no rounds: differences of estimates whose half-widths are added as
//! squares.

mod growth;
#[cfg(test)]
mod tests;
mod times;
mod told;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::relation::{Memory, Relation, deployed};
use super::{Absent, Claim, Test};
use crate::control::Control;
use crate::manifest::Manifest;
use crate::names::{BDN, BOUNDED, PAIRED, RowKey};
use crate::row::{Row, State};
use crate::stats::paired::rows::Paired;
use crate::stats::startup::Startup;

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
    startups: &[Startup],
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
        startups,
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
    startups: &'a [Startup],
}

/// Why a claim has no point: it ends the judging.
struct Missing(ClaimVerdict, String);

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
                Ok(points) => {
                    let verdicts = points.iter().map(|point| point.verdict);
                    (together(verdicts), String::new(), points)
                }
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
            Relation::Compared(comparison, all) => each(&|params| {
                let others = all.iter().skip(1);
                others
                    .map(|other| self.compared(test, params, (&all[0], other), *comparison))
                    .collect()
            }),
            Relation::Allocates(variant, memory) => {
                each(&|params| Ok(vec![self.allocates(test, params, variant, *memory)?]))
            }
            Relation::Ends(variant) => each(&|params| Ok(vec![self.ends(test, params, variant)?])),
            Relation::Told(terms, orders) => {
                each(&|params| Ok(vec![self.told(test, params, terms, orders)?]))
            }
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
        let (variant, deployment) = deployed(variant);
        let implementations = [self.implementation, "-"];
        let key = |engine: &str, implementation: &str| RowKey {
            case: test.case.clone(),
            params: params.to_string(),
            variant: variant.to_string(),
            implementation: implementation.to_string(),
            deployment: deployment.to_string(),
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

    fn allocates(
        &self,
        test: &Test,
        params: &str,
        variant: &str,
        memory: Memory,
    ) -> Result<Point, Missing> {
        let row = self.row(test, params, variant, &[PAIRED, BDN])?;
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
        let row = self.row(test, params, variant, &[BOUNDED])?;
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
}

/// What was claimed for all rows holds where it holds for each, and not where it fails for one.
fn together(verdicts: impl Iterator<Item = ClaimVerdict>) -> ClaimVerdict {
    let verdicts: Vec<ClaimVerdict> = verdicts.collect();
    let any = |verdict: ClaimVerdict| verdicts.contains(&verdict);
    if verdicts.is_empty() || any(ClaimVerdict::Refuted) {
        ClaimVerdict::Refuted
    } else if any(ClaimVerdict::Inconclusive) {
        ClaimVerdict::Inconclusive
    } else if any(ClaimVerdict::EqualWithin) {
        ClaimVerdict::EqualWithin
    } else {
        ClaimVerdict::Supported
    }
}
