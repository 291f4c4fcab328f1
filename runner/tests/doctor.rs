//! `lab doctor` against the built binary: structure, not values, because every machine has its own.

mod common;

use std::collections::BTreeSet;

use common::lab;
use predicates::prelude::*;

const NAMES: [&str; 28] = [
    ".NET SDK",
    ".NET runtime",
    "Address randomization",
    "C compiler",
    "CPU",
    "Certificate",
    "Chromium",
    "Clock resolution",
    "Clock source",
    "Container limits",
    "Frequency governor",
    "Hardware counters",
    "Kernel",
    "Load",
    "Machine",
    "Memory",
    "Microcode",
    "Pinning",
    "Rust crates",
    "SMT",
    "Steal now",
    "Steal since boot",
    "Transparent huge pages",
    "Turbo",
    "cargo",
    "clang-format",
    "rustc",
    "valgrind",
];

fn facts(output: &[u8]) -> Vec<serde_json::Value> {
    let json: serde_json::Value = serde_json::from_slice(output).unwrap();
    assert!(json["class"].as_str().unwrap().contains("cpu"), "{json}");
    assert!(!json["summary"].as_array().unwrap().is_empty(), "{json}");
    json["facts"].as_array().unwrap().clone()
}

#[test]
fn every_fact_is_complete_and_the_worst_stands_first() {
    let output = lab().args(["doctor", "--json"]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let facts = facts(&output.stdout);
    let text = |fact: &serde_json::Value, field: &str| {
        let value = fact[field].as_str();
        value
            .unwrap_or_else(|| panic!("{field}: {fact}"))
            .to_string()
    };
    let names: BTreeSet<String> = facts.iter().map(|fact| text(fact, "name")).collect();
    assert_eq!(names, NAMES.map(str::to_string).into());
    assert_eq!(facts.len(), NAMES.len(), "a fact is said twice");
    let order = ["warning", "unknown", "note", "fine"];
    let mut last = 0;
    for fact in &facts {
        let level = order.iter().position(|level| *level == text(fact, "level"));
        let level = level.unwrap_or_else(|| panic!("{fact}"));
        assert!(level >= last, "{fact} after something less grave");
        last = level;
        assert!(
            !text(fact, "value").is_empty() && !text(fact, "means").is_empty(),
            "{fact}"
        );
        assert_eq!(
            text(fact, "value") == "unknown",
            !text(fact, "why").is_empty(),
            "{fact}"
        );
        assert!(
            level != 0 || !text(fact, "helps").is_empty(),
            "a warning without help: {fact}"
        );
    }
}

#[test]
fn the_terminal_has_a_hundred_columns_and_a_sum() {
    let output = lab().arg("doctor").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    for line in text.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
    assert!(text.contains("Hardware counters"), "{text}");
    assert!(
        text.lines().last().unwrap().starts_with("28 facts: "),
        "{text}"
    );
}

#[test]
fn missing_tools_are_facts() {
    let nothing = tempfile::tempdir().unwrap();
    let output = lab()
        .args(["doctor", "--json"])
        .env("PATH", nothing.path())
        .env_remove("LAB_CRATES_SOURCE")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let facts = facts(&output.stdout);
    for name in ["cargo", ".NET SDK", "Pinning", "Rust crates"] {
        let fact = facts.iter().find(|fact| fact["name"] == name).unwrap();
        assert_ne!(fact["level"], "fine", "{fact}");
        assert_ne!(fact["helps"], "", "{fact}");
    }
}

#[test]
fn usage_errors_are_exit_2() {
    lab()
        .args(["doctor", "--colour"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("--colour"));
}
