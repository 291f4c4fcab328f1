//! Names of lines: above the plot on a small screen, at the lines' ends where there is room.

use anyhow::Result;

use super::lines::{Panel, Series};
use super::style::{GRID, INK};
use super::{Anchor, Canvas, fitted};

pub(super) const LEGEND_ROW_PX: f64 = 18.0;

pub(super) fn legend_above(canvas: &Canvas, panel: &Panel, top: f64) -> Result<()> {
    for (index, series) in panel.series.iter().enumerate() {
        let y = top + (index as f64 + 0.5) * LEGEND_ROW_PX;
        canvas.marker((8.0, y), series.look)?;
        canvas.text(
            (20.0, y),
            &fitted(&series.label, 310.0, 13.0),
            Anchor::Start,
            INK,
            13.0,
        )?;
    }
    Ok(())
}

/// Where a line ends, and the line.
pub(super) type End<'a> = (f64, f64, &'a Series);

/// Each line is named at its end, in the order of the ends, pushed apart where they meet.
///
/// `ends`: last mark of each line; `from_px`, `to_px`: right of the plot.
pub(super) fn labels_beside(
    canvas: &Canvas,
    mut ends: Vec<End>,
    (from_px, to_px): (f64, f64),
    (top, bottom): (f64, f64),
) -> Result<()> {
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    let label_x = from_px + 30.0;
    let last_x = ends.iter().map(|(x, ..)| *x).fold(0.0, f64::max);
    for ((end_x, end_y, series), y) in ends.iter().zip(apart(&ends, top, bottom)) {
        // A series that ends early is found by its marker: a leader across the plot would look like data.
        if *end_x == last_x {
            canvas.path(
                &[
                    (end_x + 7.0, *end_y),
                    (from_px + 4.0, *end_y),
                    (label_x - 9.0, y),
                ],
                GRID,
                1.0,
            )?;
        }
        canvas.marker((label_x, y), series.look)?;
        let room = to_px - label_x - 11.0;
        canvas.text(
            (label_x + 11.0, y),
            &fitted(&series.label, room, 13.0),
            Anchor::Start,
            INK,
            13.0,
        )?;
    }
    Ok(())
}

/// Heights at least a line apart: downwards first, then upwards from the lower edge.
fn apart(ends: &[End], top: f64, bottom: f64) -> Vec<f64> {
    let mut heights: Vec<f64> = Vec::new();
    for (_, y, _) in ends {
        let free = heights.last().map_or(top + 6.0, |above: &f64| above + 17.0);
        heights.push(y.max(free));
    }
    let mut below = bottom + 17.0;
    for height in heights.iter_mut().rev() {
        *height = height.min(below - 17.0);
        below = *height;
    }
    heights
}
