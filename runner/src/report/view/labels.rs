//! What a row is called and where it stands among others.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::manifest::CaseRecord;
use crate::names::RowKey;
use crate::report::format::shown;
use crate::report::params::Tuple;
use crate::row::Row;

/// Params, variant, implementation, deployment, engine; each in the catalogue's or the plan's order where that has one.
pub fn compare(a: &RowKey, b: &RowKey, case: &CaseRecord, implementations: &[String]) -> Ordering {
    Tuple::parse(&a.params)
        .compare(&Tuple::parse(&b.params), case)
        .then_with(|| way(a, b, case, implementations))
}

/// The same without the params: the order of lines in a table.
pub fn way(a: &RowKey, b: &RowKey, case: &CaseRecord, implementations: &[String]) -> Ordering {
    // Unknown variants after the catalogue's; the floor is not one of them and closes the table.
    let variant = |key: &RowKey| {
        let known = case
            .variants
            .iter()
            .position(|variant| variant.name == key.variant);
        (key.variant == "Native", known.unwrap_or(usize::MAX))
    };
    let implementation = |key: &RowKey| {
        implementations
            .iter()
            .position(|known| *known == key.implementation)
    };
    variant(a)
        .cmp(&variant(b))
        .then_with(|| a.variant.cmp(&b.variant))
        .then_with(|| implementation(a).cmp(&implementation(b)))
        .then_with(|| a.cmp(b))
}

/// Which parts of a key tell rows of one chart or table apart, beside variant and params.
#[derive(Clone, Copy, Debug, Default)]
pub struct Telling {
    pub implementation: bool,
    pub deployment: bool,
    pub engine: bool,
}

impl Telling {
    pub fn apart<'a>(rows: impl Iterator<Item = &'a Row> + Clone) -> Telling {
        let several = |part: fn(&RowKey) -> &str| {
            let parts = rows
                .clone()
                .map(|row| part(&row.key))
                .filter(|part| *part != "-");
            parts.collect::<BTreeSet<_>>().len() > 1
        };
        // The floor has an engine of its own, which its name says; it does not make the engine worth a word elsewhere.
        let engines = rows
            .clone()
            .filter(|row| row.key.variant != "Native")
            .map(|row| row.key.engine.as_str());
        Telling {
            implementation: several(|key| &key.implementation),
            deployment: several(|key| &key.deployment),
            engine: engines.collect::<BTreeSet<_>>().len() > 1,
        }
    }

    /// `DllImport, C kernel`: as far as needed. Where there are paired rows, the others name their engine.
    pub fn label(self, key: &RowKey) -> String {
        let mut parts = vec![variant(key)];
        if self.implementation && key.implementation != "-" {
            parts.push(implementation(&key.implementation));
        }
        if self.deployment && key.deployment != "-" {
            parts.push(deployment(&key.deployment));
        }
        if self.engine && key.variant != "Native" && !key.is_paired() {
            parts.push(engine(&key.engine));
        }
        parts.join(", ")
    }
}

pub fn variant(key: &RowKey) -> String {
    if key.variant == "Native" {
        return "Native floor".to_string();
    }
    shown(&key.variant)
}

pub fn implementation(name: &str) -> String {
    match name {
        "rust" => "Rust".to_string(),
        "c" => "C".to_string(),
        _ => shown(name),
    }
}

pub fn engine(name: &str) -> String {
    match name {
        "bdn" => "BenchmarkDotNet".to_string(),
        "paired" => "paired engine".to_string(),
        _ => shown(name),
    }
}

/// A case as a heading: the id, or an import's type without the engine in front.
pub fn case(id: &str) -> String {
    let decoded = shown(id);
    match decoded.split_once(':') {
        Some(("bdn" | "criterion", name)) => name.to_string(),
        _ => decoded,
    }
}

pub fn deployment(name: &str) -> String {
    shown(name)
}

/// What rows of a case are: an import's are not ways to do one thing.
pub fn noun(key: &RowKey) -> &'static str {
    if key.case.contains(':') {
        "benchmark"
    } else {
        "way"
    }
}
