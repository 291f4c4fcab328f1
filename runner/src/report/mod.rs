//! The report: rows in, files out. A pure function of a run folder's manifest, rows, controls and evidence: no clock, no chance, no
//! environment, no file system, and the order of the rows does not matter.
//!
//! `view` decides what is said, `html` and `markdown` how it is written, `chart` draws.

pub mod chart;
pub(crate) mod format;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod measure;
mod params;
mod view;

use anyhow::Result;

use view::StartupView;
pub(crate) use view::{claims, groups};

use crate::claims::ClaimFinding;
use crate::control::Control;
use crate::evidence::Evidence;
use crate::manifest::Manifest;
use crate::row::Row;

/// A file of the report, to be written by the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the report's folder; a further run of a publication has a folder of its own.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// Where the report will lie, which says where its data are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `report/` of a run folder: the data stand one folder up.
    Run,
    /// A folder of its own: the data lie beside the page, and what engines wrote themselves is not there.
    Published,
}

impl Place {
    /// What stands before the name of a data file.
    fn data(self) -> &'static str {
        match self {
            Place::Run => "../",
            Place::Published => "",
        }
    }
}

/// `controls`: of a run with paired rows; otherwise none. `index.html`, a page per case, `report.md`, `landing.svg` and the charts of
/// each case as SVG.
pub fn render(
    manifest: &Manifest,
    rows: &[Row],
    controls: &[Control],
    claims: &[ClaimFinding],
    evidence: &Evidence,
    place: Place,
) -> Result<Vec<File>> {
    files(&view::Page::of(
        manifest, rows, controls, claims, evidence, place,
    )?)
}

/// What one run says, for a publication of several.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub manifest: &'a Manifest,
    pub rows: &'a [Row],
    pub controls: &'a [Control],
    pub claims: &'a [ClaimFinding],
    pub evidence: &'a Evidence,
}

impl Told<'_> {
    fn page(&self) -> Result<view::Page> {
        view::Page::of(
            self.manifest,
            self.rows,
            self.controls,
            self.claims,
            self.evidence,
            Place::Published,
        )
    }

    /// In a folder below the page that leads.
    fn inner_page(&self) -> Result<view::Page> {
        Ok(view::Page {
            up: "../index.html".to_string(),
            ..self.page()?
        })
    }
}

/// The pages of several runs as one site: those of `first` at its root, where the claims of all are answered, and those of each other
/// in a folder of the name that stands before it.
pub fn site(first: Told, others: &[(String, Told)]) -> Result<Vec<File>> {
    let mut page = first.page()?;
    let mut pages = Vec::new();
    for (name, told) in others {
        pages.push((name, told.inner_page()?, told.claims));
    }
    let lent: Vec<_> = pages
        .iter()
        .map(|(name, page, claims)| ((*name).clone(), page, *claims))
        .collect();
    page.lead(first.claims, &lent);
    let mut all = files(&page)?;
    for (name, page, _) in &pages {
        all.extend(below(name, files(page)?));
    }
    Ok(all)
}

/// The pages of one run in a folder of that name, below a page that leads to them.
pub fn inner(name: &str, told: Told) -> Result<Vec<File>> {
    Ok(below(name, files(&told.inner_page()?)?).collect())
}

fn below(name: &str, files: Vec<File>) -> impl Iterator<Item = File> {
    files.into_iter().map(move |file| File {
        path: format!("{name}/{}", file.path),
        ..file
    })
}

fn files(page: &view::Page) -> Result<Vec<File>> {
    let text = |path: &str, text: String| File {
        path: path.to_string(),
        bytes: text.into_bytes(),
    };
    let mut files = vec![text("report.md", markdown::page(page))];
    for (path, html) in html::pages(page)? {
        files.push(text(&path, html));
    }
    let figures = page
        .landing
        .iter()
        .chain(page.cases.iter().flat_map(view::CaseView::all_figures))
        .chain(page.startup.iter().flat_map(StartupView::figures));
    files.extend(figures.map(|figure| text(&figure.file, figure.standalone.clone())));
    Ok(files)
}
