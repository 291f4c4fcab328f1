//! Engines: each starts something that measures and turns its output into samples. Nothing else knows an engine's format.

pub mod bdn;
pub mod criterion;
pub mod foreign;
mod identity;
pub mod imports;
pub mod paired;
pub mod programs;

use std::path::Path;
use std::time::Instant;

use crate::names::RowKey;
use crate::row::State;
use crate::sample::{Launch, Measured};

/// How an engine's run went, apart from what it left in its files.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The engine's last words, if it did not finish; rows without data get them as their reason.
    pub failure: Option<String>,
    /// Seconds until the first row was there, and in all: what the next estimate is made from.
    pub first_row_seconds: Option<f64>,
    pub total_seconds: f64,
}

/// Counts the files that `is_row` accepts while an engine runs, and notes when the first appeared.
pub(crate) struct Watch<'a> {
    started: Instant,
    first: Option<f64>,
    count: &'a dyn Fn() -> usize,
    before: usize,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(count: &'a dyn Fn() -> usize) -> Watch<'a> {
        Watch {
            started: Instant::now(),
            first: None,
            before: count(),
            count,
        }
    }

    /// Rows that are new since the engine was started.
    pub(crate) fn rows(&mut self) -> usize {
        let rows = (self.count)().saturating_sub(self.before);
        if rows > 0 && self.first.is_none() {
            self.first = Some(self.started.elapsed().as_secs_f64());
        }
        rows
    }

    pub(crate) fn outcome(&self, failure: Option<String>) -> Outcome {
        Outcome {
            failure,
            first_row_seconds: self.first,
            total_seconds: self.started.elapsed().as_secs_f64(),
        }
    }
}

/// Adds an error line for every key that `measured` has nothing about.
pub(crate) fn add_missing(measured: &mut Measured, keys: &[RowKey], failure: Option<&str>) {
    for key in keys {
        if !measured.launches.iter().any(|launch| launch.is_about(key)) {
            let reason = failure
                .unwrap_or("the engine ended without a result for this row")
                .to_string();
            measured.launches.push(Launch {
                state: State::Error,
                reason,
                ..Launch::of(key, 1)
            });
        }
    }
}

/// Files below a folder with this name; none when there is no folder.
pub(crate) fn files_named(
    folder: &Path,
    accept: impl Fn(&Path) -> bool,
) -> Vec<std::path::PathBuf> {
    crate::run_folder::files_below(folder)
        .unwrap_or_default()
        .into_iter()
        .filter(|path| accept(path))
        .collect()
}
