//! `lab publish` of paired runs, and `--verify`: what was published is what its data give, and one changed digit or sentence is found.

mod common;
#[path = "common/made.rs"]
mod made;

use std::fs;
use std::path::{Path, PathBuf};

use common::{lab, one_line_error};
use interop_lab::deployment::Target;
use interop_lab::manifest::Manifest;
use interop_lab::publish::seal::hash;
use made::{CASE, Made, id};

fn other(manifest: &mut Manifest) {
    made::publishable(manifest);
    manifest.plan.targets = vec![Target::default().to_string(), "jit+TieredPGO=0".to_string()];
    manifest.provenance.kernel_hashes = [("blittable/rust".to_string(), "k2".to_string())].into();
}

struct Shop {
    folder: tempfile::TempDir,
}

impl Shop {
    /// Two runs, the second 10 % slower in one row and with another kernel.
    fn new() -> Shop {
        let folder = tempfile::tempdir().unwrap();
        let runs = folder.path().join("runs");
        Made {
            change: made::publishable,
            ..Made::default()
        }
        .seal(&runs);
        Made {
            number: 2,
            variants: &[("DllImport", 22.0), ("FunctionPointer", 22.0)],
            change: other,
            ..Made::default()
        }
        .seal(&runs);
        let shop = Shop { folder };
        for number in [1, 2] {
            shop.lab(&["report", &id(number)]).assert().success();
        }
        shop
    }

    fn lab(&self, arguments: &[&str]) -> assert_cmd::Command {
        let mut command = lab();
        command
            .env("LAB_ROOT", self.folder.path())
            .env("LAB_RUNS", self.folder.path().join("runs"))
            .args(arguments);
        command
    }

    /// Where it lies.
    fn publish(&self, arguments: &[&str]) -> PathBuf {
        let out = self.folder.path().join("out");
        let out_text = out.to_str().unwrap().to_string();
        self.lab(&["publish", "--out", &out_text])
            .args(arguments)
            .assert()
            .success();
        let mut folders: Vec<PathBuf> = fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .collect();
        folders.sort();
        folders.pop().unwrap()
    }

    fn verify(&self, folder: &Path, arguments: &[&str]) -> (i32, String) {
        let output = self
            .lab(&["publish", "--verify", folder.to_str().unwrap()])
            .args(arguments)
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.is_empty(), "{error}");
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
        )
    }
}

/// Changes one place of a file, and its hash where `hide`; what is asked for must occur.
fn change(folder: &Path, file: &str, from: &str, to: &str, hide: bool) {
    let path = folder.join(file);
    let old = fs::read_to_string(&path).unwrap();
    assert!(old.contains(from), "{file} has no '{from}'");
    let new = old.replacen(from, to, 1);
    fs::write(&path, &new).unwrap();
    if hide {
        let seal = folder.join("published.json");
        let text = fs::read_to_string(&seal).unwrap();
        let text = text.replace(&hash(old.as_bytes()), &hash(new.as_bytes()));
        fs::write(seal, text).unwrap();
    }
}

