//! A history in a terminal: incidents first, then a line per series.

use std::fmt::Write as _;

use super::changes::{Change, Found};
use super::incidents::{Cause, Incident, Member};
use super::series::{Measure, Point, Role, Series};
use super::{History, annotations};
use crate::comparison::table::plain;
use crate::report::format::{plural, rounded};
use crate::stats::steps::FEWEST;
use crate::terminal::{align_right, plain as empty_table, table_text};

/// Points in a sparkline.
const WIDTH: usize = 40;
/// Members of an incident that are named; the pages have all.
const NAMED: usize = 8;

pub fn text(history: &History) -> String {
    let mut text = head(history);
    if history.incidents.is_empty() {
        text += "no change of level in any series\n";
    }
    for (number, incident) in history.incidents.iter().enumerate() {
        text += &of_incident(history, number + 1, incident);
    }
    let young: Vec<_> = history
        .series
        .iter()
        .zip(&history.found)
        .filter_map(|(series, found)| Some((series, found.young.as_ref()?)))
        .collect();
    if !young.is_empty() {
        let _ = writeln!(
            text,
            "\nsuspected, too young to tell: measure more with ./lab run --filter"
        );
        for (series, young) in young {
            let _ = writeln!(
                text,
                "  {} {:+.1} % since run {} ({})",
                series.key,
                young.percent,
                history.runs[young.run].facts.id,
                plural(young.points, "point")
            );
        }
    }
    let _ = writeln!(text, "\n{}", table(history));
    plain(&text)
}

fn head(history: &History) -> String {
    let mut text = String::new();
    for skipped in &history.skipped {
        let _ = writeln!(
            text,
            "skipped {}: {}",
            skipped.folder.display(),
            skipped.why
        );
    }
    let span = match (history.runs.first(), history.runs.last()) {
        (Some(first), Some(last)) => format!(", {} to {}", first.facts.started, last.facts.started),
        _ => String::new(),
    };
    let rows = history
        .series
        .iter()
        .filter(|series| series.role == Role::Row);
    let _ = writeln!(
        text,
        "{}{span}: {} of rows, {} of the machine (floors and empty calls)\n",
        plural(history.runs.len(), "run"),
        rows.clone().count(),
        history.series.len() - rows.count()
    );
    text
}

/// `12 series, slower by 3.1 to 8.2 %`.
pub fn summary(history: &History, incident: &Incident) -> String {
    let changes: Vec<&Change> = incident
        .members
        .iter()
        .map(|member| change(history, member))
        .collect();
    let part = |slower: bool| {
        let sizes: Vec<f64> = changes
            .iter()
            .filter(|change| change.is_slower() == slower)
            .map(|change| change.percent.abs())
            .collect();
        let (least, most) = (
            sizes.iter().copied().fold(f64::INFINITY, f64::min),
            sizes.iter().copied().fold(0.0, f64::max),
        );
        let word = if slower { "slower" } else { "faster" };
        let [least, most] = [least, most].map(|size| format!("{size:.1}"));
        let range = if least == most {
            most
        } else {
            format!("{least} to {most}")
        };
        (!sizes.is_empty()).then(|| format!("{} series {word} by {range} %", sizes.len()))
    };
    let parts: Vec<String> = [part(true), part(false)].into_iter().flatten().collect();
    parts.join(", ")
}

fn change<'a>(history: &'a History, member: &Member) -> &'a Change {
    &history.found[member.series].changes[member.change]
}

fn of_incident(history: &History, number: usize, incident: &Incident) -> String {
    let mut text = String::new();
    let id = |run: usize| &history.runs[run].facts.id;
    let _ = writeln!(
        text,
        "incident {number}: {}\n  after run {}, by run {} ({}); cause: {}",
        summary(history, incident),
        id(incident.from),
        id(incident.to),
        history.runs[incident.to].facts.started,
        incident.cause.name()
    );
    for marker in &incident.markers {
        let _ = writeln!(text, "  changed there: {marker}");
    }
    for member in incident.members.iter().take(NAMED) {
        let (series, change) = (&history.series[member.series], change(history, member));
        let explained =
            explained(history, change).map_or(String::new(), |text| format!("; {text}"));
        let _ = writeln!(text, "  {} {}{explained}", series.key, size(change));
    }
    if incident.members.len() > NAMED {
        let _ = writeln!(text, "  and {} more", incident.members.len() - NAMED);
    }
    if incident.is_open(&history.found) {
        let kinds = match incident.cause {
            Cause::Environment => "\"environment\" # accepted, fixed, wrong",
            _ => "\"accepted\" # fixed, environment, wrong",
        };
        let _ = writeln!(
            text,
            "  to explain it, add to {}:\n    [[annotation]]\n    kind = {kinds}\n    run = \"{}\"\n    reason = \"\"\n    who = \"\"",
            annotations::FILE,
            id(incident.to)
        );
    }
    text + "\n"
}

