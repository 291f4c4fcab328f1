//! A history as pages: incidents and series on one, and a page per series with its points, in a folder of their own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Serialize;

use super::History;
use super::changes::Found;
use super::incidents::differences;
use super::series::{Measure, Role, Series};
use super::text::{explained, largest, size, sparkline, summary};
use crate::comparison::table::plain;
use crate::report::chart::{Body, Chart, CourseChart, Layout};
use crate::report::format::{date, plural, rounded};
use crate::report::html::Filler;

#[derive(Serialize)]
struct Index {
    summary: String,
    incidents: Vec<IncidentView>,
    young: Vec<Named>,
    series: Vec<Line>,
    skipped: Vec<String>,
}

#[derive(Serialize)]
struct IncidentView {
    summary: String,
    from: String,
    to: String,
    date: String,
    cause: &'static str,
    markers: Vec<String>,
    regression: bool,
    members: Vec<Named>,
}

#[derive(Serialize)]
struct Named {
    name: String,
    page: String,
    size: String,
    explained: String,
}

#[derive(Serialize)]
struct Line {
    name: String,
    page: String,
    points: usize,
    last: String,
    course: String,
    changes: String,
}

#[derive(Serialize)]
struct Page {
    name: String,
    summary: String,
    figure: Figure,
    changes: Vec<ChangeView>,
    points: Vec<PointView>,
    environment: Vec<Fact>,
}

/// As `figure.html` wants it.
#[derive(Serialize)]
struct Figure {
    wide: String,
    narrow: String,
    caption: Vec<String>,
    file: String,
}

#[derive(Serialize)]
struct ChangeView {
    text: String,
    incident: Option<usize>,
}

#[derive(Serialize)]
struct PointView {
    run: String,
    link: Option<String>,
    started: String,
    ns: String,
    interval: String,
    percent: String,
    since: String,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    value: String,
}

/// Path below the folder -> text. `link` gives the address of a run's report as seen from a page of a series, where there is one.
pub fn pages(
    history: &History,
    link: impl Fn(&Path) -> Option<String>,
) -> Result<BTreeMap<PathBuf, String>> {
    let filler = Filler::new()?;
    let mut files = BTreeMap::new();
    let shown: Vec<usize> = (0..history.series.len())
        .filter(|at| is_shown(&history.series[*at], &history.found[*at]))
        .collect();
    let incident_of: BTreeMap<(usize, usize), usize> = history
        .incidents
        .iter()
        .enumerate()
        .flat_map(|(number, incident)| {
            let members = incident.members.iter();
            members.map(move |member| ((member.series, member.change), number + 1))
        })
        .collect();
    for at in &shown {
        let chart = chart(history, *at);
        let name = file(history, *at);
        let page = page(history, *at, &chart, &incident_of, &link)?;
        files.insert(
            PathBuf::from(format!("series/{name}.html")),
            filler.fill("series.html", &page)?,
        );
        files.insert(PathBuf::from(format!("series/{name}.svg")), chart.file()?);
    }
    files.insert(
        PathBuf::from("index.html"),
        filler.fill("history.html", &index(history, &shown))?,
    );
    Ok(files)
}

/// An empty call that never moved is nothing to look at.
fn is_shown(series: &Series, found: &Found) -> bool {
    series.role != Role::Empty || !found.changes.is_empty()
}

/// Name of a series' files: of its key, and its index where class or epoch make it one of several.
fn file(history: &History, at: usize) -> String {
    let series = &history.series[at];
    // Series are in order of their keys.
    let is_twin = |other: Option<usize>| {
        let other = other.and_then(|other| history.series.get(other));
        other.is_some_and(|other| other.key == series.key)
    };
    let name = series.key.file_name().replace('=', "-").replace(',', "_");
    // Names of files end at 255 bytes.
    let name = if name.len() > 180 {
        let hash = blake3::hash(name.as_bytes()).to_hex();
        format!(
            "{}~{}",
            name.chars().take(150).collect::<String>(),
            &hash[..12]
        )
    } else {
        name
    };
    if is_twin(at.checked_sub(1)) || is_twin(Some(at + 1)) {
        format!("{name}~{at}")
    } else {
        name
    }
}

fn index(history: &History, shown: &[usize]) -> Index {
    let named = |at: usize, size: String, explained: String| Named {
        name: history.series[at].key.to_string(),
        page: format!("series/{}.html", file(history, at)),
        size,
        explained,
    };
    let id = |run: usize| history.runs[run].facts.id.clone();
    let incidents = history.incidents.iter().map(|incident| IncidentView {
        summary: summary(history, incident),
        from: id(incident.from),
        to: id(incident.to),
        date: date(&history.runs[incident.to].facts.started),
        cause: incident.cause.name(),
        markers: incident.markers.clone(),
        regression: incident.is_regression(&history.found),
        members: incident
            .members
            .iter()
            .map(|member| {
                let change = &history.found[member.series].changes[member.change];
                named(
                    member.series,
                    plain(&size(change)),
                    explained(history, change).unwrap_or_default(),
                )
            })
            .collect(),
    });
    let mut series = shown.to_vec();
    let change = |at: &usize| largest(&history.found[*at]);
    series.sort_by(|a, b| change(b).total_cmp(&change(a)));
    let lines = series.into_iter().map(|at| {
        let of = &history.series[at];
        let values: Vec<f64> = of.points.iter().map(|point| point.value).collect();
        let changes = history.found[at].changes.iter();
        Line {
            name: of.key.to_string(),
            page: format!("series/{}.html", file(history, at)),
            points: of.points.len(),
            last: of.points.last().map_or(String::new(), |point| {
                rounded(point.ns, point.interval).value
            }),
            course: sparkline(&values),
            changes: changes
                .map(|change| format!("{:+.1} %", change.percent))
                .collect::<Vec<_>>()
                .join(", "),
        }
    });
    Index {
        summary: match (history.runs.first(), history.runs.last()) {
            (Some(first), Some(last)) => format!(
                "{} from {} to {}.",
                plural(history.runs.len(), "run"),
                date(&first.facts.started),
                date(&last.facts.started)
            ),
            _ => "No run.".to_string(),
        },
        incidents: incidents.collect(),
        young: history
            .found
            .iter()
            .enumerate()
            .filter_map(|(at, found)| {
                let young = found.young.as_ref()?;
                let size = format!("{:+.1} % since run {}", young.percent, id(young.run));
                Some(named(at, size, String::new()))
            })
            .collect(),
        series: lines.collect(),
        skipped: history
            .skipped
            .iter()
            .map(|skipped| {
                let name = skipped.folder.file_name().unwrap_or_default();
                format!("{}: {}", name.to_string_lossy(), skipped.why)
            })
            .collect(),
    }
}

