//! Events of bounded programs: pauses, waits and times whose tails matter as much as their middle.

use std::collections::BTreeSet;

use super::quantile::{ascending, quantile};
use super::told::{self, Counted};
use crate::engine::programs::output::COUNT_CPUS;
use crate::names::{BOUNDED, RowKey};
use crate::sample::Measured;

/// What the processes of a row told, together.
#[derive(Clone, Debug, PartialEq)]
pub struct Events {
    pub key: RowKey,
    pub processes: usize,
    pub count: usize,
    /// Quantiles of type 7 over the events of all processes, ns per call.
    pub p50: f64,
    pub p90: f64,
    pub p99: f64,
    pub largest: f64,
    /// Processors that the processes could use.
    pub cpus: Option<u64>,
    /// What is not a time.
    pub counts: Vec<Counted>,
}

/// One line per row of a program that told of events, in key order.
pub fn of(measured: &Measured) -> Vec<Events> {
    let told = told::by(BOUNDED, measured).into_iter();
    told.filter(|(_, told)| !told.samples.is_empty())
        .map(|(key, told)| {
            let launches: BTreeSet<u32> = told.samples.iter().map(|one| one.launch).collect();
            let values = ascending(told.samples.iter().map(|one| one.ns_per_call()).collect());
            Events {
                key: key.clone(),
                processes: launches.len(),
                count: values.len(),
                p50: quantile(&values, 0.5),
                p90: quantile(&values, 0.9),
                p99: quantile(&values, 0.99),
                largest: quantile(&values, 1.0),
                cpus: told.count(COUNT_CPUS).map(|cpus| cpus as u64),
                counts: told.counted(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::row::State;
    use crate::sample::{Count, Launch, Role, Sample, Stage};

    #[test]
    fn processes_that_failed_tell_nothing() {
        let key: RowKey = "handle_finalizer/n=10/Dispose/rust/jit/bounded"
            .parse()
            .unwrap();
        let shared = Arc::new(key.clone());
        let mut measured = Measured::default();
        for launch in 1..=3 {
            measured.launches.push(Launch {
                state: if launch == 3 { State::Error } else { State::Ok },
                ..Launch::of(&key, launch)
            });
            for round in 1..=50 {
                measured.samples.push(Sample {
                    key: shared.clone(),
                    role: Role::Variant,
                    launch,
                    replica: None,
                    round,
                    position: None,
                    calls: 10,
                    elapsed_ns: f64::from(round) * 10.0 * if launch == 3 { 100.0 } else { 1.0 },
                    gc_count: None,
                    gc_pause_ns: None,
                    switches: None,
                    flags: Stage::Actual,
                });
            }
            for (name, value) in [
                ("cpus", 2.0),
                ("exit_code", 0.0),
                ("peak", f64::from(launch)),
            ] {
                measured.counts.push(Count {
                    key: key.clone(),
                    launch,
                    name: name.to_string(),
                    value,
                    unit: "handles".to_string(),
                });
            }
        }
        let found = of(&measured);
        assert_eq!(found.len(), 1);
        let one = &found[0];
        assert_eq!((one.processes, one.count, one.cpus), (2, 100, Some(2)));
        assert_eq!((one.p50, one.largest), (25.5, 50.0));
        assert!((one.p99 - 50.0).abs() < 1e-9 && one.p90 < 46.0);
        let counts: Vec<_> = one
            .counts
            .iter()
            .map(|one| (one.name.as_str(), one.middle.median, one.unit.as_str()))
            .collect();
        // The launch that failed has the largest count.
        assert_eq!(counts, [("peak", 1.5, "handles")]);
    }
}
