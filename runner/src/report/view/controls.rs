//! Controls: whether the run may be believed, on the landing page; each one on the page of its case.

use serde::Serialize;

use super::band::reach_of;
use super::case::CaseView;
use super::groups::Group;
use super::labels;
use crate::control::{Control, ControlKind};
use crate::names::RowKey;
use crate::plan::JIT;
use crate::report::format::{self, NONE, percent, plural};
use crate::report::params::Tuple;
use crate::row::Num;
use crate::stats::median::median_of;
use crate::stats::paired::rows::FEW_USABLE;
use crate::verdict::Verdict;

/// Groups that lack usable launches are counted where they are more than these.
const FEW_LISTED: usize = 2;
/// More alarms than this are no list to read; the pages of the cases have all.
const ALARMS: usize = 20;

/// What the landing page says of all controls.
#[derive(Debug, Serialize)]
pub struct ControlsView {
    /// `controls passed`, `2 alarms`, `no controls`.
    pub state: String,
    pub passed: bool,
    pub alarms: Vec<Alarm>,
    /// Alarms that the list has no room for; empty when there are none.
    pub alarms_left: String,
    pub kinds: Vec<Kind>,
    /// What copies of the reference leave open.
    pub band: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Alarm {
    pub kind: &'static str,
    pub place: String,
    pub text: String,
    pub href: String,
}

/// All controls of one kind.
#[derive(Debug, Serialize)]
pub struct Kind {
    pub name: &'static str,
    pub what: &'static str,
    pub count: usize,
    pub half_width: String,
    pub half_width_best: String,
    /// How far from 1 any interval reaches.
    pub farthest: String,
    pub alarms: usize,
}

/// A control of a case.
#[derive(Debug, Serialize)]
pub struct ControlLine {
    pub place: String,
    pub kind: &'static str,
    pub ratio: String,
    pub best: String,
    pub difference: String,
    pub launches: String,
    pub verdict: String,
    pub alarm: String,
}

fn name(kind: ControlKind) -> &'static str {
    match kind {
        ControlKind::SamePointer => "same pointer",
        ControlKind::Copy => "copy",
        ControlKind::MustTie => "must tie",
    }
}

fn what(kind: ControlKind) -> &'static str {
    match kind {
        ControlKind::SamePointer => "the reference's delegate timed twice: the noise of timing",
        ControlKind::Copy => "the reference compiled twice: noise and placement",
        ControlKind::MustTie => "a way that the catalogue says costs what the reference costs",
    }
}

/// Whether a control speaks for a row. `first`: the plan's first implementation, whose launches measure the rows without one.
pub fn is_about(control: &Control, key: &RowKey, first: &str) -> bool {
    let own = &control.key;
    own.group() == key.group()
        && own.deployment == key.deployment
        && own.implementation == key.timed_with(Some(first))
}

/// `None` for a run without paired rows.
pub fn all(controls: &[Control], groups: &[Group], cases: &[CaseView]) -> Option<ControlsView> {
    if controls.is_empty() && !groups.iter().any(Group::is_paired) {
        return None;
    }
    let failed: Vec<&Control> = sorted(controls)
        .into_iter()
        .filter(|control| !control.alarm.is_empty())
        .collect();
    let count = failed.len();
    // A busy machine is one finding, in however many groups it shows.
    let is_few = |control: &&&Control| control.alarm.ends_with(FEW_USABLE);
    let few = failed.iter().filter(is_few).count();
    let counted = few > FEW_LISTED;
    let shown: Vec<&Control> = failed
        .iter()
        .filter(|control| !(counted && is_few(control)))
        .copied()
        .collect();
    let mut left = Vec::new();
    if counted {
        left.push(format!(
            "In {} too few {FEW_USABLE}: something else was busy on this machine. They have no verdict; the pages of their cases \
             say which.",
            plural(few, "group")
        ));
    }
    if shown.len() > ALARMS {
        left.push(format!(
            "{} on the pages of their cases.",
            plural(shown.len() - ALARMS, "more alarm")
        ));
    }
    let alarms = shown
        .into_iter()
        .take(ALARMS)
        .map(|control| alarm(control, cases))
        .collect();
    let kinds = [
        ControlKind::SamePointer,
        ControlKind::Copy,
        ControlKind::MustTie,
    ];
    let state = match (controls.is_empty(), count) {
        (true, _) => "no controls".to_string(),
        (false, 0) => "controls passed".to_string(),
        (false, count) => plural(count, "alarm"),
    };
    let copies = controls
        .iter()
        .filter(|control| control.kind == ControlKind::Copy);
    let reaches: Vec<f64> = copies.filter_map(reach_of).collect();
    let farthest = reaches.iter().copied().reduce(f64::max);
    let band = match (median_of(reaches), farthest) {
        (Some(middle), Some(most)) => format!(
            "Copies of the reference stay within {} of it in half of the groups and within {} in all: the grey stripe in the \
             ratio charts of the cases.",
            percent(middle),
            percent(most)
        ),
        _ => String::new(),
    };
    Some(ControlsView {
        passed: count == 0 && !controls.is_empty(),
        state,
        alarms_left: left.join(" "),
        alarms,
        kinds: kinds
            .into_iter()
            .filter_map(|kind| of_kind(kind, controls))
            .collect(),
        band,
    })
}

