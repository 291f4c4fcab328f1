//! Anybody's series: columns `series`, `time` or `index`, `value`, and where there are some `lower` and `upper`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;

use super::changes::benjamini_hochberg;
use super::text::sparkline;
use crate::report::format::plural;
use crate::row::seven_digits;
use crate::stats::steps::{self, FEWEST, LEVEL, Settings};
use crate::terminal::{align_right, plain, table_text};

/// A series by its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Foreign {
    pub name: String,
    pub points: Vec<Point>,
    pub steps: Vec<Step>,
    /// Of a series without a step; adjusted for the number of series.
    pub p_adjusted: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// As in the file.
    pub time: String,
    pub value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
}

/// A change of level; positions are indices into the points, and the true one is in 95 % between `from` and `to`, both first points
/// after the step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    pub at: usize,
    pub time: String,
    pub from: usize,
    pub to: usize,
    pub before: f64,
    pub after: f64,
    pub change: f64,
    pub change_interval: Option<(f64, f64)>,
    /// Points of the levels before and after.
    pub points: (usize, usize),
    pub p: f64,
}

/// Reads the file and searches every series. `least` is the smallest change of level that counts, as a share of the level before.
pub fn find(path: &Path, least: f64, seed: u64) -> Result<Vec<Foreign>> {
    let mut all = read(path)?;
    for (at, series) in all.iter_mut().enumerate() {
        let values: Vec<f64> = series.points.iter().map(|point| point.value).collect();
        let settings = Settings {
            level: LEVEL,
            least: 0.0,
            seed: seed.wrapping_add(at as u64),
        };
        let found = steps::steps(&values, &settings).into_iter();
        let counts = |step: &steps::Step| step.size().abs() > least * step.before.abs();
        series.steps = found
            .filter(counts)
            .map(|step| Step {
                at: step.at,
                time: series.points[step.at].time.clone(),
                from: step.lo,
                to: step.hi,
                before: step.before,
                after: step.after,
                change: step.size(),
                change_interval: step.change,
                points: step.points,
                p: step.p,
            })
            .collect();
    }
    let smallest: Vec<f64> = all
        .iter()
        .map(|series| series.steps.iter().map(|step| step.p).fold(1.0, f64::min))
        .collect();
    for (series, adjusted) in all.iter_mut().zip(benjamini_hochberg(&smallest)) {
        series.p_adjusted = adjusted;
        if adjusted > LEVEL {
            series.steps.clear();
        }
    }
    Ok(all)
}

/// Series in order of name; points in order of time where times are numbers, else in the file's order. A line without a value is a
/// gap.
fn read(path: &Path) -> Result<Vec<Foreign>> {
    let name = path.display();
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path)
        .with_context(|| format!("cannot read {name}"))?;
    let header = reader
        .headers()
        .with_context(|| format!("{name}: no header"))?
        .clone();
    let column = |wanted: &str| {
        header.iter().position(|other| {
            let other = other.trim_start_matches('\u{feff}');
            other.eq_ignore_ascii_case(wanted)
        })
    };
    let value = column("value")
        .with_context(|| format!("{name}: no column value; it has {}", columns(&header)))?;
    let time = column("time").or(column("index"));
    let time = time.with_context(|| {
        format!(
            "{name}: no column time or index; it has {}",
            columns(&header)
        )
    })?;
    let (series, lower, upper) = (column("series"), column("lower"), column("upper"));
    let mut found: BTreeMap<String, Vec<Point>> = BTreeMap::new();
    for (index, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => bail!("{name}: {}", plainly(&error)),
        };
        let line = record.position().map_or(index as u64 + 2, |at| at.line());
        let number = |at: Option<usize>| -> Result<Option<f64>> {
            let text = at.and_then(|at| record.get(at)).unwrap_or_default();
            if text.is_empty() {
                return Ok(None);
            }
            match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(Some(number)),
                _ => bail!("{name}:{line}: '{text}' is not a number"),
            }
        };
        let Some(of) = number(Some(value))? else {
            continue;
        };
        let key = series.and_then(|at| record.get(at)).unwrap_or("value");
        found.entry(key.to_string()).or_default().push(Point {
            time: record.get(time).unwrap_or_default().to_string(),
            value: of,
            lower: number(lower)?,
            upper: number(upper)?,
        });
    }
    ensure!(!found.is_empty(), "{name}: no values below the header");
    Ok(found
        .into_iter()
        .map(|(name, mut points)| {
            let times: Option<Vec<f64>> = points.iter().map(|p| p.time.parse().ok()).collect();
            if times.is_some_and(|times| times.iter().all(|time| time.is_finite())) {
                let time = |point: &Point| point.time.parse::<f64>().unwrap_or_default();
                points.sort_by(|a, b| time(a).total_cmp(&time(b)));
            }
            Foreign {
                name,
                points,
                steps: Vec::new(),
                p_adjusted: 1.0,
            }
        })
        .collect())
}

fn columns(header: &csv::StringRecord) -> String {
    header.iter().collect::<Vec<&str>>().join(", ")
}

/// The library's message without its own repetition of positions.
fn plainly(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos: Some(at),
            expected_len,
            len,
        } => format!(
            "line {}: {len} cells, the header has {expected_len}",
            at.line()
        ),
        csv::ErrorKind::Utf8 { pos: Some(at), .. } => format!("line {}: not UTF-8", at.line()),
        _ => error.to_string(),
    }
}

/// A line per series, and one per step.
pub fn text(all: &[Foreign]) -> String {
    let mut table = plain(["series", "points", "last", "course", "steps"]);
    align_right(&mut table, 1..3);
    for series in all {
        let values: Vec<f64> = series.points.iter().map(|point| point.value).collect();
        table.add_row([
            series.name.clone(),
            values.len().to_string(),
            values
                .last()
                .map_or(String::new(), |last| seven_digits(*last)),
            sparkline(&scaled(&values)),
            series.steps.len().to_string(),
        ]);
    }
    let mut text = table_text(&table);
    for series in all {
        for step in &series.steps {
            let time = |at: usize| series.points[at.min(series.points.len() - 1)].time.as_str();
            let interval = step.change_interval.map_or(String::new(), |(lo, hi)| {
                format!(" [{}, {}]", seven_digits(lo), seven_digits(hi))
            });
            let _ = writeln!(
                text,
                "{}: at {} (between {} and {}) from {} to {}, by {}{interval}, p {:.1e}, over {} and {}",
                series.name,
                step.time,
                time(step.from.saturating_sub(1)),
                time(step.to),
                seven_digits(step.before),
                seven_digits(step.after),
                seven_digits(step.change),
                step.p,
                step.points.0,
                plural(step.points.1, "point")
            );
        }
    }
    let short = all
        .iter()
        .filter(|series| series.points.len() < 2 * FEWEST)
        .count();
    if short > 0 {
        let _ = writeln!(
            text,
            "{} with fewer than {} points: too short for a step",
            plural(short, "series"),
            2 * FEWEST
        );
    }
    text
}

/// Between 0 and 1, for a picture.
fn scaled(values: &[f64]) -> Vec<f64> {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = if most > least { most - least } else { 1.0 };
    values.iter().map(|value| (value - least) / range).collect()
}
