//! The findings of the landing page: sentences that comparisons carry, and that vanish when they no longer do.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::case::CaseView;
use super::effect::{self, listed};
use super::groups::Group;
use super::{Link, Source, labels};
use crate::report::measure::{Measure, crosses};
use crate::report::params::Tuple;
use crate::row::{Row, State};
use crate::verdict::Verdict;

/// More are a table, not findings.
const MOST: usize = 7;
/// Below this a case may give a second.
const FEWEST: usize = 3;
const TIES: usize = 2;

#[derive(Debug, Serialize)]
pub struct Finding {
    /// Without its full stop: the places follow.
    pub text: String,
    pub places: Vec<Link>,
}

/// A difference, with what its order among others depends on.
struct Candidate<'a> {
    family: &'a str,
    case: &'a str,
    size: f64,
    finding: Finding,
}

/// `cases` in the order of `groups`.
pub fn all(source: &Source, groups: &[Group], cases: &[CaseView]) -> Vec<Finding> {
    let mut ties: BTreeMap<Vec<String>, (Vec<&Row>, Vec<Link>)> = BTreeMap::new();
    let mut differences: Vec<Candidate> = Vec::new();
    for (group, page) in groups.iter().zip(cases) {
        let rows = group.representative(source.first_implementation(), Measure::Ratio);
        let compared: Vec<&Row> = rows
            .into_iter()
            .filter(|row| row.state == State::Ok && row.key.is_paired() && crosses(&row.key))
            .filter(|row| !source.has_alarm(&row.key))
            .collect();
        for set in &group.case.must_tie {
            let members: Vec<&Row> = compared
                .iter()
                .filter(|row| set.variants.contains(&row.key.variant))
                .filter(|row| set.deployments.contains(&row.key.deployment))
                .filter(|row| row.key.variant != group.case.reference)
                .copied()
                .collect();
            let all_tie = |row: &&Row| row.verdict == Some(Verdict::Equivalent);
            if let Some(first) = members.first().filter(|_| members.iter().all(all_tie)) {
                let names: BTreeSet<&str> =
                    members.iter().map(|row| row.key.variant.as_str()).collect();
                let names = set
                    .variants
                    .iter()
                    .filter(|name| names.contains(name.as_str()) || **name == group.case.reference);
                let entry = ties.entry(names.cloned().collect()).or_default();
                entry.1.push(place(source, group, page, first));
                entry.0.extend(members);
            }
        }
        differences.extend(compared.iter().filter_map(|row| {
            Some(Candidate {
                family: &group.case.family,
                case: &group.case.id,
                size: effect::size(row),
                finding: difference(source, group, page, row)?,
            })
        }));
    }
    let mut ties: Vec<(usize, Finding)> = ties
        .into_iter()
        .filter_map(|(names, (rows, places))| {
            let text = format!("{} tie within {}", listed(&names), effect::tie(&rows)?);
            Some((rows.len(), Finding { text, places }))
        })
        .collect();
    ties.sort_by_key(|(rows, _)| usize::MAX - rows);
    let mut findings: Vec<Finding> = ties
        .into_iter()
        .take(TIES)
        .map(|(_, finding)| finding)
        .collect();
    findings.extend(chosen(differences, findings.len()));
    findings
}

/// The largest of each family first, then further cases; a second of one case only where there is hardly anything else.
fn chosen(mut candidates: Vec<Candidate>, taken: usize) -> Vec<Finding> {
    candidates.sort_by(|a, b| b.size.total_cmp(&a.size));
    let mut order: Vec<((usize, usize), Finding)> = Vec::new();
    let (mut of_family, mut of_case) = (BTreeMap::new(), BTreeMap::new());
    for candidate in candidates {
        let family: &mut usize = of_family.entry(candidate.family.to_string()).or_default();
        let case: &mut usize = of_case.entry(candidate.case.to_string()).or_default();
        order.push(((*case, *family), candidate.finding));
        *case += 1;
        if *case == 1 {
            *family += 1;
        }
    }
    order.sort_by_key(|(rank, _)| *rank);
    let firsts = order.iter().filter(|((case, _), _)| *case == 0).count();
    let room = firsts.max(FEWEST.saturating_sub(taken)).min(MOST - taken);
    let chosen = order.into_iter().take(room);
    chosen.map(|(_, finding)| finding).collect()
}

fn difference(source: &Source, group: &Group, page: &CaseView, row: &Row) -> Option<Finding> {
    let mut text = format!(
        "{} {} {}",
        labels::variant(&row.key),
        effect::words(row)?,
        group.case.reference
    );
    if let Some(ns) = effect::nanoseconds(row) {
        text += &format!(", {ns} a call");
    }
    Some(Finding {
        text,
        places: vec![place(source, group, page, row)],
    })
}

/// `string_fill, capacity 16, Rust kernel`, with the row's anchor.
fn place(source: &Source, group: &Group, page: &CaseView, row: &Row) -> Link {
    let mut parts = vec![
        labels::case(&group.case.id),
        Tuple::parse(&row.key.params).words(),
    ];
    if source.manifest.plan.implementations.len() > 1 && row.key.implementation != "-" {
        parts.push(format!(
            "{} kernel",
            labels::implementation(&row.key.implementation)
        ));
    }
    parts.retain(|part| !part.is_empty());
    Link {
        page: page.place_of(&row.key),
        title: parts.join(", "),
    }
}