#[test]
fn a_publication_is_what_its_data_give() {
    let shop = Shop::new();
    let archive = shop.folder.path().join("archive");
    let report = shop.publish(&[&id(1), &id(2), "--archive", archive.to_str().unwrap()]);
    assert!(report.join("deployments/index.html").exists());
    let (code, said) = shop.verify(&report, &[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("6 rows, 4 verdicts"), "{said}");
    // Further back, to the blocks of each run.
    for entry in fs::read_dir(&archive).unwrap() {
        let file = entry.unwrap().path();
        let (code, said) = shop.verify(&report, &["--samples", file.to_str().unwrap()]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("levels follow from 5120 blocks"), "{said}");
    }
    let foreign = report.join("manifest.json");
    one_line_error(
        shop.lab(&["publish", "--verify", report.to_str().unwrap(), "--samples"])
            .arg(foreign),
        2,
        "is none of this publication's archives",
    );
}

#[test]
fn a_changed_digit_or_sentence_is_found_even_with_its_hash() {
    let shop = Shop::new();
    for hide in [false, true] {
        for (file, from, to) in [
            ("rows.csv", "ok,,10,", "ok,,11,"),
            ("index.html", "<h2>Findings</h2>", "<h2>Findings!</h2>"),
            (
                "blittable_add_i32.html",
                "not a part that could be taken out",
                "a part that could be taken out",
            ),
            ("launches.csv", "ok", "error"),
            ("controls.csv", "same_pointer", "copy"),
        ] {
            // What nothing else follows from is told by its hash alone, and that by the seal.
            if hide && file == "launches.csv" {
                continue;
            }
            let report = shop.publish(&[&id(1)]);
            change(&report, file, from, to, hide);
            let (code, said) = shop.verify(&report, &[]);
            assert_eq!(code, 1, "{file}, hide {hide}: {said}");
            assert!(said.contains("differs"), "{said}");
            if !hide {
                assert!(said.contains(&format!("{file}: not the bytes")), "{said}");
            }
        }
    }
    let report = shop.publish(&[&id(1)]);
    fs::write(report.join("more.html"), "more").unwrap();
    fs::remove_file(report.join("report.md")).unwrap();
    let (code, said) = shop.verify(&report, &[]);
    assert_eq!(code, 1);
    assert!(said.contains("more.html: was not published"), "{said}");
    assert!(said.contains("report.md: "), "{said}");
    one_line_error(
        &mut shop.lab(&["publish", "--verify", "/nowhere"]),
        2,
        "no publication",
    );
}

#[test]
fn pages_are_written_again_from_the_data_alone() {
    for first in [&[][..], &["--compare"]] {
        let shop = Shop::new();
        let report = shop.publish(&[first, &[&id(1), &id(2)]].concat());
        let seal = fs::read(report.join("published.json")).unwrap();
        // As an older lab might have worded it, under a name that is gone.
        change(&report, "index.html", "</h1>", " once</h1>", true);
        fs::remove_dir_all(shop.folder.path().join("runs")).unwrap();
        shop.lab(&["publish", "--renew", report.to_str().unwrap()])
            .assert()
            .success();
        assert_eq!(fs::read(report.join("published.json")).unwrap(), seal);
        assert_eq!(shop.verify(&report, &[]).0, 0);
        let data = report.join(if report.join("after").exists() {
            "after/launches.csv"
        } else {
            "launches.csv"
        });
        fs::write(&data, "nonsense").unwrap();
        one_line_error(
            &mut shop.lab(&["publish", "--renew", report.to_str().unwrap()]),
            2,
            "is not the file that was published",
        );
    }
}

#[test]
fn what_changed_between_two_runs_is_a_publication_too() {
    let shop = Shop::new();
    let report = shop.publish(&["--compare", &id(1), &id(2)]);
    assert!(report.ends_with("2026-01-02-linux-x86-64-some-cpu-2cpu-kvm-changes"));
    let page = fs::read_to_string(report.join("index.html")).unwrap();
    for part in [
        "kernel differs",
        "3\u{202f}rows: 2 equivalent, 1 suspected",
        &format!("after/{CASE}.html"),
        "before/index.html",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let (code, said) = shop.verify(&report, &[]);
    assert_eq!(code, 0, "{said}");
    change(&report, "changes.csv", "suspected", "equivalent", true);
    assert_eq!(shop.verify(&report, &[]).0, 1);
    // A published run can be compared like one of the store.
    let sides = ["before", "after"].map(|side| report.join(side).display().to_string());
    let output = shop
        .lab(&["compare", &sides[0], &sides[1], "--json"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("\"verdict\": \"suspected\""), "{said}");
}

#[test]
fn a_row_with_too_few_launches_is_shown_as_refused() {
    let shop = Shop::new();
    let runs = shop.folder.path().join("runs");
    Made {
        number: 3,
        launches: 9,
        change: made::publishable,
        ..Made::default()
    }
    .seal(&runs);
    shop.lab(&["report", &id(3)]).assert().success();
    // Of one run nothing would be left; beside another its rows are shown, with the reason.
    let output = shop.lab(&["publish", &id(3)]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("has 10 usable launches"), "{said}");
}
