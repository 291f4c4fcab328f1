//! All params tuples of a case on one screen: a line per way, a column per tuple.

use serde::Serialize;

use super::evidence::Fold;
use super::what;
use crate::names::RowKey;
use crate::report::format::{NONE, rounded};
use crate::report::measure::Measure;
use crate::report::params::Tuple;
use crate::report::view::Source;
use crate::report::view::groups::Group;
use crate::report::view::labels::{self, Telling};
use crate::report::view::words::interval;
use crate::row::{Row, State};
use crate::verdict::Verdict;

#[derive(Debug, Serialize)]
pub struct Matrix {
    pub caption: String,
    /// Names of the params that vary: `entry, length, text`.
    pub params: String,
    pub columns: Vec<String>,
    pub lines: Vec<MatrixLine>,
}

#[derive(Debug, Serialize)]
pub struct MatrixLine {
    #[serde(skip)]
    pub variant: String,
    pub way: String,
    pub what: String,
    pub is_reference: bool,
    pub cells: Vec<Cell>,
    /// Generated sources of the variant, at its first line.
    pub evidence: Vec<Fold>,
}

#[derive(Debug, Serialize)]
pub struct Cell {
    pub text: String,
    pub ok: bool,
}

/// Of times per call; of times per operation where a call is not one; and of ratios, where rows are compared.
pub fn all(source: &Source, group: &Group, tuples: &[&[&Row]], telling: Telling) -> Vec<Matrix> {
    let mut matrices = vec![Matrix::of(
        source,
        group,
        tuples,
        telling,
        "ns per call",
        |row| time(row, 1.0),
    )];
    if group.case.ops != "1" {
        let unit = format!("ns per operation: per call / {}", group.case.ops);
        let mut per_operation = Matrix::of(source, group, tuples, telling, &unit, |row| {
            time(row, source.ops(&row.key) as f64)
        });
        // The table above has said it.
        for line in &mut per_operation.lines {
            line.what.clear();
        }
        matrices.push(per_operation);
    }
    if group.is_paired() && !group.case.reference.is_empty() {
        let unit = format!("ratio to {}, with the verdict", group.case.reference);
        let mut ratios = Matrix::of(source, group, tuples, telling, &unit, |row| {
            against(group, row)
        });
        for line in &mut ratios.lines {
            line.what.clear();
        }
        ratios
            .lines
            .retain(|line| line.cells.iter().any(|cell| cell.ok));
        matrices.push(ratios);
    }
    matrices
}

impl Matrix {
    fn of(
        source: &Source,
        group: &Group,
        tuples: &[&[&Row]],
        telling: Telling,
        unit: &str,
        text: impl Fn(&Row) -> Cell,
    ) -> Matrix {
        let parsed: Vec<Tuple> = tuples
            .iter()
            .map(|rows| Tuple::parse(&rows[0].key.params))
            .collect();
        let varies = |name: &str| {
            parsed
                .iter()
                .any(|tuple| tuple.get(name) != parsed[0].get(name))
        };
        let names: Vec<String> = parsed[0]
            .0
            .iter()
            .map(|(name, _)| name.clone())
            .filter(|name| varies(name))
            .collect();
        let fixed: Vec<String> = parsed[0]
            .0
            .iter()
            .filter(|(name, _)| !varies(name))
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        let column = |tuple: &Tuple| {
            names
                .iter()
                .filter_map(|name| tuple.get(name))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut lines: Vec<MatrixLine> = Vec::new();
        let mut above = "";
        for key in ways(group, &source.manifest.plan.implementations) {
            let cells = tuples.iter().map(|rows| {
                let row = rows.iter().find(|row| same_way(&row.key, key));
                row.map_or_else(no_row, |row| text(row))
            });
            lines.push(MatrixLine {
                variant: key.variant.clone(),
                way: telling.label(key),
                what: if key.variant == above {
                    String::new()
                } else {
                    what(group, &key.variant).to_string()
                },
                is_reference: key.variant == group.case.reference,
                cells: cells.collect(),
                evidence: Vec::new(),
            });
            above = &key.variant;
        }
        let place: Vec<String> = [labels::case(&group.case.id)]
            .into_iter()
            .chain(fixed)
            .collect();
        let unplanned = lines
            .iter()
            .flat_map(|line| &line.cells)
            .any(|cell| cell.text == NONE);
        let dash = if unplanned {
            format!("; {NONE} where there is no such row")
        } else {
            String::new()
        };
        Matrix {
            caption: format!("{}: {unit}{dash}", place.join(", ")),
            params: if parsed[0].0.iter().all(|(name, _)| name.is_empty()) {
                "params".to_string()
            } else {
                names.join(", ")
            },
            columns: parsed.iter().map(column).collect(),
            lines,
        }
    }
}

fn no_row() -> Cell {
    Cell {
        text: NONE.to_string(),
        ok: false,
    }
}

/// `1.23 slower`, `tie`, `reference`.
fn against(group: &Group, row: &Row) -> Cell {
    let text = match (row.verdict, Measure::Ratio.text(row)) {
        _ if row.state != State::Ok => row.state.to_string(),
        (Some(Verdict::Equivalent), _) => "tie".to_string(),
        (Some(verdict), Some(ratio)) => format!("{} {verdict}", ratio.value),
        (None, Some(ratio)) => ratio.value,
        _ if row.key.is_paired() && row.key.variant == group.case.reference => {
            "reference".to_string()
        }
        _ => return no_row(),
    };
    Cell {
        text,
        ok: row.state == State::Ok,
    }
}

fn time(row: &Row, by: f64) -> Cell {
    match row.ns_per_call.0 {
        Some(ns) => Cell {
            text: rounded(ns / by, interval(row).map(|(lo, hi)| (lo / by, hi / by))).value,
            ok: true,
        },
        None => Cell {
            text: row.state.to_string(),
            ok: false,
        },
    }
}

fn same_way(a: &RowKey, b: &RowKey) -> bool {
    (&a.variant, &a.implementation, &a.deployment, &a.engine)
        == (&b.variant, &b.implementation, &b.deployment, &b.engine)
}

/// A key per way, whatever its params, in the order of a table.
fn ways<'a>(group: &Group<'a>, implementations: &[String]) -> Vec<&'a RowKey> {
    let mut ways: Vec<&RowKey> = Vec::new();
    for row in &group.rows {
        if !ways.iter().any(|known| same_way(known, &row.key)) {
            ways.push(&row.key);
        }
    }
    ways.sort_by(|a, b| labels::way(a, b, &group.case, implementations));
    ways
}
