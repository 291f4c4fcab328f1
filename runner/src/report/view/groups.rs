//! Rows by case, each case with the name of its files, and of two engines' rows for one question one beside the other.

use std::collections::{BTreeMap, BTreeSet};

use super::{labels, startup};
use crate::manifest::{CaseRecord, Manifest};
use crate::names::RowKey;
use crate::report::measure::Measure;
use crate::row::Row;

/// A case's record and its rows, in the order a reader expects.
pub struct Group<'a> {
    pub case: CaseRecord,
    pub rows: Vec<&'a Row>,
    /// Paired row -> what BenchmarkDotNet or criterion says of the same: absolute times, which compare nothing.
    pub twins: BTreeMap<&'a RowKey, &'a Row>,
    /// Name of its files, without an ending.
    pub stem: String,
}

impl<'a> Group<'a> {
    /// Every row of the case, those beside others too.
    pub fn all_rows(&self) -> impl Iterator<Item = &'a Row> + Clone {
        self.rows.iter().chain(self.twins.values()).copied()
    }

    /// The rows that stand for the case where there is room for one params tuple and one implementation: the tuple with the
    /// most values, the earliest of equals.
    ///
    /// `first`: the plan's first implementation.
    pub fn representative(&self, first: &str, measure: Measure) -> Vec<&'a Row> {
        let rows = self.of_first_implementation(first);
        let mut best: (usize, &[&Row]) = (0, &[]);
        for tuple in rows.chunk_by(|a, b| a.key.params == b.key.params) {
            let values = tuple
                .iter()
                .filter(|row| measure.value(row).is_some())
                .count();
            if values > best.0 {
                best = (values, tuple);
            }
        }
        best.1.to_vec()
    }

    /// All rows where the plan's first implementation does not occur: an import knows none. Of deployments only the first.
    pub fn of_first_implementation(&self, first: &str) -> Vec<&'a Row> {
        let occurs = self.rows.iter().any(|row| row.key.implementation == first);
        let deployment = self.first_deployment();
        let wanted = |row: &&&Row| {
            (!occurs || [first, "-"].contains(&row.key.implementation.as_str()))
                && deployment
                    .is_none_or(|first| [first, "-"].contains(&row.key.deployment.as_str()))
        };
        self.rows.iter().filter(wanted).copied().collect()
    }

    /// The deployment that others are compared with; `None` where jobs of an import are no deployments of ours.
    fn first_deployment(&self) -> Option<&'a str> {
        let ours = |row: &&&Row| row.key.is_paired();
        let all = self
            .rows
            .iter()
            .filter(ours)
            .map(|row| row.key.deployment.as_str());
        let first = all.clone().find(|name| *name == crate::plan::JIT);
        first.or_else(|| all.min())
    }

    /// The case as the first of its deployments has it, for what has room for one.
    pub fn of_one_deployment(&self) -> Group<'a> {
        let first = self.first_deployment();
        let here = |row: &&&Row| {
            first.is_none_or(|first| !row.key.is_paired() || row.key.deployment == first)
        };
        Group {
            case: self.case.clone(),
            rows: self.rows.iter().filter(here).copied().collect(),
            twins: self.twins.clone(),
            stem: self.stem.clone(),
        }
    }

    pub fn leading(&self) -> Measure {
        Measure::leading(self.rows.iter().copied())
    }

    pub fn is_paired(&self) -> bool {
        self.rows.iter().any(|row| row.key.is_paired())
    }

    /// What is known of a row, from whichever engine knows it.
    pub fn either<T>(&self, row: &Row, known: impl Fn(&Row) -> Option<T>) -> Option<T> {
        known(row).or_else(|| self.twins.get(&row.key).and_then(|twin| known(twin)))
    }
}

/// Cases in the manifest's order, those of a family together, then those it does not know; rows by params, variant,
/// implementation.
pub fn all<'a>(manifest: &Manifest, rows: &'a [Row]) -> Vec<Group<'a>> {
    let mut by_case: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_case.entry(&row.key.case).or_default().push(row);
    }
    let mut known = Vec::new();
    for case in &manifest.cases {
        if let Some(rows) = by_case.remove(case.id.as_str()) {
            known.push((case.clone(), rows));
        }
    }
    let mut families: Vec<&str> = Vec::new();
    for case in &manifest.cases {
        if !families.contains(&case.family.as_str()) {
            families.push(&case.family);
        }
    }
    known.sort_by_key(|(case, _)| families.iter().position(|name| *name == case.family));
    known.extend(by_case.into_iter().map(|(id, rows)| (unknown(id), rows)));

    // The names of the pages and files that are no case's.
    let mut taken =
        BTreeSet::from(["index", "landing", "report", startup::STEM].map(str::to_string));
    known
        .into_iter()
        .map(|(case, mut rows)| {
            rows.sort_by(|a, b| {
                labels::compare(&a.key, &b.key, &case, &manifest.plan.implementations)
            });
            let stem = stem(&case.id, &mut taken);
            let twins = twins(&mut rows);
            Group {
                case,
                rows,
                twins,
                stem,
            }
        })
        .collect()
}

/// Takes out of `rows` those that a paired row answers too.
fn twins<'a>(rows: &mut Vec<&'a Row>) -> BTreeMap<&'a RowKey, &'a Row> {
    type Question<'a> = (&'a str, &'a str, &'a str);
    let question =
        |key: &'a RowKey| -> Question<'a> { (&key.params, &key.variant, &key.implementation) };
    let mut paired: BTreeMap<Question, Vec<&'a RowKey>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.key.is_paired()) {
        paired.entry(question(&row.key)).or_default().push(&row.key);
    }
    let mut twins = BTreeMap::new();
    rows.retain(|row| {
        if row.key.is_paired() {
            return true;
        }
        let candidates = paired.get(&question(&row.key)).into_iter().flatten();
        // criterion's floor has no deployment.
        let mut same = candidates
            .filter(|key| [key.deployment.as_str(), "-"].contains(&row.key.deployment.as_str()))
            .filter(|key| !twins.contains_key(*key))
            .collect::<Vec<_>>()
            .into_iter();
        match same.next() {
            Some(key) => {
                twins.insert(*key, *row);
                false
            }
            None => true,
        }
    });
    twins
}

pub(super) fn unknown(id: &str) -> CaseRecord {
    CaseRecord {
        id: id.to_string(),
        family: String::new(),
        question: String::new(),
        signature: String::new(),
        reference: String::new(),
        ops: "1".to_string(),
        pages: Vec::new(),
        params: Vec::new(),
        variants: Vec::new(),
        steps: Vec::new(),
        must_tie: Vec::new(),
        ladder: None,
        crossovers: Vec::new(),
    }
}

/// A case's id where that is a file name, otherwise the nearest name that is free.
fn stem(case: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-=+,.".contains(c);
    // 120: with an ending, under the 255 bytes that file systems allow, and under the 143 of an encrypted one.
    let base: String = case
        .chars()
        .map(|c| if plain(c) { c } else { '_' })
        .take(120)
        .collect();
    let base = base.trim_start_matches('.');
    let mut name = base.to_string();
    let mut number = 2;
    // In lower case, because some file systems cannot tell a case's letters apart.
    while !taken.insert(name.to_lowercase()) {
        name = format!("{base}~{number}");
        number += 1;
    }
    name
}
