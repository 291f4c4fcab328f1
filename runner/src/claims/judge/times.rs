//! One variant beside another: in the same rounds where the paired engine timed them, in processes of their own where programs did.

use super::super::Test;
use super::super::relation::{Comparison, deployed};
use super::{ClaimVerdict, Court, Missing, Point};
use crate::catalogue::NATIVE;
use crate::names::{BOUNDED, PAIRED, STARTUP};
use crate::plan::JIT;
use crate::report::format;
use crate::sample::Role;
use crate::stats::paired::DELTA_ACROSS;
use crate::stats::paired::rows::Judged;
use crate::verdict::Verdict;

/// Programs share no rounds: a difference counts from this share on.
const APART_SHARE: f64 = 0.1;

const OF_PROGRAMS: [&str; 2] = [BOUNDED, STARTUP];
/// Between deployments the paired engine's rows are as far from each other.
const APART: [&str; 3] = [BOUNDED, STARTUP, PAIRED];

/// What is known of `a` over `b`.
struct Found {
    /// Estimate and interval.
    ratio: Option<(f64, f64, f64)>,
    verdict: Verdict,
    text: String,
}

impl Court<'_> {
    pub(super) fn compared(
        &self,
        test: &Test,
        params: &str,
        (a, b): (&str, &str),
        comparison: Comparison,
    ) -> Result<Point, Missing> {
        let plain = [a, b].iter().all(|side| deployed(side).1 == JIT);
        let found = if !plain || self.row(test, params, a, &OF_PROGRAMS).is_ok() {
            self.apart(test, params, a, b)?
        } else {
            let judged = self.judged(test, params, a, b)?;
            Found {
                ratio: judged.comparison.ratio.as_ref().map(|ratio| {
                    let (lo, hi) = ratio.decides.interval();
                    (ratio.decides.estimate.exp(), lo.exp(), hi.exp())
                }),
                verdict: judged.verdict,
                text: words(&judged, a, b),
            }
        };
        let verdict = match comparison {
            Comparison::Less => match found.verdict {
                Verdict::Faster => ClaimVerdict::Supported,
                Verdict::Slower => ClaimVerdict::Refuted,
                Verdict::Equivalent => ClaimVerdict::EqualWithin,
                _ => ClaimVerdict::Inconclusive,
            },
            Comparison::NotMore => match found.verdict {
                Verdict::Faster | Verdict::Equivalent => ClaimVerdict::Supported,
                Verdict::Slower => ClaimVerdict::Refuted,
                _ => ClaimVerdict::Inconclusive,
            },
            Comparison::Equal => match found.verdict {
                Verdict::Equivalent => ClaimVerdict::Supported,
                Verdict::Faster | Verdict::Slower => ClaimVerdict::Refuted,
                _ => ClaimVerdict::Inconclusive,
            },
            // What has no verdict for a small effect may still be far from a large one; an alarm forbids both.
            Comparison::Times(factor) => match (found.verdict, found.ratio) {
                (Verdict::NotMeasurable | Verdict::NotDecidable, _) | (_, None) => {
                    ClaimVerdict::Inconclusive
                }
                (_, Some((_, _, hi))) if hi * factor < 1.0 => ClaimVerdict::Supported,
                (_, Some((_, lo, _))) if lo * factor > 1.0 => ClaimVerdict::Refuted,
                _ => ClaimVerdict::Inconclusive,
            },
        };
        Ok(Point {
            params: params.to_string(),
            verdict,
            text: found.text,
        })
    }

    /// Rows of programs, from processes that have nothing in common: the relative half-widths are added as squares.
    fn apart(&self, test: &Test, params: &str, a: &str, b: &str) -> Result<Found, Missing> {
        let known = |variant: &str| {
            let row = self.row(test, params, variant, &APART)?;
            let interval = row.ns_lo.0.zip(row.ns_hi.0);
            let known = row.ns_per_call.0.filter(|ns| *ns > 0.0).zip(interval);
            let share = if row.key.is_paired() {
                DELTA_ACROSS
            } else {
                APART_SHARE
            };
            known.map(|known| (known, share)).ok_or_else(|| {
                Missing(
                    ClaimVerdict::Inconclusive,
                    format!("{}/{params}/{variant} has no interval", test.case),
                )
            })
        };
        let (((a_ns, (a_lo, a_hi)), share), ((b_ns, (b_lo, b_hi)), _)) = (known(a)?, known(b)?);
        let (ratio, spread) = (
            a_ns / b_ns,
            ((a_hi - a_lo) / (2.0 * a_ns)).hypot((b_hi - b_lo) / (2.0 * b_ns)),
        );
        let (lo, hi) = (ratio * (-spread).exp(), ratio * spread.exp());
        let bound = 1.0 + share;
        let verdict = if hi < bound.recip() {
            Verdict::Faster
        } else if lo > bound {
            Verdict::Slower
        } else if lo > bound.recip() && hi < bound {
            Verdict::Equivalent
        } else {
            Verdict::Inconclusive
        };
        Ok(Found {
            ratio: Some((ratio, lo, hi)),
            verdict,
            text: format!(
                "{a} {}, {b} {}: {a} over {b} {}, an effect counts from {}",
                format::with_unit(a_ns, Some((a_lo, a_hi))),
                format::with_unit(b_ns, Some((b_lo, b_hi))),
                format::ratio(ratio, Some((lo, hi))),
                format::percent(share)
            ),
        })
    }

    /// `a` beside `b`, judged with all that stand in their group.
    fn judged(&self, test: &Test, params: &str, a: &str, b: &str) -> Result<Judged, Missing> {
        self.row(test, params, a, &[PAIRED])?;
        if b != NATIVE {
            self.row(test, params, b, &[PAIRED])?;
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
                    && group.key.deployment == JIT
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
