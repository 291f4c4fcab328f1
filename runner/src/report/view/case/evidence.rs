//! Generated sources and machine code, folded, each beside the row it explains; equal texts once, and no more than a page
//! has room for.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::evidence::Generated;
use crate::names::RowKey;
use crate::report::format::plural;
use crate::report::html::escaped;
use crate::report::view::Source;
use crate::report::view::groups::Group;
use crate::report::view::labels::Telling;
use crate::report::view::words::key_words;
use crate::row::Row;
use crate::standalone;

/// One text; more of it is not read on a page.
const TEXT_BYTES: usize = 12_000;
/// What stands around a text.
const FRAME_BYTES: usize = 250;

/// A text that is opened by a click.
#[derive(Clone, Debug, Serialize)]
pub struct Fold {
    /// Anchor; empty when nothing links to it.
    pub id: String,
    pub summary: String,
    pub text: String,
}

/// What belongs to the rows of a case.
#[derive(Debug, Default)]
pub struct Folds {
    /// Variant -> generated sources.
    pub generated: BTreeMap<String, Vec<Fold>>,
    /// The C# of the case.
    pub declared: Option<Fold>,
    /// Generated sources that no row is named after.
    pub others: Vec<Fold>,
    /// Row -> the machine code under it, where it is the first with that text.
    pub code: BTreeMap<RowKey, Fold>,
    /// Row -> anchor of its machine code.
    pub code_anchors: BTreeMap<RowKey, String>,
    /// What the page has no room for; empty when it has all.
    pub left: String,
}

struct Shelf {
    bytes: usize,
    left: usize,
}

impl Shelf {
    /// The text, cut where it is too long, or nothing where the page is full.
    fn fit(&mut self, text: &str) -> Option<String> {
        let text = cut(text);
        let bytes = escaped(&text).len() + FRAME_BYTES;
        if bytes > self.bytes {
            self.left += 1;
            return None;
        }
        self.bytes -= bytes;
        Some(text)
    }
}

pub fn any(source: &Source, group: &Group) -> bool {
    let known = source.evidence;
    known.generated.contains_key(&group.case.id)
        || known.sources.contains_key(&group.case.id)
        || group
            .all_rows()
            .any(|row| known.disassembly.contains_key(&row.key))
}

/// `bytes`: what the page has room for.
pub fn of(source: &Source, group: &Group, telling: Telling, bytes: usize) -> Folds {
    let mut shelf = Shelf { bytes, left: 0 };
    let mut folds = Folds::default();
    let declared = source.evidence.sources.get(&group.case.id);
    folds.declared = declared.and_then(|text| {
        Some(Fold {
            id: String::new(),
            summary: "C# of the case, as it was measured".to_string(),
            text: shelf.fit(standalone::own(text))?,
        })
    });
    let generated = source.evidence.generated.get(&group.case.id);
    for one in generated.into_iter().flatten() {
        let Some(text) = shelf.fit(&one.text) else {
            continue;
        };
        let fold = Fold {
            id: String::new(),
            summary: format!("Generated source of {}", one.declaration),
            text,
        };
        match variant(one, group) {
            Some(variant) => folds.generated.entry(variant).or_default().push(fold),
            None => folds.others.push(fold),
        }
    }
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    for row in &group.rows {
        // Of one body, whichever engine's process it was read from.
        let known_code = |row: &Row| source.evidence.disassembly.get(&row.key);
        let Some(text) = group
            .either(row, |row| known_code(row).map(|_| row.key.clone()))
            .and_then(|key| source.evidence.disassembly.get(&key))
        else {
            continue;
        };
        if let Some(anchor) = known.get(text.as_str()) {
            folds.code_anchors.insert(row.key.clone(), anchor.clone());
            continue;
        }
        let Some(shown) = shelf.fit(text) else {
            continue;
        };
        let anchor = format!("code-{}", known.len() + 1);
        let fold = Fold {
            id: anchor.clone(),
            summary: format!("Machine code of {}", key_words(&row.key, telling)),
            text: shown,
        };
        known.insert(text, anchor.clone());
        folds.code.insert(row.key.clone(), fold);
        folds.code_anchors.insert(row.key.clone(), anchor);
    }
    if shelf.left > 0 {
        folds.left = format!(
            "{} not shown, to keep the page small: the run's raw folder has all of them.",
            plural(shelf.left, "generated source or machine code text")
        );
    }
    folds
}

/// The variant that calls a declaration: `StringUtf8InRaw.LibraryImport(string)` is `LibraryImportRaw`'s, because the assembly
/// without runtime marshalling names its classes so.
fn variant(generated: &Generated, group: &Group) -> Option<String> {
    let name = generated.declaration.split('(').next()?;
    let (class, method) = name.rsplit_once('.')?;
    let raw = method
        .strip_prefix("LibraryImport")
        .filter(|_| class.ends_with("Raw"))
        .map(|twist| format!("LibraryImportRaw{twist}"));
    let wanted = raw.unwrap_or_else(|| method.to_string());
    group
        .rows
        .iter()
        .any(|row| row.key.variant == wanted)
        .then_some(wanted)
}

/// Whole lines up to the limit, then how many are left.
fn cut(text: &str) -> String {
    let text = text.trim_end();
    if text.len() <= TEXT_BYTES {
        return clean(text);
    }
    let mut kept = String::new();
    let mut lines = text.lines();
    for line in lines.by_ref() {
        if kept.len() + line.len() > TEXT_BYTES {
            break;
        }
        kept += line;
        kept.push('\n');
    }
    format!(
        "{}… and {} more.",
        clean(&kept),
        plural(1 + lines.count(), "line")
    )
}

/// Control characters other than a line's end and a tab are no text.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || *c == '\n' || *c == '\t')
        .collect()
}
