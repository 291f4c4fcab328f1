//! States of rows, and the rows that have no value or may not be compared, with their reasons.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::CaseView;
use crate::names::RowKey;
use crate::report::format::plural;
use crate::row::{Row, State};
use crate::verdict::Verdict;

/// More groups than this are no list to read.
const GROUPS: usize = 60;
/// Keys that stand for their group.
const KEYS: usize = 6;

#[derive(Debug, Serialize)]
pub struct StateCount {
    pub text: String,
    pub ok: bool,
}

/// Rows without a value or a verdict that share a case, a state and a reason.
#[derive(Debug, Serialize)]
pub struct Unresolved {
    pub state: String,
    pub reason: String,
    /// Some of the rows: key, and page with anchor.
    pub rows: Vec<(String, String)>,
    /// `and 12 more`; empty when all are listed.
    pub more: String,
}

/// The worst first: what somebody should look at, before what was never going to have a value.
fn severity(state: State) -> u8 {
    match state {
        State::Error => 0,
        State::EndsTheProcess => 1,
        State::Contended => 2,
        State::NotMeasurable => 3,
        State::NotPermitted => 4,
        State::NotMeasuredYet => 5,
        State::NotApplicable => 6,
        State::Ok => 7,
    }
}

pub fn states<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<StateCount> {
    let mut counts: BTreeMap<(u8, State), usize> = BTreeMap::new();
    for row in rows {
        let rank = if row.state == State::Ok {
            0
        } else {
            1 + severity(row.state)
        };
        *counts.entry((rank, row.state)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|((_, state), count)| StateCount {
            text: format!("{count} {state}"),
            ok: state == State::Ok,
        })
        .collect()
}

/// The groups that fit, and how many more there are, in words.
pub fn all(rows: &[Row], cases: &[CaseView]) -> (Vec<Unresolved>, String) {
    let mut groups: BTreeMap<(u8, State, &str, &str), BTreeSet<&RowKey>> = BTreeMap::new();
    for row in rows {
        let state = match (row.state, row.verdict) {
            // It has a value, and nothing may be concluded from it.
            (State::Ok, Some(Verdict::NotMeasurable)) => State::NotMeasurable,
            (State::Ok, _) => continue,
            (state, _) => state,
        };
        groups
            .entry((severity(state), state, &row.key.case, &row.reason))
            .or_default()
            .insert(&row.key);
    }
    let left: usize = groups.values().skip(GROUPS).map(BTreeSet::len).sum();
    let shown = groups
        .into_iter()
        .take(GROUPS)
        .map(|((_, state, case, reason), keys)| {
            let page = cases.iter().find(|known| known.id == case);
            let more = keys.len().saturating_sub(KEYS);
            Unresolved {
                state: state.to_string(),
                reason: if reason.is_empty() {
                    "no reason was recorded".to_string()
                } else {
                    reason.to_string()
                },
                rows: keys
                    .into_iter()
                    .take(KEYS)
                    .map(|key| {
                        let href = page.map_or(String::new(), |page| page.place_of(key));
                        (key.to_string(), href)
                    })
                    .collect(),
                more: if more > 0 {
                    format!("and {more} more")
                } else {
                    String::new()
                },
            }
        })
        .collect();
    let left = if left > 0 {
        format!(
            "{} without a value, with other reasons, on the pages of their cases and in rows.csv.",
            plural(left, "more row")
        )
    } else {
        String::new()
    };
    (shown, left)
}
