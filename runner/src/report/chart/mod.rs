//! Charts as SVG text: what to draw comes in as plain data, plotters draws it, the same bytes come out each time.
//!
//! Text stays text. The backend knows whole pixels only, so everything is drawn ten times larger and the view box brings it
//! back: an interval of a few tenths of a pixel is not rounded away.

pub mod bars;
pub mod course;
pub mod dots;
pub mod lines;
mod names;
mod scale;
pub mod style;
mod unit;

use anyhow::Result;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

pub use bars::{Bar, BarChart, BarGroup};
pub use course::CourseChart;
pub use dots::{Dot, DotChart, Group};
pub use lines::{LineChart, Panel, Point, Series, Span, Step};
use style::{INK, Look, Marker, STEP};
pub use unit::Unit;

/// Colours of the dark scheme, and the typeface; in the page once, in every file of its own again.
pub const CSS: &str = include_str!("../templates/chart.css");

const SCALE: f64 = 10.0;
/// Font size when nothing else is said; the root carries it, so that most text need not.
const TEXT_PX: f64 = 13.0;
/// No font is known here: a letter of that size counts so much, a little more than typefaces of systems need.
const LETTER_PX: f64 = 7.5;

/// Room for labels left of a plot, the longest of so many letters.
fn labels_px(longest: usize) -> f64 {
    (longest as f64 * LETTER_PX + 8.0).clamp(110.0, 280.0)
}

/// Side labels, or labels above the marks for a small screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    Wide,
    Narrow,
}

impl Layout {
    fn width_px(self) -> f64 {
        match self {
            Layout::Wide => 760.0,
            // 360 px less the page's margins.
            Layout::Narrow => 336.0,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Layout::Wide => "wide",
            Layout::Narrow => "narrow",
        }
    }
}

#[derive(Clone, Debug)]
pub enum Body {
    Bars(BarChart),
    Course(CourseChart),
    Dots(DotChart),
    Lines(LineChart),
}

#[derive(Clone, Debug)]
pub struct Chart {
    /// Letters, digits, `_`, `-`: base of the element ids.
    pub id: String,
    pub title: String,
    /// What the chart shows, in words.
    pub desc: String,
    pub body: Body,
}

impl Chart {
    /// For the page: shares the page's style sheet and margins.
    pub fn inline(&self, layout: Layout) -> Result<String> {
        self.svg(layout, "", "", 0.0)
    }

    /// A file that stands alone.
    pub fn file(&self) -> Result<String> {
        let paper = "<rect class=\"paper\" x=\"-50%\" y=\"-50%\" width=\"200%\" height=\"200%\"/>";
        let head = format!("<style>{CSS}</style>\n{paper}\n");
        let namespace = " xmlns=\"http://www.w3.org/2000/svg\"";
        self.svg(Layout::Wide, namespace, &head, 16.0)
    }

