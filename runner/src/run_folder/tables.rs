//! The tables of a run folder but for the samples, which are too many to be read like these.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(super) fn to_csv<T: Serialize>(records: &[T]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        writer.serialize(record)?;
    }
    writer
        .into_inner()
        .context("cannot finish a table in memory")
}

/// Reads `launches.csv`, `bodies.csv` or `counts.csv`; errors name the file and the row.
pub(crate) fn from_csv<T: DeserializeOwned>(bytes: &[u8], path: &Path) -> Result<Vec<T>> {
    csv::Reader::from_reader(bytes)
        .deserialize()
        .enumerate()
        .map(|(index, record)| {
            record.with_context(|| format!("{}: row {}", path.display(), index + 1))
        })
        .collect()
}
