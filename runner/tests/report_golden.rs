//! The report from fixtures with invented numbers: golden files, and what must hold for every report.
//!
//! Renew the golden files with `UPDATE_GOLDEN=1 ./lab cargo test -p runner --test report_golden`, then read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use interop_lab::control::{Control, read_controls};
use interop_lab::evidence::Evidence;
use interop_lab::manifest::{Manifest, Origin};
use interop_lab::report::{File, Place, render};
use interop_lab::row::{Row, read_rows};
use interop_lab::validation::store;

#[path = "report/claims.rs"]
mod claims;
#[path = "report/contrast.rs"]
mod contrast;
#[path = "report/evidence.rs"]
mod evidence;
#[path = "report/links.rs"]
mod links;
#[path = "report/markup.rs"]
mod markup;
#[path = "report/paired.rs"]
mod paired;
#[path = "report/rules.rs"]
mod rules;
#[path = "report/sizes.rs"]
mod sizes;
#[path = "report/startup.rs"]
mod startup;
#[path = "report/synthetic.rs"]
mod synthetic;

// Cargo runs a test in the folder of its package.
const FIXTURES: &str = "tests/fixtures/report";
const GOLDEN: &str = "tests/golden/report";

fn fixture(name: &str) -> (Manifest, Vec<Row>) {
    let folder = Path::new(FIXTURES).join(name);
    let manifest = fs::read(folder.join("manifest.json")).unwrap();
    let rows = fs::File::open(folder.join("rows.csv")).unwrap();
    (
        serde_json::from_slice(&manifest).unwrap(),
        read_rows(rows, "rows.csv").unwrap(),
    )
}

/// Of the run that compared its rows; the others have none.
fn controls(name: &str) -> Vec<Control> {
    match fs::File::open(Path::new(FIXTURES).join(name).join("controls.csv")) {
        Ok(file) => read_controls(file, "controls.csv").unwrap(),
        Err(_) => Vec::new(),
    }
}

fn text<'a>(files: &'a [File], path: &str) -> &'a str {
    let file = files
        .iter()
        .find(|file| file.path == path)
        .unwrap_or_else(|| panic!("{path} was not rendered"));
    std::str::from_utf8(&file.bytes).unwrap()
}

/// Invented for a run, with the machine's certificate where the fixture has one; an import has none.
fn evidence_of(name: &str, manifest: &Manifest, rows: &[Row]) -> Evidence {
    match manifest.origin {
        Origin::Run => Evidence {
            certificate: store::read(&Path::new(FIXTURES).join(name).join("certificate.json"))
                .unwrap(),
            ..evidence::of(manifest, rows)
        },
        Origin::Import => Evidence::default(),
    }
}

/// The page of the case of a row.
fn page_of<'a>(files: &'a [File], case: &str) -> &'a str {
    text(files, &format!("{}.html", case.replace([':', '%'], "_")))
}

fn render_fixture(name: &str) -> Vec<File> {
    let (manifest, rows) = fixture(name);
    let evidence = evidence_of(name, &manifest, &rows);
    render(
        &manifest,
        &rows,
        &controls(name),
        &[],
        &evidence,
        Place::Run,
    )
    .unwrap()
}

fn compare_with_golden(name: &str, files: &[File]) {
    let folder = Path::new(GOLDEN).join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for file in files {
            fs::write(folder.join(&file.path), &file.bytes).unwrap();
        }
    }
    let names: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let known: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let renew = "if this is meant, renew with UPDATE_GOLDEN=1 and read the difference";
    assert_eq!(
        names,
        known,
        "{}: other files than before; {renew}",
        folder.display()
    );
    for file in files {
        let golden = fs::read(folder.join(&file.path)).unwrap();
        if golden != file.bytes {
            let (golden, new) = (
                String::from_utf8_lossy(&golden),
                String::from_utf8_lossy(&file.bytes),
            );
            let line = golden
                .lines()
                .zip(new.lines())
                .position(|(a, b)| a != b)
                .unwrap_or(golden.lines().count().min(new.lines().count()));
            panic!(
                "{}, line {}:\n  was {}\n  now {}\n{renew}",
                folder.join(&file.path).display(),
                line + 1,
                golden.lines().nth(line).unwrap_or("(no line)"),
                new.lines().nth(line).unwrap_or("(no line)")
            );
        }
    }
}

#[test]
fn run_equals_golden() {
    compare_with_golden("run", &render_fixture("run"));
}

#[test]
fn paired_equals_golden() {
    compare_with_golden("paired", &render_fixture("paired"));
}

#[test]
fn import_equals_golden() {
    compare_with_golden("import", &render_fixture("import"));
}

#[test]
fn startup_equals_golden() {
    compare_with_golden("startup", &startup::files());
}
