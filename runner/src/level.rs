//! `levels.csv`: what each launch of the paired engine says, without its rounds: enough to compute every row, control and verdict
//! of a run again. A report is published with these instead of the samples, which are fifty times as many bytes.

use std::io::{Read, Write};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::names::RowKey;
use crate::sample::Role;

/// One line: what one launch says of one timed entry of a group, or of that entry beside another.
///
/// Every value is a mean over placements of medians over quiet rounds, or of one copy of the code where a copy is a draw of the
/// placement. Of a launch that could not be used there is a line per entry, without values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// The row; controls and probes stand under that of their group's reference.
    pub key: RowKey,
    pub role: Role,
    /// The other side; empty where the line is about the entry alone.
    pub beside: Option<RowKey>,
    pub beside_role: Option<Role>,
    pub launch: u32,
    /// The copy that the line is about, from 0; empty for all placements together.
    pub replica: Option<u32>,
    /// Placements of a body in the launch's group.
    pub replicas: u32,
    pub rounds: u32,
    pub quiet_rounds: u32,
    pub usable: bool,
    /// Collections in all blocks of the entry.
    pub gc_count: Option<u64>,
    pub ns_per_call: Option<f64>,
    pub ln_ns: Option<f64>,
    pub ln_over_clock: Option<f64>,
    /// ln of the entry's time over the other's, paired in rounds.
    pub ln_ratio: Option<f64>,
    /// The same at the best placement of each.
    pub ln_best: Option<f64>,
    pub difference_ns: Option<f64>,
    /// In cycles of the clock probe.
    pub difference_cycles: Option<f64>,
    /// Of a single launch: an interval for the median of `ln_ratio` within it.
    pub within_lo: Option<f64>,
    pub within_hi: Option<f64>,
}

pub fn write_levels(levels: &[Level], to: impl Write) -> Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    for level in levels {
        writer.serialize(level)?;
    }
    writer.flush()?;
    Ok(())
}

/// `name`: of the file, for errors.
pub fn read_levels(from: impl Read, name: &str) -> Result<Vec<Level>> {
    csv::Reader::from_reader(from)
        .deserialize()
        .enumerate()
        .map(|(index, line)| line.with_context(|| format!("{name}: row {}", index + 1)))
        .collect()
}
