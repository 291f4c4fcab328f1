//! The course of one series: a point per run, the levels between its steps, and where a step may have happened.

use anyhow::Result;

use super::scale::linear_ticks;
use super::style::{GRID, INK, Look, MUTED, Marker, STEP, look};
use super::{Anchor, Canvas, Layout, fitted};
use crate::report::format;

#[derive(Clone, Debug)]
pub struct CourseChart {
    /// Percent over the first level.
    pub points: Vec<f64>,
    /// From point, up to and without point, value.
    pub levels: Vec<(usize, usize, f64)>,
    /// Last point before and last that may be the first after, of each step.
    pub steps: Vec<(usize, usize)>,
    /// Where the series starts anew.
    pub epochs: Vec<usize>,
    pub first: String,
    pub last: String,
}

const TOP_PX: f64 = 12.0;
const PLOT_PX: f64 = 200.0;
const BOTTOM_PX: f64 = 28.0;
const LEFT_PX: f64 = 62.0;
const RIGHT_PX: f64 = 10.0;
const SMALL_PX: f64 = 12.0;
/// Room for a tick of the vertical axis.
const TICK_PX: f64 = 34.0;

/// Height and marks.
pub(super) fn draw(chart: &CourseChart, layout: Layout) -> Result<(f64, String)> {
    let width = layout.width_px();
    let height = TOP_PX + PLOT_PX + BOTTOM_PX;
    let marks = Canvas::marks(width, height, |canvas| on(canvas, chart, width))?;
    Ok((height, marks))
}

fn on(canvas: &Canvas, chart: &CourseChart, width: f64) -> Result<()> {
    let (left, right) = (LEFT_PX, width - RIGHT_PX);
    let bottom = TOP_PX + PLOT_PX;
    let last = chart.points.len().saturating_sub(1).max(1) as f64;
    let x = |point: f64| left + 6.0 + (right - left - 12.0) * point / last;
    let least = chart.points.iter().copied().fold(0.0, f64::min);
    let most = chart.points.iter().copied().fold(0.0, f64::max);
    // Two percent are the smallest effect that counts: less must not look like much.
    let air = (most - least).max(4.0) * 0.08;
    let (low, high) = (least - air, (most + air).max(least - air + 4.0));
    let y = |value: f64| bottom - PLOT_PX * (value - low) / (high - low);
    for tick in linear_ticks(low, high, (PLOT_PX / TICK_PX) as usize) {
        canvas.line((left, y(tick)), (right, y(tick)), GRID, 1.0)?;
        let text = format!("{}%", format::number(tick));
        canvas.text((left - 8.0, y(tick)), &text, Anchor::End, MUTED, SMALL_PX)?;
    }
    for (from, to) in &chart.steps {
        let (from, to) = (x(*from as f64 + 0.15), x(*to as f64 - 0.15));
        let corners = [(from, TOP_PX), (to, TOP_PX), (to, bottom), (from, bottom)];
        canvas.band(&corners, STEP)?;
    }
    for epoch in &chart.epochs {
        let at = x(*epoch as f64 - 0.5);
        canvas.line((at, TOP_PX), (at, bottom), STEP, 1.6)?;
    }
    let dots = Look {
        marker: Marker::Circle,
        ..look("LibraryImport")
    };
    for (point, value) in chart.points.iter().enumerate() {
        canvas.dot(
            (x(point as f64), y(*value)),
            dots,
            radius(chart.points.len()),
        )?;
    }
    for (from, to, value) in &chart.levels {
        let ends = (x(*from as f64 - 0.4), x(*to as f64 - 0.6));
        canvas.line((ends.0, y(*value)), (ends.1, y(*value)), INK, 1.8)?;
    }
    let room = (right - left) / 2.0 - 8.0;
    let below = bottom + 16.0;
    let text = |at: f64, text: &str, anchor: Anchor| {
        canvas.text(
            (at, below),
            &fitted(text, room, SMALL_PX),
            anchor,
            MUTED,
            SMALL_PX,
        )
    };
    text(left, &chart.first, Anchor::Start)?;
    text(right, &chart.last, Anchor::End)
}

/// Many points are smaller ones.
fn radius(points: usize) -> f64 {
    if points > 150 { 2.0 } else { 3.2 }
}
