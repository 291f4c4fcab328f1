//! The newest table for the README: one line per case. Values and intervals, no verdict words: before the paired engine there
//! are none.

use std::fmt::Write as _;

use anyhow::{Result, bail};

use super::{Published, commit, plain, runtime};
use crate::catalogue::{MANAGED, NATIVE};
use crate::manifest::{CaseRecord, Manifest};
use crate::report::format::{NONE, date, rounded};
use crate::row::{Row, State};

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
    let mut text = format!(
        "![Every way across the border, nanoseconds per call](reports/{folder}/landing.svg)\n\n"
    );
    text.push_str(
        "| case | at | reference way, ns per call | smallest | largest |\n|---|---|---|---|---|\n",
    );
    for case in &manifest.cases {
        text += &line(case, manifest, rows, &format!("reports/{folder}"));
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
    let basis = if one_launch {
        "Intervals of one launch say nothing about the next"
    } else {
        "Intervals are over launches"
    };
    format!(
        "*{}, {} logical CPUs, {host}, {} {}; {}; {}; profile {}; commit {}. {basis}; no verdict rests on them: read the sizes, not the order. \
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

fn line(case: &CaseRecord, manifest: &Manifest, rows: &[Row], report: &str) -> String {
    let question = plain(&case.question);
    // The one place that knows where a report keeps a case.
    let link = format!("{report}/{}.html", case.id);
    let shown = representative(case, manifest, rows);
    let Some(first) = shown.first() else {
        return format!("| [{question}]({link}) | {NONE} | {NONE} | {NONE} | {NONE} |\n");
    };
    let reference = shown
        .iter()
        .find(|row| row.key.variant == case.reference)
        .map_or(NONE.to_string(), |row| cell(row));
    // Across the border only: a managed call and the native floor do not cross it.
    let ways = || {
        shown
            .iter()
            .filter(|row| row.key.variant != MANAGED && row.key.variant != NATIVE)
    };
    let value = |row: &Row| row.ns_per_call.0.unwrap_or(f64::INFINITY);
    let smallest = ways().min_by(|a, b| value(a).total_cmp(&value(b)));
    let largest = ways().max_by(|a, b| value(a).total_cmp(&value(b)));
    let cell_of = |row: Option<&&Row>| row.map_or(NONE.to_string(), |row| cell(row));
    format!(
        "| [{question}]({link}) | {} | {reference} | {} | {} |\n",
        place(first),
        cell_of(smallest),
        cell_of(largest)
    )
}

/// Rows with a value at the params tuple that has most of them, the earliest of equals; of the plan's first implementation, as
/// the report's chart of all cases shows them.
fn representative<'a>(case: &CaseRecord, manifest: &Manifest, rows: &'a [Row]) -> Vec<&'a Row> {
    let first = manifest.plan.implementations.first().map(String::as_str);
    let of_case = |row: &&Row| {
        row.key.case == case.id
            && row.state == State::Ok
            && row.ns_per_call.0.is_some()
            && (row.key.implementation == "-" || first == Some(&row.key.implementation))
    };
    let mut best: Vec<&Row> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for planned in manifest
        .plan
        .rows
        .iter()
        .filter(|row| row.key.case == case.id)
    {
        let params = planned.key.params.as_str();
        if seen.contains(&params) {
            continue;
        }
        seen.push(params);
        let at: Vec<&Row> = rows
            .iter()
            .filter(of_case)
            .filter(|row| row.key.params == params)
            .collect();
        if at.len() > best.len() {
            best = at;
        }
    }
    best
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

/// `LibraryImport 5.82 [5.76, 5.87]`.
fn cell(row: &Row) -> String {
    let Some(ns) = row.ns_per_call.0 else {
        return NONE.to_string();
    };
    let shown = rounded(ns, row.ns_lo.0.zip(row.ns_hi.0));
    let text = format!(
        "{} {} {}",
        plain(&row.key.variant),
        shown.value,
        shown.interval
    );
    text.trim_end().to_string()
}
