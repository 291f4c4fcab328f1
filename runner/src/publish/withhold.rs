//! Rows that are not published with a value, and everything that would rest on them.

use std::collections::HashSet;

use crate::claims::{ClaimVerdict, Relation, Test, deployed};
use crate::manifest::Manifest;
use crate::names::RowKey;
use crate::row::{Num, Row, State};
use crate::stats::{Assessment, along};
use crate::verdict::Verdict;

/// Usable launches below which a row of the paired engine is not shown with a value.
pub const FEWEST_LAUNCHES: u32 = 10;
/// Half of an interval may be this share of the value: of the time per call and of the ratio.
const WIDEST: f64 = 0.25;

/// Takes the value from paired rows that do not carry one: too few launches, or intervals too wide to say anything. They stay, as
/// `not measurable`, with the reason and with what was counted. Ladders, crossovers, ratios between deployments and claims that rest
/// on them go or lose their verdict.
pub fn withhold(assessment: &mut Assessment) {
    let mut refused: HashSet<RowKey> = HashSet::new();
    for row in assessment
        .rows
        .iter_mut()
        .filter(|row| row.key.is_paired() && row.state == State::Ok)
    {
        let Some(reason) = reason(row) else { continue };
        refused.insert(row.key.clone());
        *row = Row {
            launches: row.launches,
            quiet_share: row.quiet_share,
            managed_bytes: row.managed_bytes,
            native_allocs: row.native_allocs,
            native_frees: row.native_frees,
            code_bytes: row.code_bytes,
            kernel_hash: row.kernel_hash.clone(),
            body_hash: row.body_hash.clone(),
            ..Row::without_value(row.key.clone(), State::NotMeasurable, reason)
        };
    }
    if refused.is_empty() {
        return;
    }
    assessment.ladders.retain(|ladder| {
        let mut keys = ladder.rungs.iter().filter_map(|rung| rung.key.as_ref());
        !keys.any(|key| refused.contains(key))
    });
    let is_refused = |case: &str, params: &str, variant: &str| {
        let mut keys = refused.iter();
        keys.any(|key| key.case == case && key.params == params && key.variant == variant)
    };
    for crossover in &mut assessment.crossovers {
        for point in &mut crossover.points {
            let mut both = crossover.record.between.iter();
            if both.any(|variant| is_refused(&crossover.case, &point.params, variant)) {
                point.ratio = None;
                point.verdict = Verdict::NotMeasurable;
            }
        }
        crossover.found = along::crossing(&crossover.points);
    }
    assessment
        .beside
        .retain(|one| !refused.contains(&one.key) && !refused.contains(&one.base));
    for finding in &mut assessment.claims {
        let rests = |test: &Test| {
            let relation = Relation::parse(&test.relation).ok();
            let timed = relation.filter(|relation| {
                !matches!(relation, Relation::Allocates(..) | Relation::Ends(_))
            });
            let sides = timed.iter().flat_map(Relation::sides);
            sides
                .flat_map(|side| test.params.iter().map(move |params| (side, params)))
                .any(|(side, params)| is_refused(&test.case, params, deployed(side).0))
        };
        if finding.verdict.is_computed() && finding.claim.test.as_ref().is_some_and(rests) {
            finding.verdict = ClaimVerdict::Inconclusive;
            finding.points.clear();
            finding.reason =
                "a row that it rests on is refused: too few launches, or too wide an interval"
                    .to_string();
        }
    }
}

fn reason(row: &Row) -> Option<String> {
    if row.launches < FEWEST_LAUNCHES {
        return Some(format!(
            "refused: {} usable launches, {FEWEST_LAUNCHES} are needed to publish",
            row.launches
        ));
    }
    let half = |value: Num, lo: Num, hi: Num| {
        let (value, (lo, hi)) = value.0.zip(lo.0.zip(hi.0))?;
        Some((hi - lo) / 2.0 / value.abs())
    };
    let time = half(row.ns_per_call, row.ns_lo, row.ns_hi)?;
    let ratio = half(row.ratio, row.ratio_lo, row.ratio_hi).unwrap_or(time);
    let narrower = time.min(ratio);
    (narrower > WIDEST).then(|| {
        format!(
            "refused: its intervals reach {:.0} % to each side, {:.0} % are the most to publish",
            100.0 * narrower,
            100.0 * WIDEST
        )
    })
}

/// A run of which no row is left says nothing.
pub fn nothing_left(manifest: &Manifest, rows: &[Row]) -> Option<String> {
    let planned = rows.iter().any(|row| row.state == State::NotMeasurable);
    let left = rows.iter().any(|row| row.state == State::Ok);
    (planned && !left).then(|| {
        format!(
            "no row of run {} has {FEWEST_LAUNCHES} usable launches and an interval within {:.0} %: measure longer (--launches), on a \
             quieter machine",
            manifest.id,
            100.0 * WIDEST
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(launches: u32, half: f64) -> Row {
        let key = "blittable_add_i32/-/DllImport/rust/jit/paired";
        let around = |value: f64| {
            let at = |by: f64| Num(Some(value * (1.0 + by)));
            (at(0.0), at(-half), at(half))
        };
        let (ns_per_call, ns_lo, ns_hi) = around(10.0);
        Row {
            launches,
            ns_per_call,
            ns_lo,
            ns_hi,
            managed_bytes: Some(24),
            ..Row::without_value(key.parse().unwrap(), State::Ok, "")
        }
    }

    #[test]
    fn few_launches_and_wide_intervals_are_refused_and_counts_stay() {
        assert_eq!(reason(&row(10, 0.2)), None);
        assert!(reason(&row(9, 0.01)).unwrap().contains("9 usable launches"));
        assert!(reason(&row(10, 0.3)).unwrap().contains("reach 30 %"));
        let mut narrow_ratio = row(10, 0.3);
        (
            narrow_ratio.ratio,
            narrow_ratio.ratio_lo,
            narrow_ratio.ratio_hi,
        ) = (Num(Some(1.0)), Num(Some(0.9)), Num(Some(1.1)));
        assert_eq!(reason(&narrow_ratio), None);
    }
}
