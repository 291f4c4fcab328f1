//! The table of a start-up program: its intervals, and what was counted.

use serde::Serialize;

use crate::engine::programs::startup::{COUNT_MANAGED_FILE, COUNT_NATIVE_FILE};
use crate::report::format::{self, plural};
use crate::report::params::Tuple;
use crate::report::view::Source;
use crate::report::view::groups::Group;
use crate::report::view::labels::Telling;
use crate::sample::Role;
use crate::stats::startup::{INTERVALS, Startup, TOLD};
use crate::stats::told::Middle;

#[derive(Debug, Serialize)]
pub struct StartupTable {
    /// From how many processes, and what the intervals are.
    pub caption: String,
    /// Of the intervals that some row has, then of the counts.
    pub columns: Vec<String>,
    /// Whether rows are of several deployments.
    pub deployment: bool,
    pub lines: Vec<StartupLine>,
}

#[derive(Debug, Serialize)]
pub struct StartupLine {
    pub way: String,
    pub deployment: String,
    /// Empty where the program has no params.
    pub params: String,
    /// Value and interval; both empty where the row has none.
    pub cells: Vec<(String, String)>,
}

/// Absent where the case is no start-up program, or none of its processes ended well.
pub fn of(source: &Source, group: &Group) -> Option<StartupTable> {
    let startups: Vec<&Startup> = group
        .all_rows()
        .filter_map(|row| source.evidence.startup(&row.key))
        .collect();
    let processes = startups
        .iter()
        .filter_map(|one| one.interval(Role::FirstCall));
    let (least, most) = (
        processes.clone().map(|middle| middle.processes).min()?,
        processes.map(|middle| middle.processes).max()?,
    );
    let roles: Vec<Role> = INTERVALS
        .into_iter()
        .filter(|role| startups.iter().any(|one| one.interval(*role).is_some()))
        .collect();
    // Sizes of files are of a deployment, not of a row: they stand on the start-up page.
    let counts: Vec<&str> = TOLD
        .into_iter()
        .filter(|name| ![COUNT_MANAGED_FILE, COUNT_NATIVE_FILE].contains(name))
        .filter(|name| startups.iter().any(|one| one.count(name).is_some()))
        .collect();
    let columns = roles.iter().map(|role| role.name());
    let columns = columns.chain(counts.iter().copied());
    Some(StartupTable {
        caption: format!(
            "Medians over {} for each row, with 95\u{202f}% intervals; counts are of other processes, which time nothing",
            if least == most {
                plural(most, "fresh process")
            } else {
                format!("{least} to {}", plural(most, "fresh process"))
            }
        ),
        columns: columns.map(|name| name.replace('_', " ")).collect(),
        deployment: Telling::apart(group.rows.iter().copied()).deployment,
        lines: startups
            .into_iter()
            .map(|one| StartupLine {
                way: one.key.variant.clone(),
                deployment: one.key.deployment.clone(),
                params: Tuple::parse(&one.key.params).words(),
                cells: cells(one, &roles, &counts),
            })
            .collect(),
    })
}

fn cells(one: &Startup, roles: &[Role], counts: &[&str]) -> Vec<(String, String)> {
    let time = |middle: Middle| {
        let interval = middle.interval();
        let text = format::with_unit(middle.median, interval);
        (text.value, text.interval)
    };
    let count = |middle: Middle| (format::number(middle.median), String::new());
    let times = roles.iter().map(|role| one.interval(*role).map(time));
    let counted = counts.iter().map(|name| one.count(name).map(count));
    times
        .chain(counted)
        .map(Option::unwrap_or_default)
        .collect()
}
