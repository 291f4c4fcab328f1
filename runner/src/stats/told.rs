//! What the processes of programs told, without those that failed.

use std::collections::{BTreeMap, BTreeSet};

use super::median;
use super::quantile::ascending;
use crate::engine::programs::output::{COUNT_CPUS, COUNT_EXIT_CODE};
use crate::names::RowKey;
use crate::row::State;
use crate::sample::{Count, Measured, Sample};

/// Of one row.
#[derive(Default)]
pub(super) struct Told<'a> {
    pub(super) samples: Vec<&'a Sample>,
    pub(super) counts: Vec<&'a Count>,
}

/// The middle of some processes, with an interval for it; with too few of them from the least to the largest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Middle {
    pub median: f64,
    pub lo: f64,
    pub hi: f64,
    pub processes: usize,
}

impl Middle {
    /// `None` of none.
    pub fn of(values: Vec<f64>) -> Option<Middle> {
        let values = ascending(values);
        let (first, last) = (*values.first()?, *values.last()?);
        let (lo, hi) = median::interval(&values).unwrap_or((first, last));
        Some(Middle {
            median: median::median(&values),
            lo,
            hi,
            processes: values.len(),
        })
    }

    /// An interval of 95 %, where there are processes enough for one.
    pub fn interval(&self) -> Option<(f64, f64)> {
        median::interval_rank(self.processes).map(|_| (self.lo, self.hi))
    }
}

/// What is not a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    pub name: String,
    pub unit: String,
    pub middle: Middle,
}

/// By row of an engine, in key order.
pub(super) fn by<'a>(engine: &str, measured: &'a Measured) -> BTreeMap<&'a RowKey, Told<'a>> {
    let mut failed: BTreeMap<RowKey, BTreeSet<u32>> = BTreeMap::new();
    for launch in &measured.launches {
        if launch.engine == engine && launch.state != State::Ok {
            failed
                .entry(launch.key())
                .or_default()
                .insert(launch.launch);
        }
    }
    let is_good = |key: &RowKey, launch: u32| {
        let failed = failed.get(key);
        key.engine == engine && !failed.is_some_and(|launches| launches.contains(&launch))
    };
    let mut told: BTreeMap<&RowKey, Told> = BTreeMap::new();
    for sample in &measured.samples {
        if sample.calls > 0 && is_good(&sample.key, sample.launch) {
            told.entry(&sample.key).or_default().samples.push(sample);
        }
    }
    for count in &measured.counts {
        if is_good(&count.key, count.launch) {
            told.entry(&count.key).or_default().counts.push(count);
        }
    }
    told
}

impl Told<'_> {
    /// Every count, in order of name, but for what tells of the process itself.
    pub(super) fn counted(&self) -> Vec<Counted> {
        let mut values: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
        for count in &self.counts {
            if ![COUNT_EXIT_CODE, COUNT_CPUS].contains(&count.name.as_str()) {
                let of_name = values.entry((&count.name, &count.unit)).or_default();
                of_name.push(count.value);
            }
        }
        let middles = values.into_iter().filter_map(|((name, unit), values)| {
            Some(Counted {
                name: name.to_string(),
                unit: unit.to_string(),
                middle: Middle::of(values)?,
            })
        });
        middles.collect()
    }

    pub(super) fn count(&self, name: &str) -> Option<f64> {
        let values = self.counts.iter().filter(|count| count.name == name);
        Middle::of(values.map(|count| count.value).collect()).map(|middle| middle.median)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_processes_have_their_extremes() {
        let middle = |values: &[f64]| Middle::of(values.to_vec());
        assert_eq!(middle(&[]), None);
        let three = middle(&[3.0, 1.0, 2.0]).unwrap();
        assert_eq!((three.median, three.lo, three.hi), (2.0, 1.0, 3.0));
        assert!(three.interval().is_none());
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        let ten = middle(&ten).unwrap();
        assert_eq!((ten.median, ten.lo, ten.hi), (5.5, 2.0, 9.0));
        assert!(ten.interval().is_some());
    }
}
