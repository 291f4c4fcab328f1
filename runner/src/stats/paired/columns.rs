//! Columns of `rows.csv` and `controls.csv`: what a comparison and its verdict look like there, and what makes a control fail.

use super::DELTA;
use super::compare::{Comparison, Gated};
use super::rows::Judged;
use crate::control::{Control, ControlKind};
use crate::names::RowKey;
use crate::row::{Num, Row, State};
use crate::sample::Role;
use crate::stats::interval::{Estimate, modes};
use crate::stats::student::mean_interval;
use crate::verdict::Verdict;

/// A same-pointer control beyond these has failed: half-width and distance from 1, as logarithms.
const SAME_POINTER_HALF_WIDTH: f64 = 0.005;
const SAME_POINTER_OFF: f64 = 0.003;
/// Fewer collections than these do not tell what a pause costs.
const COLLECTIONS_ENOUGH: u64 = 5;

/// Centre and both ends after `of`.
type Shown = (Num, Num, Num);

fn shown(estimate: Option<Estimate>, of: fn(f64) -> f64) -> (Shown, (Num, Num)) {
    let num = |value: f64| Num(Some(of(value)));
    match estimate {
        Some(estimate) => {
            let (lo, hi) = estimate.decides.interval();
            let (t_lo, t_hi) = estimate.student.interval();
            (
                (num(estimate.decides.estimate), num(lo), num(hi)),
                (num(t_lo), num(t_hi)),
            )
        }
        None => ((Num(None), Num(None), Num(None)), (Num(None), Num(None))),
    }
}

/// ns per call, and what stands between it, the empty call and the floor.
pub fn plain(gated: &Gated, entry: usize, key: &RowKey) -> Row {
    let mut row = Row::without_value(key.clone(), State::Ok, "");
    let mut values = gated.ns(entry);
    row.launches = gated.launches_of(entry) as u32;
    row.samples = gated
        .usable()
        .map(|view| view.gate.quiet_rounds() as u32)
        .sum();
    row.quiet_share = Num(gated.quiet_share());
    values.sort_by(f64::total_cmp);
    match mean_interval(&values) {
        Some((value, lo, hi)) => {
            row.ns_per_call = Num(Some(value));
            (row.ns_lo, row.ns_hi) = (Num(Some(lo)), Num(Some(hi)));
        }
        None => row.ns_per_call = Num(values.first().copied()),
    }
    if let Some((low, high)) = modes(values) {
        row.modes = format!(
            "{}|{}",
            crate::row::seven_digits(low),
            crate::row::seven_digits(high)
        );
    }
    let over = |role: Role| {
        let other = gated.group.entry(role).filter(|other| *other != entry)?;
        gated.compare(entry, other).difference_ns
    };
    let same = |value: f64| value;
    let (centre, student) = shown(over(Role::ManagedEmpty), same);
    (
        row.over_managed_ns,
        row.over_managed_lo,
        row.over_managed_hi,
    ) = centre;
    (row.over_managed_t_lo, row.over_managed_t_hi) = student;
    let (centre, student) = shown(over(Role::Native), same);
    (row.over_native_ns, row.over_native_lo, row.over_native_hi) = centre;
    (row.over_native_t_lo, row.over_native_t_hi) = student;
    row.gc_count = Some(
        gated
            .group
            .launches
            .iter()
            .map(|launch| launch.collections(entry))
            .sum(),
    );
    row
}

/// What stands between a row and the group's reference; `together`: how many rows were judged with it.
pub fn fill(
    row: &mut Row,
    judged: &Judged,
    epsilon: f64,
    reference_ns: Option<f64>,
    together: usize,
) {
    let comparison = &judged.comparison;
    if let Some((ratio, interval)) = comparison.within_launch {
        row.ratio = Num(Some(ratio.exp()));
        row.ratio_lo = Num(interval.map(|(lo, _)| lo.exp()));
        row.ratio_hi = Num(interval.map(|(_, hi)| hi.exp()));
    } else {
        let (centre, student) = shown(comparison.ratio, f64::exp);
        (row.ratio, row.ratio_lo, row.ratio_hi) = centre;
        (row.ratio_t_lo, row.ratio_t_hi) = student;
    }
    let (best, _) = shown(comparison.best, f64::exp);
    (row.ratio_best, row.ratio_best_lo, row.ratio_best_hi) = best;
    let (difference, _) = shown(comparison.difference_ns, |value| value);
    (row.difference_ns, row.difference_lo, row.difference_hi) = difference;
    row.mde_percent = Num(judged.mde_percent(epsilon, reference_ns));
    row.verdict = Some(judged.verdict);
    row.reason.clone_from(&judged.reason);
    row.launches_needed = judged.launches_needed(epsilon, reference_ns, together);
}

/// What a reader must know of a comparison beside its numbers, in one line; empty for nothing.
pub fn reason(comparison: &Comparison, delta: f64, verdict: Verdict, alarm: &str) -> String {
    if verdict == Verdict::NotMeasurable {
        alarm.to_string()
    } else if verdict == Verdict::Inconclusive && delta > DELTA {
        format!(
            "a copy of the reference reaches {}: up to there placement alone may make a difference",
            percent(delta)
        )
    } else if comparison.allocating && comparison.collections < COLLECTIONS_ENOUGH {
        "allocating; too few collections: pause not resolved".to_string()
    } else if comparison.allocating {
        "allocating: pauses are charged to the calls that took the memory".to_string()
    } else {
        String::new()
    }
}

fn percent(log: f64) -> String {
    format!("{:.2} %", 100.0 * log)
}

pub fn control(
    kind: ControlKind,
    key: &RowKey,
    comparison: &Comparison,
    measured: usize,
    verdict: Verdict,
) -> Control {
    let (ratio, student) = shown(comparison.ratio, f64::exp);
    let (best, _) = shown(comparison.best, f64::exp);
    let (difference, _) = shown(comparison.difference_ns, |value| value);
    let name = match kind {
        ControlKind::SamePointer => "the same delegate timed twice".to_string(),
        ControlKind::Copy => "the reference compiled twice".to_string(),
        ControlKind::MustTie => format!("{}, which must tie,", key.variant),
    };
    let alarm = match (verdict, comparison.ratio) {
        (Verdict::Slower | Verdict::Faster, Some(ratio)) => {
            format!("{name} differs by {}", percent(ratio.decides.estimate))
        }
        // A difference that only placement makes is what a must-tie set may show.
        (_, Some(ratio)) if kind == ControlKind::SamePointer && !comparison.allocating => {
            let Estimate { decides, .. } = ratio;
            if decides.half_width() > SAME_POINTER_HALF_WIDTH {
                format!(
                    "{name} has an interval of {} to each side",
                    percent(decides.half_width())
                )
            } else if decides.estimate.abs() > SAME_POINTER_OFF {
                format!("{name} differs by {}", percent(decides.estimate))
            } else {
                String::new()
            }
        }
        _ => String::new(),
    };
    Control {
        key: key.clone(),
        kind,
        launches: comparison.launches as u32,
        launches_measured: measured as u32,
        ratio: ratio.0,
        ratio_lo: ratio.1,
        ratio_hi: ratio.2,
        ratio_t_lo: student.0,
        ratio_t_hi: student.1,
        ratio_best: best.0,
        ratio_best_lo: best.1,
        ratio_best_hi: best.2,
        difference_ns: difference.0,
        difference_lo: difference.1,
        difference_hi: difference.2,
        verdict,
        alarm,
    }
}
