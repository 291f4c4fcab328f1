//! The start-up page: what a start consists of, for every start-up program, in bars and tables.

use anyhow::Result;
use serde::Serialize;

use super::groups::Group;
use super::labels::{self, Telling};
use super::{CaseView, Figure, Link, Source, family};
use crate::engine::programs::startup::{COUNT_IMPORT, COUNT_MANAGED_FILE, COUNT_NATIVE_FILE};
use crate::report::chart::{Bar, BarChart, BarGroup, Body, Chart, Unit, style};
use crate::report::format::{self, plural};
use crate::report::params::Tuple;
use crate::row::Row;
use crate::sample::Role;
use crate::stats::startup::Startup;
use crate::stats::told::Middle;

/// Name of its page, without an ending.
pub const STEM: &str = "startup";

/// What is stacked, and what a reader calls it. The second call is no part of a start.
const PARTS: [(Role, &str); 5] = [
    (Role::Main, "process to main"),
    (Role::Load, "load"),
    (Role::Bind, "bind"),
    (Role::Stub, "stub"),
    (Role::FirstCall, "first call"),
];
const PEAK: &str = "peak_memory";

#[derive(Debug, Serialize)]
pub struct StartupView {
    pub page: String,
    pub summary: String,
    pub sections: Vec<Section>,
    pub tables: Vec<Table>,
}

/// One program.
#[derive(Debug, Serialize)]
pub struct Section {
    pub case: Link,
    pub question: String,
    /// What its first call is.
    pub call: String,
    pub figures: Vec<Figure>,
}

#[derive(Debug, Serialize)]
pub struct Table {
    pub title: String,
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// A row, and what its processes told.
type Told<'a> = (&'a Row, &'a Startup);

impl StartupView {
    /// Absent where no start-up program told of its start.
    pub(super) fn of(
        source: &Source,
        groups: &[Group],
        cases: &[CaseView],
    ) -> Result<Option<StartupView>> {
        let mut sections = Vec::new();
        let mut all: Vec<Told> = Vec::new();
        for (group, case) in groups.iter().zip(cases) {
            let told = told(source, group);
            if told.is_empty() {
                continue;
            }
            sections.push(Section {
                case: family::link(case),
                question: group.case.question.clone(),
                call: group.case.signature.clone(),
                figures: figures(group, &told)?,
            });
            all.extend(told);
        }
        let processes = all.iter().filter_map(|(_, one)| first_call(one));
        let Some(most) = processes.map(|middle| middle.processes).max() else {
            return Ok(None);
        };
        Ok(Some(StartupView {
            page: format!("{STEM}.html"),
            summary: format!(
                "{} of {}, up to {} each",
                plural(all.len(), "row"),
                plural(sections.len(), "program"),
                plural(most, "fresh process")
            ),
            sections,
            tables: [first_calls(&all), memory(&all), sizes(&all)]
                .into_iter()
                .flatten()
                .collect(),
        }))
    }

    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.sections.iter().flat_map(|section| &section.figures)
    }
}

fn told<'a>(source: &'a Source, group: &Group<'a>) -> Vec<Told<'a>> {
    let told = |row: &&'a Row| Some((*row, source.evidence.startup(&row.key)?));
    group.rows.iter().filter_map(told).collect()
}

fn first_call(one: &Startup) -> Option<Middle> {
    one.interval(Role::FirstCall)
}

/// From the start of the process, and from the program's first line on: beside the first the rest is hard to see.
fn figures(group: &Group, told: &[Told]) -> Result<Vec<Figure>> {
    let has_main = told
        .iter()
        .any(|(_, one)| one.interval(Role::Main).is_some());
    let whole = has_main.then(|| figure(group, told, 0, "start", "from the process's start"));
    let inside = figure(group, told, 1, "inside", "from the program's first line");
    whole.into_iter().chain([inside]).collect()
}

fn figure(group: &Group, told: &[Told], from: usize, twist: &str, since: &str) -> Result<Figure> {
    let telling = Telling::apart(told.iter().map(|(row, _)| *row));
    let parts: Vec<usize> = (from..PARTS.len())
        .filter(|at| told.iter().any(|(_, one)| part(one, PARTS[*at].0) > 0.0))
        .collect();
    let groups: Vec<BarGroup> = told
        .chunk_by(|(a, _), (b, _)| a.key.params == b.key.params)
        .map(|told| BarGroup {
            heading: Tuple::parse(&told[0].0.key.params).words(),
            bars: told
                .iter()
                .map(|(row, one)| Bar {
                    label: telling.label(&row.key),
                    values: parts.iter().map(|at| part(one, PARTS[*at].0)).collect(),
                })
                .collect(),
        })
        .collect();
    let words = groups.iter().flat_map(|group| {
        group.bars.iter().map(|bar| {
            let total = format::with_unit(bar.values.iter().sum(), None);
            let place = match group.heading.as_str() {
                "" => String::new(),
                heading => format!("{heading}, "),
            };
            format!("{place}{}: {total}", bar.label)
        })
    });
    let name = labels::case(&group.case.id);
    let chart = Chart {
        id: format!("s-{}-{twist}", group.stem),
        title: format!("{name}: up to the end of the first call, {since}"),
        desc: words.collect::<Vec<_>>().join("; "),
        body: Body::Bars(BarChart {
            unit: Unit::Time,
            parts: parts
                .iter()
                .map(|at| (PARTS[*at].1.to_string(), style::PARTS[*at]))
                .collect(),
            groups,
        }),
    };
    let caption = vec![
        format!("Up to the end of the first call, {since}; axis from 0."),
        "Each bar is one process: of all of its row the one whose sum is the median. What lies between two intervals is the lab's own and is not drawn."
            .to_string(),
    ];
    Figure::of(
        &chart,
        format!("{STEM}~{}~{twist}.svg", group.stem),
        caption,
    )
}

