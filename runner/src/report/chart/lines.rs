//! Lines with bands over a running param, log-log, in panels that share both axes.

use anyhow::Result;

use super::names::{End, LEGEND_ROW_PX, labels_beside, legend_above};
use super::scale::LogScale;
use super::style::{GRID, INK, Look, MUTED, STEP};
use super::{Anchor, Canvas, Layout, Unit, fitted};
use crate::report::format;

#[derive(Clone, Debug)]
pub struct LineChart {
    pub unit: Unit,
    /// What the controls leave open: a stripe over the whole width.
    pub band: Option<(f64, f64)>,
    /// Name of the running param.
    pub x_name: String,
    pub panels: Vec<Panel>,
    /// Expected, not found: drawn dotted and labelled so.
    pub steps: Vec<Step>,
    /// Where something was found to change.
    pub spans: Vec<Span>,
}

#[derive(Clone, Debug)]
pub struct Span {
    pub from: f64,
    pub to: f64,
    /// The place within, where one is estimated.
    pub at: Option<f64>,
}

#[derive(Clone, Debug)]
pub struct Step {
    pub at: f64,
}

#[derive(Clone, Debug)]
pub struct Panel {
    pub heading: String,
    pub series: Vec<Series>,
}

#[derive(Clone, Debug)]
pub struct Series {
    pub label: String,
    pub look: Look,
    /// In order of x.
    pub points: Vec<Point>,
}

#[derive(Clone, Debug)]
pub struct Point {
    pub x: f64,
    pub value: f64,
    pub interval: Option<(f64, f64)>,
}

const SMALL_PX: f64 = 12.0;
const HEADING_PX: f64 = 26.0;
const STEP_LABELS_PX: f64 = 34.0;
const BOTTOM_PX: f64 = 46.0;
/// Zero stands left of the logarithmic axis, this far.
const ZERO_GAP_PX: f64 = 40.0;

/// The running param: logarithmic, with a place of its own for zero.
struct XAxis {
    scale: LogScale,
    zero_px: Option<f64>,
}

impl XAxis {
    fn of(chart: &LineChart, from_px: f64, to_px: f64) -> Option<XAxis> {
        let xs = || points(chart).map(|point| point.x);
        let zero = xs().any(|x| x <= 0.0);
        let from = if zero { from_px + ZERO_GAP_PX } else { from_px };
        Some(XAxis {
            scale: LogScale::over(xs(), from, to_px)?,
            zero_px: zero.then_some(from_px + 8.0),
        })
    }

    fn at(&self, x: f64) -> f64 {
        match self.zero_px {
            Some(px) if x <= 0.0 => px,
            _ => self.scale.at(x),
        }
    }
}

struct Geometry {
    plot: (f64, f64),
    plot_height: f64,
}

fn points(chart: &LineChart) -> impl Iterator<Item = &Point> {
    chart
        .panels
        .iter()
        .flat_map(|panel| &panel.series)
        .flat_map(|series| &series.points)
}

pub(super) fn draw(chart: &LineChart, layout: Layout) -> Result<(f64, String)> {
    let width = layout.width_px();
    let geometry = match layout {
        Layout::Wide => Geometry {
            plot: (62.0, width - 210.0),
            plot_height: 260.0,
        },
        Layout::Narrow => Geometry {
            plot: (50.0, width - 8.0),
            plot_height: 240.0,
        },
    };
    let legend = |panel: &Panel| match layout {
        Layout::Wide => 0.0,
        Layout::Narrow => panel.series.len() as f64 * LEGEND_ROW_PX + 6.0,
    };
    let steps = if chart.steps.is_empty() {
        8.0
    } else {
        STEP_LABELS_PX
    };
    let heading = |panel: &Panel| {
        if panel.heading.is_empty() {
            0.0
        } else {
            HEADING_PX
        }
    };
    let above = |panel: &Panel| heading(panel) + legend(panel) + steps;
    let height = chart
        .panels
        .iter()
        .map(|panel| above(panel) + geometry.plot_height + BOTTOM_PX)
        .sum();
    let values = || {
        points(chart)
            .flat_map(|point| {
                [
                    Some(point.value),
                    point.interval.map(|i| i.0),
                    point.interval.map(|i| i.1),
                ]
            })
            .flatten()
    };
    let x_axis = XAxis::of(chart, geometry.plot.0, geometry.plot.1);
    let marks = Canvas::marks(width, height, |canvas| {
        let mut top = 0.0;
        for panel in &chart.panels {
            if !panel.heading.is_empty() {
                canvas.heading((0.0, top + 14.0), &fitted(&panel.heading, width, 14.0))?;
            }
            if layout == Layout::Narrow {
                legend_above(canvas, panel, top + heading(panel))?;
            }
            let plot_top = top + above(panel);
            let plot_bottom = plot_top + geometry.plot_height;
            let y_axis = chart.unit.scale(values(), plot_bottom, plot_top);
            if let (Some(x_axis), Some(y_axis)) = (&x_axis, &y_axis) {
                frame(
                    canvas,
                    chart,
                    &geometry,
                    x_axis,
                    y_axis,
                    (plot_top, plot_bottom),
                )?;
                for series in &panel.series {
                    line(canvas, series, x_axis, y_axis)?;
                }
                if layout == Layout::Wide {
                    let end = |series| last_mark(series, x_axis, y_axis);
                    let ends = panel.series.iter().filter_map(end).collect();
                    labels_beside(
                        canvas,
                        ends,
                        (geometry.plot.1, width),
                        (plot_top, plot_bottom),
                    )?;
                }
            }
            top = plot_bottom + BOTTOM_PX;
        }
        Ok(())
    })?;
    Ok((height, marks))
}

