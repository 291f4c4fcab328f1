//! Controls: comparisons of something with itself, in which a difference is a fault of the measurement. The only code that reads
//! and writes `controls.csv`, which is derived from the samples like `rows.csv`.

use std::io::{Read, Write};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::names::RowKey;
use crate::row::Num;
use crate::verdict::Verdict;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlKind {
    /// One delegate timed twice: what is left is the noise of timing.
    SamePointer,
    /// One body compiled twice: what is left is noise and placement.
    Copy,
    /// A variant that the catalogue says costs what the reference costs.
    MustTie,
}

/// One line of `controls.csv`. Ratios are to the group's reference variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Control {
    /// The group's reference row; of a must-tie set, the member that is compared with it.
    pub key: RowKey,
    pub kind: ControlKind,
    /// Usable launches, and all that measured the group.
    pub launches: u32,
    pub launches_measured: u32,
    /// Mean over placements.
    pub ratio: Num,
    pub ratio_lo: Num,
    pub ratio_hi: Num,
    pub ratio_t_lo: Num,
    pub ratio_t_hi: Num,
    /// Best placement.
    pub ratio_best: Num,
    pub ratio_best_lo: Num,
    pub ratio_best_hi: Num,
    pub difference_ns: Num,
    pub difference_lo: Num,
    pub difference_hi: Num,
    pub verdict: Verdict,
    /// Why it casts doubt on its group, in one line; empty when it does not.
    #[serde(default)]
    pub alarm: String,
}

/// Writes `controls.csv`, header first.
pub fn write_controls(controls: &[Control], to: impl Write) -> Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    for control in controls {
        writer.serialize(control)?;
    }
    writer.flush()?;
    Ok(())
}

/// Reads `controls.csv`; columns it does not know are ignored. `name` is the file's name for errors.
pub fn read_controls(from: impl Read, name: &str) -> Result<Vec<Control>> {
    csv::Reader::from_reader(from)
        .deserialize()
        .enumerate()
        .map(|(index, control)| control.with_context(|| format!("{name}: row {}", index + 1)))
        .collect()
}
