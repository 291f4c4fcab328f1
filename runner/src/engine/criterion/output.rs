//! criterion's own files, one pair per benchmark: `benchmark.json` says which it is, `sample.json` what was measured.
//!
//! A linear sample and a flat one differ in how criterion chose the iterations, not in what a pair of iterations and time says,
//! so both are read alike.

use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use serde::Deserialize;

use crate::engine::bdn::export::Imported;
use crate::manifest::{PlannedRow, VariantRecord};
use crate::names::{RowKey, encode, is_case_id};
use crate::sample::{Launch, Role, Sample, Stage};

/// Which benchmark it is, as criterion names it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Id {
    pub group_id: String,
    pub function_id: Option<String>,
    pub value_str: Option<String>,
    pub full_id: String,
}

/// One sample: so many calls took so long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timing {
    pub calls: u64,
    pub elapsed_ns: f64,
}

/// criterion keeps both as floating-point numbers; times are in nanoseconds.
#[derive(Deserialize)]
struct SavedSample {
    iters: Vec<f64>,
    times: Vec<f64>,
}

/// Reads one benchmark; `file_name` names the pair in errors.
pub fn read(
    sample_json: &[u8],
    benchmark_json: &[u8],
    file_name: &str,
) -> Result<(Id, Vec<Timing>)> {
    let id: Id = serde_json::from_slice(benchmark_json)
        .map_err(|error| anyhow!("{file_name}: not criterion's benchmark.json: {error}"))?;
    let sample: SavedSample = serde_json::from_slice(sample_json)
        .map_err(|error| anyhow!("{file_name}: not criterion's sample.json: {error}"))?;
    let name = &id.full_id;
    let SavedSample { iters, times } = sample;
    if iters.len() != times.len() {
        bail!(
            "{file_name}: {name}: sample.json has {} iters and {} times",
            iters.len(),
            times.len()
        );
    }
    if iters.is_empty() {
        bail!("{file_name}: {name}: sample.json has no samples");
    }
    let timing = |(index, (calls, elapsed_ns)): (usize, (f64, f64))| {
        let whole = calls >= 1.0 && calls.fract() == 0.0;
        if !(whole && elapsed_ns.is_finite() && elapsed_ns >= 0.0) {
            bail!(
                "{file_name}: {name}: sample.json: iters[{index}] = {calls}, times[{index}] = {elapsed_ns}"
            );
        }
        Ok(Timing {
            calls: calls as u64,
            elapsed_ns,
        })
    };
    let timings = iters
        .into_iter()
        .zip(times)
        .enumerate()
        .map(timing)
        .collect::<Result<_>>()?;
    Ok((id, timings))
}

impl Id {
    /// The key of a floor of our own, whose full id is `case/params/impl`.
    pub fn floor_key(&self) -> Result<RowKey> {
        let parts: Vec<&str> = self.full_id.split('/').collect();
        match parts[..] {
            [case, params, implementation]
                if is_case_id(case) && !params.is_empty() && !implementation.is_empty() =>
            {
                Ok(RowKey {
                    case: case.to_string(),
                    params: params.to_string(),
                    variant: "Native".to_string(),
                    implementation: implementation.to_string(),
                    deployment: "-".to_string(),
                    engine: "criterion".to_string(),
                })
            }
            _ => bail!(
                "criterion benchmark '{}' is not a floor: expected case/params/impl",
                self.full_id
            ),
        }
    }

    /// The key of anybody's benchmark. Its parts are kept apart, because a full id does not say which slash separates them.
    pub fn imported_key(&self) -> RowKey {
        let part = |text: &Option<String>| encode(text.as_deref().unwrap_or_default());
        RowKey {
            case: format!("criterion:{}", encode(&self.group_id)),
            params: part(&self.value_str),
            variant: part(&self.function_id),
            implementation: "-".to_string(),
            deployment: "-".to_string(),
            engine: "criterion".to_string(),
        }
    }
}

/// Somebody's benchmark as an import of one row. criterion does not say on which machine it was measured.
pub fn import(sample_json: &[u8], benchmark_json: &[u8], file_name: &str) -> Result<Imported> {
    let (id, timings) = read(sample_json, benchmark_json, file_name)?;
    let key = id.imported_key();
    let mut imported = Imported::default();
    imported.measured.samples = samples(&key, Role::Variant, 1, &timings);
    imported.measured.launches = vec![Launch::of(&key, 1)];
    let case = imported.case(&key.case, "criterion");
    case.variants.push(VariantRecord {
        name: key.variant.clone(),
        what: String::new(),
    });
    imported.rows.push(PlannedRow {
        key,
        ops: 1,
        not_applicable: None,
        refused: None,
        not_permitted: None,
    });
    Ok(imported)
}

