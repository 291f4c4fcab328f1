//! BenchmarkDotNet's full JSON of any project, as `lab import` reads it: every benchmark and every iteration of the file, none
//! merged, none dropped in silence.
//!
//! What the file does not hold is not guessed: operations per invoke are already inside its `Operations`, and the job exists only
//! as text.

#[cfg(test)]
mod broken;
mod imported;
mod json;
mod naming;
#[cfg(test)]
mod tests;

pub use self::imported::Imported;
pub(in crate::engine) use self::imported::{add_param, add_variant};

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use anyhow::{Result, anyhow};
use serde_json::Value;

use self::imported::TITLE;
use self::json::{Benchmark, File, Iteration};
use self::naming::{Naming, encode_value};
use super::part::{self, Outcome};
use crate::manifest::PlannedRow;
use crate::names::{RowKey, encode};
use crate::sample::Sample;

/// Reads a full JSON file; `file_name` is for errors and warnings. A benchmark that failed is a row without samples whose launch
/// says why, not an error.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Imported> {
    let file = json::parse(bytes)
        .map_err(|error| anyhow!("{file_name}: not BenchmarkDotNet's full JSON: {error}"))?;
    let environment = environment(&file);
    let benchmarks = file.benchmarks.ok_or_else(|| {
        anyhow!("{file_name}: not BenchmarkDotNet's full JSON: it has no list 'Benchmarks'")
    })?;
    let iterations = benchmarks
        .iter()
        .flat_map(|benchmark| &benchmark.measurements)
        .map(Vec::len);
    let mut reader = Reader {
        file_name,
        imported: Imported {
            environment,
            ..Imported::default()
        },
        next_number: HashMap::new(),
    };
    // Samples are by far the most of it: growing by doubling would take twice their size.
    reader
        .imported
        .measured
        .samples
        .reserve_exact(iterations.sum());
    if benchmarks.is_empty() {
        reader.warn("holds no benchmark");
    }
    for (index, benchmark) in benchmarks.into_iter().enumerate() {
        reader.benchmark(index, benchmark)?;
    }
    Ok(reader.imported)
}

/// The host information as flat text; a nested number keeps its path, `ChronometerFrequency.Hertz`.
fn environment(file: &File) -> BTreeMap<String, String> {
    fn flatten(name: &str, value: &Value, into: &mut BTreeMap<String, String>) {
        match value {
            Value::Null => (),
            Value::String(text) => drop(into.insert(name.to_string(), text.clone())),
            Value::Object(fields) => fields
                .iter()
                .for_each(|(field, value)| flatten(&format!("{name}.{field}"), value, into)),
            other => drop(into.insert(name.to_string(), other.to_string())),
        }
    }
    let mut environment = BTreeMap::new();
    for (name, value) in file.host_environment_info.iter().flatten() {
        flatten(name, value, &mut environment);
    }
    if let Some(title) = &file.title {
        environment.insert(TITLE.to_string(), title.clone());
    }
    environment
}

struct Reader<'a> {
    file_name: &'a str,
    imported: Imported,
    /// Row key without a number -> the number to try next.
    next_number: HashMap<RowKey, u32>,
}

