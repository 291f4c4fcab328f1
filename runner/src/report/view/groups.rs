//! Rows by case, each case with the name of its files.

use std::collections::{BTreeMap, BTreeSet};

use super::labels;
use crate::manifest::{CaseRecord, Manifest};
use crate::row::Row;

/// A case's record and its rows, in the order a reader expects.
pub struct Group<'a> {
    pub case: CaseRecord,
    pub rows: Vec<&'a Row>,
    /// Name of its files, without an ending.
    pub stem: String,
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
    let mut taken = BTreeSet::from(["index", "landing", "report"].map(str::to_string));
    known
        .into_iter()
        .map(|(case, mut rows)| {
            rows.sort_by(|a, b| {
                labels::compare(&a.key, &b.key, &case, &manifest.plan.implementations)
            });
            let stem = stem(&case.id, &mut taken);
            Group { case, rows, stem }
        })
        .collect()
}

fn unknown(id: &str) -> CaseRecord {
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
