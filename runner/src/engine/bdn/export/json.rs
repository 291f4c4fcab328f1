//! The file as BenchmarkDotNet writes it. Straight into typed values: a 40 MB file has some 200,000 iterations, and a tree of
//! them would take ten times their size.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, Visitor};
use serde_json::Value;

use crate::engine::bdn::part;
use crate::sample::Stage;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct File {
    pub title: Option<String>,
    pub host_environment_info: Option<BTreeMap<String, Value>>,
    pub benchmarks: Option<Vec<Benchmark>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Benchmark {
    pub display_info: Option<String>,
    pub namespace: Option<String>,
    #[serde(rename = "Type")]
    pub type_name: Option<String>,
    pub method: Option<String>,
    pub method_title: Option<String>,
    pub parameters: Option<String>,
    pub full_name: Option<String>,
    /// Only whether it is there: every number of it is computed again from the iterations.
    pub statistics: Option<IgnoredAny>,
    pub memory: Option<Memory>,
    pub measurements: Option<Vec<Iteration>>,
    pub metrics: Option<Vec<Metric>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Memory {
    #[serde(default)]
    pub gen0_collections: Number,
    #[serde(default)]
    pub total_operations: Number,
    #[serde(default)]
    pub bytes_allocated_per_operation: Number,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Metric {
    #[serde(default)]
    pub value: Number,
    pub descriptor: Option<Descriptor>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Descriptor {
    pub id: Option<String>,
}

/// One entry of `Measurements`.
pub(super) struct Iteration {
    pub stage: Stage,
    pub launch: u32,
    pub index: u32,
    /// NaN where the file has none.
    pub operations: f64,
    pub elapsed_ns: f64,
}

impl<'de> Deserialize<'de> for Iteration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Written<'a> {
            #[serde(borrow, default)]
            iteration_mode: Cow<'a, str>,
            #[serde(borrow, default)]
            iteration_stage: Cow<'a, str>,
            #[serde(default)]
            launch_index: Number,
            #[serde(default)]
            iteration_index: Number,
            #[serde(default)]
            operations: Number,
            #[serde(default)]
            nanoseconds: Number,
        }
        let written = Written::deserialize(deserializer)?;
        Ok(Iteration {
            stage: part::stage(&written.iteration_mode, &written.iteration_stage),
            // A float cast saturates and takes NaN for 0: no number in the file can do harm here.
            launch: written.launch_index.finite().unwrap_or(1.0) as u32,
            index: written.iteration_index.0 as u32,
            operations: written.operations.0,
            elapsed_ns: written.nanoseconds.0,
        })
    }
}

/// A number, or NaN for what stands in its place: BenchmarkDotNet writes NaN and infinities as an empty string.
#[derive(Clone, Copy)]
pub(super) struct Number(pub f64);

impl Default for Number {
    fn default() -> Self {
        Number(f64::NAN)
    }
}

impl Number {
    pub fn finite(self) -> Option<f64> {
        Some(self.0).filter(|value| value.is_finite())
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberVisitor;
        impl Visitor<'_> for NumberVisitor {
            type Value = Number;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }
            fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
                Ok(Number(value))
            }
            fn visit_u64<E: Error>(self, value: u64) -> Result<Number, E> {
                Ok(Number(value as f64))
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<Number, E> {
                Ok(Number(value as f64))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
                Ok(Number(text.parse().unwrap_or(f64::NAN)))
            }
            fn visit_unit<E: Error>(self) -> Result<Number, E> {
                Ok(Number::default())
            }
        }
        deserializer.deserialize_any(NumberVisitor)
    }
}

pub(super) fn parse(bytes: &[u8]) -> Result<File, serde_json::Error> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    serde_json::from_slice(bytes).or_else(|error| match without_bare_nan(bytes) {
        Some(mended) => serde_json::from_slice(&mended),
        None => Err(error),
    })
}

/// `bytes` with an empty string where a bare NaN or infinity stands, which some JSON writers put into statistics; `None` when
/// there is none. Positions stay, so that a later error still names the right column.
fn without_bare_nan(bytes: &[u8]) -> Option<Vec<u8>> {
    const TOKENS: [&[u8]; 3] = [b"NaN", b"-Infinity", b"Infinity"];
    let mut mended = bytes.to_vec();
    let (mut at, mut in_string, mut found) = (0, false, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            _ if in_string => (),
            _ => {
                if let Some(token) = TOKENS.iter().find(|token| bytes[at..].starts_with(token)) {
                    mended[at..at + token.len()].fill(b' ');
                    mended[at..at + 2].fill(b'"');
                    at += token.len() - 1;
                    found = true;
                }
            }
        }
        at += 1;
    }
    found.then_some(mended)
}