impl Reader<'_> {
    fn benchmark(&mut self, index: usize, benchmark: Benchmark) -> Result<()> {
        let file_name = self.file_name;
        let naming = Naming::of(&benchmark)
            .ok_or_else(|| anyhow!("{file_name}: Benchmarks[{index}] has no Type or no Method"))?;
        let key = self.key(&naming);
        self.describe(&key, &naming);
        let outcome = Outcome {
            started: String::new(),
            ended: String::new(),
            failure: failure(&benchmark),
            managed_bytes: managed_bytes(&benchmark),
            collections: collections(&benchmark),
            code_bytes: code_bytes(&benchmark),
            code_hash: None,
        };
        let written = benchmark.measurements.unwrap_or_default();
        let shared = Arc::new(key.clone());
        let samples: Vec<Sample> = written
            .iter()
            .filter_map(|one| sample(&shared, one))
            .collect();
        let unusable = written.len() - samples.len();
        if unusable > 0 {
            self.warn(&format!(
                "{key}: left out {unusable} iterations without operations or without a time"
            ));
        }
        outcome.record(&key, samples, &mut self.imported.measured);
        self.imported.rows.push(PlannedRow {
            key,
            ops: 1,
            not_applicable: None,
            refused: None,
            not_permitted: None,
        });
        Ok(())
    }

    /// The row's key. Two benchmarks of a file never share one: BenchmarkDotNet shortens long param values, and two jobs may
    /// carry one name. A job's number follows what is encoded, so it cannot be mistaken for a part of the name.
    fn key(&mut self, naming: &Naming) -> RowKey {
        let job = encode(&naming.job);
        let plain = RowKey {
            case: format!("bdn:{}", encode(&naming.type_name)),
            params: naming.params_text(),
            variant: encode(&naming.method),
            implementation: "-".to_string(),
            deployment: job.clone(),
            engine: "bdn".to_string(),
        };
        let mut number = self.next_number.get(&plain).copied().unwrap_or(1);
        let first = number;
        let label = loop {
            let label = if number == 1 {
                job.clone()
            } else {
                format!("{job}~{number}")
            };
            let other = self.imported.settings.get(&label);
            if other.is_none_or(|settings| *settings == naming.job_settings) {
                break label;
            }
            number += 1;
        };
        self.next_number.insert(plain.clone(), number + 1);
        if number > first {
            self.warn(&format!(
                "{plain}: another job of that name has other settings, kept as {label}"
            ));
        } else if number > 1 {
            self.warn(&format!("{plain}: occurs again, kept as {label}"));
        }
        self.imported
            .settings
            .entry(label.clone())
            .or_insert_with(|| naming.job_settings.clone());
        RowKey {
            deployment: label,
            ..plain
        }
    }

    fn describe(&mut self, key: &RowKey, naming: &Naming) {
        let case = self.imported.case(&key.case, "bdn");
        add_variant(
            case,
            &key.variant,
            if naming.title == naming.method {
                ""
            } else {
                &naming.title
            },
        );
        for (name, value) in &naming.params {
            add_param(case, &encode(name), &encode_value(value));
        }
    }

    fn warn(&mut self, what: &str) {
        self.imported
            .warnings
            .push(format!("{}: {what}", self.file_name));
    }
}

fn sample(key: &Arc<RowKey>, one: &Iteration) -> Option<Sample> {
    let usable = one.operations >= 1.0 && one.elapsed_ns.is_finite();
    usable.then(|| {
        part::sample(
            key,
            one.launch,
            one.index,
            one.operations as u64,
            one.elapsed_ns,
            one.stage,
        )
    })
}

fn failure(benchmark: &Benchmark) -> Option<String> {
    let iterations = benchmark.measurements.as_ref().map_or(0, Vec::len);
    let reason = match (benchmark.statistics.is_some(), iterations) {
        (true, 0) => {
            "the file has statistics but no iterations: export with JsonExporter.Full".to_string()
        }
        (true, _) => return None,
        (false, 0) => {
            "BenchmarkDotNet measured nothing: the benchmark was not built or not started"
                .to_string()
        }
        (false, _) => format!(
            "BenchmarkDotNet has no result: the benchmark failed after {iterations} iterations"
        ),
    };
    Some(reason)
}

fn managed_bytes(benchmark: &Benchmark) -> Option<f64> {
    benchmark
        .memory
        .as_ref()?
        .bytes_allocated_per_operation
        .finite()
}

/// Generation 0 alone: BenchmarkDotNet copies `GC.CollectionCount`, which counts a collection in every generation below its own
/// too. Nothing for a benchmark that failed before it was counted.
fn collections(benchmark: &Benchmark) -> Option<f64> {
    let memory = benchmark.memory.as_ref()?;
    memory
        .total_operations
        .finite()
        .filter(|&operations| operations > 0.0)?;
    memory.gen0_collections.finite()
}

fn code_bytes(benchmark: &Benchmark) -> Option<u64> {
    let metric = benchmark.metrics.iter().flatten().find(|metric| {
        metric
            .descriptor
            .as_ref()
            .and_then(|descriptor| descriptor.id.as_deref())
            == Some("Native Code Size")
    })?;
    metric
        .value
        .finite()
        .filter(|&size| size > 0.0)
        .map(|size| size as u64)
}
