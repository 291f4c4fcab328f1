//! As much of HTML and SVG as a test has to understand.

use std::collections::BTreeMap;

/// Values of an attribute anywhere in the text.
pub fn attributes<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let start = format!(" {name}=\"");
    let positions: Vec<usize> = html
        .match_indices(&start)
        .map(|(at, _)| at + start.len())
        .collect();
    positions
        .into_iter()
        .map(move |at| html[at..].split('"').next().unwrap())
}

/// Every element is closed where it was opened; `<` and `>` occur in tags only.
pub fn balanced(name: &str, markup: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for piece in markup.split('<').skip(1) {
        let (tag, rest) = piece
            .split_once('>')
            .unwrap_or_else(|| panic!("{name}: <{piece} is not closed"));
        assert!(
            open.last() == Some(&"style") || tag.starts_with("style") || !rest.contains('>'),
            "{name}: a bare > after <{tag}>"
        );
        let element = tag
            .split([' ', '/'])
            .find(|part| !part.is_empty())
            .unwrap_or_default();
        let is_void =
            tag.ends_with('/') || tag.starts_with('!') || ["meta", "br", "hr"].contains(&element);
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(element), "{name}: after {counts:?}");
        } else if !is_void {
            open.push(element);
            *counts.entry(element).or_default() += 1;
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} stay open");
    assert!(counts.len() > 3, "{name}: found only {counts:?}");
}