/// ln -> percent over the first level.
fn percent(series: &Series, found: &Found) -> impl Fn(f64) -> f64 {
    let end = found
        .changes
        .first()
        .map_or(series.points.len(), |change| change.point);
    let first = &series.points[..end.max(1).min(series.points.len())];
    let level = first.iter().map(|point| point.value).sum::<f64>() / first.len().max(1) as f64;
    move |value| 100.0 * (value - level).exp_m1()
}

fn chart(history: &History, at: usize) -> Chart {
    let (series, found) = (&history.series[at], &history.found[at]);
    let percent = percent(series, found);
    let point_of = |run: usize| series.points.partition_point(|point| point.run < run);
    let mut borders: Vec<usize> = found.changes.iter().map(|change| change.point).collect();
    borders.extend(&found.epochs);
    borders.extend([0, series.points.len()]);
    borders.sort_unstable();
    borders.dedup();
    let levels = borders.windows(2).map(|ends| {
        let values = series.points[ends[0]..ends[1]].iter().map(|p| p.value);
        let mean = values.sum::<f64>() / (ends[1] - ends[0]) as f64;
        (ends[0], ends[1], percent(mean))
    });
    let started = |point: Option<&super::series::Point>| {
        point.map_or(String::new(), |point| {
            let started = &history.runs[point.run].facts.started;
            started.chars().take(10).collect()
        })
    };
    let words = match found.changes.len() {
        0 => "no change of level".to_string(),
        count => plural(count, "change of level"),
    };
    Chart {
        id: format!("series-{at}"),
        title: format!("Course of {}", series.key),
        desc: format!(
            "{} over {}, in percent over the first level; {words}.",
            what(series),
            plural(series.points.len(), "run")
        ),
        body: Body::Course(CourseChart {
            points: series.points.iter().map(|p| percent(p.value)).collect(),
            levels: levels.collect(),
            steps: found
                .changes
                .iter()
                .map(|change| (point_of(change.from), point_of(change.to)))
                .collect(),
            epochs: found.epochs.clone(),
            first: started(series.points.first()),
            last: started(series.points.last()),
        }),
    }
}

fn what(series: &Series) -> &'static str {
    match (series.role, series.measure) {
        (Role::Floor, _) => "ns per call of the native floor",
        (Role::Empty, _) => "ns per call of the empty managed method",
        (Role::Row, Measure::OverFloor) => {
            "Time per call over that of the native floor of the same run"
        }
        (Role::Row, Measure::Ns) => "ns per call",
    }
}

fn page(
    history: &History,
    at: usize,
    chart: &Chart,
    incident_of: &BTreeMap<(usize, usize), usize>,
    link: impl Fn(&Path) -> Option<String>,
) -> Result<Page> {
    let (series, found) = (&history.series[at], &history.found[at]);
    let percent = percent(series, found);
    let name = file(history, at);
    let mut before: Option<usize> = None;
    let points = series.points.iter().map(|point| {
        let run = &history.runs[point.run];
        let since = before.map_or(String::new(), |before| {
            let texts = differences(&history.runs[before], run).into_iter();
            texts.map(|(_, text)| text).collect::<Vec<_>>().join("; ")
        });
        before = Some(point.run);
        let shown = rounded(point.ns, point.interval);
        PointView {
            run: run.facts.id.clone(),
            link: link(&run.folder),
            started: run.facts.started.clone(),
            ns: shown.value,
            interval: shown.interval,
            percent: format!("{:+.1} %", percent(point.value)),
            since,
        }
    });
    let id = |run: usize| history.runs[run].facts.id.as_str();
    let changes = found.changes.iter().enumerate().map(|(number, change)| {
        let explained =
            explained(history, change).map_or(String::new(), |text| format!("; {text}"));
        ChangeView {
            text: format!(
                "{}: after run {}, by run {}{explained}",
                plain(&size(change)),
                id(change.from),
                id(change.to)
            ),
            incident: incident_of.get(&(at, number)).copied(),
        }
    });
    Ok(Page {
        name: series.key.to_string(),
        summary: format!("{}, {}.", what(series), plural(series.points.len(), "run")),
        figure: Figure {
            wide: chart.inline(Layout::Wide)?,
            narrow: chart.inline(Layout::Narrow)?,
            caption: vec![
                "A point is a run; lines are levels, a stripe is where a step happened, in 95 of 100.".to_string(),
            ],
            file: format!("{name}.svg"),
        },
        changes: changes.collect(),
        points: points.collect(),
        environment: vec![
            Fact {
                name: "Environment class",
                value: series.class.clone(),
            },
            Fact {
                name: "Epoch of the engine",
                value: series.epoch.clone().unwrap_or_else(|| "-".to_string()),
            },
        ],
    })
}
