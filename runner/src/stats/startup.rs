//! What a start consists of: medians over fresh processes, and one process whose time stamps stand for all.

use std::collections::BTreeMap;

use super::told::{self, Counted, Middle};
use super::welch;
use crate::manifest::Manifest;
use crate::names::{RowKey, STARTUP};
use crate::row::{Num, Row, State};
use crate::sample::{Measured, Role, Sample};

/// The intervals of a process in their order; the first of them ends where the program begins.
pub const INTERVALS: [Role; 6] = [
    Role::Main,
    Role::Load,
    Role::Bind,
    Role::Stub,
    Role::FirstCall,
    Role::SecondCall,
];

/// The processes of a row, together.
#[derive(Clone, Debug, PartialEq)]
pub struct Startup {
    pub key: RowKey,
    /// Intervals that there are, in nanoseconds, in order of [`INTERVALS`].
    pub intervals: Vec<(Role, Middle)>,
    /// The same of one process: the one whose sum up to its first call is the median; of two in the middle the shorter one.
    pub one: Vec<(Role, f64)>,
    /// What is not a time.
    pub counts: Vec<Counted>,
    /// First calls, one a process, in order of launch.
    first_calls: Vec<f64>,
}

impl Startup {
    pub fn interval(&self, role: Role) -> Option<Middle> {
        let found = self.intervals.iter().find(|(own, _)| *own == role);
        found.map(|(_, middle)| *middle)
    }

    pub fn count(&self, name: &str) -> Option<Middle> {
        let found = self.counts.iter().find(|one| one.name == name);
        found.map(|one| one.middle)
    }
}

/// One for each row that told of a first call, in key order.
pub fn of(measured: &Measured) -> Vec<Startup> {
    let told = told::by(STARTUP, measured).into_iter();
    told.filter_map(|(key, told)| {
        let of_role = |role: Role| -> Vec<f64> {
            let samples = told.samples.iter().filter(|sample| sample.role == role);
            samples.map(|sample| sample.ns_per_call()).collect()
        };
        let intervals: Vec<(Role, Middle)> = INTERVALS
            .into_iter()
            .filter_map(|role| Some((role, Middle::of(of_role(role))?)))
            .collect();
        let first_calls = of_role(Role::FirstCall);
        (!first_calls.is_empty()).then(|| Startup {
            key: key.clone(),
            intervals,
            one: in_the_middle(&told.samples),
            counts: told.counted(),
            first_calls,
        })
    })
    .collect()
}

fn in_the_middle(samples: &[&Sample]) -> Vec<(Role, f64)> {
    let mut processes: BTreeMap<u32, Vec<(Role, f64)>> = BTreeMap::new();
    for sample in samples {
        let own = processes.entry(sample.launch).or_default();
        own.push((sample.role, sample.ns_per_call()));
    }
    let total = |process: &[(Role, f64)]| -> f64 {
        let up_to_call = process.iter().filter(|(role, _)| *role != Role::SecondCall);
        up_to_call.map(|(_, ns)| ns).sum()
    };
    let mut processes: Vec<Vec<(Role, f64)>> = processes.into_values().collect();
    processes.sort_by(|a, b| total(a).total_cmp(&total(b)));
    let middle = processes.len().saturating_sub(1) / 2;
    let mut one = if processes.is_empty() {
        Vec::new()
    } else {
        processes.swap_remove(middle)
    };
    one.sort_by_key(|(role, _)| INTERVALS.iter().position(|known| known == role));
    one
}

/// The rows: the median of first calls, and its ratio to that of the reference under the same deployment.
pub(super) fn rows(manifest: &Manifest, all: &[Startup]) -> BTreeMap<RowKey, Row> {
    let reference_of = |key: &RowKey| {
        let case = manifest.cases.iter().find(|case| case.id == key.case)?;
        let reference = RowKey {
            variant: case.reference.clone(),
            ..key.clone()
        };
        (reference != *key).then_some(reference)
    };
    let row = |own: &Startup| -> Option<(RowKey, Row)> {
        let first = own.interval(Role::FirstCall)?;
        let interval = first.has_interval().then_some((first.lo, first.hi));
        let mut row = Row {
            launches: first.processes as u32,
            samples: first.processes as u32,
            ns_per_call: Num(Some(first.median)),
            ns_lo: Num(interval.map(|(lo, _)| lo)),
            ns_hi: Num(interval.map(|(_, hi)| hi)),
            ..Row::without_value(own.key.clone(), State::Ok, "")
        };
        let reference = reference_of(&own.key);
        let beside = reference.and_then(|key| all.iter().find(|other| other.key == key));
        if let Some(beside) = beside
            && let Some(ratio) = welch::between(&logs(beside), &logs(own))
        {
            let number = |ln: f64| Num(Some(ln.exp()));
            let ((lo, hi), (t_lo, t_hi)) = (ratio.decides.interval(), ratio.student.interval());
            row.reference = beside.key.variant.clone();
            row.ratio = number(ratio.decides.estimate);
            (row.ratio_lo, row.ratio_hi) = (number(lo), number(hi));
            (row.ratio_t_lo, row.ratio_t_hi) = (number(t_lo), number(t_hi));
        }
        Some((own.key.clone(), row))
    };
    all.iter().filter_map(row).collect()
}

fn logs(startup: &Startup) -> Vec<f64> {
    startup.first_calls.iter().map(|ns| ns.ln()).collect()
}
