//! A history: the rows of all runs as series, where they changed, and what changed together. Pure but for reading the store.

pub mod annotations;
pub mod changes;
pub mod foreign;
pub mod incidents;
mod json;
pub mod pages;
pub mod series;
pub mod store;
#[cfg(test)]
mod tests;
pub mod text;

use std::path::Path;

use anyhow::Result;
use regex::Regex;

use self::annotations::Annotation;
use self::changes::Found;
use self::incidents::Incident;
use self::series::{Role, Series};
use self::store::{Skipped, StoredRun};

pub use self::json::json;

/// Everything that a store says over time.
#[derive(Debug)]
pub struct History {
    /// Oldest first.
    pub runs: Vec<StoredRun>,
    pub skipped: Vec<Skipped>,
    pub annotations: Vec<Annotation>,
    pub series: Vec<Series>,
    /// Per series.
    pub found: Vec<Found>,
    pub incidents: Vec<Incident>,
}

impl History {
    /// Reads a folder of runs. `filter` chooses rows by their keys; the floors and empty calls of their groups come with them.
    pub fn read(
        runs: &Path,
        filter: Option<&Regex>,
        annotations: Vec<Annotation>,
    ) -> Result<History> {
        let (runs, skipped) = store::read(runs)?;
        Ok(History::of(runs, skipped, filter, annotations))
    }

    pub fn of(
        runs: Vec<StoredRun>,
        skipped: Vec<Skipped>,
        filter: Option<&Regex>,
        annotations: Vec<Annotation>,
    ) -> History {
        let mut all = series::series(&runs);
        if let Some(filter) = filter {
            // Controls of the machine stay: without them nothing could be told from it.
            all.retain(|series| {
                series.role != Role::Row || filter.is_match(&series.key.to_string())
            });
        }
        let found = changes::find(&all, &runs, &annotations);
        let incidents = incidents::incidents(&all, &found, &runs);
        History {
            runs,
            skipped,
            annotations,
            series: all,
            found,
            incidents,
        }
    }

    /// Incidents that stop a merge: something slower that nobody has explained, and not the machine.
    pub fn regressions(&self) -> Vec<(usize, &Incident)> {
        let all = self.incidents.iter().enumerate();
        all.filter(|(_, incident)| incident.is_regression(&self.found))
            .collect()
    }
}
