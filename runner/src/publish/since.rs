//! What changed from one published report to the next of the same environment class, in a line for the index.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Published, index};
use crate::comparison::between;
use crate::comparison::table::counts;
use crate::run_folder::Run;

/// Folder -> the line; nothing for the first of its class, and for what is a comparison itself.
pub fn lines(reports: &Path, shelf: &[Published]) -> BTreeMap<String, String> {
    let mut classes: BTreeMap<&str, Vec<&Published>> = BTreeMap::new();
    for one in shelf.iter().filter(|one| one.since.is_none()) {
        let class = one.manifest.environment.class.as_str();
        classes.entry(class).or_default().push(one);
    }
    let mut lines = BTreeMap::new();
    for mut of_class in classes.into_values() {
        of_class.sort_by(|a, b| index::newness(a).cmp(&index::newness(b)));
        for pair in of_class.windows(2) {
            lines.insert(pair[1].folder.clone(), line(reports, pair[0], pair[1]));
        }
    }
    lines
}

fn line(reports: &Path, before: &Published, after: &Published) -> String {
    let read = |one: &Published| Run::open(&reports.join(&one.folder));
    let outcome = read(before)
        .and_then(|old| Ok((old, read(after)?)))
        .and_then(|(old, new)| between(&old, &new, &[], None));
    match outcome {
        Ok(outcome) => match outcome.incomparable {
            Some(reason) => format!("not comparable: {reason}"),
            None => counts(&outcome.rows),
        },
        Err(error) => format!("not comparable: {error:#}"),
    }
}
