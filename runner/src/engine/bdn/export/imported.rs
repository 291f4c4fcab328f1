//! What an import is made of, and how the files of one import become one.

use std::collections::BTreeMap;

use crate::manifest::{CaseRecord, ParamRecord, PlannedRow, VariantRecord};
use crate::sample::Measured;

/// What a file says: one row per benchmark, in the file's order.
#[derive(Debug, Default)]
pub struct Imported {
    pub rows: Vec<PlannedRow>,
    pub measured: Measured,
    /// One per benchmark class.
    pub cases: Vec<CaseRecord>,
    /// The host as BenchmarkDotNet saw it, under its own names, and the file's title.
    pub environment: BTreeMap<String, String>,
    /// Job, as it stands in the row keys -> what `DisplayInfo` says of it.
    pub settings: BTreeMap<String, String>,
    /// What a reader should know, one line each, beginning with the file's name.
    pub warnings: Vec<String>,
}

impl Imported {
    /// Takes in another file of the same import. Where two files say different things of the host or of a job, the first stands
    /// and a warning tells the other.
    pub fn extend(&mut self, other: Imported) {
        self.rows.extend(other.rows);
        self.measured.extend(other.measured);
        self.warnings.extend(other.warnings);
        for case in other.cases {
            let into = self.case(&case.id, &case.family);
            for variant in &case.variants {
                add_variant(into, &variant.name, &variant.what);
            }
            for param in &case.params {
                param
                    .values
                    .iter()
                    .for_each(|value| add_param(into, &param.name, value));
            }
        }
        for (mine, others) in [
            (&mut self.environment, other.environment),
            (&mut self.settings, other.settings),
        ] {
            for (name, value) in others {
                match mine.get_mut(&name) {
                    Some(first) if *first == value => (),
                    Some(first) if name == TITLE => *first = format!("{first}, {value}"),
                    Some(first) => {
                        self.warnings.push(format!(
                            "{name}: '{value}' in a later file, '{first}' in the first"
                        ));
                    }
                    None => drop(mine.insert(name, value)),
                }
            }
        }
    }

    /// The record of a case, made when it is not there.
    pub(in crate::engine) fn case(&mut self, id: &str, family: &str) -> &mut CaseRecord {
        let place = self
            .cases
            .iter()
            .position(|case| case.id == id)
            .unwrap_or_else(|| {
                self.cases.push(CaseRecord {
                    id: id.to_string(),
                    family: family.to_string(),
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
                });
                self.cases.len() - 1
            });
        &mut self.cases[place]
    }
}

/// Where the file's title stands in the environment.
pub(super) const TITLE: &str = "Title";

pub(in crate::engine) fn add_variant(case: &mut CaseRecord, name: &str, what: &str) {
    if !case.variants.iter().any(|variant| variant.name == name) {
        case.variants.push(VariantRecord {
            name: name.to_string(),
            what: what.to_string(),
        });
    }
}

pub(in crate::engine) fn add_param(case: &mut CaseRecord, name: &str, value: &str) {
    let (name, value) = (name.to_string(), value.to_string());
    match case.params.iter_mut().find(|param| param.name == name) {
        Some(param) if param.values.contains(&value) => (),
        Some(param) => param.values.push(value),
        None => case.params.push(ParamRecord {
            name,
            what: String::new(),
            values: vec![value],
        }),
    }
}
