//! Dot and interval, one row each, on one logarithmic axis: a forest plot.

use anyhow::Result;

use super::scale::LogScale;
use super::style::{GRID, INK, Look, MUTED};
use super::{Anchor, Canvas, LETTER_PX, Layout, TEXT_PX, Unit, fitted, labels_px};

#[derive(Clone, Debug)]
pub struct DotChart {
    pub unit: Unit,
    pub groups: Vec<Group>,
}

#[derive(Clone, Debug)]
pub struct Group {
    /// Stands above this group and those after it; empty where the one above goes on.
    pub section: String,
    /// Empty for the only group.
    pub heading: String,
    /// Follows the heading, on a line of its own where there is no room beside it.
    pub detail: String,
    /// What the controls leave open: a stripe behind the marks.
    pub band: Option<(f64, f64)>,
    pub dots: Vec<Dot>,
}

#[derive(Clone, Debug)]
pub struct Dot {
    pub label: String,
    pub look: Look,
    /// The state instead, where a row has no value.
    pub value: Result<f64, String>,
    pub interval: Option<(f64, f64)>,
}

/// Where things stand in a layout, in pixels.
struct Geometry {
    width: f64,
    plot: (f64, f64),
    /// Space above a mark for its label, narrow layout only.
    label_above: f64,
    row: f64,
    heading: f64,
    section: f64,
    /// Whether the interval stands in text too; where labels need its room, the bar and the table have it.
    interval_text: bool,
}

const AXIS_PX: f64 = 28.0;
const SMALL_PX: f64 = 12.0;
/// Room for "5.84 ns" and for "[5.73, 5.95]".
const VALUE_PX: f64 = 70.0;
const INTERVAL_PX: f64 = 104.0;
/// A heading on one line.
const HEADING_PX: f64 = 30.0;
/// Half a marker.
const MARKER_PX: f64 = 5.0;

impl Geometry {
    fn of(chart: &DotChart, layout: Layout) -> Geometry {
        let width = layout.width_px();
        let labels = chart.groups.iter().flat_map(|group| &group.dots);
        let longest = labels
            .map(|dot| dot.label.chars().count())
            .max()
            .unwrap_or(0);
        match layout {
            Layout::Wide => {
                let label = labels_px(longest);
                Geometry {
                    width,
                    plot: (label + 16.0, width - VALUE_PX - INTERVAL_PX - 12.0),
                    label_above: 0.0,
                    row: 19.0,
                    heading: HEADING_PX,
                    section: 40.0,
                    interval_text: true,
                }
            }
            Layout::Narrow => Geometry {
                width,
                plot: (22.0, width - 22.0),
                label_above: 16.0,
                row: 38.0,
                heading: 46.0,
                section: 38.0,
                interval_text: longest as f64 * LETTER_PX <= width - VALUE_PX - INTERVAL_PX,
            },
        }
    }

    fn heading_of(&self, group: &Group) -> f64 {
        match (group.heading.is_empty(), group.detail.is_empty()) {
            (true, _) => 0.0,
            (false, true) => self.heading.min(HEADING_PX),
            (false, false) => self.heading,
        }
    }

    fn height(&self, chart: &DotChart) -> f64 {
        let rows: usize = chart.groups.iter().map(|group| group.dots.len()).sum();
        let headings = chart.groups.iter().map(|group| self.heading_of(group));
        let sections = chart
            .groups
            .iter()
            .filter(|group| !group.section.is_empty());
        2.0 * AXIS_PX
            + rows as f64 * self.row
            + headings.sum::<f64>()
            + sections.count() as f64 * self.section
    }
}

pub(super) fn draw(chart: &DotChart, layout: Layout) -> Result<(f64, String)> {
    let geometry = Geometry::of(chart, layout);
    let height = geometry.height(chart);
    let dots = chart.groups.iter().flat_map(|group| &group.dots);
    let ends = dots.flat_map(|dot| {
        let (lo, hi) = dot.interval.unzip();
        [dot.value.as_ref().ok().copied(), lo, hi]
            .into_iter()
            .flatten()
    });
    let scale = chart.unit.scale(ends, geometry.plot.0, geometry.plot.1);
    let marks = Canvas::marks(geometry.width, height, |canvas| {
        if let Some(scale) = &scale {
            axis(canvas, chart, scale, height)?;
        }
        let mut y = AXIS_PX;
        for group in &chart.groups {
            if !group.section.is_empty() {
                section(canvas, &geometry, &group.section, y)?;
                y += geometry.section;
            }
            if !group.heading.is_empty() {
                heading(canvas, &geometry, group, layout, y)?;
                y += geometry.heading_of(group);
            }
            if let (Some(scale), Some(band)) = (&scale, group.band) {
                stripe(
                    canvas,
                    scale,
                    band,
                    y,
                    y + geometry.row * group.dots.len() as f64,
                )?;
            }
            for dot in &group.dots {
                row(
                    canvas,
                    chart.unit,
                    &geometry,
                    scale.as_ref(),
                    dot,
                    layout,
                    y,
                )?;
                y += geometry.row;
            }
        }
        Ok(())
    })?;
    Ok((height, marks))
}

fn stripe(
    canvas: &Canvas,
    scale: &LogScale,
    (lo, hi): (f64, f64),
    top: f64,
    bottom: f64,
) -> Result<()> {
    let (from, to) = scale.stripe(lo, hi);
    canvas.band(&[(from, top), (to, top), (to, bottom), (from, bottom)], INK)
}

