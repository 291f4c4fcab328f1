//! `lab publish` against the built binary, in a checkout of its own: what it writes, twice the same, and what it refuses.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{fixture, lab, one_line_error};
use interop_lab::manifest::Manifest;
use interop_lab::names::RowKey;
use interop_lab::row::{Row, State, read_rows};
use interop_lab::run_folder::{Draft, files_below};
use interop_lab::sample::{Launch, Measured, Role, Sample, Stage};

const FOLDER: &str = "2026-11-23-linux-x86-64-amd-epyc-7763-2-kvm";
const README: &str =
    "# Lab\n\n<!-- headline: written by ./lab publish -->\n<!-- /headline -->\n\nthe rest\n";

/// A checkout with a README, and a folder of runs beside it.
struct Checkout {
    folder: tempfile::TempDir,
}

impl Checkout {
    fn new() -> Checkout {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("root")).unwrap();
        fs::write(folder.path().join("root/README.md"), README).unwrap();
        Checkout { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    fn readme(&self) -> String {
        fs::read_to_string(self.root().join("README.md")).unwrap()
    }

    fn reports(&self) -> PathBuf {
        self.root().join("reports")
    }

    fn command(&self, arguments: &[&str]) -> assert_cmd::Command {
        let mut command = lab();
        command
            .env("LAB_ROOT", self.root())
            .env("LAB_RUNS", self.folder.path().join("runs"))
            .args(arguments);
        command
    }

    /// Exit code and standard output.
    fn publish(&self, arguments: &[&str]) -> (i32, String) {
        let output = self
            .command(&[&["publish"], arguments].concat())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.is_empty(), "{error}");
        let code = output.status.code().unwrap();
        (code, String::from_utf8(output.stdout).unwrap())
    }

    /// Seals the fixture's run, changed by `change`, and writes its rows and report.
    fn run(&self, id: &str, change: impl FnOnce(&mut Manifest, &mut Vec<Row>)) -> PathBuf {
        let (mut manifest, mut rows) = fixture_run();
        manifest.id = id.to_string();
        change(&mut manifest, &mut rows);
        let draft = Draft::create(&self.folder.path().join("runs"), manifest).unwrap();
        let folder = draft.seal(measured(&rows)).unwrap();
        self.command(&["report", id]).assert().success();
        folder
    }

    /// Every file below the checkout.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let files = files_below(&self.root()).unwrap().into_iter();
        files
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect()
    }
}

/// The report's fixture, with a machine at its end. It has one error row.
fn fixture_run() -> (Manifest, Vec<Row>) {
    let manifest = fs::read(fixture("report/run/manifest.json")).unwrap();
    let mut manifest: Manifest = serde_json::from_slice(&manifest).unwrap();
    manifest.content_hash = None;
    manifest.environment_end = Some(manifest.environment.clone());
    let rows = fs::File::open(fixture("report/run/rows.csv")).unwrap();
    (manifest, read_rows(rows, "rows.csv").unwrap())
}

fn without_errors(manifest: &mut Manifest, rows: &mut Vec<Row>) {
    rows.retain(|row| row.state != State::Error);
    manifest
        .plan
        .rows
        .retain(|planned| rows.iter().any(|row| row.key == planned.key));
}

/// Samples that give about these rows.
fn measured(rows: &[Row]) -> Measured {
    let mut measured = Measured::default();
    for row in rows {
        if row.state == State::Error {
            measured.launches.push(Launch {
                state: State::Error,
                reason: row.reason.clone(),
                ..Launch::of(&row.key, 1)
            });
        }
        for launch in 1..=row.launches {
            measured.launches.push(Launch::of(&row.key, launch));
            let ns = row.ns_per_call.0.unwrap();
            let samples = (1..=8).map(|round| sample(&row.key, launch, round, ns));
            measured.samples.extend(samples);
        }
    }
    measured
}

fn sample(key: &RowKey, launch: u32, round: u32, ns_per_call: f64) -> Sample {
    let spread = 1.0 + f64::from(round) * 0.001 + f64::from(launch) * 0.002;
    Sample {
        key: key.clone().into(),
        role: Role::Variant,
        launch,
        replica: None,
        round,
        position: None,
        calls: 1000,
        elapsed_ns: 1000.0 * ns_per_call * spread,
        gc_count: None,
        gc_pause_ns: None,
        switches: None,
        flags: Stage::Actual,
    }
}

/// Links of a Markdown page that stay in the checkout.
fn local_links(page: &str) -> Vec<&str> {
    page.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.starts_with(".."))
        .collect()
}

