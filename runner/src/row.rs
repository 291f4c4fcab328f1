//! A row: the answer to one question, with its interval and its state. The only code that reads and writes `rows.csv`.

use std::fmt;
use std::io::{Read, Write};

use anyhow::{Context, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::names::RowKey;
use crate::verdict::Verdict;

/// Whether a row has a value, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum State {
    #[serde(rename = "ok")]
    Ok,
    #[serde(rename = "error")]
    Error,
    #[serde(rename = "not applicable")]
    NotApplicable,
    #[serde(rename = "not permitted")]
    NotPermitted,
    #[serde(rename = "not measurable")]
    NotMeasurable,
    #[serde(rename = "contended")]
    Contended,
    #[serde(rename = "ends the process")]
    EndsTheProcess,
    #[serde(rename = "not measured yet")]
    NotMeasuredYet,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            State::Ok => "ok",
            State::Error => "error",
            State::NotApplicable => "not applicable",
            State::NotPermitted => "not permitted",
            State::NotMeasurable => "not measurable",
            State::Contended => "contended",
            State::EndsTheProcess => "ends the process",
            State::NotMeasuredYet => "not measured yet",
        })
    }
}

/// A number in `rows.csv`: seven significant digits, empty when there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Num(pub Option<f64>);

impl From<Option<f64>> for Num {
    fn from(value: Option<f64>) -> Self {
        Num(value)
    }
}

impl Serialize for Num {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.map(seven_digits).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Num {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.is_empty() {
            return Ok(Num(None));
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Num(Some(value))),
            _ => Err(serde::de::Error::custom(format!(
                "'{text}' is not a number"
            ))),
        }
    }
}

/// `value` with seven significant digits, without trailing zeros: `5.84`, `1234567`, `0.0001234567`.
pub fn seven_digits(value: f64) -> String {
    // Through the exponent form, because Rust's `{:.N}` counts decimals, not digits.
    let rounded: f64 = format!("{value:.6e}")
        .parse()
        .expect("a formatted number parses");
    format!("{rounded}")
}

/// One line of `rows.csv`. Times are nanoseconds per call of the method body; `_lo` and `_hi` are ends of a 95 % interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub key: RowKey,
    pub state: State,
    /// Why there is no value or no verdict, in one line.
    #[serde(default)]
    pub reason: String,
    /// Processes that gave a value.
    pub launches: u32,
    /// Samples in the estimate.
    pub samples: u32,
    pub ns_per_call: Num,
    pub ns_lo: Num,
    pub ns_hi: Num,
    /// The variant that the ratios are to; empty where there is none. The reference's own row has no ratio.
    #[serde(default)]
    pub reference: String,
    /// Time over the reference's: the mean over placements, with Yuen's interval at ten launches or more, else Student's.
    #[serde(default)]
    pub ratio: Num,
    #[serde(default)]
    pub ratio_lo: Num,
    #[serde(default)]
    pub ratio_hi: Num,
    /// Student's interval of the same.
    #[serde(default)]
    pub ratio_t_lo: Num,
    #[serde(default)]
    pub ratio_t_hi: Num,
    /// The same at the best placement of both.
    #[serde(default)]
    pub ratio_best: Num,
    #[serde(default)]
    pub ratio_best_lo: Num,
    #[serde(default)]
    pub ratio_best_hi: Num,
    /// Nanoseconds over an empty managed call, from the same rounds.
    #[serde(default)]
    pub over_managed_ns: Num,
    #[serde(default)]
    pub over_managed_lo: Num,
    #[serde(default)]
    pub over_managed_hi: Num,
    #[serde(default)]
    pub over_managed_t_lo: Num,
    #[serde(default)]
    pub over_managed_t_hi: Num,
    /// Nanoseconds over the native floor, from the same rounds.
    #[serde(default)]
    pub over_native_ns: Num,
    #[serde(default)]
    pub over_native_lo: Num,
    #[serde(default)]
    pub over_native_hi: Num,
    #[serde(default)]
    pub over_native_t_lo: Num,
    #[serde(default)]
    pub over_native_t_hi: Num,
    /// The smallest true effect that gets a verdict in 90 % of runs like this one, in percent of the reference.
    #[serde(default)]
    pub mde_percent: Num,
    /// Share of the group's rounds that no neighbour disturbed.
    #[serde(default)]
    pub quiet_share: Num,
    /// Both modes in ns per call, `5.84|7.01`, where launches fall into two; empty otherwise.
    #[serde(default)]
    pub modes: String,
    /// Beside the reference; absent for the reference itself, for floors and for engines that compare nothing.
    #[serde(default)]
    pub verdict: Option<Verdict>,
    /// Bytes allocated on the managed heap, per call.
    pub managed_bytes: Option<u64>,
    pub native_allocs: Option<u64>,
    pub native_frees: Option<u64>,
    /// Size of the compiled method body.
    pub code_bytes: Option<u64>,
    pub gc_count: Option<u64>,
    #[serde(default)]
    pub kernel_hash: String,
    #[serde(default)]
    pub body_hash: String,
    /// Nanoseconds over the reference, from the same rounds.
    #[serde(default)]
    pub difference_ns: Num,
    #[serde(default)]
    pub difference_lo: Num,
    #[serde(default)]
    pub difference_hi: Num,
    /// Launches that would decide an inconclusive comparison; empty otherwise.
    #[serde(default)]
    pub launches_needed: Option<u32>,
}

impl Row {
    /// A row without a value.
    pub fn without_value(key: RowKey, state: State, reason: impl Into<String>) -> Self {
        Row {
            key,
            state,
            reason: reason.into(),
            launches: 0,
            samples: 0,
            ns_per_call: Num(None),
            ns_lo: Num(None),
            ns_hi: Num(None),
            reference: String::new(),
            ratio: Num(None),
            ratio_lo: Num(None),
            ratio_hi: Num(None),
            ratio_t_lo: Num(None),
            ratio_t_hi: Num(None),
            ratio_best: Num(None),
            ratio_best_lo: Num(None),
            ratio_best_hi: Num(None),
            over_managed_ns: Num(None),
            over_managed_lo: Num(None),
            over_managed_hi: Num(None),
            over_managed_t_lo: Num(None),
            over_managed_t_hi: Num(None),
            over_native_ns: Num(None),
            over_native_lo: Num(None),
            over_native_hi: Num(None),
            over_native_t_lo: Num(None),
            over_native_t_hi: Num(None),
            mde_percent: Num(None),
            quiet_share: Num(None),
            modes: String::new(),
            verdict: None,
            managed_bytes: None,
            native_allocs: None,
            native_frees: None,
            code_bytes: None,
            gc_count: None,
            kernel_hash: String::new(),
            body_hash: String::new(),
            difference_ns: Num(None),
            difference_lo: Num(None),
            difference_hi: Num(None),
            launches_needed: None,
        }
    }
}

/// Writes `rows.csv`, header first.
pub fn write_rows(rows: &[Row], to: impl Write) -> Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(to);
    for row in rows {
        writer.serialize(row)?;
    }
    writer.flush()?;
    Ok(())
}

/// Reads `rows.csv`; columns it does not know are ignored. `name` is the file's name for errors.
pub fn read_rows(from: impl Read, name: &str) -> Result<Vec<Row>> {
    let mut reader = csv::Reader::from_reader(from);
    reader
        .deserialize()
        .enumerate()
        .map(|(index, row)| row.with_context(|| format!("{name}: row {}", index + 1)))
        .collect()
}
