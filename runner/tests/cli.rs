//! Every verb against the built binary: help, output, exit codes, one-line errors.

mod common;

use common::{fixture, lab, one_line_error};
use predicates::prelude::*;

#[test]
fn every_verb_explains_itself() {
    for verb in [
        "list", "check", "run", "import", "report", "compare", "publish", "doctor", "test", "new",
        "validate", "generate",
    ] {
        lab()
            .args([verb, "--help"])
            .assert()
            .success()
            .stdout(predicate::str::contains("Usage: lab").and(predicate::str::contains(verb)));
    }
    lab()
        .arg("--help")
        .assert()
        .success()
        .stdout(predicate::str::contains("Exit codes"));
}

#[test]
fn usage_errors_are_exit_2() {
    for arguments in [
        &["nonsense"][..],
        &["list", "--colour"],
        &["run", "--profile", "slow"],
        &["import"],
        &["run", "--filter", "("],
        &[],
    ] {
        lab().args(arguments).assert().code(2);
    }
    // A resumed run has a plan: a second one cannot be given.
    lab()
        .args(["run", "--resume", "x", "--profile", "quick"])
        .assert()
        .code(2);
}

#[test]
fn claims_are_listed_and_one_that_is_not_there_is_named() {
    lab()
        .args(["list", "--claims", "--filter", "^utf16-is-pinned$"])
        .assert()
        .success()
        .stdout(predicate::str::contains("best-practices"))
        .stdout(predicate::str::contains(
            "string_utf16_in: LibraryImport flat in length at entry=z,length=8",
        ))
        .stdout(predicate::str::contains("1 claims, 1 put to the test"));
    let output = lab().args(["list", "--claims", "--json"]).output().unwrap();
    let claims: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert!(claims.len() > 100);
    for (arguments, said) in [
        (
            &["list", "--claims", "--filter", "no_such"][..],
            "matches neither id nor source of a claim",
        ),
        (
            &["run", "--claim", "no-such"],
            "--claim no-such: there is no such claim",
        ),
        (&["run", "--claim", "swift"], "not measurable here"),
    ] {
        one_line_error(lab().args(arguments), 2, said);
    }
}

#[test]
fn list_prints_rows_and_why() {
    lab()
        .args(["list", "--filter", "^blittable_add_i32"])
        .assert()
        .success()
        .stdout(predicate::str::contains(
            "blittable_add_i32/-/DllImport/rust/jit/bdn",
        ))
        .stdout(predicate::str::contains("the runtime makes the binding"))
        .stdout(predicate::str::contains(
            "24 rows of 1 cases in profile quick",
        ));
    let output = lab()
        .args(["list", "--json", "--profile", "publish", "--impl", "rust,c"])
        .output()
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let keys: Vec<&str> = json["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["key"].as_str().unwrap())
        .collect();
    assert!(keys.contains(&"callback_each/k=100/Native/c/-/criterion"));
    let mut unique = keys.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), keys.len(), "a row is listed twice");
    one_line_error(
        lab().args(["list", "--filter", "no_such_case"]),
        2,
        "no_such_case",
    );
}

#[test]
fn generated_files_are_checked() {
    lab().args(["generate", "--check"]).assert().success();
    // A checkout in which the catalogue has changed and the tables have not.
    let root = common::copied_checkout();
    let catalogue = root.path().join("cases/callback.toml");
    let text = std::fs::read_to_string(&catalogue)
        .unwrap()
        .replace("values = [1, 100, 10000]", "values = [1, 100, 1000, 10000]");
    std::fs::write(&catalogue, text).unwrap();
    let mut stale = lab();
    stale.env("LAB_ROOT", root.path());
    one_line_error(stale.args(["generate", "--check"]), 2, "./lab generate");
    let mut generate = lab();
    generate.env("LAB_ROOT", root.path());
    generate
        .arg("generate")
        .assert()
        .success()
        .stdout(predicate::str::contains(
            "wrote native-kernels/src/catalogue.rs",
        ));
    let mut fresh = lab();
    fresh.env("LAB_ROOT", root.path());
    fresh.args(["generate", "--check"]).assert().success();
}

#[test]
fn a_broken_catalogue_names_file_and_line() {
    let root = common::copied_checkout();
    let catalogue = root.path().join("cases/callback.toml");
    let text = std::fs::read_to_string(&catalogue)
        .unwrap()
        .replace("wave = 1", "wave = 1\nprice = 3");
    std::fs::write(&catalogue, text).unwrap();
    let mut list = lab();
    list.env("LAB_ROOT", root.path());
    one_line_error(
        list.arg("list"),
        2,
        "cases/callback.toml:7: unknown field `price`",
    );
}

