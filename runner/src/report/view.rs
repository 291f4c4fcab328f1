//! What the report says: rows and manifest turned into words, numbers and charts, once, for the page and its Markdown twin.

mod case;
mod drawing;
mod facts;
mod labels;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde::Serialize;

use super::chart::{Chart, Layout};
use super::format::plural;
use crate::manifest::{CaseRecord, Manifest, Origin};
use crate::names::RowKey;
use crate::row::{Row, State};

pub use case::{CaseView, Line, Table};
pub use facts::Fact;

#[derive(Debug, Serialize)]
pub struct Page {
    pub heading: String,
    pub subtitle: String,
    pub imported: bool,
    pub rows: String,
    pub states: Vec<StateCount>,
    /// Why there are no findings.
    pub no_findings: String,
    pub landing: Option<Figure>,
    pub unresolved: Vec<Unresolved>,
    pub notes: Vec<String>,
    pub cases: Vec<CaseView>,
    pub environment: Vec<Fact>,
    pub versions: Vec<Fact>,
    pub settings: Vec<Fact>,
    pub method: Vec<String>,
    pub run: Vec<Fact>,
    pub command: String,
}

#[derive(Debug, Serialize)]
pub struct StateCount {
    pub text: String,
    pub ok: bool,
}

/// A chart in all its forms.
#[derive(Debug, Serialize)]
pub struct Figure {
    pub file: String,
    /// How to read it and what is not in it.
    pub caption: Vec<String>,
    pub wide: String,
    pub narrow: String,
    #[serde(skip)]
    pub standalone: String,
}

impl Figure {
    fn of(chart: &Chart, file: String, caption: Vec<String>) -> Result<Figure> {
        Ok(Figure {
            file,
            caption,
            wide: chart.inline(Layout::Wide)?,
            narrow: chart.inline(Layout::Narrow)?,
            standalone: chart.file()?,
        })
    }
}

/// Rows without a value that share a state and a reason.
#[derive(Debug, Serialize)]
pub struct Unresolved {
    pub state: String,
    pub reason: String,
    pub rows: Vec<String>,
}

/// A case's record and its rows, in the order a reader expects.
struct Group<'a> {
    case: CaseRecord,
    rows: Vec<&'a Row>,
}

/// What every part of the view looks things up in.
struct Source<'a> {
    manifest: &'a Manifest,
    ops: BTreeMap<&'a RowKey, u64>,
}

impl Source<'_> {
    fn imported(&self) -> bool {
        self.manifest.origin == Origin::Import
    }

    /// Native operations per call of the body.
    fn ops(&self, key: &RowKey) -> u64 {
        self.ops.get(key).copied().unwrap_or(1).max(1)
    }

    /// The implementation that charts with room for one show: the first of the plan.
    fn first_implementation(&self) -> &str {
        self.manifest
            .plan
            .implementations
            .first()
            .map_or("-", String::as_str)
    }
}

impl Page {
    pub fn of(manifest: &Manifest, rows: &[Row]) -> Result<Page> {
        let ops = manifest
            .plan
            .rows
            .iter()
            .map(|planned| (&planned.key, planned.ops))
            .collect();
        let source = Source { manifest, ops };
        let groups = groups(manifest, rows);
        let mut files = BTreeSet::from(["landing.svg".to_string()]);
        let cases = groups
            .iter()
            .map(|group| CaseView::of(&source, group, file_name(&group.case.id, &mut files)))
            .collect::<Result<Vec<CaseView>>>()?;
        Ok(Page {
            heading: facts::heading(manifest),
            subtitle: facts::subtitle(manifest, rows, groups.len()),
            imported: source.imported(),
            rows: plural(rows.len(), "row"),
            states: states(rows),
            no_findings: facts::no_findings(manifest, rows),
            landing: drawing::landing(&source, &groups)?,
            unresolved: unresolved(rows),
            notes: manifest.notes.clone(),
            cases,
            environment: facts::environment(manifest),
            versions: facts::versions(manifest),
            settings: facts::settings(manifest),
            method: facts::method(manifest, rows),
            run: facts::run(manifest),
            command: manifest.command.clone(),
        })
    }
}

/// Cases in the manifest's order, then those it does not know; rows by params, variant, implementation.
fn groups<'a>(manifest: &Manifest, rows: &'a [Row]) -> Vec<Group<'a>> {
    let mut by_case: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_case.entry(&row.key.case).or_default().push(row);
    }
    let mut groups = Vec::new();
    for case in &manifest.cases {
        if let Some(rows) = by_case.remove(case.id.as_str()) {
            groups.push(Group {
                case: case.clone(),
                rows,
            });
        }
    }
    for (id, rows) in by_case {
        let unknown = String::new;
        let case = CaseRecord {
            id: id.to_string(),
            family: unknown(),
            question: unknown(),
            signature: unknown(),
            reference: unknown(),
            ops: "1".to_string(),
            pages: Vec::new(),
            params: Vec::new(),
            variants: Vec::new(),
            steps: Vec::new(),
        };
        groups.push(Group { case, rows });
    }
    for Group { case, rows } in &mut groups {
        rows.sort_by(|a, b| labels::compare(&a.key, &b.key, case, &manifest.plan.implementations));
    }
    groups
}

/// The worst first: what somebody should look at, before what was never going to have a value.
fn severity(state: State) -> u8 {
    match state {
        State::Error => 0,
        State::EndsTheProcess => 1,
        State::Contended => 2,
        State::NotMeasurable => 3,
        State::NotPermitted => 4,
        State::NotMeasuredYet => 5,
        State::NotApplicable => 6,
        State::Ok => 7,
    }
}

fn states(rows: &[Row]) -> Vec<StateCount> {
    let mut counts: BTreeMap<(u8, State), usize> = BTreeMap::new();
    for row in rows {
        let rank = if row.state == State::Ok {
            0
        } else {
            1 + severity(row.state)
        };
        *counts.entry((rank, row.state)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|((_, state), count)| StateCount {
            text: format!("{count} {state}"),
            ok: state == State::Ok,
        })
        .collect()
}

fn unresolved(rows: &[Row]) -> Vec<Unresolved> {
    let mut groups: BTreeMap<(u8, State, &str, &str), BTreeSet<&RowKey>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.state != State::Ok) {
        groups
            .entry((severity(row.state), row.state, &row.key.case, &row.reason))
            .or_default()
            .insert(&row.key);
    }
    groups
        .into_iter()
        .map(|((_, state, _, reason), keys)| Unresolved {
            state: state.to_string(),
            reason: if reason.is_empty() {
                "no reason was recorded".to_string()
            } else {
                reason.to_string()
            },
            rows: keys.into_iter().map(ToString::to_string).collect(),
        })
        .collect()
}

/// A case's SVG: its id where that is a file name, otherwise the nearest name that is free.
fn file_name(case: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-=+,.".contains(c);
    // 120: with an ending, under the 255 bytes that file systems allow, and under the 143 of an encrypted one.
    let base: String = case
        .chars()
        .map(|c| if plain(c) { c } else { '_' })
        .take(120)
        .collect();
    let base = base.trim_start_matches('.');
    let mut name = format!("{base}.svg");
    let mut number = 2;
    // In lower case, because some file systems cannot tell a case's letters apart.
    while !taken.insert(name.to_lowercase()) {
        name = format!("{base}~{number}.svg");
        number += 1;
    }
    name
}
