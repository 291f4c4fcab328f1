//! The program's lines, and what does not agree.

use super::*;
use crate::workspace::Workspace;

const KEY: &str = "blittable_add_i32/-/DllImport/rust/jit/bdn";
const DONE: &str = r#"{"kind":"done","native":true}"#;

fn line(rest: &str) -> String {
    format!(r#"{{"kind":"allocations","key":"{KEY}",{rest}}}"#)
}

fn counted_line(managed_bytes: u64, allocs: u64, frees: u64) -> String {
    line(&format!(
        r#""calls":10,"managed_bytes":{managed_bytes},"native_allocs":{allocs},"native_frees":{frees},"error":null"#
    ))
}

fn read_lines(lines: &[&str]) -> Result<Allocations> {
    read(&lines.join("\n"), Heaps::Both, &[KEY.parse().unwrap()])
}

fn messages(lines: &[&str]) -> Vec<String> {
    let catalogue = Catalogue::load(&Workspace::find().unwrap().cases()).unwrap();
    let findings = read_lines(lines)
        .unwrap()
        .findings(&catalogue, Library::Rust);
    assert!(
        findings
            .iter()
            .all(|finding| finding.key.to_string() == KEY)
    );
    findings
        .into_iter()
        .map(|finding| finding.message)
        .collect()
}

#[test]
fn what_agrees_is_no_finding() {
    assert!(messages(&[&counted_line(0, 20, 20), DONE]).is_empty());
}

#[test]
fn every_kind_of_disagreement_is_a_finding() {
    for (row, expected) in [
        (
            counted_line(240, 0, 0),
            "expected 0 managed bytes per call, got 24",
        ),
        (
            counted_line(4, 0, 0),
            "expected 0 managed bytes per call, got 0.4",
        ),
        (
            counted_line(0, 20, 10),
            "2 native allocations per call, but 1 frees",
        ),
        (
            line(
                r#""calls":null,"managed_bytes":null,"native_allocs":null,"native_frees":null,"error":"never reached tier 1""#,
            ),
            "allocations were not counted: never reached tier 1",
        ),
        (
            line(r#""calls":0,"managed_bytes":0"#),
            "allocations were not counted, and no reason was given",
        ),
    ] {
        assert_eq!(messages(&[&row, DONE]), [expected]);
    }
}

#[test]
fn lines_that_are_missing_or_broken_are_errors() {
    let row = counted_line(0, 0, 0);
    for (lines, part) in [
        (vec![DONE], "left out blittable_add_i32"),
        (vec![row.as_str()], "before its last line"),
        (vec!["nonsense"], "wrote 'nonsense'"),
        (
            vec![row.as_str(), r#"{"kind":"done","native":false}"#],
            "not loaded",
        ),
    ] {
        let error = read_lines(&lines).unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn counts_are_per_call_and_keep_fractions() {
    let counts = read_lines(&[&counted_line(25, 10, 20), DONE])
        .unwrap()
        .counts();
    let found: Vec<_> = counts
        .iter()
        .map(|count| (count.name.as_str(), count.value, count.unit.as_str()))
        .collect();
    let expected = [
        ("managed_bytes_tier1", 2.5, "bytes"),
        ("native_allocs", 1.0, "calls"),
        ("native_frees", 2.0, "calls"),
    ];
    assert_eq!(found, expected);
    let managed = line(r#""calls":10,"managed_bytes":0,"native_allocs":null,"native_frees":null"#);
    let text = format!("{managed}\n{}", r#"{"kind":"done","native":false}"#);
    let found = read(&text, Heaps::Managed, &[KEY.parse().unwrap()]).unwrap();
    assert_eq!(found.counts().len(), 1, "what was not counted is not zero");
}

#[test]
fn the_counter_must_be_loadable() {
    let products = |path: Option<&str>| Products {
        allocation_counter: path.map(PathBuf::from),
        ..Products::default()
    };
    assert!(counter(&products(Some("/lab/liballocations.so"))).is_ok());
    for path in [None, Some("/my lab/x.so"), Some("/a:b/x.so")] {
        let error = counter(&products(path)).unwrap_err().to_string();
        assert!(error.contains("LD_PRELOAD") && !error.contains('\n'));
    }
}
