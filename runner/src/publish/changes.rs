//! The comparison report: what changed between two runs, caveats first, the worst and the best, ties counted, and what could not be
//! compared with its reason.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::comparison::table::counts;
use crate::comparison::{Compared, Outcome};
use crate::derived::Files;
use crate::manifest::Manifest;
use crate::report::chart::style::look;
use crate::report::chart::{Body, Chart, Dot, DotChart, Group, Layout, Unit};
use crate::report::format;
use crate::report::html::Filler;
use crate::verdict::Verdict;

pub const CHANGES: &str = "changes.csv";
/// Rows of one family that are told as worst and as best; the table has all.
const MOST: usize = 10;

#[derive(Serialize)]
struct ChangesPage {
    heading: String,
    subtitle: String,
    /// Why nothing was compared; empty where something was.
    incomparable: String,
    caveats: Vec<String>,
    summary: String,
    sides: Vec<SideLink>,
    figure: Option<FigureView>,
    families: Vec<FamilyChanges>,
    open: Vec<Open>,
    rows: Vec<Line>,
}

#[derive(Serialize)]
struct SideLink {
    page: String,
    title: String,
    run: String,
    what: String,
}

#[derive(Serialize)]
struct FigureView {
    file: String,
    wide: String,
    narrow: String,
    caption: Vec<String>,
}

#[derive(Serialize)]
struct FamilyChanges {
    name: String,
    summary: String,
    worst: Vec<Line>,
    best: Vec<Line>,
}

#[derive(Clone, Serialize)]
struct Line {
    key: String,
    /// Where its row stands after.
    page: String,
    ratio: String,
    difference: String,
    mde: String,
    verdict: String,
    reason: String,
}

/// Rows that nothing is known of, by reason.
#[derive(Serialize)]
struct Open {
    reason: String,
    rows: usize,
    first: String,
}

/// A line of `changes.csv`.
#[derive(Serialize)]
struct Record<'a> {
    key: String,
    verdict: Verdict,
    reason: &'a str,
    before_run: &'a str,
    after_run: &'a str,
    before_launches: usize,
    after_launches: usize,
    before_ns_per_call: Option<f64>,
    after_ns_per_call: Option<f64>,
    ratio: Option<f64>,
    ratio_lo: Option<f64>,
    ratio_hi: Option<f64>,
    difference_ns: Option<f64>,
    difference_lo: Option<f64>,
    difference_hi: Option<f64>,
    mde_percent: Option<f64>,
}

/// `index.html`, its chart and `changes.csv`. The pages of the sides stand in folders named `before` and `after`.
pub fn files(before: &Manifest, after: &Manifest, outcome: &Outcome) -> Result<Files> {
    let mut files = Files::new();
    let families: BTreeMap<&str, &str> = after
        .cases
        .iter()
        .map(|case| (case.id.as_str(), case.family.as_str()))
        .collect();
    let family = |row: &Compared| {
        let known = families.get(row.row.case.as_str()).copied();
        known.unwrap_or_default().to_string()
    };
    let chart = chart(outcome, &family)?;
    let page = ChangesPage {
        heading: format!("What changed: {}", words(before, after)),
        subtitle: format!(
            "{}, {}; {}",
            after.environment.cpu,
            after.environment.os,
            format::date(&after.started)
        ),
        incomparable: outcome.incomparable.clone().unwrap_or_default(),
        caveats: caveats(outcome),
        summary: counts(&outcome.rows),
        sides: vec![side("before", before), side("after", after)],
        families: by_family(outcome, &family),
        open: open(outcome),
        rows: outcome.rows.iter().map(line).collect(),
        figure: chart
            .as_ref()
            .map(|chart| -> Result<FigureView> {
                Ok(FigureView {
                    file: "changes.svg".to_string(),
                    wide: chart.inline(Layout::Wide)?,
                    narrow: chart.inline(Layout::Narrow)?,
                    caption: vec![
                        "Mark: time after over time before, logarithmic axis. Bar: 95 % interval over launches; sides share no rounds."
                            .to_string(),
                    ],
                })
            })
            .transpose()?,
    };
    if let Some(chart) = &chart {
        files.insert("changes.svg".to_string(), chart.file()?.into_bytes());
    }
    let html = Filler::new()?.fill("changes.html", &page)?;
    files.insert("index.html".to_string(), html.into_bytes());
    files.insert(CHANGES.to_string(), table(outcome)?);
    Ok(files)
}

/// What differs, in the words of a heading.
fn words(before: &Manifest, after: &Manifest) -> String {
    let of = |manifest: &Manifest, name: &str| {
        let version = manifest.provenance.versions.get(name);
        version.cloned().unwrap_or_default()
    };
    let commit = |manifest: &Manifest| {
        let commit = manifest.provenance.git_commit.clone().unwrap_or_default();
        let short: String = commit.chars().take(12).collect();
        format!("commit {short}")
    };
    let class = |manifest: &Manifest| manifest.environment.class.clone();
    let pairs = [
        (class(before), class(after)),
        (of(before, "runtime"), of(after, "runtime")),
        (of(before, "dotnet SDK"), of(after, "dotnet SDK")),
        (commit(before), commit(after)),
        (format!("run {}", before.id), format!("run {}", after.id)),
    ];
    let (before, after) = pairs
        .into_iter()
        .find(|(before, after)| before != after)
        .unwrap_or_default();
    format!("{before} to {after}")
}

fn caveats(outcome: &Outcome) -> Vec<String> {
    let mut caveats = outcome.notes.clone();
    for (run, controls) in &outcome.controls {
        for control in controls.iter().filter(|control| !control.alarm.is_empty()) {
            caveats.push(format!("run {run}, {}: {}", control.key, control.alarm));
        }
    }
    caveats
}

