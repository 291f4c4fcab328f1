//! What the report says: rows, manifest and evidence turned into words, numbers and charts, once, for the pages and their
//! Markdown twin.

mod band;
mod case;
mod certificate;
pub(crate) mod claims;
mod controls;
mod drawing;
mod effect;
mod facts;
mod family;
mod findings;
pub(crate) mod groups;
mod labels;
mod sentence;
mod startup;
mod unresolved;
mod verdicts;
mod words;

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use super::Place;
use super::chart::{Chart, Layout};
use super::format::plural;
use super::measure::Measure;
use crate::claims::ClaimFinding;
use crate::control::Control;
use crate::evidence::Evidence;
use crate::manifest::{Manifest, Origin};
use crate::names::RowKey;
use crate::row::Row;

pub use case::{CaseView, Line, Table};
pub use certificate::CertificateView;
pub use claims::{Answers, ClaimsView};
pub use controls::ControlsView;
pub use facts::Fact;
pub use family::Family;
pub use findings::Finding;
pub use startup::StartupView;
pub use unresolved::{StateCount, Unresolved};

/// The landing page, and what the pages of the cases share with it.
#[derive(Debug, Serialize)]
pub struct Page {
    pub heading: String,
    pub subtitle: String,
    pub imported: bool,
    pub rows: String,
    pub states: Vec<StateCount>,
    /// How many comparisons have which verdict; empty where nothing was compared.
    pub verdicts: String,
    pub controls: Option<ControlsView>,
    /// What the lab knew of the machine when the run began.
    pub certificate: Option<CertificateView>,
    /// What is known of the claims; absent where there are none.
    pub claims: Option<ClaimsView>,
    /// The other runs of a publication, on the page of its first.
    pub parts: Vec<PartLink>,
    /// From another run's pages to the first page of the publication; empty on that itself.
    pub up: String,
    /// What starts consist of; absent where no start-up program ran.
    pub startup: Option<StartupView>,
    pub findings: Vec<Finding>,
    /// Where two engines differ on an absolute time: case by case.
    pub disagreements: Vec<Disagreement>,
    /// Rows with a verdict that is no tie, the worst first, for the twin.
    #[serde(skip)]
    pub worst: Vec<Worst>,
    /// Why there are no findings; empty where there are.
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
    /// Whether the run has paired rows.
    pub levels: bool,
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

/// A further run of a publication.
#[derive(Debug, Serialize)]
pub struct PartLink {
    pub page: String,
    /// Name of its folder.
    pub title: String,
    pub subtitle: String,
    pub states: String,
}

/// What every part of the view looks things up in.
struct Source<'a> {
    manifest: &'a Manifest,
    evidence: &'a Evidence,
    controls: &'a [Control],
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

    /// What the stripe of [`Source::band`] is, in words.
    fn stripe(&self, rows: &[&Row], measure: Measure) -> Option<String> {
        band::words(self.controls, rows, measure, self.first_implementation())
    }

    /// Where a copy of the reference of these rows, all of one params tuple, may stand.
    fn band(&self, rows: &[&Row], measure: Measure) -> Option<(f64, f64)> {
        band::of(self.controls, rows, measure, self.first_implementation())
    }

    /// Whether a control casts doubt on a row.
    fn has_alarm(&self, key: &RowKey) -> bool {
        self.alarms(key).next().is_some()
    }

    fn alarms(&self, key: &RowKey) -> impl Iterator<Item = &str> {
        self.controls
            .iter()
            .filter(move |control| controls::is_about(control, key, self.first_implementation()))
            .map(|control| control.alarm.as_str())
            .filter(|alarm| !alarm.is_empty())
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

/// How many rows of a case two engines tell apart by more than 5 % and 0.5 ns.
#[derive(Debug, Serialize)]
pub struct Disagreement {
    pub case: Link,
    pub rows: String,
}

fn disagreements(cases: &[CaseView]) -> Vec<Disagreement> {
    let told = cases.iter().filter(|case| case.disagreements > 0);
    told.map(|case| Disagreement {
        case: family::link(case),
        rows: format!("{} of {}", case.disagreements, case.told_twice),
    })
    .collect()
}

/// A row whose verdict is worth a look.
#[derive(Debug)]
pub struct Worst {
    pub key: String,
    pub ratio: String,
    pub verdict: String,
}

/// More than these are read in the tables of the cases.
const WORST: usize = 40;

fn worst(cases: &[CaseView]) -> Vec<Worst> {
    let lines = cases
        .iter()
        .flat_map(|case| &case.tables)
        .flat_map(|table| &table.lines);
    let mut ranked: Vec<(u8, f64, &Line)> = lines
        .filter_map(|line| line.paired.rank.map(|(rank, size)| (rank, size, line)))
        .collect();
    ranked.sort_by(|a, b| {
        (a.0.cmp(&b.0))
            .then(b.1.total_cmp(&a.1))
            .then(a.2.key.cmp(&b.2.key))
    });
    let shown = ranked.into_iter().take(WORST);
    shown
        .map(|(_, _, line)| Worst {
            key: line.key.clone(),
            ratio: line.paired.ratio.clone(),
            verdict: line.paired.verdict.clone(),
        })
        .collect()
}

impl Page {
    /// The pages of the first run tell of the others, and answer claims that only those have rows for.
    pub fn lead(&mut self, claims: &[ClaimFinding], others: &[(String, &Page, &[ClaimFinding])]) {
        let folders: Vec<String> = others.iter().map(|(name, ..)| format!("{name}/")).collect();
        let mut answers = vec![Answers {
            findings: claims,
            cases: &self.cases,
            folder: "",
            run: "",
        }];
        for ((name, page, findings), folder) in others.iter().zip(&folders) {
            answers.push(Answers {
                findings,
                cases: &page.cases,
                folder,
                run: name,
            });
        }
        self.claims = ClaimsView::of(&answers);
        self.parts = others
            .iter()
            .map(|(name, page, _)| PartLink {
                page: format!("{name}/index.html"),
                title: name.clone(),
                subtitle: page.subtitle.clone(),
                states: page.rows.clone(),
            })
            .collect();
    }

    pub fn of(
        manifest: &Manifest,
        rows: &[Row],
        controls: &[Control],
        claims: &[ClaimFinding],
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
            controls,
            ops,
        };
        let groups = groups::all(manifest, rows);
        let mut cases = groups
            .iter()
            .map(|group| CaseView::of(&source, group))
            .collect::<Result<Vec<CaseView>>>()?;
        family::join(&mut cases);
        let findings = findings::all(&source, &groups, &cases);
        let (unresolved, unresolved_left) = unresolved::all(rows, &cases);
        Ok(Page {
            heading: facts::heading(manifest),
            subtitle: facts::subtitle(manifest, rows, groups.len()),
            imported: source.imported(),
            rows: plural(rows.len(), "row"),
            states: unresolved::states(rows.iter()),
            verdicts: verdicts::counted(rows.iter()),
            controls: controls::all(controls, &groups, &cases),
            certificate: evidence.certificate.as_ref().map(CertificateView::of),
            claims: ClaimsView::of(&[Answers {
                findings: claims,
                cases: &cases,
                folder: "",
                run: "",
            }]),
            parts: Vec::new(),
            up: String::new(),
            startup: StartupView::of(&source, &groups, &cases)?,
            no_findings: if findings.is_empty() {
                facts::no_findings(manifest, rows)
            } else {
                String::new()
            },
            findings,
            disagreements: disagreements(&cases),
            worst: worst(&cases),
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
            levels: rows.iter().any(|row| row.key.is_paired()),
        })
    }
}