/// A rule over the whole width, and the name under it.
fn section(canvas: &Canvas, geometry: &Geometry, name: &str, top: f64) -> Result<()> {
    let rule = top + 14.0;
    canvas.line((0.0, rule), (geometry.width, rule), MUTED, 1.0)?;
    canvas.text(
        (0.0, rule + 14.0),
        &fitted(&name.to_uppercase(), geometry.width, SMALL_PX),
        Anchor::Start,
        MUTED,
        SMALL_PX,
    )
}

fn heading(
    canvas: &Canvas,
    geometry: &Geometry,
    group: &Group,
    layout: Layout,
    top: f64,
) -> Result<()> {
    let bold = |text: &str, y: f64| canvas.heading((0.0, y), &fitted(text, geometry.width, 14.0));
    match layout {
        _ if group.detail.is_empty() => {
            bold(&group.heading, top + geometry.heading_of(group) - 12.0)
        }
        Layout::Wide => bold(
            &format!("{} · {}", group.heading, group.detail),
            top + geometry.heading_of(group) - 12.0,
        ),
        Layout::Narrow => {
            bold(&group.heading, top + geometry.heading_of(group) - 28.0)?;
            let detail = fitted(&group.detail, geometry.width, SMALL_PX);
            canvas.text(
                (0.0, top + geometry.heading_of(group) - 12.0),
                &detail,
                Anchor::Start,
                MUTED,
                SMALL_PX,
            )
        }
    }
}

fn axis(canvas: &Canvas, chart: &DotChart, scale: &LogScale, height: f64) -> Result<()> {
    let (top, bottom) = (AXIS_PX - 6.0, height - AXIS_PX + 6.0);
    if chart.unit == Unit::Ratio {
        let x = scale.at(1.0);
        canvas.line((x, top), (x, bottom), MUTED, 1.0)?;
    }
    let mut free_from = f64::NEG_INFINITY;
    for tick in scale.ticks(44.0) {
        let (x, text) = (scale.at(tick), chart.unit.tick(tick));
        if chart.unit == Unit::Time || tick != 1.0 {
            canvas.line((x, top), (x, bottom), GRID, 1.0)?;
        }
        // Steps are not equally far apart: a line without a label is read off its neighbours.
        let half = text.chars().count() as f64 * SMALL_PX * LETTER_PX / TEXT_PX / 2.0;
        if x - half < free_from {
            continue;
        }
        free_from = x + half;
        canvas.text((x, AXIS_PX - 16.0), &text, Anchor::Middle, MUTED, SMALL_PX)?;
        canvas.text(
            (x, height - AXIS_PX + 16.0),
            &text,
            Anchor::Middle,
            MUTED,
            SMALL_PX,
        )?;
    }
    Ok(())
}

fn row(
    canvas: &Canvas,
    unit: Unit,
    geometry: &Geometry,
    scale: Option<&LogScale>,
    dot: &Dot,
    layout: Layout,
    top: f64,
) -> Result<()> {
    // Above: close to its own label, far from the next one.
    let middle = match layout {
        Layout::Wide => top + geometry.row / 2.0,
        Layout::Narrow => top + geometry.label_above + 8.0,
    };
    let (label_at, value_at) = match layout {
        Layout::Wide => (
            (geometry.plot.0 - 16.0, middle),
            geometry.plot.1 + 12.0 + VALUE_PX,
        ),
        Layout::Narrow if geometry.interval_text => {
            ((0.0, top + 9.0), geometry.width - INTERVAL_PX)
        }
        Layout::Narrow => ((0.0, top + 9.0), geometry.width),
    };
    let text_y = label_at.1;
    let label_end = match layout {
        Layout::Wide => label_at.0,
        Layout::Narrow => value_at - VALUE_PX,
    };
    let label = fitted(&dot.label, label_end, 13.0);
    let anchor = match layout {
        Layout::Wide => Anchor::End,
        Layout::Narrow => Anchor::Start,
    };
    canvas.text(label_at, &label, anchor, INK, 13.0)?;
    let value = match &dot.value {
        Ok(value) => *value,
        Err(state) => {
            // Longer than a value: it takes the interval's room, or ends where values end.
            let (x, anchor) = if geometry.interval_text {
                (value_at - VALUE_PX + 12.0, Anchor::Start)
            } else {
                (value_at, Anchor::End)
            };
            return canvas.text((x, text_y), state, anchor, MUTED, 13.0);
        }
    };
    let text = unit.text(value, dot.interval);
    canvas.text((value_at, text_y), &text.value, Anchor::End, INK, 13.0)?;
    if geometry.interval_text && !text.interval.is_empty() {
        canvas.text(
            (value_at + 7.0, text_y),
            &text.interval,
            Anchor::Start,
            MUTED,
            SMALL_PX,
        )?;
    }
    let Some(scale) = scale else { return Ok(()) };
    let ends = dot.interval.map(|(lo, hi)| (scale.at(lo), scale.at(hi)));
    // What the marker hides is not drawn; a hollow one would show it as a second dot.
    if let Some((lo, hi)) =
        ends.filter(|(lo, hi)| scale.at(value) - lo > MARKER_PX || hi - scale.at(value) > MARKER_PX)
    {
        canvas.line((lo, middle), (hi, middle), dot.look.color, 2.5)?;
    }
    // A value of zero has no place on the axis; its text says it.
    if scale.holds(value) {
        canvas.marker((scale.at(value), middle), dot.look)?;
    }
    Ok(())
}
