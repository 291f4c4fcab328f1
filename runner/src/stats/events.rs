//! Events of bounded programs: pauses, waits and times whose tails matter as much as their middle.

use std::collections::{BTreeMap, BTreeSet};

use super::quantile::{ascending, quantile};
use crate::engine::bounded::output::{COUNT_CPUS, COUNT_EXIT_CODE};
use crate::names::{BOUNDED, RowKey};
use crate::row::State;
use crate::sample::{Count, Measured};

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
    /// Median over processes of what is not a time: name, value, unit.
    pub counts: Vec<(String, f64, String)>,
}

/// One line per row of a program that told of events, in key order.
pub fn of(measured: &Measured) -> Vec<Events> {
    let mut failed: BTreeMap<RowKey, BTreeSet<u32>> = BTreeMap::new();
    for launch in &measured.launches {
        if launch.engine == BOUNDED && launch.state != State::Ok {
            failed
                .entry(launch.key())
                .or_default()
                .insert(launch.launch);
        }
    }
    let is_failed = |key: &RowKey, launch: u32| {
        failed
            .get(key)
            .is_some_and(|launches| launches.contains(&launch))
    };
    let mut times: BTreeMap<&RowKey, (BTreeSet<u32>, Vec<f64>)> = BTreeMap::new();
    for sample in measured
        .samples
        .iter()
        .filter(|one| one.key.engine == BOUNDED)
    {
        if sample.calls > 0 && !is_failed(&sample.key, sample.launch) {
            let (launches, values) = times.entry(&sample.key).or_default();
            launches.insert(sample.launch);
            values.push(sample.ns_per_call());
        }
    }
    let mut counts: BTreeMap<&RowKey, Vec<&Count>> = BTreeMap::new();
    for count in &measured.counts {
        if times.contains_key(&count.key) {
            counts.entry(&count.key).or_default().push(count);
        }
    }
    times
        .into_iter()
        .map(|(key, (launches, values))| {
            let values = ascending(values);
            let own = counts.remove(key).unwrap_or_default();
            let median = |name: &str| {
                let values = own.iter().filter(|count| count.name == name);
                let values = ascending(values.map(|count| count.value).collect());
                (!values.is_empty()).then(|| quantile(&values, 0.5))
            };
            let mut names: Vec<(&str, &str)> = own
                .iter()
                .map(|count| (count.name.as_str(), count.unit.as_str()))
                .filter(|(name, _)| ![COUNT_EXIT_CODE, COUNT_CPUS].contains(name))
                .collect();
            names.sort_unstable();
            names.dedup();
            Events {
                key: key.clone(),
                processes: launches.len(),
                count: values.len(),
                p50: quantile(&values, 0.5),
                p90: quantile(&values, 0.9),
                p99: quantile(&values, 0.99),
                largest: quantile(&values, 1.0),
                cpus: median(COUNT_CPUS).map(|cpus| cpus as u64),
                counts: names
                    .into_iter()
                    .filter_map(|(name, unit)| {
                        Some((name.to_string(), median(name)?, unit.to_string()))
                    })
                    .collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::sample::{Launch, Role, Sample, Stage};

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
        assert_eq!(
            one.counts,
            [("peak".to_string(), 2.0, "handles".to_string())]
        );
    }
}
