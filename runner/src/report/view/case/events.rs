//! The table of a bounded program: percentiles of its events, and what it counted.

use serde::Serialize;

use crate::report::format::{self, plural};
use crate::report::view::Source;
use crate::report::view::groups::Group;
use crate::stats::events::Events;

#[derive(Debug, Serialize)]
pub struct EventTable {
    /// What one event is, from how many processes on how many processors.
    pub caption: String,
    pub lines: Vec<EventLine>,
}

#[derive(Debug, Serialize)]
pub struct EventLine {
    pub way: String,
    /// Empty where the program has no params.
    pub params: String,
    pub count: String,
    /// Median, 90 %, 99 %, largest.
    pub times: Vec<String>,
    pub counts: String,
}

/// Absent where the case is no program, or told of nothing.
pub fn of(source: &Source, group: &Group) -> Option<EventTable> {
    let events: Vec<&Events> = group
        .all_rows()
        .filter_map(|row| source.evidence.events.iter().find(|one| one.key == row.key))
        .collect();
    let first = *events.first()?;
    let cpus = first.cpus.map_or(String::new(), |cpus| {
        format!(", {}", plural(cpus as usize, "processor"))
    });
    Some(EventTable {
        caption: format!(
            "One event: {}. Events of {} together{cpus}: figures about threads are of this machine alone",
            group.case.signature.trim_end_matches('.'),
            plural(first.processes, "process")
        ),
        lines: events.into_iter().map(line).collect(),
    })
}

fn line(events: &Events) -> EventLine {
    let time = |ns: f64| format::with_unit(ns, None).to_string();
    let counts: Vec<String> = events
        .counts
        .iter()
        .map(|one| {
            format!(
                "{} {} {}",
                one.name.replace('_', " "),
                format::number(one.middle.median.round()),
                one.unit
            )
        })
        .collect();
    EventLine {
        way: events.key.variant.clone(),
        params: match events.key.params.as_str() {
            "-" => String::new(),
            params => params.replace('=', " ").replace(',', ", "),
        },
        count: format::count(events.count as u64),
        times: [events.p50, events.p90, events.p99, events.largest]
            .map(time)
            .to_vec(),
        counts: counts.join("; "),
    }
}