/// Grid, ticks at the values that were measured, expected steps.
fn frame(
    canvas: &Canvas,
    chart: &LineChart,
    geometry: &Geometry,
    x_axis: &XAxis,
    y_axis: &LogScale,
    (top, bottom): (f64, f64),
) -> Result<()> {
    let (left, right) = geometry.plot;
    if let Some((lo, hi)) = chart.band {
        let (from, to) = y_axis.stripe(lo, hi);
        canvas.band(&[(left, from), (right, from), (right, to), (left, to)], INK)?;
    }
    for span in &chart.spans {
        let (from, to) = (x_axis.at(span.from), x_axis.at(span.to));
        canvas.band(&[(from, top), (to, top), (to, bottom), (from, bottom)], INK)?;
        if let Some(at) = span.at {
            canvas.line((x_axis.at(at), top), (x_axis.at(at), bottom), INK, 1.0)?;
        }
    }
    for tick in y_axis.ticks(30.0) {
        let y = y_axis.at(tick);
        let is_one = chart.unit == Unit::Ratio && tick == 1.0;
        let ink = if is_one { MUTED } else { GRID };
        canvas.line((left, y), (right, y), ink, 1.0)?;
        canvas.text(
            (left - 7.0, y),
            &chart.unit.tick(tick),
            Anchor::End,
            MUTED,
            SMALL_PX,
        )?;
    }
    let mut xs: Vec<f64> = points(chart).map(|point| point.x).collect();
    xs.sort_by(f64::total_cmp);
    xs.dedup();
    let mut free_from = f64::NEG_INFINITY;
    for x in xs {
        let (px, text) = (x_axis.at(x), format::number(x));
        let half = text.chars().count() as f64 * 3.6;
        canvas.line((px, bottom), (px, bottom + 4.0), MUTED, 1.0)?;
        // 85 and 86 have one tick label between them.
        if px - half > free_from {
            canvas.text((px, bottom + 14.0), &text, Anchor::Middle, MUTED, SMALL_PX)?;
            free_from = px + half + 4.0;
        }
    }
    canvas.text(
        ((left + right) / 2.0, bottom + 32.0),
        &chart.x_name,
        Anchor::Middle,
        MUTED,
        SMALL_PX,
    )?;
    for (index, step) in chart.steps.iter().enumerate() {
        let x = x_axis.at(step.at);
        // Two heights, so that neighbours do not overprint.
        let y = top - if index % 2 == 0 { 9.0 } else { 24.0 };
        canvas.line((x, y + 8.0), (x, bottom), STEP, 1.5)?;
        let text = format!("expected: {}", format::number(step.at));
        let anchor = if x > right - 40.0 {
            Anchor::End
        } else {
            Anchor::Middle
        };
        canvas.text((x, y), &text, anchor, MUTED, 11.0)?;
    }
    Ok(())
}

fn last_mark<'a>(series: &'a Series, x_axis: &XAxis, y_axis: &LogScale) -> Option<End<'a>> {
    let last = series.points.last()?;
    Some((x_axis.at(last.x), y_axis.at(last.value), series))
}

/// Zero is not joined to the rest: no logarithmic line leads there.
fn line(canvas: &Canvas, series: &Series, x_axis: &XAxis, y_axis: &LogScale) -> Result<()> {
    let joined: Vec<&Point> = series.points.iter().filter(|point| point.x > 0.0).collect();
    let edge = |end: fn((f64, f64)) -> f64| {
        joined
            .iter()
            .filter_map(move |point| Some((x_axis.at(point.x), y_axis.at(end(point.interval?)))))
    };
    let mut outline: Vec<(f64, f64)> = edge(|interval| interval.0).collect();
    let upper: Vec<(f64, f64)> = edge(|interval| interval.1).collect();
    outline.extend(upper.into_iter().rev());
    if outline.len() >= 4 {
        canvas.band(&outline, series.look.color)?;
    }
    let path: Vec<(f64, f64)> = joined
        .iter()
        .map(|point| (x_axis.at(point.x), y_axis.at(point.value)))
        .collect();
    if path.len() >= 2 {
        canvas.path(&path, series.look.color, 1.8)?;
    }
    for point in &series.points {
        canvas.marker((x_axis.at(point.x), y_axis.at(point.value)), series.look)?;
    }
    Ok(())
}
