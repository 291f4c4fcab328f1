//! What the paired engine says of a row: its cells, and the notes that keep a reader from trusting too much.

use serde::Serialize;

use crate::report::format::{self, NONE, count, percent, plural, rounded};
use crate::report::measure::{Measure, crosses};
use crate::report::view::Source;
use crate::report::view::effect;
use crate::report::view::groups::Group;
use crate::report::view::labels;
use crate::report::view::verdicts;
use crate::report::view::words::interval;
use crate::row::{Row, State};
use crate::stats::interval::YUEN_FROM;
use crate::verdict::Verdict;

/// Two engines differ when both are exceeded.
const APART_SHARE: f64 = 0.05;
const APART_NS: f64 = 0.5;
/// Half the width of a ratio's interval from which on the row says why.
const WIDE: f64 = 0.01;
/// A smaller share of quiet rounds drops replicas.
const QUIET: f64 = 0.75;

/// Cells of a line; all of them [`NONE`] where the row is not of the paired engine.
#[derive(Debug, Serialize)]
pub struct Paired {
    /// Key of the row that the other engine has for the same question; empty without one.
    pub twin_key: String,
    /// Its time, with the interval.
    pub twin: String,
    pub verdict: String,
    /// Whether the verdict forbids to read the numbers.
    pub is_doubtful: bool,
    pub ratio: String,
    pub best: String,
    /// Over an empty managed call.
    pub over_managed: String,
    /// Over the native floor.
    pub over_native: String,
    pub mde: String,
    pub quiet: String,
    pub notes: Vec<String>,
    /// Order among verdicts worth a look; `None` for a tie and where nothing is compared.
    #[serde(skip)]
    pub rank: Option<(u8, f64)>,
}

impl Paired {
    pub(super) fn of(source: &Source, group: &Group, row: &Row) -> Paired {
        let twin = group.twins.get(&row.key);
        let is_reference = row.key.variant == group.case.reference;
        let is_ok = row.state == State::Ok;
        let verdict = if row.key.is_paired() && is_reference && is_ok {
            "reference".to_string()
        } else {
            verdicts::words(row, must_tie(group, row))
        };
        let mut notes = Vec::new();
        if row.key.is_paired() {
            notes.extend(disagreement(group, row));
            notes.extend(modes(row));
            notes.extend(wide(row));
            for alarm in source.alarms(&row.key) {
                notes.push(format!("alarm: {alarm}"));
            }
        }
        let rank = row
            .verdict
            .filter(|_| is_ok && row.key.is_paired() && crosses(&row.key));
        let rank = rank.filter(|verdict| *verdict != Verdict::Equivalent);
        Paired {
            twin_key: twin.map_or(String::new(), |twin| twin.key.to_string()),
            twin: twin.map_or(NONE.to_string(), |twin| absolute(twin)),
            is_doubtful: matches!(row.verdict, Some(Verdict::NotMeasurable)),
            verdict: or_none(verdict),
            ratio: ratio(row),
            best: format_ratio(
                row.ratio_best.0,
                row.ratio_best_lo.0.zip(row.ratio_best_hi.0),
            ),
            over_managed: over(Measure::OverManaged, row),
            over_native: over(Measure::OverNative, row),
            mde: row
                .mde_percent
                .0
                .map_or(NONE.to_string(), |mde| percent(mde / 100.0)),
            quiet: row.quiet_share.0.map_or(NONE.to_string(), share),
            notes,
            rank: rank.map(|verdict| (verdicts::severity(verdict), effect::size(row))),
        }
    }
}

/// Whether the catalogue says that the row costs what its reference costs.
pub fn must_tie(group: &Group, row: &Row) -> bool {
    group.case.must_tie.iter().any(|set| {
        set.variants.contains(&row.key.variant) && set.deployments.contains(&row.key.deployment)
    })
}

/// Whether two engines tell a row apart; `None` where only one measured it.
pub fn disagrees(group: &Group, row: &Row) -> Option<bool> {
    let twin = group.twins.get(&row.key)?;
    let own = Measure::PerCall.value(row)?;
    let other = Measure::PerCall.value(twin)?;
    let apart = (other - own).abs();
    Some(apart > APART_NS && apart > APART_SHARE * own.abs())
}

fn disagreement(group: &Group, row: &Row) -> Option<String> {
    if !disagrees(group, row)? {
        return None;
    }
    let twin = group.twins.get(&row.key)?;
    let (own, other) = (row.ns_per_call.0?, twin.ns_per_call.0?);
    let more = if other > own { "more" } else { "less" };
    Some(format!(
        "{} has {}\u{202f}ns, {} {more}",
        labels::engine(&twin.key.engine),
        rounded(other, interval(twin)).value,
        share((other - own).abs() / own.abs())
    ))
}

fn modes(row: &Row) -> Option<String> {
    let modes: Option<Vec<f64>> = row.modes.split('|').map(|mode| mode.parse().ok()).collect();
    match modes?[..] {
        [low, high] => Some(format!(
            "launches fall into two modes, {} and {}\u{202f}ns",
            rounded(low, None).value,
            rounded(high, None).value
        )),
        _ => None,
    }
}