    fn svg(&self, layout: Layout, namespace: &str, head: &str, margin_px: f64) -> Result<String> {
        let (height_px, marks) = match &self.body {
            Body::Bars(chart) => bars::draw(chart, layout)?,
            Body::Course(chart) => course::draw(chart, layout)?,
            Body::Dots(chart) => dots::draw(chart, layout)?,
            Body::Lines(chart) => lines::draw(chart, layout)?,
        };
        let width = layout.width_px() + 2.0 * margin_px;
        let height = height_px.ceil() + 2.0 * margin_px;
        let corner = if margin_px > 0.0 {
            -margin_px * SCALE
        } else {
            0.0
        };
        let view_box = format!("{corner} {corner} {} {}", width * SCALE, height * SCALE);
        let (id, name, font_size) = (&self.id, layout.name(), TEXT_PX * SCALE);
        let (title, desc) = (escaped(&self.title), escaped(&self.desc));
        Ok(format!(
            "<svg{namespace} class=\"chart {name}\" role=\"img\" \
             aria-labelledby=\"{id}-{name}-t {id}-{name}-d\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"{view_box}\" font-size=\"{font_size}\" fill=\"none\">\n\
             <title id=\"{id}-{name}-t\">{title}</title>\n<desc id=\"{id}-{name}-d\">{desc}</desc>\n\
             {head}{marks}</svg>\n"
        ))
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Where a text's position is on it.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// Draws in pixels of the finished chart.
struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

impl Canvas<'_> {
    /// The marks that `draw` makes, without a root element.
    fn marks(
        width_px: f64,
        height_px: f64,
        draw: impl FnOnce(&Canvas) -> Result<()>,
    ) -> Result<String> {
        let mut svg = String::new();
        let size = ((width_px * SCALE) as u32, (height_px * SCALE).ceil() as u32);
        let canvas = Canvas {
            area: SVGBackend::with_string(&mut svg, size).into_drawing_area(),
        };
        draw(&canvas)?;
        canvas.area.present()?;
        drop(canvas);
        Ok(compact(&svg))
    }

    fn line(&self, from: (f64, f64), to: (f64, f64), color: RGBColor, width_px: f64) -> Result<()> {
        self.path(&[from, to], color, width_px)
    }

    fn path(&self, points: &[(f64, f64)], color: RGBColor, width_px: f64) -> Result<()> {
        let points: Vec<(i32, i32)> = points.iter().map(|point| grid(*point)).collect();
        let style = color.stroke_width((width_px * SCALE) as u32);
        Ok(self.area.draw(&PathElement::new(points, style))?)
    }

    /// A filled rectangle from one corner to the other.
    fn block(&self, (x0, y0): (f64, f64), (x1, y1): (f64, f64), color: RGBColor) -> Result<()> {
        let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map(grid);
        Ok(self
            .area
            .draw(&Polygon::new(corners.to_vec(), color.filled()))?)
    }

    fn band(&self, outline: &[(f64, f64)], color: RGBColor) -> Result<()> {
        let points: Vec<(i32, i32)> = outline.iter().map(|point| grid(*point)).collect();
        Ok(self
            .area
            .draw(&Polygon::new(points, color.mix(0.18).filled()))?)
    }

    fn text(
        &self,
        at: (f64, f64),
        text: &str,
        anchor: Anchor,
        color: RGBColor,
        size_px: f64,
    ) -> Result<()> {
        self.styled_text(at, text, anchor, color, size_px, FontStyle::Normal)
    }

    fn heading(&self, at: (f64, f64), text: &str) -> Result<()> {
        self.styled_text(at, text, Anchor::Start, INK, TEXT_PX, FontStyle::Bold)
    }

    fn styled_text(
        &self,
        at: (f64, f64),
        text: &str,
        anchor: Anchor,
        color: RGBColor,
        size_px: f64,
        font: FontStyle,
    ) -> Result<()> {
        let horizontal = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        // The backend divides a size by 1.24.
        let style = TextStyle::from(("sans-serif", size_px * SCALE * 1.24, font))
            .color(&color)
            .pos(Pos::new(horizontal, VPos::Center));
        Ok(self
            .area
            .draw(&Text::new(text.to_string(), grid(at), style))?)
    }

    /// One of many: no marker to tell it from others.
    fn dot(&self, at: (f64, f64), look: Look, radius_px: f64) -> Result<()> {
        let radius = (radius_px * SCALE) as i32;
        Ok(self
            .area
            .draw(&Circle::new(grid(at), radius, look.color.filled()))?)
    }

    /// A marker of 9 px, sized by eye so that all shapes weigh the same.
    fn marker(&self, at: (f64, f64), look: Look) -> Result<()> {
        let (x, y) = at;
        let polygon = |points: &[(f64, f64)]| -> Result<()> {
            let points: Vec<(i32, i32)> = points
                .iter()
                .map(|(dx, dy)| grid((x + dx, y + dy)))
                .collect();
            Ok(self.area.draw(&Polygon::new(points, look.color.filled()))?)
        };
        let stroke =
            |dx: f64, dy: f64| self.line((x - dx, y - dy), (x + dx, y + dy), look.color, 2.2);
        match look.marker {
            Marker::Circle => {
                Ok(self
                    .area
                    .draw(&Circle::new(grid(at), 45, look.color.filled()))?)
            }
            Marker::HollowCircle => {
                let ring = look.color.stroke_width(18);
                Ok(self.area.draw(&Circle::new(grid(at), 42, ring))?)
            }
            Marker::Square => polygon(&[(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)]),
            Marker::TriangleUp => polygon(&[(0.0, -5.2), (5.0, 3.8), (-5.0, 3.8)]),
            Marker::TriangleDown => polygon(&[(0.0, 5.2), (5.0, -3.8), (-5.0, -3.8)]),
            Marker::Diamond => polygon(&[(0.0, -5.6), (5.2, 0.0), (0.0, 5.6), (-5.2, 0.0)]),
            Marker::Cross => stroke(3.8, 3.8).and_then(|()| stroke(3.8, -3.8)),
            Marker::Plus => stroke(4.8, 0.0).and_then(|()| stroke(0.0, 4.8)),
        }
    }
}

fn grid((x, y): (f64, f64)) -> (i32, i32) {
    ((x * SCALE).round() as i32, (y * SCALE).round() as i32)
}

/// Cuts a text that would run into its neighbour, in the middle: what tells two labels apart often stands at the end.
/// The table has it whole.
fn fitted(text: &str, width_px: f64, size_px: f64) -> String {
    let room = (width_px / (size_px * LETTER_PX / TEXT_PX)) as usize;
    if text.chars().count() <= room {
        return text.to_string();
    }
    let letters: Vec<char> = text.chars().collect();
    let tail = (room / 2).min(room.saturating_sub(1));
    let head = room.saturating_sub(1 + tail);
    letters[..head]
        .iter()
        .chain(&['…'])
        .chain(&letters[letters.len() - tail..])
        .collect()
}

/// Drops what the root says for all (typeface, size) and what is a default, and makes steps dotted. An attribute's quote
/// cannot occur in a text, where it is escaped, so plain replacement is safe.
fn compact(svg: &str) -> String {
    let step = format!("stroke=\"#{:02X}{:02X}{:02X}\"", STEP.0, STEP.1, STEP.2);
    let dotted = format!("{step} stroke-dasharray=\"15 35\" stroke-linecap=\"round\"");
    let mut marks = String::with_capacity(svg.len());
    for line in svg
        .lines()
        .filter(|line| !line.starts_with("<svg") && *line != "</svg>")
    {
        let mut line = line
            .replace(" opacity=\"1\"", "")
            .replace(" font-family=\"sans-serif\"", "")
            .replace(" stroke=\"none\"", "")
            .replace(" fill=\"none\"", "")
            .replace(" text-anchor=\"start\"", "")
            .replace(" \"/>", "\"/>")
            .replace(&step, &dotted);
        if let Some(start) = line.find(" font-size=\"") {
            let digits = start + " font-size=\"".len();
            let end = digits + line[digits..].find('"').unwrap_or(0);
            let size = line[digits..end].parse().map_or(0.0, f64::round);
            let whole = if size == TEXT_PX * SCALE {
                String::new()
            } else {
                format!(" font-size=\"{size}\"")
            };
            line.replace_range(start..=end, &whole);
        }
        marks += &line;
        // The backend sets a text on a line of its own, which would be white space around it.
        if line.starts_with('<') && !line.starts_with("<text ") {
            marks.push('\n');
        }
    }
    marks
}