fn part(one: &Startup, role: Role) -> f64 {
    let own = one.one.iter().find(|(known, _)| *known == role);
    own.map_or(0.0, |(_, ns)| *ns)
}

fn place(row: &Row) -> [String; 4] {
    let key = &row.key;
    let params = match Tuple::parse(&key.params).words() {
        params if params.is_empty() => format::NONE.to_string(),
        params => params,
    };
    [
        labels::case(&key.case),
        params,
        key.variant.clone(),
        key.deployment.clone(),
    ]
}

fn header(names: &[&str]) -> Vec<String> {
    let place = ["Program", "At", "Way", "Deployment"];
    place
        .iter()
        .chain(names)
        .map(|name| name.to_string())
        .collect()
}

fn shown(middle: Option<Middle>, text: impl Fn(Middle) -> String) -> String {
    middle.map_or(format::NONE.to_string(), text)
}

fn time(middle: Middle) -> String {
    let interval = middle.interval();
    format::with_unit(middle.median, interval).to_string()
}

fn first_calls(all: &[Told]) -> Option<Table> {
    let line = |(row, one): &Told| {
        let operation = one.interval(Role::FirstCall).map(|middle| middle.median);
        let ratio = row.ratio.0.map_or(format::NONE.to_string(), |ratio| {
            let interval = row.ratio_lo.0.zip(row.ratio_hi.0);
            format::ratio(ratio, interval).to_string()
        });
        operation?;
        let mut cells = place(row).to_vec();
        cells.extend([
            shown(one.interval(Role::Main), time),
            shown(first_call(one), time),
            ratio,
            shown(one.interval(Role::SecondCall), time),
        ]);
        Some(cells)
    };
    table(
        "First calls: medians over processes, with 95\u{202f}% intervals; the ratio is to the reference of the case under the same deployment, between processes",
        &["Process to main", "First call", "Ratio", "Second call"],
        all.iter().filter_map(line).collect(),
    )
}

fn memory(all: &[Told]) -> Option<Table> {
    let mebibytes = |middle: Middle| {
        let unit = |bytes: f64| bytes / f64::from(1 << 20);
        let interval = middle.interval().map(|(lo, hi)| (unit(lo), unit(hi)));
        format!(
            "{}\u{202f}MiB",
            format::rounded(unit(middle.median), interval)
        )
    };
    let line = |(row, one): &Told| {
        let mut cells = place(row).to_vec();
        cells.push(mebibytes(one.count(PEAK)?));
        Some(cells)
    };
    table(
        "Peak memory: the most that a process held, as the kernel counts it, after its second call",
        &["Peak memory"],
        all.iter().filter_map(line).collect(),
    )
}

/// Bytes of what is started, once for each file size of a deployment.
fn sizes(all: &[Told]) -> Option<Table> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (row, one) in all {
        let import = format!(
            "one import of its own signature by {}, of the native program",
            row.key.variant
        );
        for (name, words) in [
            (COUNT_MANAGED_FILE, "assembly, started by dotnet"),
            (COUNT_NATIVE_FILE, "native program"),
            (COUNT_IMPORT, import.as_str()),
        ] {
            if let Some(middle) = one.count(name) {
                let line = vec![
                    row.key.deployment.clone(),
                    words.to_string(),
                    format::number(middle.median),
                ];
                if !rows.contains(&line) {
                    rows.push(line);
                }
            }
        }
    }
    (!rows.is_empty()).then(|| Table {
        title: "Size of the program that is started, all of its imports in it; what an import takes is told by the compiler's own map, which an assembly has not".to_string(),
        header: ["Deployment", "What it is", "Bytes"]
            .map(str::to_string)
            .to_vec(),
        rows,
    })
}

fn table(title: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Option<Table> {
    (!rows.is_empty()).then(|| Table {
        title: title.to_string(),
        header: header(columns),
        rows,
    })
}