/// `+5.2 % [4.8, 5.6], +0.61 ns, p 1e-6 of 23 and 8 points`.
pub fn size(change: &Change) -> String {
    let interval = change
        .percent_interval
        .map_or(String::new(), |(lo, hi)| format!(" [{lo:.1}, {hi:.1}]"));
    format!(
        "{:+.1} %{interval}, {:+} ns, p {} over {} and {}",
        change.percent,
        Signed(change.ns),
        p(change.p_adjusted),
        change.points.0,
        plural(change.points.1, "point")
    )
}

struct Signed(f64);

impl std::fmt::Display for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0.0 { "-" } else { "+" };
        write!(f, "{sign}{}", rounded(self.0.abs(), None).value)
    }
}

fn p(p: f64) -> String {
    if p <= crate::stats::steps::LEAST_P {
        "below 1e-6".to_string()
    } else {
        format!("{p:.1e}")
    }
}

fn table(history: &History) -> String {
    let mut rows: Vec<(&Series, &Found)> = history
        .series
        .iter()
        .zip(&history.found)
        .filter(|(series, found)| series.role == Role::Row || !found.changes.is_empty())
        .collect();
    // One whose level nobody could see change only takes room.
    let short = rows.len();
    rows.retain(|(series, _)| series.points.len() >= 2 * FEWEST);
    let short = short - rows.len();
    // What changed first, the largest change of all first.
    rows.sort_by(|a, b| largest(b.1).total_cmp(&largest(a.1)));
    let mut table = empty_table(["series", "points", "last, ns", "course", "changes"]);
    align_right(&mut table, 1..3);
    for (series, found) in rows {
        let last = series.points.last();
        let values: Vec<f64> = series.points.iter().map(|point| point.value).collect();
        let mut name = series.key.to_string();
        if series.measure == Measure::Ns && series.role == Role::Row {
            name += " (no floor)";
        }
        let changes: Vec<String> = found
            .changes
            .iter()
            .map(|change| {
                let mark = if change.explained.is_some() {
                    " explained"
                } else {
                    ""
                };
                format!("{:+.1} %{mark}", change.percent)
            })
            .collect();
        table.add_row([
            name,
            series.points.len().to_string(),
            last.map_or(String::new(), shown),
            sparkline(&values),
            changes.join(", "),
        ]);
    }
    let mut text = String::new();
    if !table.is_empty() {
        text += &table_text(&table);
        text += "the course is of the row over its native floor; a point is a run, the newest on the right\n";
    }
    if short > 0 {
        let fewest = 2 * FEWEST;
        text += &format!("{short} series with fewer than {fewest} points: too short for a step\n");
    }
    text
}

/// Who explained a change, and how.
pub fn explained(history: &History, change: &Change) -> Option<String> {
    let annotation = &history.annotations[change.explained?];
    Some(format!(
        "{}: {} ({})",
        annotation.kind, annotation.reason, annotation.who
    ))
}

/// The largest change of a series, percent.
pub fn largest(found: &Found) -> f64 {
    let sizes = found.changes.iter().map(|change| change.percent.abs());
    sizes.fold(0.0, f64::max)
}

fn shown(point: &Point) -> String {
    rounded(point.ns, point.interval).value
}

/// The last values as blocks, between the smallest and the largest of them; flat where they differ by less than the smallest
/// effect that counts.
pub fn sparkline(values: &[f64]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let values = &values[values.len().saturating_sub(WIDTH)..];
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = (most - least).max(2.0 * crate::stats::paired::DELTA_ACROSS);
    let middle = (most + least) / 2.0;
    let block = |value: &f64| {
        let share = (value - middle) / range + 0.5;
        BLOCKS[((share * 7.0).round() as usize).min(7)]
    };
    values.iter().map(block).collect()
}
