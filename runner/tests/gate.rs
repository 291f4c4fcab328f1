//! `lab compare` as a gate: sides of several runs or files, what stops a merge, and what is written for people and programs.

mod common;
#[path = "common/made.rs"]
mod made;

use std::path::Path;

use common::{fixture, lab, one_line_error};
use made::{Made, id, key};
use predicates::prelude::*;

fn compare(runs: &Path, arguments: &[&str]) -> assert_cmd::Command {
    let mut command = lab();
    command.env("LAB_RUNS", runs).arg("compare").args(arguments);
    command
}

/// Run 1, and run 2 with a row that is 10 % slower by another kernel.
fn slowed() -> tempfile::TempDir {
    let runs = tempfile::tempdir().unwrap();
    Made::default().seal(runs.path());
    Made {
        number: 2,
        variants: &[("DllImport", 22.0), ("FunctionPointer", 22.0)],
        change: |manifest| {
            let hashes = &mut manifest.provenance.kernel_hashes;
            hashes.insert("blittable/rust".into(), "k2".into());
        },
        ..Made::default()
    }
    .seal(runs.path());
    runs
}

const BOTH: [&str; 2] = ["20260101", "20260102"];

#[test]
fn a_gate_stops_at_what_it_is_told_to() {
    let runs = slowed();
    // One measurement of each side: suspected, and that alone stops nothing.
    compare(runs.path(), &BOTH)
        .arg("--gate")
        .assert()
        .code(0)
        .stdout(predicate::str::contains(
            "gate: 0 regressed rows, 1 suspected one: passed",
        ))
        .stdout(predicate::str::contains("--fail-on suspected"));
    compare(runs.path(), &BOTH)
        .args(["--gate", "--fail-on", "suspected"])
        .assert()
        .code(1)
        .stdout(predicate::str::contains("1 suspected one: stopped"));
    // What became faster stops nobody.
    compare(runs.path(), &["20260102", "20260101"])
        .args(["--gate", "--fail-on", "suspected"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("0 suspected ones: passed"));
    compare(runs.path(), &BOTH)
        .args(["--fail-on", "suspected"])
        .assert()
        .code(2);
    one_line_error(
        &mut compare(runs.path(), &["20260101", "--gate"]),
        2,
        "two sides",
    );
}

#[test]
fn what_cannot_be_measured_again_is_said() {
    let runs = slowed();
    // Made-up runs are of no commit.
    compare(runs.path(), &BOTH)
        .args(["--gate", "--confirm"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains(
            "what is suspected cannot be measured again: run",
        ))
        .stdout(predicate::str::contains("1 suspected one: passed"));
}

#[test]
fn the_same_code_cannot_have_become_slower() {
    let runs = tempfile::tempdir().unwrap();
    Made::default().seal(runs.path());
    let after = Made {
        number: 2,
        variants: &[("DllImport", 22.0), ("FunctionPointer", 22.0)],
        ..Made::default()
    };
    after.seal(runs.path());
    let bodies = |number: u32, hash: &str| {
        let made = Made {
            number,
            ..Made {
                variants: if number == 3 {
                    &[("DllImport", 20.0)]
                } else {
                    &[("DllImport", 22.0)]
                },
                ..Made::default()
            }
        };
        let mut measured = made.measured();
        measured.bodies.push(interop_lab::sample::Body {
            key: key("DllImport"),
            launch: 1,
            replica: Some(0),
            tier: Some("Tier1".into()),
            address_mod_64: Some(0),
            size_bytes: Some(80),
            code_hash: Some(hash.into()),
        });
        interop_lab::run_folder::Draft::create(runs.path(), made.manifest())
            .unwrap()
            .seal(measured)
            .unwrap();
    };
    bodies(3, "same");
    bodies(4, "same");
    bodies(5, "other");
    let filtered = |runs: &Path, after: &str| {
        let mut command = compare(runs, &["20260103", after]);
        command.args(["--filter", "/DllImport/"]);
        command
    };
    filtered(runs.path(), "20260104")
        .assert()
        .stdout(predicate::str::contains("layout: slower"))
        .stdout(predicate::str::contains("machine code is the same"));
    filtered(runs.path(), "20260105")
        .assert()
        .stdout(predicate::str::contains("1 row: 1 suspected"));
    // Of run 2 nobody knows its code.
    compare(runs.path(), &["20260101", "20260102"])
        .assert()
        .stdout(predicate::str::contains("1 suspected"));
}

#[test]
fn runs_of_one_side_are_its_launches() {
    let runs = tempfile::tempdir().unwrap();
    for number in 1..=4 {
        Made {
            number,
            launches: 5,
            ..Made::default()
        }
        .seal(runs.path());
    }
    let sides = ["20260103", "20260104", "--against", "20260101", "20260102"];
    let output = compare(runs.path(), &sides).arg("--json").output().unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rows.len(), 3);
    for row in &rows {
        assert_eq!(
            (&row["launches"], &row["reference_launches"]),
            (&10.into(), &10.into())
        );
        assert_eq!(row["verdict"], "equivalent");
        assert_eq!(row["run"], format!("{} + {}", id(3), id(4)));
    }
    one_line_error(
        &mut compare(runs.path(), &["20260101", "20260102", "20260103"]),
        2,
        "--against",
    );
    one_line_error(
        &mut compare(
            runs.path(),
            &["20260103", "20260103", "--against", "20260101"],
        ),
        2,
        "twice",
    );
    let other = Made {
        number: 5,
        change: |manifest| manifest.environment.cpu = "another".into(),
        ..Made::default()
    };
    other.seal(runs.path());
    one_line_error(
        &mut compare(
            runs.path(),
            &["20260103", "20260105", "--against", "20260101"],
        ),
        2,
        "no launch of the same side: machine differs",
    );
}

#[test]
fn files_of_others_are_sides_too() {
    let runs = tempfile::tempdir().unwrap();
    let file = fixture("bdn/multi-job.json");
    let copy = runs.path().join("again.json");
    std::fs::copy(&file, &copy).unwrap();
    let [before, after] = [&file, &copy].map(|path| path.to_str().unwrap());
    // One launch a side says nothing of another; nothing is stored.
    compare(runs.path(), &[before, after])
        .assert()
        .code(0)
        .stdout(predicate::str::contains(
            "not decidable: one launch on a side",
        ));
    let left: Vec<_> = std::fs::read_dir(runs.path()).unwrap().flatten().collect();
    assert_eq!(left.len(), 1);
    // Two files a side are two launches.
    let third = runs.path().join("third.json");
    std::fs::copy(&file, &third).unwrap();
    let fourth = runs.path().join("fourth.json");
    std::fs::copy(&file, &fourth).unwrap();
    let sides = [
        third.to_str().unwrap(),
        fourth.to_str().unwrap(),
        "--against",
        before,
        after,
    ];
    compare(runs.path(), &sides)
        .assert()
        .code(0)
        .stdout(predicate::str::contains("equivalent"))
        .stdout(predicate::str::contains("not decidable").not());
}

#[test]
fn a_comment_and_tests_are_written() {
    let runs = slowed();
    let comment = runs.path().join("out/comment.md");
    let junit = runs.path().join("out/junit.xml");
    compare(runs.path(), &BOTH)
        .args(["--gate", "--fail-on", "suspected"])
        .arg("--markdown")
        .arg(&comment)
        .arg("--junit")
        .arg(&junit)
        .assert()
        .code(1);
    let comment = std::fs::read_to_string(comment).unwrap();
    assert!(
        comment.starts_with("**gate: 0 regressed rows, 1 suspected one: stopped**"),
        "{comment}"
    );
    let (worst, tie) = (
        comment.find(&format!("| `{}`", key("DllImport"))).unwrap(),
        comment
            .find(&format!("| `{}`", key("FunctionPointer")))
            .unwrap(),
    );
    assert!(worst < tie, "worst first");
    assert!(comment.contains("suspected: slower in one measurement of each side"));
    let xml = std::fs::read_to_string(junit).unwrap();
    assert!(
        xml.contains(
            "<testsuite name=\"lab compare\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"0\">"
        ),
        "{xml}"
    );
    let failing = xml.find("<failure type=\"suspected\"").unwrap();
    let name = xml[..failing].rfind("name=").unwrap();
    assert!(xml[name..].starts_with(&format!("name=\"{}\"", key("DllImport"))));
    // A name is text, whatever stands in it.
    assert!(!xml.contains('\u{202f}'));
}
