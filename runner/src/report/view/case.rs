//! One case: its question, its chart, its tables.

use anyhow::Result;
use serde::Serialize;

use super::drawing::{self, in_words, interval, interval_words, representative, span};
use super::labels::{self, Telling};
use super::{Figure, Group, Source};
use crate::report::format::{self, NONE, plural, rounded};
use crate::report::params::Tuple;
use crate::row::{Row, State};

mod matrix;

use matrix::Matrix;

#[derive(Debug, Serialize)]
pub struct CaseView {
    /// Stable anchor.
    pub id: String,
    pub title: String,
    pub question: String,
    /// `Signature`, `Reference`, ...: what the catalogue says.
    pub facts: Vec<(String, String)>,
    /// At which params, and what the smallest and largest value are there.
    pub range: String,
    pub figure: Option<Figure>,
    pub steps: Vec<String>,
    /// Values of all params tuples on one screen; empty for one tuple.
    pub matrices: Vec<Matrix>,
    pub tables: Vec<Table>,
    pub columns: Columns,
}

/// Which columns the tables have.
#[derive(Debug, Serialize)]
pub struct Columns {
    pub implementation: bool,
    /// Its heading: `deployment` or `job`.
    pub deployment: Option<String>,
    pub engine: bool,
    /// What a call is divided by, where that is not one.
    pub per_operation: Option<String>,
}

/// All rows of one params tuple.
#[derive(Debug, Serialize)]
pub struct Table {
    /// Empty when the case has no params.
    pub params: String,
    pub summary: String,
    pub caption: String,
    pub lines: Vec<Line>,
}

/// A row of `rows.csv`.
#[derive(Debug, Serialize)]
pub struct Line {
    /// The row key: stable anchor.
    pub key: String,
    pub variant: String,
    /// What the variant is, once per table and only where no matrix says it.
    pub what: String,
    pub is_reference: bool,
    pub implementation: String,
    pub deployment: String,
    pub engine: String,
    pub ns: String,
    pub interval: String,
    /// What the interval is over.
    pub basis: String,
    pub ns_per_operation: String,
    pub managed_bytes: String,
    pub code_bytes: String,
    pub state: String,
    pub reason: String,
    pub ok: bool,
}

impl CaseView {
    pub(super) fn of(source: &Source, group: &Group, file: String) -> Result<CaseView> {
        let case = &group.case;
        let telling = Telling::apart(group.rows.iter().copied());
        let tuples: Vec<&[&Row]> = group
            .rows
            .chunk_by(|a, b| a.key.params == b.key.params)
            .collect();
        let single = tuples.len() == 1;
        let known = |(name, text): (&str, &str)| {
            (!text.is_empty()).then(|| (name.to_string(), text.to_string()))
        };
        let steps = case
            .steps
            .iter()
            .map(|step| format!("{} {}: {}", step.param, format::number(step.at), step.why));
        Ok(CaseView {
            id: case.id.clone(),
            title: labels::case(&case.id),
            question: case.question.clone(),
            facts: [
                ("Native signature", &*case.signature),
                ("Reference", &*case.reference),
            ]
            .into_iter()
            .filter_map(known)
            .collect(),
            range: range(source, group),
            figure: drawing::case(source, group, file)?,
            steps: steps.collect(),
            matrices: if single {
                Vec::new()
            } else {
                matrix::all(source, group, &tuples, telling)
            },
            tables: tuples
                .into_iter()
                .map(|rows| Table::of(source, group, rows, single))
                .collect(),
            columns: Columns {
                implementation: telling.implementation,
                deployment: telling.deployment.then(|| {
                    if source.imported() {
                        "job"
                    } else {
                        "deployment"
                    }
                    .to_string()
                }),
                engine: telling.engine,
                per_operation: (case.ops != "1").then(|| case.ops.clone()),
            },
        })
    }
}

