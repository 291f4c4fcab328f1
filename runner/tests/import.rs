//! `lab import` of samples in our own format, against the built binary.

#[path = "common/paired.rs"]
mod paired;

mod common;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use common::{lab, one_line_error};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use interop_lab::row::{Row, read_rows};
use interop_lab::run_folder::{Draft, Run};
use paired::Size;
use tempfile::TempDir;

const SMALL: Size = Size {
    groups: 2,
    variants: 3,
    controls: true,
    launches: 6,
    rounds: 40,
    replicas: 4,
};

/// A sealed run, and the text of its samples.
fn run(size: Size) -> (TempDir, PathBuf, String) {
    let runs = tempfile::tempdir().unwrap();
    let (manifest, measured) = size.generate();
    let folder = Draft::create(runs.path(), manifest)
        .unwrap()
        .seal(measured)
        .unwrap();
    let mut text = String::new();
    GzDecoder::new(fs::File::open(folder.join("samples.csv.gz")).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    (runs, folder, text)
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

/// Bytes of the `rows.csv` that an import makes.
fn imported(files: &[&Path], options: &[&str]) -> Vec<u8> {
    let runs = tempfile::tempdir().unwrap();
    lab()
        .env("LAB_RUNS", runs.path())
        .arg("import")
        .args(files)
        .args(options)
        .assert()
        .success();
    let folder = common::only_run(runs.path());
    assert!(folder.join("report/index.html").exists());
    assert!(Run::read(&folder).is_ok());
    fs::read(folder.join("rows.csv")).unwrap()
}

fn rows(bytes: &[u8]) -> Vec<Row> {
    read_rows(bytes, "rows.csv").unwrap()
}

fn rows_of(runs: &Path) -> Vec<u8> {
    let output = lab()
        .env("LAB_RUNS", runs)
        .args(["report", "--rows"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    output.stdout
}

#[test]
fn imported_samples_give_the_rows_of_their_run() {
    let (runs, folder, text) = run(SMALL);
    let own = rows_of(runs.path());
    assert!(rows(&own).iter().any(|row| row.ratio.0.is_some()));

    assert_eq!(imported(&[&folder.join("samples.csv.gz")], &[]), own);
    // Alone and plain: launches follow from the samples.
    let elsewhere = tempfile::tempdir().unwrap();
    let plain = written(elsewhere.path(), "mine.csv", &text);
    assert_eq!(imported(&[&plain], &[]), own);
    // Packed in two parts, under any name.
    let packed = elsewhere.path().join("theirs");
    let (first, second) = text.split_at(text.len() / 2);
    let member = |text: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    fs::write(&packed, [member(first), member(second)].concat()).unwrap();
    assert_eq!(imported(&[&packed], &[]), own);
}

#[test]
fn the_order_of_lines_and_columns_and_the_numbers_of_replicas_do_not_matter() {
    let (runs, _, text) = run(SMALL);
    let (header, lines) = text.split_once('\n').unwrap();
    let other = |line: &str| {
        let mut cells: Vec<String> = line.split(',').map(str::to_string).collect();
        // The key holds commas, in quotes: cells are counted from the end.
        let replica = cells.len() - 9;
        if let Ok(number) = cells[replica].parse::<u32>() {
            cells[replica] = (100 + 7 * number).to_string();
        }
        cells.push("a note".to_string());
        cells.join(",")
    };
    let mut shuffled: Vec<String> = lines.lines().map(other).collect();
    shuffled.sort_by_key(|line| blake3::hash(line.as_bytes()).to_hex());
    let text = format!("{header},note\n{}\n", shuffled.join("\n"));
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "samples.csv", &text);
    assert_eq!(imported(&[&path], &[]), rows_of(runs.path()));
}

#[test]
fn a_reference_is_named_where_no_control_names_it() {
    let (_runs, _, text) = run(Size {
        controls: false,
        ..SMALL
    });
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "samples.csv", &text);
    let without = rows(&imported(&[&path], &[]));
    assert!(without.iter().all(|row| row.ratio.0.is_none()));
    assert!(without.iter().all(|row| row.ns_per_call.0.is_some()));
    let with = rows(&imported(&[&path], &["--reference", "Variant1"]));
    for row in &with {
        assert_eq!(row.reference, "Variant1");
        assert_eq!(row.ratio.0.is_some(), row.key.variant != "Variant1");
    }
    // Another engine's samples have a time and are not compared.
    let other = written(folder.path(), "bdn.csv", &text.replace("/paired", "/bdn"));
    let others = rows(&imported(&[&other], &[]));
    assert!(
        others
            .iter()
            .all(|row| row.ns_per_call.0.is_some() && row.verdict.is_none())
    );
}

#[test]
fn the_example_of_the_help_is_accepted() {
    let output = lab().args(["import", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let example = &help[help.find("\nkey,role").unwrap() + 1..];
    let example = &example[..example.find("\n\n").unwrap() + 1];
    let methodology = fs::read_to_string(common::root().join("METHODOLOGY.md")).unwrap();
    assert!(
        methodology.contains(example),
        "METHODOLOGY.md has another example"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "samples.csv", example);
    assert_eq!(rows(&imported(&[&path], &[])).len(), 2);
}

#[test]
fn samples_that_cannot_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path().join("runs");
    let refused = |text: &str, options: &[&str], part: &str| {
        let path = written(folder.path(), "their.csv", text);
        let mut import = lab();
        import.env("LAB_RUNS", &runs).arg("import").arg(path);
        one_line_error(import.args(options), 2, part);
    };
    let header = "key,role,launch,round,calls,elapsed_ns";
    let with = |line: &str| format!("{header}\n{line}\n");
    let good = "add_two/size=8/Loop/c/-/paired,variant,1,1,2500,51200";
    refused("", &[], "their.csv: empty");
    refused(&with("")[..header.len() + 1], &[], "no samples");
    refused("name,time\na,1\n", &[], "header lacks key, launch");
    for (line, part) in [
        (
            good.replace("/c/", "/c d/"),
            "line 2: 'add_two/size=8/Loop/c d/-/paired'",
        ),
        (good.replace("/-/paired", ""), "is not a row key"),
        (good.replace("size=8", "8"), "params are - or name=value"),
        (good.replace("2500", "-2500"), "line 2: calls '-2500'"),
        (good.replace("2500", "0"), "line 2: calls 0"),
        (good.replace("51200", "inf"), "line 2: elapsed_ns inf"),
        (good.replace("51200", "-1"), "line 2: elapsed_ns -1"),
        (good.replace("51200", "soon"), "line 2: elapsed_ns 'soon'"),
        (good.replace(",1,1,", ",0,1,"), "line 2: launch 0"),
        (
            good.replace(",1,1,", ",1,4000000000,"),
            "line 2: round 4000000000",
        ),
        (
            good.replace("variant", "nonsense"),
            "line 2: role 'nonsense'",
        ),
        (
            format!("{good}\n{good}"),
            "line 3: add_two/size=8/Loop/c/-/paired as variant",
        ),
    ] {
        refused(&with(&line), &[], part);
    }
    let clock = good.replace("variant", "clock");
    let other = clock.replace("Loop", "Unrolled");
    refused(
        &with(&format!("{clock}\n{other}")),
        &[],
        "controls of one group",
    );
    refused(&with(good), &["--reference", "Lop"], "there are Loop");
    refused(
        &with(&good.replace("paired", "bdn")),
        &["--reference", "Loop"],
        "no samples of the engine paired",
    );
    // One group in two files would mix their launches up.
    let first = written(folder.path(), "a.csv", &with(good));
    let second = written(
        folder.path(),
        "b.csv",
        &with(&good.replace("Loop", "Unrolled")),
    );
    let mut import = lab();
    import
        .env("LAB_RUNS", &runs)
        .arg("import")
        .args([first, second]);
    one_line_error(&mut import, 2, "import them one by one");
    // Cut in the middle of the packed bytes.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(with(good).as_bytes()).unwrap();
    let bytes = encoder.finish().unwrap();
    let cut = folder.path().join("cut.csv.gz");
    fs::write(&cut, &bytes[..bytes.len() - 9]).unwrap();
    let mut import = lab();
    import.env("LAB_RUNS", &runs).arg("import").arg(&cut);
    one_line_error(&mut import, 2, "cut.csv.gz is damaged");
    assert!(!runs.exists(), "a refused import leaves no run");
}
