//! The same rows in every deployment of the run, one beside the other: between processes, and said so.

use serde::Serialize;

use crate::names::RowKey;
use crate::report::format::{self, NONE, plural};
use crate::report::measure::Measure;
use crate::report::view::Source;
use crate::report::view::groups::Group;
use crate::report::view::labels;
use crate::row::{Row, State};
use crate::stats::beside::Beside;
use crate::verdict::Verdict;

#[derive(Debug, Serialize)]
pub struct DeploymentTables {
    /// What the figures are, and what they are not.
    pub notes: Vec<String>,
    pub columns: Vec<String>,
    pub tables: Vec<DeploymentTable>,
    /// Why rows have no value in a deployment, each reason once.
    pub absent: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct DeploymentTable {
    /// Empty where the case has no params.
    pub params: String,
    pub lines: Vec<DeploymentLine>,
}

#[derive(Debug, Serialize)]
pub struct DeploymentLine {
    pub way: String,
    pub is_reference: bool,
    pub cells: Vec<DeploymentCell>,
}

#[derive(Debug, Serialize)]
pub struct DeploymentCell {
    /// Time per call; what the row is where it has none.
    pub time: String,
    /// Ratio to the base's row with its interval; empty in the base's own column.
    pub ratio: String,
    /// `slower`, `faster`, `equivalent`, ...; empty where nothing is compared.
    pub verdict: &'static str,
    pub ok: bool,
}

/// Absent where the case was measured in one deployment.
pub fn of(source: &Source, group: &Group) -> Option<DeploymentTables> {
    let targets = &source.manifest.plan.targets;
    let has = |target: &&String| {
        let mut rows = group.rows.iter();
        rows.any(|row| row.key.is_paired() && row.key.deployment == **target)
    };
    let columns: Vec<&String> = targets.iter().filter(has).collect();
    if columns.len() < 2 {
        return None;
    }
    let paired: Vec<&Row> = group
        .rows
        .iter()
        .copied()
        .filter(|row| row.key.is_paired())
        .collect();
    let mut params: Vec<&str> = Vec::new();
    for row in &paired {
        if !params.contains(&row.key.params.as_str()) {
            params.push(&row.key.params);
        }
    }
    let tables = params.iter().map(|params| {
        let of_tuple: Vec<&Row> = paired
            .iter()
            .copied()
            .filter(|row| row.key.params == *params)
            .collect();
        DeploymentTable {
            params: match *params {
                "-" => String::new(),
                params => params.replace('=', " ").replace(',', ", "),
            },
            lines: lines(source, group, &of_tuple, &columns),
        }
    });
    Some(DeploymentTables {
        tables: tables.collect(),
        notes: notes(source, group, &columns),
        absent: absent(&paired, &columns),
        columns: columns
            .into_iter()
            .map(|name| labels::deployment(name))
            .collect(),
    })
}

fn lines(
    source: &Source,
    group: &Group,
    rows: &[&Row],
    columns: &[&String],
) -> Vec<DeploymentLine> {
    let mut ways: Vec<&RowKey> = Vec::new();
    for row in rows {
        let same = |key: &&RowKey| way(key) == way(&row.key);
        if !ways.iter().any(same) {
            ways.push(&row.key);
        }
    }
    let mut implementations: Vec<&str> =
        ways.iter().map(|key| key.implementation.as_str()).collect();
    implementations.retain(|name| *name != "-");
    let several = implementations.windows(2).any(|pair| pair[0] != pair[1]);
    ways.into_iter()
        .map(|key| DeploymentLine {
            way: match several && key.implementation != "-" {
                true => format!("{}, {}", key.variant, key.implementation),
                false => key.variant.clone(),
            },
            is_reference: key.variant == group.case.reference,
            cells: columns
                .iter()
                .map(|deployment| {
                    let here = |row: &&&Row| {
                        way(&row.key) == way(key) && row.key.deployment == **deployment
                    };
                    rows.iter()
                        .find(here)
                        .map_or_else(none, |row| cell(source, row))
                })
                .collect(),
        })
        .collect()
}

fn way(key: &RowKey) -> (&str, &str) {
    (&key.variant, &key.implementation)
}

fn none() -> DeploymentCell {
    DeploymentCell {
        time: NONE.to_string(),
        ratio: String::new(),
        verdict: "",
        ok: false,
    }
}

fn cell(source: &Source, row: &Row) -> DeploymentCell {
    let Some(ns) = row.ns_per_call.0 else {
        return DeploymentCell {
            time: row.state.to_string(),
            ..none()
        };
    };
    let beside = source.evidence.beside(&row.key);
    let (ratio, verdict) = beside.map_or((String::new(), ""), ratio);
    DeploymentCell {
        // Its interval stands in the rows below; the table has to fit.
        time: format::with_unit(ns, Measure::PerCall.interval(row)).value,
        ratio,
        verdict,
        ok: row.state == State::Ok,
    }
}

fn ratio(beside: &Beside) -> (String, &'static str) {
    let verdict = match beside.verdict {
        Verdict::Slower | Verdict::Faster if beside.one_placement => "one placement",
        Verdict::Slower => "slower",
        Verdict::Faster => "faster",
        Verdict::Equivalent => "equivalent",
        Verdict::NotDecidable => "not decidable",
        Verdict::NotMeasurable => "not measurable",
        _ => "inconclusive",
    };
    let text = beside.across.comparison.ratio.map(|ratio| {
        let (lo, hi) = ratio.decides.interval();
        let ends = (lo.exp(), hi.exp());
        let text = format::ratio(ratio.decides.estimate.exp(), Some(ends));
        format!("× {text}")
    });
    (text.unwrap_or_default(), verdict)
}

/// How to read the table.
fn notes(source: &Source, group: &Group, columns: &[&String]) -> Vec<String> {
    let mut notes = vec![
        "Under each time its ratio to the same way in the deployment it is compared with, and a 95\u{202f}% interval: between processes, whose \
         launches are interleaved, unpaired. Ratios inside one deployment stand in the rows below, and are paired."
            .to_string(),
    ];
    let plan = &source.manifest.plan;
    let built = columns
        .iter()
        .filter_map(|name| Some((name, plan.layouts_of(name)?)));
    for (name, layouts) in built {
        notes.push(match layouts {
            1 => format!("{name}: one build, so one placement of each body: a difference may be that placement's."),
            _ => format!(
                "{name}: {} that differ in the order of their methods; launches of one build count as one value.",
                plural(layouts as usize, "build")
            ),
        });
    }
    let own: Vec<&Beside> = group
        .rows
        .iter()
        .filter_map(|row| source.evidence.beside(&row.key))
        .collect();
    if own.iter().any(|one| one.verdict == Verdict::NotMeasurable) {
        notes.push(
            "Not measurable: an alarm stands against one of the two, see the controls.".to_string(),
        );
    }
    let mut bases: Vec<&str> = own.iter().map(|one| one.base.deployment.as_str()).collect();
    bases.dedup();
    if let [base] = bases[..] {
        notes.push(format!("Compared with: {base}."));
    }
    notes
}

/// `DllImport in r2r: not applicable: ...`, each reason once; without the deployments where it is the same in all of them.
fn absent(rows: &[&Row], columns: &[&String]) -> Vec<String> {
    let mut reasons: Vec<(String, Vec<(&str, &str)>)> = Vec::new();
    let without = rows
        .iter()
        .filter(|row| row.ns_per_call.0.is_none() && !row.reason.is_empty());
    for row in without {
        let place = (row.key.variant.as_str(), row.key.deployment.as_str());
        let reason = format!("{}: {}", row.state, row.reason);
        match reasons.iter_mut().find(|(other, _)| *other == reason) {
            Some((_, places)) if places.contains(&place) => {}
            Some((_, places)) => places.push(place),
            None => reasons.push((reason, vec![place])),
        }
    }
    let named = |places: &[(&str, &str)]| {
        let mut variants: Vec<&str> = places.iter().map(|(variant, _)| *variant).collect();
        variants.dedup();
        let of = |variant: &str| {
            let own = places.iter().filter(|(name, _)| *name == variant);
            let own: Vec<&str> = own.map(|(_, deployment)| *deployment).collect();
            match own.len() == columns.len() {
                true => variant.to_string(),
                false => format!("{variant} in {}", own.join(", ")),
            }
        };
        let named: Vec<String> = variants.into_iter().map(of).collect();
        named.join("; ")
    };
    reasons
        .into_iter()
        .map(|(reason, places)| format!("{}: {reason}.", named(&places)))
        .collect()
}
