//! The certificate for people.

use std::fmt::Write as _;

use super::{Certificate, Same};
use crate::terminal::{table, table_text};

/// What `lab validate` prints.
pub fn page(certificate: &Certificate) -> String {
    let mut text = format!(
        "{}: {} sets of {} launches each\n\nthe same, compared with itself (half-widths: median over comparisons)\n",
        certificate.environment, certificate.sets, certificate.launches
    );
    text += &same(certificate);
    text += "\na kernel with more steps put in\n";
    text += &injected(certificate);
    text += "\nnative floors over the sets\n";
    for floor in &certificate.floors {
        let _ = writeln!(
            text,
            " {}  {:.2} to {:.2} ns, two modes in {} of {} sets",
            floor.key, floor.least_ns, floor.most_ns, floor.two_modes, certificate.sets
        );
    }
    let percent = |share: Option<f64>| {
        share.map_or("unknown".to_string(), |share| {
            format!("{:.0} %", 100.0 * share)
        })
    };
    let _ = writeln!(
        text,
        "\nprobes: {} of rounds quiet (worst group {}); launches of a group usable: {}",
        percent(certificate.probes.quiet_share),
        percent(certificate.probes.least_quiet_share),
        certificate.probes.usable
    );
    let doubts = certificate.doubts();
    for doubt in &doubts {
        let _ = writeln!(text, "DOUBT: {doubt}");
    }
    let _ = writeln!(text, "\n{}", summary(certificate));
    text
}

/// One line: for `doctor`, and the end of the page.
pub fn summary(certificate: &Certificate) -> String {
    let doubts = certificate.doubts();
    let found: Vec<f64> = certificate
        .injected
        .iter()
        .filter(|one| one.percent > 0.0 && one.slower.of > 0 && one.slower.share() >= 0.9)
        .map(|one| one.percent)
        .collect();
    let least = found.into_iter().min_by(f64::total_cmp);
    let finds = least.map_or("finds none of the slow-downs put in".to_string(), |least| {
        format!("finds a slow-down of {least} % in at least 90 % of comparisons")
    });
    format!(
        "{}: copies called different in {}; {finds}",
        if doubts.is_empty() {
            "this machine can be believed"
        } else {
            "this machine is in doubt"
        },
        certificate.copy.different
    )
}

fn number(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| format!("{value:.2}"))
}

fn lines<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut table = table(header);
    rows.for_each(|row| {
        table.add_row(row);
    });
    table_text(&table) + "\n"
}

fn same(certificate: &Certificate) -> String {
    let rows = [
        ("one delegate, timed twice", &certificate.same_pointer),
        ("one body, compiled twice", &certificate.copy),
        ("variants that must tie", &certificate.must_tie),
    ];
    let line = |(name, same): (&str, &Same)| {
        [
            name.to_string(),
            same.different.to_string(),
            same.equivalent.to_string(),
            number(same.half_width_percent),
            number(same.half_width_best_percent),
            number(same.worst_percent),
        ]
    };
    lines(
        [
            "control",
            "called different",
            "called equivalent",
            "half-width %",
            "at best placement %",
            "furthest off %",
        ],
        rows.into_iter().map(line),
    )
}

fn injected(certificate: &Certificate) -> String {
    let rows = certificate.injected.iter().map(|one| {
        [
            format!("{} {}", one.params, one.variant),
            one.percent.to_string(),
            number(one.found_percent),
            number(one.mde_percent),
            one.excludes_none.to_string(),
            one.slower.to_string(),
            one.faster.hits.to_string(),
        ]
    });
    lines(
        [
            "put in",
            "%",
            "found %",
            "promised %",
            "interval excludes none",
            "called slower",
            "called faster",
        ],
        rows,
    )
}