/// The timings as samples of one launch: criterion measures a benchmark in one process.
pub fn samples(key: &RowKey, role: Role, launch: u32, timings: &[Timing]) -> Vec<Sample> {
    let shared = Arc::new(key.clone());
    let sample = |(round, timing): (u32, &Timing)| Sample {
        key: shared.clone(),
        role,
        launch,
        replica: None,
        round,
        position: None,
        calls: timing.calls,
        elapsed_ns: timing.elapsed_ns,
        gc_count: None,
        gc_pause_ns: None,
        switches: None,
        flags: Stage::Actual,
    };
    (1..).zip(timings).map(sample).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINEAR: &[u8] = include_bytes!("../../../tests/fixtures/criterion/floor/sample.json");
    const FLOOR: &[u8] = include_bytes!("../../../tests/fixtures/criterion/floor/benchmark.json");
    const FLAT: &[u8] = include_bytes!("../../../tests/fixtures/criterion/import/sample.json");
    const IMPORT: &[u8] = include_bytes!("../../../tests/fixtures/criterion/import/benchmark.json");

    #[test]
    fn a_floor_of_ours() {
        let (id, timings) = read(LINEAR, FLOOR, "floor").unwrap();
        let key = id.floor_key().unwrap();
        let text = "string_utf8_in/entry=z,length=8,text=ascii/Native/rust/-/criterion";
        assert_eq!(key.to_string(), text);
        let samples = samples(&key, Role::Native, 2, &timings);
        let read: Vec<_> = samples
            .iter()
            .map(|sample| (sample.launch, sample.round, sample.calls, sample.elapsed_ns))
            .collect();
        assert_eq!(
            read,
            [
                (2, 1, 5120, 31180.0),
                (2, 2, 10240, 62055.0),
                (2, 3, 15360, 93790.5)
            ]
        );
        assert!(
            samples
                .iter()
                .all(|sample| sample.role == Role::Native && sample.flags == Stage::Actual)
        );
    }

    #[test]
    fn somebody_elses_benchmark() {
        let (id, timings) = read(FLAT, IMPORT, "import").unwrap();
        assert_eq!(
            id.imported_key().to_string(),
            "criterion:Hash%2Fmd5/64%20KiB/-/-/-/criterion"
        );
        assert_eq!(
            timings[1],
            Timing {
                calls: 2,
                elapsed_ns: 240123.0
            }
        );
        assert_eq!(timings.len(), 2);
        let imported = import(FLAT, IMPORT, "import").unwrap();
        assert_eq!(
            (
                imported.rows.len(),
                imported.measured.samples.len(),
                imported.measured.launches.len()
            ),
            (1, 2, 1)
        );
        assert_eq!(imported.rows[0].key, id.imported_key());
        assert_eq!(imported.cases[0].variants[0].name, "-");
        assert!(
            id.floor_key()
                .unwrap_err()
                .to_string()
                .contains("Hash/md5/64 KiB")
        );
    }

    #[test]
    fn errors_name_the_pair_and_the_place() {
        let message =
            |sample: &[u8], benchmark: &[u8]| read(sample, benchmark, "x").unwrap_err().to_string();
        assert!(message(&LINEAR[..20], FLOOR).starts_with("x: not criterion's sample.json: "));
        assert!(
            message(LINEAR, b"{}").starts_with("x: not criterion's benchmark.json: missing field")
        );
        let name = "x: string_utf8_in/entry=z,length=8,text=ascii/rust: sample.json";
        for (sample, end) in [
            (
                r#"{"iters": [1.0, 2.0], "times": [1.0]}"#,
                " has 2 iters and 1 times",
            ),
            (r#"{"iters": [], "times": []}"#, " has no samples"),
            (
                r#"{"iters": [1.0, 0.0], "times": [1.0, 5.0]}"#,
                ": iters[1] = 0, times[1] = 5",
            ),
            (
                r#"{"iters": [1.5], "times": [1.0]}"#,
                ": iters[0] = 1.5, times[0] = 1",
            ),
            (
                r#"{"iters": [1.0], "times": [-1.0]}"#,
                ": iters[0] = 1, times[0] = -1",
            ),
        ] {
            assert_eq!(message(sample.as_bytes(), FLOOR), format!("{name}{end}"));
        }
    }
}
