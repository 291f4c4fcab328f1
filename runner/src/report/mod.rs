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
    /// Relative to the report's folder; one name, no folders.
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
    let page = view::Page::of(manifest, rows, controls, claims, evidence, place)?;
    let text = |path: &str, text: String| File {
        path: path.to_string(),
        bytes: text.into_bytes(),
    };
    let mut files = vec![text("report.md", markdown::page(&page))];
    for (path, html) in html::pages(&page)? {
        files.push(text(&path, html));
    }
    let figures = page
        .landing
        .iter()
        .chain(page.cases.iter().flat_map(|case| &case.figures))
        .chain(page.startup.iter().flat_map(StartupView::figures));
    files.extend(figures.map(|figure| text(&figure.file, figure.standalone.clone())));
    Ok(files)
}
