//! What the report says: rows, manifest and evidence turned into words, numbers and charts, once, for the pages and their
//! Markdown twin.

mod case;
mod drawing;
mod facts;
mod family;
mod groups;
mod labels;
mod unresolved;
mod words;

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use super::Place;
use super::chart::{Chart, Layout};
use super::format::plural;
use crate::evidence::Evidence;
use crate::manifest::{Manifest, Origin};
use crate::names::RowKey;
use crate::row::Row;

pub use case::{CaseView, Line, Table};
pub use facts::Fact;
pub use family::Family;
pub use unresolved::{StateCount, Unresolved};

/// The landing page, and what the pages of the cases share with it.
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
    pub families: Vec<Family>,
    pub unresolved: Vec<Unresolved>,
    /// Groups of such rows that the landing page has no room for; empty when there are none.
    pub unresolved_left: String,
    pub notes: Vec<String>,
    #[serde(skip)]
    pub cases: Vec<CaseView>,
    pub environment: Vec<Fact>,
    pub versions: Vec<Fact>,
    pub settings: Vec<Fact>,
    pub method: Vec<String>,
    pub run: Vec<Fact>,
    pub command: String,
    /// What stands before the name of a data file.
    pub data: &'static str,
    /// Whether what the engines wrote themselves can be reached from here.
    pub raw: bool,
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

/// A page of the report.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub page: String,
    pub title: String,
}

/// What every part of the view looks things up in.
struct Source<'a> {
    manifest: &'a Manifest,
    evidence: &'a Evidence,
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
    pub fn of(
        manifest: &Manifest,
        rows: &[Row],
        evidence: &Evidence,
        place: Place,
    ) -> Result<Page> {
        let ops = manifest
            .plan
            .rows
            .iter()
            .map(|planned| (&planned.key, planned.ops))
            .collect();
        let source = Source {
            manifest,
            evidence,
            ops,
        };
        let groups = groups::all(manifest, rows);
        let mut cases = groups
            .iter()
            .map(|group| CaseView::of(&source, group))
            .collect::<Result<Vec<CaseView>>>()?;
        family::join(&mut cases);
        let (unresolved, unresolved_left) = unresolved::all(rows, &cases);
        Ok(Page {
            heading: facts::heading(manifest),
            subtitle: facts::subtitle(manifest, rows, groups.len()),
            imported: source.imported(),
            rows: plural(rows.len(), "row"),
            states: unresolved::states(rows.iter()),
            no_findings: facts::no_findings(manifest, rows),
            landing: drawing::landing::figure(&source, &groups)?,
            families: family::all(&cases),
            unresolved,
            unresolved_left,
            notes: manifest.notes.clone(),
            cases,
            environment: facts::environment(manifest),
            versions: facts::versions(manifest),
            settings: facts::settings(manifest),
            method: facts::method(manifest, rows),
            run: facts::run(manifest),
            command: manifest.command.clone(),
            data: place.data(),
            raw: place == Place::Run,
        })
    }
}
