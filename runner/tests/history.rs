//! `lab history` over stores that were made up: series, incidents, annotations, damaged folders, pages; and over anybody's series.

mod common;
#[path = "common/made.rs"]
mod made;

use std::fs;
use std::path::Path;

use common::{lab, one_line_error};
use interop_lab::manifest::Manifest;
use made::Made;
use predicates::prelude::*;

/// A run of day `day`: its rows.csv says what it is told to, nothing else is read of it.
fn run(runs: &Path, day: u32, rows: &[(&str, f64)], change: impl Fn(&mut Manifest)) {
    let made = Made {
        number: 1,
        ..Made::default()
    };
    let mut manifest = made.manifest();
    manifest.id = format!(
        "2026{:02}{:02}T000000Z-{day:08}",
        1 + day / 28,
        1 + day % 28
    );
    manifest.started = format!("2026-{:02}-{:02}T00:00:00Z", 1 + day / 28, 1 + day % 28);
    manifest.content_hash = Some("0".into());
    manifest.environment.class = "machine".into();
    let row = |key: &str| interop_lab::manifest::PlannedRow {
        key: key.parse().unwrap(),
        ..manifest.plan.rows[0].clone()
    };
    manifest.plan.rows = rows.iter().map(|(key, _)| row(key)).collect();
    change(&mut manifest);
    let folder = runs.join(&manifest.id);
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("manifest.json"),
        serde_json::to_vec(&manifest).unwrap(),
    )
    .unwrap();
    let mut csv = "key,state,reason,launches,ns_per_call,ns_lo,ns_hi,over_managed_ns\n".to_string();
    for (key, ns) in rows {
        let over = if key.contains("/Native/") {
            String::new()
        } else {
            (ns - 2.0 * machine(day)).to_string()
        };
        csv += &format!("{key},ok,,10,{ns},{},{},{over}\n", ns * 0.99, ns * 1.01);
    }
    fs::write(folder.join("rows.csv"), csv).unwrap();
}

/// Noise that is the same everywhere: half a percent up or down.
fn noise(day: u32, salt: u32) -> f64 {
    let step = (day * 7919 + salt * 104_729 + day * day * 613 + day * salt * 31) % 101;
    1.0 + 0.01 * (f64::from(step) / 100.0 - 0.5)
}

/// The empty call, and nothing else, has this noise too.
fn machine(day: u32) -> f64 {
    noise(day, 99)
}

const SLOWED: &str = "string_utf8_in/-/LibraryImport/rust/jit/paired";
const ALSO: &str = "string_utf8_in/-/DllImport/rust/jit/paired";
const STEADY: &str = "array_sum_i32/-/LibraryImport/rust/jit/paired";

/// Forty days; from day 25 on two rows of strings are slower by 10 % and by 6 %, and the case's C# files are others.
fn store() -> tempfile::TempDir {
    let runs = tempfile::tempdir().unwrap();
    for day in 0..40 {
        let after = day >= 25;
        let factor = |size: f64| if after { 1.0 + size } else { 1.0 };
        let rows = [
            (SLOWED, 40.0 * noise(day, 1) * factor(0.10)),
            (ALSO, 60.0 * noise(day, 2) * factor(0.06)),
            (
                "string_utf8_in/-/Native/rust/jit/paired",
                20.0 * noise(day, 3),
            ),
            (STEADY, 30.0 * noise(day, 4)),
            (
                "array_sum_i32/-/Native/rust/jit/paired",
                10.0 * noise(day, 5),
            ),
        ];
        run(runs.path(), day, &rows, |manifest| {
            let hash = if after { "new" } else { "old" };
            let bodies = &mut manifest.provenance.body_hashes;
            bodies.insert("string_utf8_in".into(), hash.into());
            manifest.provenance.git_commit = Some(format!("{day:040}"));
        });
    }
    runs
}

