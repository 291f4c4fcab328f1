//! The report: rows in, files out. A pure function of a run folder's manifest and rows: no clock, no chance, no environment,
//! no file system, and the order of the rows does not matter.
//!
//! `view` decides what is said, `html` and `markdown` how it is written, `chart` draws.

pub mod chart;
pub(crate) mod format;
mod html;
mod markdown;
mod params;
mod view;

use anyhow::Result;

use crate::manifest::Manifest;
use crate::row::Row;

/// A file of the report, to be written by the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the report's folder; one name, no folders.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// `index.html`, `report.md`, `landing.svg` and one SVG per case that has a chart.
pub fn render(manifest: &Manifest, rows: &[Row]) -> Result<Vec<File>> {
    let page = view::Page::of(manifest, rows)?;
    let mut files = vec![
        File {
            path: "index.html".to_string(),
            bytes: html::page(&page)?.into_bytes(),
        },
        File {
            path: "report.md".to_string(),
            bytes: markdown::page(&page).into_bytes(),
        },
    ];
    let figures = page
        .landing
        .iter()
        .chain(page.cases.iter().filter_map(|case| case.figure.as_ref()));
    files.extend(figures.map(|figure| File {
        path: figure.file.clone(),
        bytes: figure.standalone.clone().into_bytes(),
    }));
    Ok(files)
}