/// Why the ratio is not known better, as far as the row knows.
fn wide(row: &Row) -> Option<String> {
    let (lo, hi) = Measure::Ratio.interval(row)?;
    let half = (hi - lo) / 2.0;
    if half <= WIDE {
        return None;
    }
    let mut why = Vec::new();
    if (row.launches as usize) < YUEN_FROM {
        why.push(format!("only {}", plural(row.launches as usize, "launch")));
    }
    if let Some(quiet) = row.quiet_share.0.filter(|quiet| *quiet < QUIET) {
        why.push(format!("{} of the rounds were quiet", share(quiet)));
    }
    if !row.modes.is_empty() {
        why.push("two modes".to_string());
    }
    if let Some(collections) = row.gc_count.filter(|collections| *collections > 0) {
        why.push(format!("{} collections", count(collections)));
    }
    if why.is_empty() {
        why.push("launches differ, for no reason that was recorded".to_string());
    }
    Some(format!(
        "interval reaches {} to each side: {}",
        percent(half),
        why.join(", ")
    ))
}

/// `13 %`, to the nearest.
fn share(share: f64) -> String {
    format!("{:.0}\u{202f}%", share * 100.0)
}

fn or_none(text: String) -> String {
    if text.is_empty() {
        NONE.to_string()
    } else {
        text
    }
}

/// `5.84 [5.73, 5.95]`, or the state.
fn absolute(row: &Row) -> String {
    match Measure::PerCall.value(row) {
        Some(ns) => rounded(ns, interval(row)).to_string(),
        None => row.state.to_string(),
    }
}

/// `2.31 [2.20, 2.42]`, `tie [0.999, 1.001]`.
fn ratio(row: &Row) -> String {
    let text = format_ratio(row.ratio.0, Measure::Ratio.interval(row));
    match (row.verdict, text.split_once(' ')) {
        (Some(Verdict::Equivalent), Some((_, interval))) => format!("tie {interval}"),
        _ => text,
    }
}

fn format_ratio(value: Option<f64>, interval: Option<(f64, f64)>) -> String {
    value.map_or(NONE.to_string(), |value| {
        format::ratio(value, interval).to_string()
    })
}

/// `4.10 [4.02, 4.18]`, `not resolvable [−0.02, 0.05]`.
fn over(measure: Measure, row: &Row) -> String {
    let cell = measure.cell(row);
    cell.map_or(NONE.to_string(), |cell| cell.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Num;
    use std::collections::BTreeMap;

    fn row(engine: &str, ns: f64) -> Row {
        Row {
            launches: 10,
            ns_per_call: Num(Some(ns)),
            ..Row::without_value(
                format!("a/-/DllImport/rust/jit/{engine}").parse().unwrap(),
                State::Ok,
                "",
            )
        }
    }

    fn text(said: Option<String>) -> String {
        said.unwrap_or_default().replace('\u{202f}', " ")
    }

    #[test]
    fn engines_disagree_by_a_share_and_by_nanoseconds() {
        let says = |own: f64, other: f64| {
            let (own, other) = (row("paired", own), row("bdn", other));
            let group = Group {
                case: crate::report::view::groups::unknown("a"),
                rows: vec![&own],
                twins: BTreeMap::from([(&own.key, &other)]),
                stem: "a".to_string(),
            };
            text(disagreement(&group, &own))
        };
        assert_eq!(says(10.0, 11.2), "BenchmarkDotNet has 11.2 ns, 12 % more");
        assert_eq!(says(10.0, 8.8), "BenchmarkDotNet has 8.80 ns, 12 % less");
        assert_eq!(says(10.0, 10.45), "", "a share too small");
        assert_eq!(says(1.0, 1.4), "", "too few nanoseconds");
        assert_eq!(says(100.0, 104.0), "");
    }

    #[test]
    fn a_wide_row_says_why() {
        let mut row = row("paired", 5.0);
        (row.ratio, row.ratio_lo, row.ratio_hi) =
            (Num(Some(1.0)), Num(Some(0.995)), Num(Some(1.005)));
        assert_eq!(text(wide(&row)), "");
        row.ratio_hi = Num(Some(1.065));
        assert_eq!(
            text(wide(&row)),
            "interval reaches 3.5 % to each side: launches differ, for no reason that was recorded"
        );
        row.launches = 4;
        row.quiet_share = Num(Some(0.5));
        row.modes = "5.84|7.01".to_string();
        assert_eq!(
            text(wide(&row)),
            "interval reaches 3.5 % to each side: only 4 launches, 50 % of the rounds were quiet, two modes"
        );
        assert_eq!(
            text(modes(&row)),
            "launches fall into two modes, 5.84 and 7.01 ns"
        );
    }

    #[test]
    fn a_tie_is_a_word_and_an_interval_around_nothing_is_not_resolvable() {
        let mut row = row("paired", 5.0);
        (row.ratio, row.ratio_lo, row.ratio_hi) =
            (Num(Some(1.0)), Num(Some(0.999)), Num(Some(1.001)));
        assert_eq!(ratio(&row), "1.000 [0.999, 1.001]");
        row.verdict = Some(Verdict::Equivalent);
        assert_eq!(ratio(&row), "tie [0.999, 1.001]");
        (
            row.over_managed_ns,
            row.over_managed_lo,
            row.over_managed_hi,
        ) = (Num(Some(0.02)), Num(Some(-0.01)), Num(Some(0.05)));
        assert_eq!(
            over(Measure::OverManaged, &row),
            "not resolvable [−0.01, 0.05]"
        );
        row.over_managed_lo = Num(Some(0.01));
        assert_eq!(over(Measure::OverManaged, &row), "0.02 [0.01, 0.05]");
    }
}
