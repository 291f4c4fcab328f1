//! The rows of one params tuple as a table.

use serde::Serialize;

use super::Paired;
use super::evidence::{Fold, Folds};
use super::what;
use crate::manifest::Origin;
use crate::report::format::{self, NONE, plural, rounded};
use crate::report::params::Tuple;
use crate::report::view::Source;
use crate::report::view::groups::Group;
use crate::report::view::labels;
use crate::report::view::words::{interval, interval_words, span};
use crate::row::{Row, State};

/// All rows of one params tuple.
#[derive(Debug, Serialize)]
pub struct Table {
    /// Empty when the case has no params.
    pub params: String,
    pub summary: String,
    pub caption: String,
    pub lines: Vec<Line>,
    /// The command that measures these rows again; empty for an import.
    pub command: String,
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
    /// Allocations and frees of the native heap per call: `1 / 1`.
    pub native: String,
    pub code_bytes: String,
    /// Anchor of the machine code; empty where there is none.
    pub code_anchor: String,
    pub state: String,
    pub reason: String,
    pub ok: bool,
    pub paired: Paired,
    pub evidence: Vec<Fold>,
}

impl Table {
    pub(super) fn of(
        source: &Source,
        group: &Group,
        rows: &[&Row],
        single: bool,
        folds: &mut Folds,
    ) -> Table {
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
            // What a matrix above has shown is no longer among the folds.
            line.evidence
                .extend(folds.generated.remove(&row.key.variant).unwrap_or_default());
            line.evidence.extend(folds.code.remove(&row.key));
            line.code_anchor = folds.code_anchors.remove(&row.key).unwrap_or_default();
            lines.push(line);
        }
        Table {
            params,
            summary: span(rows, group.leading()),
            caption: format!("{place}; {}.", interval_words(rows.iter().copied())),
            lines,
            command: command(source, rows[0]),
        }
    }
}

/// `./lab run --profile standard --filter '^array_sum_i32/count=16/'`
fn command(source: &Source, row: &Row) -> String {
    if source.manifest.origin == Origin::Import {
        return String::new();
    }
    let profile = &source.manifest.plan.profile;
    let (case, params) = row.key.group();
    let mut filter = String::new();
    for c in format!("{case}/{params}/").chars() {
        if ".+*?()|[]{}^$\\".contains(c) {
            filter.push('\\');
        }
        filter.push(c);
    }
    format!("./lab run --profile {profile} --filter '^{filter}'")
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
            managed_bytes: number(group.either(row, |row| row.managed_bytes)),
            native: match (
                group.either(row, |row| row.native_allocs),
                group.either(row, |row| row.native_frees),
            ) {
                (None, None) => none(),
                (allocs, frees) => format!("{} / {}", number(allocs), number(frees)),
            },
            code_bytes: number(group.either(row, |row| row.code_bytes)),
            code_anchor: String::new(),
            state: row.state.to_string(),
            reason: row.reason.clone(),
            ok,
            paired: Paired::of(source, group, row),
            evidence: Vec::new(),
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
