//! How a page of 300 KB is shared out: the chart and the matrix have what they need, then the rows, and evidence the rest.

use crate::report::view::Figure;

/// Below the limit, because sizes of rows are estimates.
const PAGE_BYTES: usize = 280_000;
/// Style sheet, navigation, catalogue's words.
const FRAME_BYTES: usize = 20_000;
/// A row of a table and a cell of a matrix, by counting pages of all fixtures, upwards.
const ROW_BYTES: usize = 480;
/// With verdict, ratios and notes.
const PAIRED_ROW_BYTES: usize = 900;
const CONTROL_BYTES: usize = 400;
const CELL_BYTES: usize = 30;
/// Rows leave this much to evidence, where there is any.
const EVIDENCE_BYTES: usize = 50_000;

pub struct Room {
    bytes: usize,
    row: usize,
    evidence: usize,
}

impl Room {
    pub fn beside<'a>(
        figures: impl Iterator<Item = &'a Figure>,
        cells: usize,
        controls: usize,
        paired: bool,
        evidence: bool,
    ) -> Room {
        let drawn: usize = figures
            .map(|figure| figure.wide.len() + figure.narrow.len())
            .sum();
        Room {
            bytes: PAGE_BYTES.saturating_sub(
                FRAME_BYTES + drawn + cells * CELL_BYTES + controls * CONTROL_BYTES,
            ),
            row: if paired { PAIRED_ROW_BYTES } else { ROW_BYTES },
            evidence: if evidence { EVIDENCE_BYTES } else { 0 },
        }
    }

    /// How many of the tables, by their numbers of rows, have room; the first always.
    pub fn tables(&mut self, rows: impl Iterator<Item = usize>) -> usize {
        let mut fit = 0;
        for count in rows {
            let bytes = count * self.row;
            if fit > 0 && bytes + self.evidence > self.bytes {
                break;
            }
            self.bytes = self.bytes.saturating_sub(bytes);
            fit += 1;
        }
        fit
    }

    pub fn rest(self) -> usize {
        self.bytes
    }
}
