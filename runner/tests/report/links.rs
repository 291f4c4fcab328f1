//! Links between the pages, and from them to the data.

use std::collections::{BTreeMap, BTreeSet};

use interop_lab::report::{File, Place, render};

use super::markup::attributes;
use super::{controls, evidence_of, fixture, synthetic};

const DATA: [&str; 6] = [
    "rows.csv",
    "samples.csv.gz",
    "launches.csv",
    "counts.csv",
    "bodies.csv",
    "manifest.json",
];

/// Every `href` leads to an anchor, a page with that anchor, a file of the report, or a data file of the place.
fn resolve(name: &str, files: &[File], data: &str) {
    let ids: BTreeMap<&str, Vec<&str>> = files
        .iter()
        .filter(|file| file.path.ends_with(".html"))
        .map(|file| {
            let html = std::str::from_utf8(&file.bytes).unwrap();
            (file.path.as_str(), attributes(html, "id").collect())
        })
        .collect();
    let mut seen = BTreeSet::new();
    for (page, own) in &ids {
        assert_eq!(
            own.len(),
            own.iter().collect::<BTreeSet<_>>().len(),
            "{name}/{page}: an id occurs twice"
        );
        let file = files.iter().find(|file| file.path == *page).unwrap();
        let html = std::str::from_utf8(&file.bytes).unwrap();
        for href in attributes(html, "href") {
            if href.starts_with("https://") {
                continue; // the sources of claims
            }
            let (file, anchor) = href.split_once('#').unwrap_or((href, ""));
            if let Some(target) = DATA.iter().find(|known| format!("{data}{known}") == file) {
                seen.insert(*target);
                continue;
            }
            // What only a publication has beside its pages.
            if data.is_empty() && ["levels.csv.gz", "published.json"].contains(&file) {
                continue;
            }
            let target = if file.is_empty() { page } else { file };
            assert!(
                files.iter().any(|file| file.path == target),
                "{name}/{page}: {href} is not a file of the report"
            );
            assert!(
                anchor.is_empty() || ids[target].contains(&anchor),
                "{name}/{page}: {href} leads nowhere"
            );
        }
        for list in attributes(html, "aria-labelledby") {
            assert!(
                list.split(' ').all(|id| own.contains(&id)),
                "{name}/{page}: {list}"
            );
        }
    }
    assert_eq!(seen.len(), DATA.len(), "{name}: all data files are linked");
}

#[test]
fn every_link_resolves_wherever_the_report_lies() {
    for name in ["run", "paired", "import"] {
        let (manifest, rows) = fixture(name);
        let evidence = evidence_of(name, &manifest, &rows);
        for (place, data) in [(Place::Run, "../"), (Place::Published, "")] {
            let files = render(&manifest, &rows, &controls(name), &[], &evidence, place).unwrap();
            resolve(name, &files, data);
        }
    }
    let (manifest, rows, evidence) = synthetic::run();
    let files = render(&manifest, &rows, &[], &[], &evidence, Place::Published).unwrap();
    resolve("synthetic", &files, "");
}

#[test]
fn a_page_can_be_reached_from_the_landing_page_and_from_its_neighbours() {
    let (manifest, rows, evidence) = synthetic::run();
    let files = render(&manifest, &rows, &[], &[], &evidence, Place::Run).unwrap();
    let links = |path: &str| -> Vec<String> {
        let file = files.iter().find(|file| file.path == path).unwrap();
        attributes(std::str::from_utf8(&file.bytes).unwrap(), "href")
            .map(str::to_string)
            .collect()
    };
    let landing = links("index.html");
    let pages: Vec<String> = manifest
        .cases
        .iter()
        .map(|case| format!("{}.html", case.id))
        .collect();
    for (index, page) in pages.iter().enumerate() {
        assert!(landing.contains(page), "{page}");
        let own = links(page);
        assert!(own.contains(&"index.html".to_string()));
        assert!(own.contains(&format!(
            "index.html#family-{}",
            page.split('_').next().unwrap()
        )));
        for neighbour in [index.wrapping_sub(1), index + 1] {
            if let Some(neighbour) = pages.get(neighbour) {
                assert!(own.contains(neighbour), "{page} to {neighbour}");
            }
        }
    }
}

#[test]
fn a_published_report_does_not_speak_of_files_that_are_not_there() {
    let (manifest, rows) = fixture("run");
    let evidence = evidence_of("run", &manifest, &rows);
    let says = |place| {
        render(&manifest, &rows, &[], &[], &evidence, place)
            .unwrap()
            .iter()
            .any(|file| String::from_utf8_lossy(&file.bytes).contains("lies in raw/"))
    };
    assert!(says(Place::Run) && !says(Place::Published));
}