fn history(runs: &Path, arguments: &[&str]) -> assert_cmd::Command {
    let mut command = lab();
    command.env("LAB_RUNS", runs).arg("history").args(arguments);
    command
}

fn json(runs: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = history(runs, arguments).arg("--json").output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn what_changed_together_is_one_incident() {
    let runs = store();
    history(runs.path(), &["--gate"])
        .assert()
        .code(1)
        .stdout(predicate::str::contains("40 runs, 2026-01-01T00:00:00Z to"))
        .stdout(predicate::str::contains("incident 1: 2 series slower by"))
        .stdout(predicate::str::contains("cause: body"))
        .stdout(predicate::str::contains("C# files of string_utf8_in"))
        .stdout(predicate::str::contains("incident 2").not())
        .stderr(predicate::str::contains("stopped"));
    let all = json(runs.path(), &[]);
    let incidents = all["incidents"].as_array().unwrap();
    assert_eq!(incidents.len(), 1);
    let (from, to) = (&incidents[0]["from"], &incidents[0]["to"]);
    assert!(from.as_u64().unwrap() < 25 && to.as_u64().unwrap() >= 25);
    let series = all["series"].as_array().unwrap();
    let find = |name: &str| series.iter().find(|one| one["name"] == name).unwrap();
    let change = &find(SLOWED)["changes"][0];
    assert!(
        (change["percent"].as_f64().unwrap() - 10.0).abs() < 1.0,
        "{change}"
    );
    assert!(
        (change["ns"].as_f64().unwrap() - 4.0).abs() < 0.5,
        "{change}"
    );
    assert_eq!(change["run"], 25);
    assert_eq!(find(STEADY)["changes"].as_array().unwrap().len(), 0);
    assert_eq!(find(SLOWED)["measure"], "over-floor");
    // The same bytes again.
    let bytes = |()| history(runs.path(), &["--json"]).output().unwrap().stdout;
    assert_eq!(bytes(()), bytes(()));
}

#[test]
fn a_slower_machine_is_an_environment() {
    let runs = tempfile::tempdir().unwrap();
    for day in 0..40 {
        let factor = if day >= 20 { 1.3 } else { 1.0 };
        let rows = [
            (SLOWED, 40.0 * noise(day, 1) * factor),
            (
                "string_utf8_in/-/Native/rust/jit/paired",
                20.0 * noise(day, 3) * factor,
            ),
            (STEADY, 30.0 * noise(day, 4) * factor),
            (
                "array_sum_i32/-/Native/rust/jit/paired",
                10.0 * noise(day, 5) * factor,
            ),
        ];
        run(runs.path(), day, &rows, |_| ());
    }
    history(runs.path(), &["--gate"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains(
            "incident 1: 2 series slower by 29.9 %",
        ))
        .stdout(predicate::str::contains("cause: environment"))
        .stdout(predicate::str::contains("kind = \"environment\""))
        .stdout(predicate::str::contains(
            "string_utf8_in/-/Native/rust/jit/paired +29.9 %",
        ))
        .stderr(predicate::str::contains("passed"));
    // Over the floor nothing happened.
    let all = json(runs.path(), &[]);
    let series = all["series"].as_array().unwrap();
    let row = series.iter().find(|one| one["name"] == SLOWED).unwrap();
    assert_eq!(row["changes"].as_array().unwrap().len(), 0);
}

#[test]
fn annotations_explain_and_start_anew() {
    let runs = store();
    let file = runs.path().join("annotations.toml");
    let path = file.to_str().unwrap().to_string();
    let write = |series: &str, run: &str, epoch: bool| {
        let text = format!(
            "[[annotation]]\nkind = \"accepted\"\nseries = \"{series}\"\nrun = \"{run}\"\nreason = \"checks lengths now\"\nwho = \"A. Author\"\nepoch = {epoch}\n"
        );
        fs::write(&file, text).unwrap();
    };
    // Day 25 is 26 January.
    write("^string_", "20260126", false);
    history(runs.path(), &["--gate", "--annotations", &path])
        .assert()
        .code(0)
        .stdout(predicate::str::contains(
            "accepted: checks lengths now (A. Author)",
        ))
        .stdout(predicate::str::contains("[[annotation]]").not());
    // One that is about another row explains half of it.
    write("/DllImport/", "20260126", false);
    history(runs.path(), &["--gate", "--annotations", &path])
        .assert()
        .code(1);
    // Long before the change it explains nothing.
    write("^string_", "20260103", false);
    history(runs.path(), &["--gate", "--annotations", &path])
        .assert()
        .code(1);
    write("^string_", "20260126", true);
    let all = json(runs.path(), &["--annotations", &path]);
    assert_eq!(all["incidents"].as_array().unwrap().len(), 0);
    let series = all["series"].as_array().unwrap();
    let row = series.iter().find(|one| one["name"] == SLOWED).unwrap();
    assert_eq!(row["epochs"], serde_json::json!([25]));

    fs::write(&file, "[[annotation]]\nkind = \"odd\"\n").unwrap();
    one_line_error(
        &mut history(runs.path(), &["--annotations", &path]),
        2,
        "line 2: unknown variant `odd`",
    );
    one_line_error(
        &mut history(runs.path(), &["--annotations", "no-such.toml"]),
        2,
        "no file no-such.toml",
    );
}

#[test]
fn damaged_folders_are_named_and_the_rest_is_answered() {
    let runs = store();
    let folders = || -> Vec<_> {
        let mut all: Vec<_> = fs::read_dir(runs.path())
            .unwrap()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        all.sort();
        all
    };
    let of = folders();
    // Corrupt, truncated, of a later version, empty, cut in its rows, with a table that was cut.
    fs::write(of[0].join("manifest.json"), "{ \"schema\": 1, \"id\"").unwrap();
    let rows = fs::read_to_string(of[1].join("rows.csv")).unwrap();
    fs::write(of[1].join("rows.csv"), &rows[..rows.len() / 2]).unwrap();
    fs::write(of[2].join("manifest.json"), "{ \"schema\": 9 }").unwrap();
    fs::remove_dir_all(&of[3]).unwrap();
    fs::create_dir(&of[3]).unwrap();
    fs::write(of[4].join("rows.csv"), rows.replace("40", "x")).unwrap();
    let sizes = fs::read_to_string(of[5].join("manifest.json")).unwrap();
    let with_size = sizes.replacen('{', "{\"files\":{\"launches.csv\":12},", 1);
    fs::write(of[5].join("manifest.json"), with_size).unwrap();
    fs::write(of[5].join("launches.csv"), "short").unwrap();
    // One that is being measured is none of them.
    fs::create_dir(runs.path().join("20260301T000000Z-00000000.partial")).unwrap();
    let output = history(runs.path(), &[]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(5), "{text}");
    let skipped: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("skipped"))
        .collect();
    assert_eq!(skipped.len(), 6, "{text}");
    for (at, why) in [
        "manifest.json is damaged",
        "rows.csv",
        "schema 9, this lab reads up to 1",
        "no manifest.json",
        "rows.csv is damaged: ",
        "launches.csv has 5 bytes, it was sealed with 12",
    ]
    .into_iter()
    .enumerate()
    {
        let name = of[at].file_name().unwrap().to_str().unwrap();
        assert!(
            skipped[at].contains(name) && skipped[at].contains(why),
            "{}",
            skipped[at]
        );
    }
    assert!(
        text.contains("34 runs") && text.contains("incident 1: 2 series slower"),
        "{text}"
    );
}

#[test]
fn an_empty_store_is_no_history() {
    let runs = tempfile::tempdir().unwrap();
    one_line_error(&mut history(runs.path(), &[]), 2, "there is no run in");
}

#[test]
fn pages_have_a_series_each_and_lead_to_it() {
    let runs = store();
    let out = tempfile::tempdir().unwrap();
    let pages = out.path().join("pages");
    let to = pages.to_str().unwrap();
    history(runs.path(), &["--out", to]).assert().code(0);
    let index = fs::read_to_string(pages.join("index.html")).unwrap();
    assert!(index.contains("2 series slower by"), "{index}");
    let links: Vec<&str> = index
        .split("href=\"series/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(links.len() >= 5);
    for link in links {
        let page = fs::read_to_string(pages.join("series").join(link)).unwrap();
        assert!(
            page.contains("<svg") && page.contains("../index.html"),
            "{link}"
        );
    }
    // Again in its place; but not where something else lies.
    history(runs.path(), &["--out", to]).assert().code(0);
    fs::create_dir(out.path().join("own")).unwrap();
    fs::write(out.path().join("own/notes.txt"), "mine").unwrap();
    one_line_error(
        &mut history(
            runs.path(),
            &["--out", out.path().join("own").to_str().unwrap()],
        ),
        2,
        "holds something else",
    );
    assert!(out.path().join("own/notes.txt").exists());
}

/// A series per name: level 10, from the index given on higher by the size.
fn csv(series: &[(&str, usize, f64)]) -> String {
    let mut text = "series,index,value,lower,upper\n".to_string();
    for (name, at, size) in series {
        for index in 0..60 {
            let value =
                10.0 * noise(index as u32, *at as u32) + if index >= *at { *size } else { 0.0 };
            text += &format!("{name},{index},{value},{},{}\n", value - 0.1, value + 0.1);
        }
    }
    text
}

#[test]
fn anybodys_series() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("series.csv");
    let path = file.to_str().unwrap().to_string();
    let find = |arguments: &[&str]| {
        let mut command = lab();
        command.args(["history", "--csv", &path]).args(arguments);
        command
    };
    fs::write(&file, csv(&[("steady", 60, 0.0), ("stepped", 40, 1.0)])).unwrap();
    find(&[])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("stepped: at 40 "))
        .stdout(predicate::str::contains("steady: at").not());
    find(&["--gate"]).assert().code(1);
    // A tenth of the level does not count where a fifth is asked for.
    find(&["--gate", "--least", "20"]).assert().code(0);
    let output = find(&["--json"]).output().unwrap();
    let all: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let step = &all[1]["steps"][0];
    assert_eq!(
        (&all[1]["name"], &step["at"]),
        (&"stepped".into(), &40.into())
    );
    assert!((step["change"].as_f64().unwrap() - 1.0).abs() < 0.05);

    // Times that are numbers need no order; a line without a value is a gap; one series needs no name.
    let mut lines: Vec<String> = (0..50)
        .map(|index| {
            format!(
                "{index},{}",
                5.0 * noise(index, 7) + if index >= 30 { 2.0 } else { 0.0 }
            )
        })
        .collect();
    lines[3] = "3,".to_string();
    lines.reverse();
    fs::write(&file, format!("time,value\n{}\n", lines.join("\n"))).unwrap();
    find(&[])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("value: at 30 "));

    for (text, part) in [
        ("time,number\n1,2\n", "no column value; it has time, number"),
        ("value\n2\n", "no column time or index"),
        ("time,value\n1,two\n", "series.csv:2: 'two' is not a number"),
        (
            "time,value\n1,2\n2,inf\n",
            "series.csv:3: 'inf' is not a number",
        ),
        ("time,value\n1,2,3\n", "line 2: 3 cells, the header has 2"),
        ("time,value\n", "no values below the header"),
        ("", "no column value"),
    ] {
        fs::write(&file, text).unwrap();
        one_line_error(&mut find(&[]), 2, part);
    }
    fs::remove_file(&file).unwrap();
    one_line_error(&mut find(&[]), 2, "cannot read");
}
