//! The part file that `InteropLab.Bench` writes for each finished benchmark, and what it shares with the reader of other
//! projects' JSON: stages, launches, counts.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::names::RowKey;
use crate::row::State;
use crate::sample::{
    Body, COUNT_COLLECTIONS, COUNT_MANAGED_BYTES, Count, Launch, Measured, Role, Sample, Stage,
};

/// The only layout of a part this program reads.
const SCHEMA: u32 = 1;

#[derive(Deserialize)]
struct Part {
    key: RowKey,
    started: String,
    ended: String,
    success: bool,
    error: Option<String>,
    managed_bytes: Option<f64>,
    gc_count: Option<f64>,
    code_bytes: Option<u64>,
    code_hash: Option<String>,
    measurements: Vec<Measurement>,
}

#[derive(Deserialize)]
struct Measurement {
    launch: u32,
    mode: String,
    stage: String,
    iteration: u32,
    calls: u64,
    elapsed_ns: f64,
}

/// Read before anything else, so that a newer layout is called newer and not broken.
#[derive(Deserialize)]
struct Layout {
    schema: u32,
}

/// Reads one part file; `file_name` is for errors. A benchmark that failed is a launch with its reason, not an error.
pub fn read(bytes: &[u8], file_name: &str) -> Result<(RowKey, Measured)> {
    let Layout { schema } = parse(bytes, file_name)?;
    if schema != SCHEMA {
        bail!(
            "{file_name}: part layout {schema}, this program reads {SCHEMA}: rebuild runner and managed-bench together"
        );
    }
    let part: Part = parse(bytes, file_name)?;
    let key = part.key;
    let shared = Arc::new(key.clone());
    let mut samples = Vec::with_capacity(part.measurements.len());
    for (index, measurement) in part.measurements.iter().enumerate() {
        if measurement.calls == 0 {
            bail!("{file_name}: measurements[{index}] of {key} has no calls");
        }
        let stage = stage(&measurement.mode, &measurement.stage);
        // Our own runs subtract no overhead and drop no outlier, so the Result lines say the Actual ones again; kept, they
        // would be the only iterations an estimate looks at, and the same numbers would stand twice in samples.csv.
        if stage == Stage::Result {
            continue;
        }
        samples.push(sample(
            &shared,
            measurement.launch,
            measurement.iteration,
            measurement.calls,
            measurement.elapsed_ns,
            stage,
        ));
    }
    let failure = match (part.success, part.error) {
        (true, _) => None,
        (false, Some(error)) if !error.trim().is_empty() => Some(one_line(&error)),
        (false, _) => Some("BenchmarkDotNet reports a failure and no reason".to_string()),
    };
    let outcome = Outcome {
        started: part.started,
        ended: part.ended,
        failure,
        managed_bytes: part.managed_bytes,
        collections: part.gc_count,
        code_bytes: part.code_bytes,
        code_hash: part.code_hash,
    };
    let mut measured = Measured::default();
    outcome.record(&key, samples, &mut measured);
    Ok((key, measured))
}

fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8], file_name: &str) -> Result<T> {
    serde_json::from_slice(bytes)
        .map_err(|error| anyhow::anyhow!("{file_name}: not a part file: {error}"))
}

/// BenchmarkDotNet's mode and stage of an iteration. Its overhead loop is one stage here whatever it was doing, so that nothing
/// can take an empty loop for a measurement.
pub(super) fn stage(mode: &str, stage: &str) -> Stage {
    match (mode, stage) {
        ("Overhead", _) => Stage::Overhead,
        ("Workload", "Actual") => Stage::Actual,
        ("Workload", "Result") => Stage::Result,
        ("Workload", "Warmup") => Stage::Warmup,
        ("Workload", "Pilot") => Stage::Pilot,
        ("Workload", "Jitting") => Stage::Jitting,
        _ => Stage::Other,
    }
}

pub(super) fn sample(
    key: &Arc<RowKey>,
    launch: u32,
    round: u32,
    calls: u64,
    elapsed_ns: f64,
    stage: Stage,
) -> Sample {
    Sample {
        key: key.clone(),
        role: Role::Variant,
        launch,
        replica: None,
        round,
        position: None,
        calls,
        elapsed_ns,
        gc_count: None,
        gc_pause_ns: None,
        switches: None,
        flags: stage,
    }
}

/// What is known of a finished benchmark besides its iterations.
pub(super) struct Outcome {
    /// UTC, RFC 3339; empty where the file does not say.
    pub started: String,
    pub ended: String,
    /// Why there is no result.
    pub failure: Option<String>,
    /// Per call.
    pub managed_bytes: Option<f64>,
    pub collections: Option<f64>,
    pub code_bytes: Option<u64>,
    /// Of the disassembly, addresses masked.
    pub code_hash: Option<String>,
}

impl Outcome {
    /// Adds the benchmark: its samples, one line per launch, counts and body.
    pub fn record(self, key: &RowKey, samples: Vec<Sample>, into: &mut Measured) {
        let measures = |sample: &Sample| matches!(sample.flags, Stage::Actual | Stage::Result);
        let failure = self.failure.or_else(|| {
            let none = !samples.iter().any(measures);
            none.then(|| "BenchmarkDotNet finished without a measured iteration".to_string())
        });
        let mut launches: BTreeSet<u32> = samples.iter().map(|sample| sample.launch).collect();
        if launches.is_empty() {
            launches.insert(1);
        }
        // BenchmarkDotNet keeps memory and code of the last process it started.
        let last = *launches.last().expect("at least one launch");
        into.launches.extend(launches.iter().map(|&launch| Launch {
            started: self.started.clone(),
            ended: self.ended.clone(),
            state: if failure.is_some() {
                State::Error
            } else {
                State::Ok
            },
            reason: failure.clone().unwrap_or_default(),
            ..Launch::of(key, launch)
        }));
        for (name, value, unit) in [
            (COUNT_MANAGED_BYTES, self.managed_bytes, "bytes"),
            (COUNT_COLLECTIONS, self.collections, "collections"),
        ] {
            if let Some(value) = value.filter(|value| value.is_finite()) {
                into.counts.push(Count {
                    key: key.clone(),
                    launch: last,
                    name: name.to_string(),
                    value,
                    unit: unit.to_string(),
                });
            }
        }
        if let Some(size_bytes) = self.code_bytes {
            into.bodies.push(Body {
                key: key.clone(),
                launch: last,
                replica: None,
                tier: None,
                address_mod_64: None,
                size_bytes: Some(size_bytes),
                code_hash: self.code_hash,
            });
        }
        into.samples.extend(samples);
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
