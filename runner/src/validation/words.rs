//! The certificate in words and tables: for a terminal, a report, `doctor`.

use serde::Serialize;

use super::{Certificate, Same};

/// Of text; the first column names the line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    pub title: &'static str,
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

/// What it rests on.
pub fn basis(certificate: &Certificate) -> String {
    format!(
        "{}: {} sets of {} launches each, each set judged like a run",
        certificate.environment, certificate.sets, certificate.launches
    )
}

/// One line: what it comes to.
pub fn summary(certificate: &Certificate) -> String {
    let found: Vec<f64> = certificate
        .injected
        .iter()
        .filter(|one| one.percent > 0.0 && one.slower.of > 0 && one.slower.share() >= super::POWER)
        .map(|one| one.percent)
        .collect();
    let least = found.into_iter().min_by(f64::total_cmp);
    let finds = least.map_or("finds none of the slow-downs put in".to_string(), |least| {
        format!(
            "finds a slow-down of {least} % in at least {:.0} % of comparisons",
            100.0 * super::POWER
        )
    });
    format!(
        "{}: copies called different in {}; {finds}",
        if certificate.doubts().is_empty() {
            "this machine can be believed"
        } else {
            "this machine is in doubt"
        },
        certificate.copy.different
    )
}

/// How much the probes let through.
pub fn probes(certificate: &Certificate) -> String {
    let percent = |share: Option<f64>| {
        share.map_or("unknown".to_string(), |share| {
            format!("{:.0} %", 100.0 * share)
        })
    };
    let probes = &certificate.probes;
    format!(
        "probes: {} of rounds quiet (worst group {}); launches of a group usable: {}",
        percent(probes.quiet_share),
        percent(probes.least_quiet_share),
        probes.usable
    )
}

pub fn tables(certificate: &Certificate) -> [Table; 3] {
    [
        same(certificate),
        injected(certificate),
        floors(certificate),
    ]
}

fn number(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| format!("{value:.3}"))
}

fn same(certificate: &Certificate) -> Table {
    let rows = [
        ("one delegate, timed twice", &certificate.same_pointer),
        ("one body, compiled twice", &certificate.copy),
        ("variants that must tie", &certificate.must_tie),
    ];
    let line = |(name, same): (&str, &Same)| {
        vec![
            name.to_string(),
            same.different.to_string(),
            same.equivalent.to_string(),
            same.excludes_one.to_string(),
            number(same.half_width_percent),
            number(same.half_width_best_percent),
            number(same.worst_percent),
        ]
    };
    Table {
        title: "the same, compared with itself (half-widths: median over comparisons)",
        header: vec![
            "control",
            "called different",
            "called equivalent",
            "interval excludes 1",
            "half-width %",
            "at best placement %",
            "furthest off %",
        ],
        rows: rows.into_iter().map(line).collect(),
    }
}

fn injected(certificate: &Certificate) -> Table {
    let line = |one: &super::Injected| {
        vec![
            format!("{} {}", one.params, one.variant),
            one.percent.to_string(),
            number(one.found_percent),
            number(one.mde_percent),
            one.excludes_none.to_string(),
            one.slower.to_string(),
            one.promised.to_string(),
            one.faster.hits.to_string(),
        ]
    };
    Table {
        title: "a kernel with more steps put in",
        header: vec![
            "put in",
            "%",
            "found %",
            "promised %",
            "interval excludes none",
            "called slower",
            "of those that promise it",
            "called faster",
        ],
        rows: certificate.injected.iter().map(line).collect(),
    }
}

fn floors(certificate: &Certificate) -> Table {
    let line = |floor: &super::Floor| {
        vec![
            floor.key.to_string(),
            format!("{:.2}", floor.least_ns),
            format!("{:.2}", floor.most_ns),
            format!("{} of {}", floor.two_modes, certificate.sets),
        ]
    };
    Table {
        title: "native floors over the sets",
        header: vec!["row", "least ns", "most ns", "sets with two modes"],
        rows: certificate.floors.iter().map(line).collect(),
    }
}
