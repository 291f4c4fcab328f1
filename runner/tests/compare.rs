//! `lab compare` over runs that were made up: verdicts, provenance, exit codes.

mod common;
#[path = "common/made.rs"]
mod made;

use std::path::Path;

use common::{lab, one_line_error};
use made::{CASE, Made, id, key};
use predicates::prelude::*;

fn compare(runs: &Path, arguments: &[&str]) -> assert_cmd::Command {
    let mut command = lab();
    command.env("LAB_RUNS", runs).arg("compare").args(arguments);
    command
}

fn json(runs: &Path, arguments: &[&str]) -> Vec<serde_json::Value> {
    let output = compare(runs, arguments).arg("--json").output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn variants_of_a_run() {
    let runs = tempfile::tempdir().unwrap();
    Made::default().seal(runs.path());
    compare(runs.path(), &["--strict"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("2 rows: 1 slower, 1 equivalent"))
        .stdout(predicate::str::contains("2 controls, no alarm"));
    let rows = json(runs.path(), &[]);
    assert_eq!(rows[0]["row"], key("FunctionPointer").to_string());
    assert_eq!(rows[0]["reference"], "LibraryImport");
    assert_eq!(rows[0]["verdict"], "slower");
    let number = |name: &str| rows[0][name].as_f64().unwrap();
    assert!((number("ratio") - 1.1).abs() < 1e-3 && number("ratio_lo") < number("ratio"));
    assert!((number("difference_ns") - 2.0).abs() < 0.02);
    assert!(number("mde_percent") >= 1.0 && number("p") < 0.05);

    let rows = json(
        runs.path(),
        &[
            "--reference",
            "FunctionPointer",
            "--filter",
            "/LibraryImport/",
        ],
    );
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (&rows[0]["reference"], &rows[0]["verdict"]),
        (&"FunctionPointer".into(), &"faster".into())
    );
    one_line_error(
        &mut compare(runs.path(), &["--reference", "Nonsense"]),
        2,
        "Nonsense",
    );
    one_line_error(
        &mut compare(runs.path(), &["--filter", "no_such"]),
        2,
        "no_such",
    );
    one_line_error(&mut compare(runs.path(), &["1999"]), 2, "1999");
}

#[test]
fn one_launch_decides_nothing() {
    let runs = tempfile::tempdir().unwrap();
    let single = |number| Made {
        number,
        launches: 1,
        ..Made::default()
    };
    single(1).seal(runs.path());
    single(2).seal(runs.path());
    for arguments in [&["20260101"][..], &["20260101", "20260102"]] {
        compare(runs.path(), arguments)
            .assert()
            .code(0)
            .stdout(predicate::str::contains("not decidable"));
        compare(runs.path(), arguments)
            .arg("--strict")
            .assert()
            .code(3);
        let rows = json(runs.path(), arguments);
        assert!(
            rows.iter()
                .all(|row| row["ratio"].is_f64() && row["ratio_lo"].is_null())
        );
    }
}

#[test]
fn a_run_beside_an_earlier_one() {
    let runs = tempfile::tempdir().unwrap();
    Made::default().seal(runs.path());
    let after = Made {
        number: 2,
        variants: &[
            ("DllImport", 21.0),
            ("DllImportRaw", 20.0),
            ("FunctionPointer", 22.0),
        ],
        change: |manifest| {
            let hashes = &mut manifest.provenance.kernel_hashes;
            hashes.insert("blittable/rust".into(), "k2".into());
        },
        ..Made::default()
    };
    after.seal(runs.path());
    let both = ["20260101", "20260102"];
    compare(runs.path(), &both)
        .assert()
        .code(0)
        .stdout(predicate::str::contains(
            "kernel differs: blittable/rust: k1 -> k2",
        ))
        .stdout(predicate::str::contains(format!(
            "1 row only in run {}",
            id(2)
        )))
        .stdout(predicate::str::contains(
            "3 rows: 2 equivalent, 1 suspected",
        ));
    compare(runs.path(), &both).arg("--strict").assert().code(3);
    compare(runs.path(), &both)
        .args(["--strict", "--filter", "FunctionPointer"])
        .assert()
        .code(0);
    let rows = json(runs.path(), &both);
    let worst = &rows[0];
    assert_eq!(
        (&worst["row"], &worst["verdict"]),
        (&key("DllImport").to_string().into(), &"suspected".into())
    );
    assert_eq!(
        (&worst["reference"], &worst["run"]),
        (&id(1).into(), &id(2).into())
    );
    assert_eq!(worst["differs"], serde_json::json!(["kernel"]));
    assert!((worst["ratio"].as_f64().unwrap() - 1.05).abs() < 1e-3);
    assert!(worst["reason"].as_str().unwrap().starts_with("slower"));

    let swapped = json(runs.path(), &["20260102", "20260101"]);
    let best = swapped.last().unwrap();
    assert_eq!(best["verdict"], "suspected");
    let product = best["ratio"].as_f64().unwrap() * worst["ratio"].as_f64().unwrap();
    assert!((product - 1.0).abs() < 1e-12, "{product}");
}

#[test]
fn runs_that_differ_in_nothing() {
    let runs = tempfile::tempdir().unwrap();
    for number in [1, 2] {
        Made {
            number,
            ..Made::default()
        }
        .seal(runs.path());
    }
    compare(runs.path(), &["20260101", "20260102", "--strict"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("an A/A comparison"))
        .stdout(predicate::str::contains("3 rows: 3 equivalent"));
    one_line_error(
        &mut compare(runs.path(), &["20260101", "20260101"]),
        2,
        "both sides",
    );
}

#[test]
fn more_than_one_thing_differs() {
    let runs = tempfile::tempdir().unwrap();
    Made::default().seal(runs.path());
    let after = Made {
        number: 2,
        change: |manifest| {
            let hashes = &mut manifest.provenance.body_hashes;
            hashes.insert(CASE.into(), "b2".into());
            manifest.environment.cpu = "another".into();
        },
        ..Made::default()
    };
    after.seal(runs.path());
    let both = ["20260101", "20260102"];
    compare(runs.path(), &both)
        .assert()
        .code(4)
        .stdout(
            predicate::str::contains("body differs")
                .and(predicate::str::contains("machine differs")),
        )
        .stdout(predicate::str::contains("3 rows: 3 incomparable"))
        .stderr(predicate::str::contains("--subject body,machine"));
    let rows = json(runs.path(), &both);
    assert!(
        rows.iter()
            .all(|row| row["verdict"] == "incomparable" && row["ratio"].is_null())
    );
    for (named, code) in [("body,machine", 0), ("body", 4), ("kernel,machine", 4)] {
        compare(runs.path(), &both)
            .args(["--subject", named])
            .assert()
            .code(code);
    }
    compare(runs.path(), &["20260101", "--subject", "body"])
        .assert()
        .code(2);
    compare(runs.path(), &both)
        .args(["--reference", "DllImport"])
        .assert()
        .code(2);
    compare(runs.path(), &both)
        .args(["--subject", "weather"])
        .assert()
        .code(2);
}

#[test]
fn runs_without_a_row_in_common_and_imports() {
    let runs = tempfile::tempdir().unwrap();
    Made::default().seal(runs.path());
    let mut import = lab();
    import
        .env("LAB_RUNS", runs.path())
        .arg("import")
        .arg(common::fixture("bdn/multi-job.json"))
        .assert()
        .success();
    // The import is the newest run.
    compare(runs.path(), &[])
        .assert()
        .code(4)
        .stderr(predicate::str::contains("paired engine"));
    let imported = std::fs::read_dir(runs.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().into_string().unwrap())
        .find(|name| *name != id(1))
        .unwrap();
    compare(runs.path(), &[&id(1), &imported])
        .assert()
        .code(4)
        .stderr(predicate::str::contains("no row is in both"));
}
