//! What a start consists of: medians over fresh processes, and one process whose time stamps stand for all.

use std::collections::BTreeMap;

use super::told::{self, Counted, Middle};
use super::welch;
use crate::engine::programs::startup::{COUNT_IMPORT, COUNT_MANAGED_FILE, COUNT_NATIVE_FILE};
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

/// What can be told of a process by name: intervals, and the counts of programs and of the engine.
pub const TOLD: [&str; 19] = [
    "main",
    "load",
    "bind",
    "stub",
    "first_call",
    "second_call",
    "stubs",
    "jitted_methods",
    "opens",
    "peak_memory",
    "resolver_calls",
    "entry_points",
    "tried_extension",
    "tried_prefix_and_extension",
    "tried_bare",
    "tried_prefix",
    COUNT_MANAGED_FILE,
    COUNT_NATIVE_FILE,
    COUNT_IMPORT,
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

    /// One of [`TOLD`].
    pub fn told(&self, name: &str) -> Option<Middle> {
        let mut intervals = self.intervals.iter();
        let interval = intervals.find(|(role, _)| role.name() == name);
        interval
            .map(|(_, middle)| *middle)
            .or_else(|| self.count(name))
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
        let interval = first.interval();
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

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::sample::{Count, Launch, Stage};
    use crate::stats::tests::{manifest, planned};

    /// Processes whose parts are 10, 2 and `first` nanoseconds, of which the one of `fails` failed.
    pub(crate) fn processes(measured: &mut Measured, key: &str, firsts: &[f64], fails: u32) {
        let key: RowKey = key.parse().unwrap();
        let shared = Arc::new(key.clone());
        for (launch, first) in (1..).zip(firsts) {
            measured.launches.push(Launch {
                state: if launch == fails {
                    State::Error
                } else {
                    State::Ok
                },
                ..Launch::of(&key, launch)
            });
            let parts = [
                (Role::Main, 10.0),
                (Role::Load, 2.0),
                (Role::FirstCall, *first),
                (Role::SecondCall, 1000.0),
            ];
            for (round, (role, ns)) in (1..).zip(parts) {
                measured.samples.push(Sample {
                    key: shared.clone(),
                    role,
                    launch,
                    replica: None,
                    round,
                    position: None,
                    calls: 1,
                    elapsed_ns: ns,
                    gc_count: None,
                    gc_pause_ns: None,
                    switches: None,
                    flags: Stage::Actual,
                });
            }
            measured.counts.push(Count {
                key: key.clone(),
                launch,
                name: "stubs".to_string(),
                value: 7.0,
                unit: "stubs".to_string(),
            });
        }
    }

    const DLL: &str = "blittable_add_i32/-/DllImport/rust/jit/startup";
    const LIBRARY: &str = "blittable_add_i32/-/LibraryImport/rust/jit/startup";

    pub(crate) fn measured() -> Measured {
        let mut measured = Measured::default();
        let firsts: Vec<f64> = (1..=12).map(|at| 100.0 + f64::from(at)).collect();
        let twice: Vec<f64> = firsts.iter().map(|first| first * 2.0).collect();
        processes(&mut measured, LIBRARY, &firsts, 0);
        processes(&mut measured, DLL, &[&twice[..], &[1e9]].concat(), 13);
        measured
    }

    #[test]
    fn processes_are_the_unit_and_failed_ones_tell_nothing() {
        let all = of(&measured());
        assert_eq!(all.len(), 2);
        let dll = &all[0];
        let first = dll.interval(Role::FirstCall).unwrap();
        // 202 to 224 in steps of 2; of 12 the interval goes from the 3rd to the 10th.
        assert_eq!(
            (first.median, first.lo, first.hi, first.processes),
            (213.0, 206.0, 220.0, 12)
        );
        assert_eq!(dll.interval(Role::Stub), None);
        assert_eq!(dll.told("stubs").map(|middle| middle.median), Some(7.0));
        assert_eq!(dll.told("load").map(|middle| middle.median), Some(2.0));
        assert_eq!(dll.told("opens"), None);
    }

    #[test]
    fn a_bar_is_one_process_and_has_no_second_call_in_its_sum() {
        let all = of(&measured());
        let one: Vec<(Role, f64)> = all[0].one.clone();
        assert_eq!(
            one,
            [
                (Role::Main, 10.0),
                (Role::Load, 2.0),
                (Role::FirstCall, 212.0),
                (Role::SecondCall, 1000.0)
            ]
        );
    }

    #[test]
    fn a_row_is_its_first_call_beside_that_of_the_reference() {
        let manifest = manifest(vec![planned(DLL), planned(LIBRARY)]);
        let rows = crate::stats::rows(&manifest, &measured());
        let (dll, reference) = (&rows[0], &rows[1]);
        assert_eq!((dll.state, dll.launches), (State::Ok, 12));
        assert_eq!(dll.ns_per_call, Num(Some(213.0)));
        assert_eq!(dll.reference, "LibraryImport");
        let ratio = dll.ratio.0.unwrap();
        assert!((ratio - 2.0).abs() < 1e-9, "{ratio}");
        assert!(dll.ratio_lo.0.unwrap() < 2.0 && dll.ratio_hi.0.unwrap() > 2.0);
        assert_eq!(
            (reference.ratio, reference.reference.as_str()),
            (Num(None), "")
        );
    }

    #[test]
    fn rows_of_another_deployment_have_a_reference_of_their_own() {
        let mut measured = measured();
        let aot = DLL.replace("/jit/", "/aot/");
        processes(&mut measured, &aot, &[5.0; 10], 0);
        let manifest = manifest(vec![planned(&aot), planned(LIBRARY)]);
        let rows = crate::stats::rows(&manifest, &measured);
        let row = rows.iter().find(|row| row.key.to_string() == aot).unwrap();
        assert_eq!((row.ns_per_call, row.ratio), (Num(Some(5.0)), Num(None)));
    }
}
