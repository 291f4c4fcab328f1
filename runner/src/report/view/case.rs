//! The page of one case: its question, its chart, its tables, its evidence.

use std::collections::BTreeSet;

use anyhow::Result;
use serde::Serialize;

use super::controls::{self, ControlLine};
use super::drawing;
use super::groups::Group;
use super::labels::{self, Telling};
use super::unresolved::{self, StateCount};
use super::words::in_words;
use super::{Figure, Link, Source, family, sentence, verdicts};
use crate::engine::programs;
use crate::names::RowKey;
use crate::report::format::{self, plural};
use crate::report::measure::Measure;
use crate::report::params::Tuple;
use crate::row::Row;

mod columns;
mod crossing;
mod deployments;
mod events;
mod evidence;
mod ladder;
mod line;
mod matrix;
mod paired;
mod room;
mod startup;

use columns::Columns;
use crossing::CrossingView;
use deployments::DeploymentTables;
use events::EventTable;
use evidence::Fold;
use ladder::LadderView;
pub use line::{Line, Table};
use matrix::Matrix;
use paired::Paired;
use room::Room;
use startup::StartupTable;

#[derive(Debug, Serialize)]
pub struct CaseView {
    pub id: String,
    pub title: String,
    /// File name.
    pub page: String,
    pub family: String,
    pub family_anchor: String,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    pub question: String,
    pub rows: String,
    pub states: Vec<StateCount>,
    /// What was found, with intervals; empty where nothing was compared.
    pub sentence: String,
    /// How many comparisons have which verdict; empty where nothing was compared.
    pub verdicts: String,
    /// What controls of the case say against it.
    pub alarms: Vec<String>,
    pub controls: Vec<ControlLine>,
    /// Rows that two engines tell apart, and rows that both measured.
    pub disagreements: usize,
    pub told_twice: usize,
    /// At which params, and what the smallest and largest value are there.
    pub range: String,
    /// How the reference grows with the param that runs; empty where nothing does.
    pub growth: String,
    pub figures: Vec<Figure>,
    /// Totals from an empty call upwards.
    pub ladder: Option<LadderView>,
    /// Where two ways change places.
    pub crossings: Vec<CrossingView>,
    /// `Native signature`, `Reference`, ...: what the catalogue says, as code and as words.
    pub facts: Vec<(String, String, String)>,
    pub steps: Vec<String>,
    /// The rows in each deployment; absent for one.
    pub deployments: Option<DeploymentTables>,
    /// Percentiles of a program's events.
    pub events: Option<EventTable>,
    /// What a start-up program's start consists of.
    pub startup: Option<StartupTable>,
    /// Values of all params tuples on one screen; empty for one tuple.
    pub matrices: Vec<Matrix>,
    pub tables: Vec<Table>,
    /// Params tuples that the page has no room for; empty when it has all.
    pub tables_left: String,
    pub columns: Columns,
    /// The C# of the case.
    pub declared: Option<Fold>,
    /// Of the kernel and of the C#, and how to measure it again.
    pub hashes: Vec<(String, String)>,
    /// Generated sources that no row is named after.
    pub sources: Vec<Fold>,
    pub evidence_left: String,
}

impl CaseView {
    pub(super) fn of(source: &Source, group: &Group) -> Result<CaseView> {
        let case = &group.case;
        let telling = Telling::apart(group.rows.iter().copied());
        let mut tuples: Vec<&[&Row]> = group
            .rows
            .chunk_by(|a, b| a.key.params == b.key.params)
            .collect();
        let single = tuples.len() == 1;
        let mut matrices = if single {
            Vec::new()
        } else {
            matrix::all(source, group, &tuples, telling)
        };
        // Other deployments stand in a table of their own.
        let one = group.of_one_deployment();
        let (figures, growth) = drawing::case(source, &one)?;
        let controls = controls::of_case(source.controls, &case.id);
        let cells = matrices.iter().flat_map(|matrix| &matrix.lines);
        let cells = cells.map(|line| line.cells.len()).sum();
        let ladder = ladder::of(source, group)?;
        let crossings = crossing::of(source, group)?;
        let further = ladder.iter().map(|ladder| &ladder.figure);
        let further = further.chain(crossings.iter().map(|crossing| &crossing.figure));
        let mut room = Room::beside(
            figures.iter().chain(further),
            cells,
            controls.len(),
            group.is_paired(),
            evidence::any(source, group),
        );
        let fit = room.tables(tuples.iter().map(|rows| rows.len()));
        let left = tuples.split_off(fit).len();
        let mut folds = evidence::of(source, group, telling, room.rest());
        if let Some(matrix) = matrices.first_mut() {
            for line in &mut matrix.lines {
                line.evidence = folds.generated.remove(&line.variant).unwrap_or_default();
            }
        }
        let tables = tuples
            .into_iter()
            .map(|rows| Table::of(source, group, rows, single, &mut folds))
            .collect();
        let steps = case.steps.iter().map(|step| {
            format!(
                "Expected, not a finding, at {} {}: {}.",
                step.param,
                format::number(step.at),
                step.why.trim_end_matches('.')
            )
        });
        let told = || {
            let rows = group.rows.iter();
            rows.filter_map(|row| paired::disagrees(group, row))
        };
        Ok(CaseView {
            id: case.id.clone(),
            title: labels::case(&case.id),
            page: format!("{}.html", group.stem),
            family: case.family.clone(),
            family_anchor: family::anchor(&case.family),
            previous: None,
            next: None,
            question: case.question.clone(),
            rows: plural(group.all_rows().count(), "row"),
            states: unresolved::states(group.all_rows()),
            range: range(source, &one),
            growth,
            figures,
            ladder,
            crossings,
            sentence: sentence(source, group),
            verdicts: verdicts::counted(group.rows.iter().copied()),
            alarms: alarms(&controls),
            controls,
            disagreements: told().filter(|differ| *differ).count(),
            told_twice: told().count(),
            facts: facts(group),
            steps: steps.collect(),
            deployments: deployments::of(source, group),
            events: events::of(source, group),
            startup: startup::of(source, group),
            matrices,
            tables,
            tables_left: if left == 0 {
                String::new()
            } else {
                format!(
                    "{} without a table here, to keep the page small: rows.csv has them.",
                    plural(left, "params tuple")
                )
            },
            columns: Columns::of(source, group, telling),
            declared: folds.declared,
            hashes: hashes(group),
            sources: folds.others,
            evidence_left: folds.left,
        })
    }