/// The order of the input does not matter.
fn sorted(controls: &[Control]) -> Vec<&Control> {
    let mut sorted: Vec<&Control> = controls.iter().collect();
    sorted.sort_by(|a, b| (&a.key, a.kind, &a.alarm).cmp(&(&b.key, b.kind, &b.alarm)));
    sorted
}

fn of_kind(kind: ControlKind, controls: &[Control]) -> Option<Kind> {
    let of: Vec<&Control> = controls
        .iter()
        .filter(|control| control.kind == kind)
        .collect();
    let halves = |lo: fn(&Control) -> Num, hi: fn(&Control) -> Num| {
        let halves = of
            .iter()
            .filter_map(|control| Some((hi(control).0? - lo(control).0?) / 2.0));
        median_of(halves.collect()).map_or(NONE.to_string(), percent)
    };
    let farthest = of
        .iter()
        .filter_map(|control| reach_of(control))
        .reduce(f64::max);
    (!of.is_empty()).then(|| Kind {
        name: name(kind),
        what: what(kind),
        count: of.len(),
        half_width: halves(|control| control.ratio_lo, |control| control.ratio_hi),
        half_width_best: halves(
            |control| control.ratio_best_lo,
            |control| control.ratio_best_hi,
        ),
        farthest: farthest.map_or(NONE.to_string(), percent),
        alarms: of
            .iter()
            .filter(|control| !control.alarm.is_empty())
            .count(),
    })
}

/// `string_utf8_in, length 64, C kernel`
fn place(key: &RowKey, with_case: bool) -> String {
    let mut parts = Vec::new();
    if with_case {
        parts.push(labels::case(&key.case));
    }
    parts.push(Tuple::parse(&key.params).words());
    if key.implementation != "-" {
        parts.push(format!(
            "{} kernel",
            labels::implementation(&key.implementation)
        ));
    }
    // An import's jobs are no deployments.
    if key.is_paired() && ![JIT, "-"].contains(&key.deployment.as_str()) {
        parts.push(labels::deployment(&key.deployment));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

fn alarm(control: &Control, cases: &[CaseView]) -> Alarm {
    let page = cases.iter().find(|case| case.id == control.key.case);
    Alarm {
        kind: name(control.kind),
        place: place(&control.key, true),
        text: control.alarm.clone(),
        href: page.map_or(String::new(), |case| format!("{}#controls", case.page)),
    }
}

/// The controls of a case with those that failed first.
pub fn of_case(controls: &[Control], case: &str) -> Vec<ControlLine> {
    let mut of: Vec<&Control> = sorted(controls);
    of.retain(|control| control.key.case == case);
    of.sort_by_key(|control| control.alarm.is_empty());
    of.into_iter().map(line).collect()
}

fn line(control: &Control) -> ControlLine {
    let ratio = |value: Num, lo: Num, hi: Num| {
        value.0.map_or(NONE.to_string(), |value| {
            format::ratio(value, lo.0.zip(hi.0)).to_string()
        })
    };
    let member = match control.kind {
        ControlKind::MustTie => control.key.variant.clone(),
        _ => String::new(),
    };
    ControlLine {
        place: [place(&control.key, false), member]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
        kind: name(control.kind),
        ratio: ratio(control.ratio, control.ratio_lo, control.ratio_hi),
        best: ratio(
            control.ratio_best,
            control.ratio_best_lo,
            control.ratio_best_hi,
        ),
        difference: control.difference_ns.0.map_or(NONE.to_string(), |value| {
            let interval = control.difference_lo.0.zip(control.difference_hi.0);
            format::rounded(value, interval).to_string()
        }),
        launches: format!("{} of {}", control.launches, control.launches_measured),
        verdict: verdict(control),
        alarm: control.alarm.clone(),
    }
}

fn verdict(control: &Control) -> String {
    match control.verdict {
        Verdict::Inconclusive => "tie not shown".to_string(),
        other => other.word().to_string(),
    }
}