/// Every link leads to a file, and its anchor to a place in it.
fn assert_links(page: &str, folder: &Path) {
    let links = local_links(page);
    assert!(!links.is_empty(), "{page}");
    for link in links {
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target = fs::read_to_string(folder.join(path)).unwrap_or_else(|_| panic!("{link}"));
        let id = format!("id=\"{anchor}\"");
        assert!(anchor.is_empty() || target.contains(&id), "{link}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_run_is_published_whole_and_twice_the_same() {
    let checkout = Checkout::new();
    let run = checkout.run("20261123T180000Z-0123abcd", without_errors);
    let (code, said) = checkout.publish(&[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains(&format!("{FOLDER}/index.html")), "{said}");

    let report = checkout.reports().join(FOLDER);
    for file in ["manifest.json", "rows.csv", "launches.csv", "counts.csv"] {
        let same = fs::read(report.join(file)).unwrap() == fs::read(run.join(file)).unwrap();
        assert!(same, "{file} is not that of the run");
    }
    assert!(report.join("index.html").exists() && report.join("report.md").exists());
    assert!(!report.join("raw").exists() && report.join("samples.csv.gz").exists());
    checkout
        .command(&["publish", "--verify", report.to_str().unwrap()])
        .assert()
        .success();
    assert_eq!(names(&checkout.reports()), [FOLDER, "README.md"]);

    let readme = checkout.readme();
    for case in ["blittable_add_i32", "string_utf8_in", "callback_each"] {
        assert!(readme.contains(case), "{case}: {readme}");
    }
    assert!(readme.starts_with("# Lab\n") && readme.ends_with("\nthe rest\n"));
    assert_links(&readme, &checkout.root());
    let index = fs::read_to_string(checkout.reports().join("README.md")).unwrap();
    assert_links(&index, &checkout.reports());

    let before = checkout.files();
    assert_eq!(checkout.publish(&["20261123"]).0, 0);
    assert!(checkout.files() == before, "the second time differs");
}

#[test]
fn runs_of_one_day_get_a_number_and_the_newest_leads() {
    let checkout = Checkout::new();
    checkout.run("20261123T180000Z-0123abcd", without_errors);
    checkout.run("20261123T200000Z-0123abcd", |manifest, rows| {
        without_errors(manifest, rows);
        manifest.started = "2026-11-23T20:00:00Z".to_string();
    });
    assert_eq!(checkout.publish(&["20261123T20"]).0, 0);
    let newest = checkout.readme();
    assert!(newest.contains(&format!("reports/{FOLDER}/index.html")));
    assert_eq!(checkout.publish(&["20261123T18"]).0, 0);
    assert_eq!(checkout.readme(), newest, "an older run does not take over");
    let second = format!("{FOLDER}-2");
    assert_eq!(names(&checkout.reports()), [FOLDER, &second, "README.md"]);
    let index = fs::read_to_string(checkout.reports().join("README.md")).unwrap();
    let at = |part: &str| index.find(part).unwrap();
    assert!(at(&format!("({FOLDER}/index.html)")) < at(&format!("({second}/index.html)")));
}

#[test]
fn a_failed_row_is_refused_by_name_and_reason_whatever_the_flags() {
    let checkout = Checkout::new();
    checkout.run("20261123T180000Z-0123abcd", |_, _| ());
    let before = checkout.files();
    for flags in [&[][..], &["--allow-dirty"]] {
        let (code, said) = checkout.publish(flags);
        assert_eq!(code, 1, "{said}");
        assert!(
            said.contains(
                "blittable_add_i32/-/FunctionPointerField/c/jit/bdn has no value: error: process ended with exit code 134"
            ),
            "{said}"
        );
        assert!(
            said.ends_with("run 20261123T180000Z-0123abcd is not published: 1 reason\n"),
            "{said}"
        );
    }
    assert!(checkout.files() == before, "a refused run leaves no trace");
}

#[test]
fn every_refusal_is_listed() {
    let checkout = Checkout::new();
    let run = checkout.run("20261123T180000Z-0123abcd", |manifest, _| {
        manifest.provenance.git_dirty = Some(true);
        manifest.environment_end.as_mut().unwrap().kernel = Some("another".to_string());
    });
    let mut rows = fs::read_to_string(run.join("rows.csv")).unwrap();
    rows = rows.replacen(",ok,", ",error,", 1);
    fs::write(run.join("rows.csv"), rows).unwrap();
    let (code, said) = checkout.publish(&[]);
    assert_eq!(code, 1, "{said}");
    for part in [
        "--allow-dirty",
        "kernel was",
        "FunctionPointerField",
        "rows.csv of the run is not",
    ] {
        assert_eq!(said.matches(part).count(), 1, "{part}: {said}");
    }
    assert!(said.ends_with("4 reasons\n"), "{said}");
}

#[test]
fn local_changes_are_published_with_the_flag_and_said() {
    let checkout = Checkout::new();
    checkout.run("20261123T180000Z-0123abcd", |manifest, rows| {
        without_errors(manifest, rows);
        manifest.provenance.git_dirty = Some(true);
    });
    assert_eq!(checkout.publish(&[]).0, 1);
    assert_eq!(checkout.publish(&["--allow-dirty"]).0, 0);
    let report = fs::read_to_string(checkout.reports().join(FOLDER).join("report.md")).unwrap();
    for page in [report, checkout.readme()] {
        assert!(page.contains("with local changes"), "{page}");
    }
}

#[test]
fn another_folder_leaves_the_checkout_alone() {
    let checkout = Checkout::new();
    checkout.run("20261123T180000Z-0123abcd", without_errors);
    let before = checkout.files();
    let out = checkout.folder.path().join("out");
    assert_eq!(checkout.publish(&["--out", out.to_str().unwrap()]).0, 0);
    assert_eq!(names(&out), [FOLDER, "README.md"]);
    assert!(checkout.files() == before);
}

#[test]
fn a_readme_without_a_place_and_a_foreign_folder_are_errors_before_anything_is_written() {
    let checkout = Checkout::new();
    checkout.run("20261123T180000Z-0123abcd", without_errors);
    fs::write(checkout.root().join("README.md"), "# Lab\n").unwrap();
    one_line_error(&mut checkout.command(&["publish"]), 2, "<!-- /headline -->");
    assert!(!checkout.reports().exists());
    fs::write(checkout.root().join("README.md"), README).unwrap();
    fs::create_dir_all(checkout.reports().join("foreign")).unwrap();
    one_line_error(
        &mut checkout.command(&["publish"]),
        2,
        "foreign/manifest.json",
    );
    assert_eq!(names(&checkout.reports()), ["foreign"]);
    assert_eq!(checkout.readme(), README);
}

#[test]
fn an_import_is_refused() {
    let checkout = Checkout::new();
    checkout
        .command(&["import"])
        .arg(fixture("bdn/multi-job.json"))
        .assert()
        .success();
    let (code, said) = checkout.publish(&[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("an import"), "{said}");
}
