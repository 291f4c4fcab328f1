//! Stacked bars on one axis from 0: what a whole consists of, each part where the one before it ends.

use anyhow::Result;

use plotters::style::RGBColor;

use super::style::{GRID, INK, MUTED};
use super::{Anchor, Canvas, LETTER_PX, Layout, TEXT_PX, Unit, fitted, labels_px};

#[derive(Clone, Debug)]
pub struct BarChart {
    pub unit: Unit,
    /// Names and colours of the parts, in the order in which they are stacked.
    pub parts: Vec<(String, RGBColor)>,
    pub groups: Vec<BarGroup>,
}

#[derive(Clone, Debug)]
pub struct BarGroup {
    /// Empty for the only group.
    pub heading: String,
    pub bars: Vec<Bar>,
}

#[derive(Clone, Debug)]
pub struct Bar {
    pub label: String,
    /// One value for each part; 0 where there is none.
    pub values: Vec<f64>,
}

const AXIS_PX: f64 = 26.0;
const LEGEND_PX: f64 = 22.0;
const HEADING_PX: f64 = 30.0;
const SMALL_PX: f64 = 12.0;
const SWATCH_PX: f64 = 11.0;
/// Room for "5.84 ms".
const VALUE_PX: f64 = 72.0;
/// Between two parts, so that neighbours are told apart without their colours.
const GAP_PX: f64 = 1.0;
/// Ticks that an axis has at least room for.
const TICKS: f64 = 4.0;

struct Geometry {
    width: f64,
    plot: (f64, f64),
    row: f64,
    bar: f64,
    /// Space above a bar for its label, narrow layout only.
    label_above: f64,
}

impl Geometry {
    fn of(chart: &BarChart, layout: Layout) -> Geometry {
        let width = layout.width_px();
        let bars = chart.groups.iter().flat_map(|group| &group.bars);
        let longest = bars.map(|bar| bar.label.chars().count()).max().unwrap_or(0);
        match layout {
            Layout::Wide => {
                let label = labels_px(longest);
                Geometry {
                    width,
                    plot: (label + 12.0, width - VALUE_PX),
                    row: 22.0,
                    bar: 14.0,
                    label_above: 0.0,
                }
            }
            Layout::Narrow => Geometry {
                width,
                plot: (0.0, width),
                row: 40.0,
                bar: 14.0,
                label_above: 18.0,
            },
        }
    }

    fn heading_of(group: &BarGroup) -> f64 {
        if group.heading.is_empty() {
            0.0
        } else {
            HEADING_PX
        }
    }
}

pub(super) fn draw(chart: &BarChart, layout: Layout) -> Result<(f64, String)> {
    let geometry = Geometry::of(chart, layout);
    let legend = legend(chart, geometry.width);
    let lines = legend.last().map_or(0.0, |(_, y)| y + LEGEND_PX);
    let rows: usize = chart.groups.iter().map(|group| group.bars.len()).sum();
    let headings: f64 = chart.groups.iter().map(Geometry::heading_of).sum();
    let height = lines + 2.0 * AXIS_PX + rows as f64 * geometry.row + headings;
    let bars = chart.groups.iter().flat_map(|group| &group.bars);
    let most = bars
        .map(|bar| bar.values.iter().sum::<f64>())
        .fold(0.0, f64::max);
    let (step, end) = ticks(most);
    let at = |value: f64| {
        let (from, to) = geometry.plot;
        from + (to - from) * if end > 0.0 { value / end } else { 0.0 }
    };
    let marks = Canvas::marks(geometry.width, height, |canvas| {
        for ((x, y), (part, color)) in legend.iter().zip(&chart.parts) {
            let middle = y + LEGEND_PX / 2.0;
            let half = SWATCH_PX / 2.0;
            canvas.block((*x, middle - half), (x + SWATCH_PX, middle + half), *color)?;
            let text_x = x + SWATCH_PX + 5.0;
            canvas.text((text_x, middle), part, Anchor::Start, INK, SMALL_PX)?;
        }
        axis(canvas, chart.unit, &at, (step, end), (lines, height))?;
        let mut y = lines + AXIS_PX;
        for group in &chart.groups {
            if !group.heading.is_empty() {
                let heading = fitted(&group.heading, geometry.width, 14.0);
                canvas.heading((0.0, y + HEADING_PX - 12.0), &heading)?;
                y += HEADING_PX;
            }
            for bar in &group.bars {
                row(canvas, chart, &geometry, layout, bar, &at, y)?;
                y += geometry.row;
            }
        }
        Ok(())
    })?;
    Ok((height, marks))
}