/// `At entry z, length 8, text ascii, Rust kernel: 9 ways, from ... to ...`
fn range(source: &Source, group: &Group) -> String {
    let rows = representative(source, group);
    let Some(first) = rows.first() else {
        return "No row of this case has a value.".to_string();
    };
    let params = Tuple::parse(&first.key.params).words();
    let mut place = vec![if params.is_empty() {
        params
    } else {
        format!("At {params}")
    }];
    if let Some(row) = rows.iter().find(|row| row.key.implementation != "-") {
        place.push(format!(
            "{} kernel",
            labels::implementation(&row.key.implementation)
        ));
    }
    place.retain(|part| !part.is_empty());
    let mut words = in_words(&rows);
    let reference = rows
        .iter()
        .find(|row| row.key.variant == group.case.reference);
    if let Some((row, ns)) = reference.and_then(|row| Some((row, row.ns_per_call.0?))) {
        words += &format!(
            " Reference, {}: {}.",
            labels::variant(&row.key),
            format::with_unit(ns, interval(row)).value
        );
    }
    if place.is_empty() {
        words
    } else {
        format!("{}: {words}", place.join(", "))
    }
}

/// The catalogue's words for a variant.
fn what<'a>(group: &'a Group, variant: &str) -> &'a str {
    if variant == "Native" {
        return "the same work called from native code, timed by criterion";
    }
    group
        .case
        .variants
        .iter()
        .find(|known| known.name == variant)
        .map_or("", |known| known.what.as_str())
}

impl Table {
    fn of(source: &Source, group: &Group, rows: &[&Row], single: bool) -> Table {
        let params = Tuple::parse(&rows[0].key.params).words();
        let name = labels::case(&group.case.id);
        let place = if params.is_empty() {
            name
        } else {
            format!("{name}, {params}")
        };
        let mut lines: Vec<Line> = Vec::new();
        for row in rows {
            let mut line = Line::of(source, group, row);
            let repeated = lines
                .last()
                .is_some_and(|above| above.variant == line.variant);
            if single && !repeated {
                line.what = what(group, &row.key.variant).to_string();
            }
            lines.push(line);
        }
        Table {
            params,
            summary: span(rows),
            caption: format!("{place}; {}.", interval_words(rows.iter().copied())),
            lines,
        }
    }
}

impl Line {
    fn of(source: &Source, group: &Group, row: &Row) -> Line {
        let key = &row.key;
        let ok = row.state == State::Ok;
        let number = |count: Option<u64>| count.map_or(NONE.to_string(), format::count);
        let shown = row.ns_per_call.0.map(|ns| rounded(ns, interval(row)));
        let ops = source.ops(key) as f64;
        let per_operation = row
            .ns_per_call
            .0
            .map(|ns| rounded(ns / ops, interval(row).map(|(lo, hi)| (lo / ops, hi / ops))).value);
        let part = |text: &str, words: fn(&str) -> String| {
            if text == "-" {
                NONE.to_string()
            } else {
                words(text)
            }
        };
        let none = || NONE.to_string();
        let (ns, interval) = shown.map_or((none(), String::new()), |shown| {
            (shown.value, shown.interval)
        });
        Line {
            key: key.to_string(),
            variant: labels::variant(key),
            what: String::new(),
            is_reference: key.variant == group.case.reference,
            implementation: part(&key.implementation, labels::implementation),
            deployment: part(&key.deployment, labels::deployment),
            engine: part(&key.engine, labels::engine),
            ns,
            interval: if interval.is_empty() {
                none()
            } else {
                interval
            },
            basis: basis(row),
            ns_per_operation: per_operation.unwrap_or_else(none),
            managed_bytes: number(row.managed_bytes),
            code_bytes: number(row.code_bytes),
            state: row.state.to_string(),
            reason: row.reason.clone(),
            ok,
        }
    }
}

fn basis(row: &Row) -> String {
    match row.launches {
        0 => NONE.to_string(),
        1 => format!("one launch, {}", plural(row.samples as usize, "sample")),
        launches => format!(
            "{}, {}",
            plural(launches as usize, "launch"),
            plural(row.samples as usize, "sample")
        ),
    }
}