#[test]
fn check_proves_rows_and_says_how_many() {
    lab()
        .args(["check", "--filter", "^callback_each/"])
        .assert()
        .success()
        .stdout(predicate::str::contains(
            "18 rows, 54 proofs over libraries rust, c and count, 18 allocation counts: all agree",
        ));
}

#[cfg(target_os = "linux")]
#[test]
fn check_counts_allocations_with_both_libraries() {
    let row = "string_utf8_in/entry=z,length=256,text=ascii/LibraryImport/rust/jit/bdn";
    let check = |json: &[&str]| {
        let arguments = ["check", "--allocations", "--filter", row];
        let output = lab().args(arguments).args(json).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let text = check(&[]);
    let cells: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.trim_start().starts_with(row))
        .map(|line| line.split_whitespace().skip(1).collect())
        .collect();
    assert_eq!(
        cells,
        [["rust", "0", "1", "1"], ["c", "0", "1", "1"]],
        "{text}"
    );

    let json: serde_json::Value = serde_json::from_str(&check(&["--json"])).unwrap();
    let counted = &json["allocations"][1];
    assert_eq!(
        (&counted["row"], &counted["library"]),
        (&row.into(), &"c".into())
    );
    assert_eq!(counted["native_frees"], 1.0);
}

#[test]
fn import_and_report() {
    let runs = tempfile::tempdir().unwrap();
    let mut import = lab();
    import.env("LAB_RUNS", runs.path());
    import
        .arg("import")
        .arg(fixture("bdn/multi-job.json"))
        .assert()
        .success()
        .stdout(predicate::str::contains("report/index.html"));
    let folder = common::only_run(runs.path());
    for file in [
        "manifest.json",
        "samples.csv.gz",
        "rows.csv",
        "report/index.html",
        "report/report.md",
    ] {
        assert!(folder.join(file).exists(), "{file}");
    }

    // Rows and report again: the same bytes, and nothing of an earlier rendering.
    let before = common::derived(&folder);
    std::fs::remove_file(folder.join("report/index.html")).unwrap();
    std::fs::write(folder.join("report/a_case_of_old.html"), "old").unwrap();
    std::fs::remove_file(folder.join("rows.csv")).unwrap();
    let mut report = lab();
    report.env("LAB_RUNS", runs.path());
    report.arg("report").assert().success();
    assert!(
        common::derived(&folder) == before,
        "the second report differs from the first"
    );

    // A run whose samples were cut is refused, and what was derived stays.
    let samples = folder.join("samples.csv.gz");
    let bytes = std::fs::read(&samples).unwrap();
    std::fs::write(&samples, &bytes[..bytes.len() / 2]).unwrap();
    let mut report = lab();
    report.env("LAB_RUNS", runs.path());
    one_line_error(report.arg("report"), 2, "samples.csv.gz");
    assert!(
        common::derived(&folder) == before,
        "a refused report must leave the old one"
    );
}

#[test]
fn imports_that_cannot_be_read() {
    let runs = tempfile::tempdir().unwrap();
    let broken = runs.path().join("broken-report-full.json");
    let whole = std::fs::read(fixture("bdn/multi-job.json")).unwrap();
    std::fs::write(&broken, &whole[..whole.len() / 2]).unwrap();
    let target = runs.path().join("runs");
    let import = |files: &[&std::path::Path]| {
        let mut command = lab();
        command.env("LAB_RUNS", &target).arg("import").args(files);
        command
    };
    one_line_error(&mut import(&[&broken]), 2, "broken-report-full.json");
    one_line_error(
        &mut import(&[&runs.path().join("missing.json")]),
        2,
        "missing.json",
    );
    let twice = fixture("bdn/multi-job.json");
    one_line_error(&mut import(&[&twice, &twice]), 2, "import them one by one");
    // One good file beside a bad one: nothing is written.
    one_line_error(
        &mut import(&[&twice, &broken]),
        2,
        "broken-report-full.json",
    );
    assert!(!target.exists(), "a failed import leaves no run");
}

#[test]
fn criterion_is_imported() {
    let runs = tempfile::tempdir().unwrap();
    let mut import = lab();
    import.env("LAB_RUNS", runs.path());
    import
        .arg("import")
        .arg(fixture("criterion/import/sample.json"))
        .assert()
        .success();
    let rows = std::fs::read_to_string(common::only_run(runs.path()).join("rows.csv")).unwrap();
    assert!(rows.contains("criterion:"), "{rows}");
}

#[test]
fn runs_that_are_not_there() {
    let runs = tempfile::tempdir().unwrap();
    let command = |arguments: &[&str]| {
        let mut command = lab();
        command.env("LAB_RUNS", runs.path()).args(arguments);
        command
    };
    one_line_error(&mut command(&["report"]), 2, "./lab run");
    one_line_error(&mut command(&["report", "1999"]), 2, "1999");
    one_line_error(&mut command(&["run", "--resume", "1999"]), 2, "1999");
}