    /// Every chart of the page.
    pub fn all_figures(&self) -> impl Iterator<Item = &Figure> {
        let ladder = self.ladder.iter().map(|ladder| &ladder.figure);
        let crossings = self.crossings.iter().map(|crossing| &crossing.figure);
        self.figures.iter().chain(ladder).chain(crossings)
    }

    /// Where a row stands: its anchor, or the page where it has none.
    pub fn place_of(&self, key: &RowKey) -> String {
        let key = key.to_string();
        let shown = self
            .tables
            .iter()
            .flat_map(|table| &table.lines)
            .any(|line| line.key == key || line.paired.twin_key == key);
        if shown {
            format!("{}#{key}", self.page)
        } else {
            self.page.clone()
        }
    }
}

/// What was found at the params tuple that stands for the case.
fn sentence(source: &Source, group: &Group) -> String {
    let rows = group.representative(source.first_implementation(), Measure::Ratio);
    let has_alarm = rows.iter().any(|row| source.has_alarm(&row.key));
    let said = sentence::of(&rows, &group.case.reference, has_alarm);
    let params = rows
        .first()
        .map_or(String::new(), |row| Tuple::parse(&row.key.params).words());
    if said.is_empty() || params.is_empty() {
        said
    } else {
        format!("At {params}: {said}")
    }
}

/// `same pointer at length 8, Rust kernel: ...`, those of the case.
fn alarms(controls: &[ControlLine]) -> Vec<String> {
    let failed = controls.iter().filter(|control| !control.alarm.is_empty());
    failed
        .map(|control| match control.place.as_str() {
            "" => format!("{}: {}", control.kind, control.alarm),
            place => format!("{}, {place}: {}", control.kind, control.alarm),
        })
        .collect()
}

fn facts(group: &Group) -> Vec<(String, String, String)> {
    let case = &group.case;
    let fact = |name: &str, code: &str, words: &str| {
        (name.to_string(), code.to_string(), words.to_string())
    };
    let of_a_program = group
        .all_rows()
        .all(|row| programs::kind_of(&row.key).is_some());
    let mut facts = vec![
        if of_a_program {
            fact("One event", "", &case.signature)
        } else {
            fact("Native signature", &case.signature, "")
        },
        fact("Reference", &case.reference, ""),
    ];
    if case.ops != "1" {
        let words = "native operations per call of the method";
        facts.push(fact("Operations", &case.ops, words));
    }
    for param in &case.params {
        let values = used(group, &param.name).join(" ");
        facts.push(fact(&format!("Param {}", param.name), &values, &param.what));
    }
    facts.push(fact("Guidance pages", "", &case.pages.join(", ")));
    facts.retain(|(_, code, words)| !code.is_empty() || !words.is_empty());
    facts
}

/// `Kernel, Rust`, `C#`: the hashes of what was measured, each once.
fn hashes(group: &Group) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |name: String, hash: &str| {
        if !hash.is_empty() && !found.iter().any(|(known, _)| *known == name) {
            found.push((name, hash.to_string()));
        }
    };
    for row in group.all_rows() {
        let language = labels::implementation(&row.key.implementation);
        add(
            format!("Kernels of the family, {language}"),
            &row.kernel_hash,
        );
        add("C# of the case".to_string(), &row.body_hash);
    }
    found
}

/// Values of a param that occur, in the order of the rows.
fn used(group: &Group, param: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let values = group
        .rows
        .iter()
        .filter_map(|row| Tuple::parse(&row.key.params).get(param).map(str::to_string));
    values.filter(|value| seen.insert(value.clone())).collect()
}

/// `At entry z, length 8, text ascii, Rust kernel: 9 ways, from ... to ...`
fn range(source: &Source, group: &Group) -> String {
    let measure = group.leading();
    let rows = group.representative(source.first_implementation(), measure);
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
    let mut words = in_words(&rows, measure);
    let reference = rows
        .iter()
        .find(|row| row.key.variant == group.case.reference);
    if let Some((row, said)) = reference.and_then(|row| Some((row, measure.words(row)?))) {
        words += &format!(" Reference, {}: {}.", labels::variant(&row.key), said);
    }
    if place.is_empty() {
        words
    } else {
        format!("{}: {words}", place.join(", "))
    }
}

/// The catalogue's words for a variant.
fn what<'a>(group: &'a Group, variant: &str) -> &'a str {
    let is_floor = |row: &&&Row| row.key.variant == "Native" && row.key.is_paired();
    if variant == "Native" && group.rows.iter().find(is_floor).is_some() {
        return "the same work called from a native loop, in the same rounds";
    }
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