fn side(folder: &str, manifest: &Manifest) -> SideLink {
    let runtime = manifest.provenance.versions.get("runtime");
    SideLink {
        page: format!("{folder}/index.html"),
        title: folder.to_string(),
        run: manifest.id.clone(),
        what: format!(
            "{}, {}, profile {}",
            runtime.map_or("unknown runtime", String::as_str),
            format::date(&manifest.started),
            manifest.plan.profile
        ),
    }
}

/// Whether a row changed, as far as one measurement of each side tells.
fn changed(row: &Compared) -> bool {
    use Verdict::{Faster, Improved, Regressed, Slower, Suspected};
    matches!(
        row.verdict,
        Regressed | Improved | Suspected | Slower | Faster
    )
}

fn by_family(outcome: &Outcome, family: &dyn Fn(&Compared) -> String) -> Vec<FamilyChanges> {
    let mut families: BTreeMap<String, Vec<&Compared>> = BTreeMap::new();
    for row in &outcome.rows {
        families.entry(family(row)).or_default().push(row);
    }
    families
        .into_iter()
        .map(|(name, rows)| {
            let moved = || rows.iter().filter(|row| changed(row));
            let slower = moved().filter(|row| row.ratio.is_some_and(|ratio| ratio > 1.0));
            let faster = moved().filter(|row| row.ratio.is_some_and(|ratio| ratio < 1.0));
            FamilyChanges {
                summary: counts(rows.iter().copied()),
                worst: slower.take(MOST).map(|row| line(row)).collect(),
                // Rows come with the slowest first.
                best: faster.rev().take(MOST).map(|row| line(row)).collect(),
                name,
            }
        })
        .collect()
}

fn open(outcome: &Outcome) -> Vec<Open> {
    use Verdict::{Incomparable, NotDecidable, NotMeasurable};
    let mut reasons: BTreeMap<String, Vec<&Compared>> = BTreeMap::new();
    let unknown = outcome
        .rows
        .iter()
        .filter(|row| matches!(row.verdict, Incomparable | NotDecidable | NotMeasurable));
    for row in unknown {
        let reason = format!("{}: {}", row.verdict, row.reason);
        reasons.entry(reason).or_default().push(row);
    }
    let mut open: Vec<Open> = reasons
        .into_iter()
        .map(|(reason, rows)| Open {
            reason,
            rows: rows.len(),
            first: rows[0].row.to_string(),
        })
        .collect();
    open.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.reason.cmp(&b.reason)));
    open
}

fn line(row: &Compared) -> Line {
    let interval = row.ratio_lo.zip(row.ratio_hi);
    let difference = row.difference_lo.zip(row.difference_hi);
    Line {
        key: row.row.to_string(),
        page: format!("after/{}.html", row.row.case),
        ratio: row.ratio.map_or(format::NONE.to_string(), |ratio| {
            format::ratio(ratio, interval).to_string()
        }),
        difference: row.difference_ns.map_or(format::NONE.to_string(), |ns| {
            format::with_unit(ns, difference).to_string()
        }),
        mde: row
            .mde_percent
            .map_or(format::NONE.to_string(), |mde| format::percent(mde / 100.0)),
        verdict: row.verdict.to_string(),
        reason: row.reason.clone(),
    }
}

/// The rows that changed, family by family; nothing where none did.
fn chart(outcome: &Outcome, family: &dyn Fn(&Compared) -> String) -> Result<Option<Chart>> {
    let mut groups: BTreeMap<String, Vec<Dot>> = BTreeMap::new();
    for row in outcome.rows.iter().filter(|row| changed(row)) {
        let Some(ratio) = row.ratio else { continue };
        let dots = groups.entry(family(row)).or_default();
        if dots.len() < 2 * MOST {
            dots.push(Dot {
                label: format!("{} {} {}", row.row.case, row.row.params, row.row.variant),
                look: look(&row.row.variant),
                value: Ok(ratio),
                interval: row.ratio_lo.zip(row.ratio_hi),
            });
        }
    }
    if groups.is_empty() {
        return Ok(None);
    }
    let said: Vec<String> = groups
        .values()
        .flatten()
        .filter_map(|dot| {
            let ratio = dot.value.as_ref().ok()?;
            Some(format!(
                "{} {}",
                dot.label,
                format::ratio(*ratio, dot.interval)
            ))
        })
        .collect();
    Ok(Some(Chart {
        id: "changes".to_string(),
        title: "Rows that changed, time after over time before".to_string(),
        desc: format!("{}.", said.join("; ")),
        body: Body::Dots(DotChart {
            unit: Unit::Ratio,
            groups: groups
                .into_iter()
                .map(|(heading, dots)| Group {
                    section: String::new(),
                    heading,
                    detail: String::new(),
                    band: None,
                    dots,
                })
                .collect(),
        }),
    }))
}

fn table(outcome: &Outcome) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in &outcome.rows {
        writer.serialize(Record {
            key: row.row.to_string(),
            verdict: row.verdict,
            reason: &row.reason,
            before_run: &row.reference,
            after_run: &row.run,
            before_launches: row.reference_launches,
            after_launches: row.launches,
            before_ns_per_call: row.reference_ns_per_call,
            after_ns_per_call: row.ns_per_call,
            ratio: row.ratio,
            ratio_lo: row.ratio_lo,
            ratio_hi: row.ratio_hi,
            difference_ns: row.difference_ns,
            difference_lo: row.difference_lo,
            difference_hi: row.difference_hi,
            mde_percent: row.mde_percent,
        })?;
    }
    Ok(writer.into_inner()?)
}