/// Where each part's swatch stands, in as many lines as they need.
fn legend(chart: &BarChart, width: f64) -> Vec<(f64, f64)> {
    let (mut x, mut y) = (0.0, 0.0);
    let place = |(part, _): &(String, RGBColor)| {
        let letters = part.chars().count() as f64 * SMALL_PX * LETTER_PX / TEXT_PX;
        let needs = SWATCH_PX + 5.0 + letters + 14.0;
        if x > 0.0 && x + needs > width {
            (x, y) = (0.0, y + LEGEND_PX);
        }
        let place = (x, y);
        x += needs;
        place
    };
    chart.parts.iter().map(place).collect()
}

/// A step of 1, 2 or 5 times a power of ten, and the first of its multiples that is not below `most`.
fn ticks(most: f64) -> (f64, f64) {
    if most <= 0.0 {
        return (0.0, 0.0);
    }
    let power = 10f64.powf((most / TICKS).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|step| most / step <= TICKS + 1.0)
        .unwrap_or(10.0 * power);
    (step, (most / step).ceil() * step)
}

fn axis(
    canvas: &Canvas,
    unit: Unit,
    at: &impl Fn(f64) -> f64,
    (step, end): (f64, f64),
    (top, height): (f64, f64),
) -> Result<()> {
    let count = if step > 0.0 {
        (end / step).round() as u32
    } else {
        0
    };
    for tick in 0..=count {
        let value = f64::from(tick) * step;
        let x = at(value);
        let ends = (top + AXIS_PX - 6.0, height - AXIS_PX + 6.0);
        canvas.line((x, ends.0), (x, ends.1), GRID, 1.0)?;
        let text = if tick == 0 {
            "0".to_string()
        } else {
            unit.tick(value)
        };
        let anchor = match tick {
            0 => Anchor::Start,
            tick if tick == count => Anchor::End,
            _ => Anchor::Middle,
        };
        for y in [top + AXIS_PX - 15.0, height - AXIS_PX + 15.0] {
            canvas.text((x, y), &text, anchor, MUTED, SMALL_PX)?;
        }
    }
    Ok(())
}

fn row(
    canvas: &Canvas,
    chart: &BarChart,
    geometry: &Geometry,
    layout: Layout,
    bar: &Bar,
    at: &impl Fn(f64) -> f64,
    top: f64,
) -> Result<()> {
    let total: f64 = bar.values.iter().sum();
    let value = chart.unit.text(total, None).value;
    let middle = match layout {
        Layout::Wide => top + geometry.row / 2.0,
        Layout::Narrow => top + geometry.label_above + geometry.bar / 2.0,
    };
    match layout {
        Layout::Wide => {
            let end = geometry.plot.0 - 12.0;
            let label = fitted(&bar.label, end, TEXT_PX);
            canvas.text((end, middle), &label, Anchor::End, INK, TEXT_PX)?;
            canvas.text((geometry.width, middle), &value, Anchor::End, INK, TEXT_PX)?;
        }
        Layout::Narrow => {
            let label = fitted(&bar.label, geometry.width - VALUE_PX, TEXT_PX);
            let y = top + 9.0;
            canvas.text((0.0, y), &label, Anchor::Start, INK, TEXT_PX)?;
            canvas.text((geometry.width, y), &value, Anchor::End, INK, TEXT_PX)?;
        }
    }
    let mut from = 0.0;
    for (value, (_, color)) in bar.values.iter().zip(&chart.parts) {
        let (start, end) = (at(from), at(from + value) - GAP_PX);
        if end > start {
            let half = geometry.bar / 2.0;
            canvas.block((start, middle - half), (end, middle + half), *color)?;
        }
        from += value;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_on_a_step() {
        assert_eq!(ticks(60.0), (20.0, 60.0));
        assert_eq!(ticks(3.1), (1.0, 4.0));
        assert_eq!(ticks(0.0), (0.0, 0.0));
        for most in [1.0, 7.3, 99.0, 12_345.0] {
            let (step, end) = ticks(most);
            let count = end / step;
            assert!(
                end >= most && (2.0..=5.0).contains(&count),
                "{most}: {step} {end}"
            );
        }
    }

    #[test]
    fn a_legend_breaks_its_lines() {
        let chart = BarChart {
            unit: Unit::Time,
            parts: ["process", "library load", "symbol", "first call"]
                .map(|part| (part.to_string(), INK))
                .to_vec(),
            groups: Vec::new(),
        };
        assert!(legend(&chart, 760.0).iter().all(|(_, y)| *y == 0.0));
        assert!(legend(&chart, 200.0).iter().any(|(_, y)| *y > 0.0));
    }
}
