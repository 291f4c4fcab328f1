//! The newest table for the README: one line per case. Of a run whose rows were compared, what a way adds to an empty managed
//! call, with the verdict beside the reference; of another, times per call and no verdict word.

use std::fmt::Write as _;

use anyhow::{Result, bail};

use super::{Published, commit, plain, runtime};
use crate::manifest::{CaseRecord, Manifest};
use crate::report::format::{NONE, date};
use crate::report::groups::{self, Group};
use crate::report::measure::{Measure, crosses};
use crate::row::Row;

const BEGIN: &str = "<!-- headline: written by ./lab publish -->";
const END: &str = "<!-- /headline -->";

/// `readme` with what stands between the markers replaced.
pub fn insert(readme: &str, headline: &str) -> Result<String> {
    let parts = readme.split_once(BEGIN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let Some((before, after)) = parts else {
        bail!(
            "README.md has no place for the newest table: add the line {BEGIN} and below it the line {END}"
        );
    };
    Ok(format!("{before}{BEGIN}\n{headline}{END}{after}"))
}

/// The table of one published report; links are relative to the checkout.
pub fn table(published: &Published, rows: &[Row]) -> String {
    let Published {
        folder, manifest, ..
    } = published;
    let groups = groups::all(manifest, rows);
    let compared = groups
        .iter()
        .any(|group| group.leading() != Measure::PerCall);
    let measure = if compared {
        Measure::OverManaged
    } else {
        Measure::PerCall
    };
    let unit = match measure {
        Measure::OverManaged => "ns over an empty managed call",
        _ => "ns per call",
    };
    let mut text = format!(
        "![Every way across the border, {}](reports/{folder}/landing.svg)\n\n\
         | case | at | reference way, {unit} | smallest | largest |\n|---|---|---|---|---|\n",
        unit.replacen("ns", "nanoseconds", 1)
    );
    for case in &manifest.cases {
        let group = groups.iter().find(|group| group.case.id == case.id);
        text += &line(case, group, measure, manifest, &format!("reports/{folder}"));
    }
    let _ = write!(text, "\n{}\n", origin(published, rows));
    text
}

/// Which machine, when, with what, and what the intervals are over.
fn origin(published: &Published, rows: &[Row]) -> String {
    let Published {
        folder, manifest, ..
    } = published;
    let environment = &manifest.environment;
    let host = environment.host();
    let host = host.map_or("virtual or metal: unknown".to_string(), |host| plain(&host));
    let one_launch = rows.iter().any(|row| row.launches == 1);
    let basis = if rows.iter().any(|row| row.key.is_paired()) {
        "Intervals are over launches; slower, faster and tie are verdicts beside the reference"
    } else if one_launch {
        "Intervals of one launch say nothing about the next; no verdict rests on them: read the sizes, not the order"
    } else {
        "Intervals are over launches; no verdict rests on them: read the sizes, not the order"
    };
    format!(
        "*{}, {} logical CPUs, {host}, {} {}; {}; {}; profile {}; commit {}. {basis}. \
         [The whole report](reports/{folder}/index.html), [as Markdown](reports/{folder}/report.md), [all reports](reports/README.md).*",
        plain(&environment.cpu),
        environment.logical_cpus,
        plain(&environment.os),
        plain(&environment.arch),
        date(&manifest.started),
        runtime(manifest),
        plain(&manifest.plan.profile),
        commit(manifest)
    )
}

fn line(
    case: &CaseRecord,
    group: Option<&Group>,
    measure: Measure,
    manifest: &Manifest,
    report: &str,
) -> String {
    let question = plain(&case.question);
    let stem = group.map_or(case.id.as_str(), |group| group.stem.as_str());
    let link = format!("{report}/{stem}.html");
    let first = manifest.plan.implementations.first();
    let shown: Vec<&Row> = group
        .map(|group| group.representative(first.map_or("-", String::as_str), measure))
        .unwrap_or_default()
        .into_iter()
        .filter(|row| measure.value(row).is_some())
        .collect();
    let Some(first) = shown.first() else {
        return format!("| [{question}]({link}) | {NONE} | {NONE} | {NONE} | {NONE} |\n");
    };
    // A managed call and the native floor do not cross the border.
    let ways = || shown.iter().filter(|row| crosses(&row.key));
    let value = |row: &Row| measure.value(row).unwrap_or(f64::INFINITY);
    let cell_of = |row: Option<&&Row>| row.map_or(NONE.to_string(), |row| cell(row, measure));
    format!(
        "| [{question}]({link}) | {} | {} | {} | {} |\n",
        place(first),
        cell_of(shown.iter().find(|row| row.key.variant == case.reference)),
        cell_of(ways().min_by(|a, b| value(a).total_cmp(&value(b)))),
        cell_of(ways().max_by(|a, b| value(a).total_cmp(&value(b))))
    )
}

/// `length=64,text=ascii` -> `length 64, text ascii`.
fn place(row: &Row) -> String {
    if row.key.params == "-" {
        return NONE.to_string();
    }
    let pairs = row.key.params.split(',');
    let words: Vec<String> = pairs
        .map(|pair| plain(&pair.replacen('=', " ", 1)))
        .collect();
    words.join(", ")
}

/// `LibraryImport 5.82 [5.76, 5.87]`, `FunctionPointerNoGc 1.20 [1.15, 1.25], faster`.
fn cell(row: &Row, measure: Measure) -> String {
    let Some(shown) = measure.cell(row) else {
        return NONE.to_string();
    };
    let verdict = row.verdict.filter(|_| row.key.is_paired());
    let verdict = verdict.map_or(String::new(), |verdict| format!(", {}", verdict.word()));
    format!("{} {shown}{verdict}", plain(&row.key.variant))
}
