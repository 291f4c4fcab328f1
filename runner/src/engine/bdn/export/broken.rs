//! Against files made up for the purpose: jobs and names nobody would choose, and damage of every kind.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const MULTI_JOB: &[u8] = include_bytes!("../../../../tests/fixtures/bdn/multi-job.json");
const NESTED: &[u8] = include_bytes!("../../../../tests/fixtures/bdn/nested.json");

fn benchmark(job: &str) -> Value {
    json!({"DisplayInfo": format!("T.M: {job}"), "Namespace": "N", "Type": "T", "Method": "M", "MethodTitle": "M",
        "Parameters": "", "FullName": "N.T.M", "Statistics": {"N": 1}, "Measurements": [
            {"IterationMode": "Workload", "IterationStage": "Actual", "LaunchIndex": 1, "IterationIndex": 1,
             "Operations": 10, "Nanoseconds": 25.5}]})
}

fn file(benchmarks: Vec<Value>) -> Vec<u8> {
    serde_json::to_vec(&json!({"Title": "t", "Benchmarks": benchmarks})).unwrap()
}

fn deployments(imported: &Imported) -> Vec<&str> {
    imported
        .rows
        .iter()
        .map(|row| row.key.deployment.as_str())
        .collect()
}

#[test]
fn jobs_of_one_name_with_other_settings_are_told_apart() {
    let (a, b) = ("Mine(LaunchCount=1)", "Mine(LaunchCount=2)");
    let imported = read(&file([a, b, a, b].map(benchmark).to_vec()), "a.json").unwrap();
    assert_eq!(
        deployments(&imported),
        ["Mine", "Mine~2", "Mine~3", "Mine~4"]
    );
    assert_eq!(
        (
            imported.settings["Mine"].as_str(),
            imported.settings["Mine~2"].as_str()
        ),
        (a, b)
    );
    assert_eq!(imported.warnings.len(), 3);
    let mut other_method = benchmark(b);
    other_method["Method"] = "Other".into();
    let imported = read(&file(vec![benchmark(a), other_method]), "a.json").unwrap();
    assert_eq!(deployments(&imported), ["Mine", "Mine~2"]);
    assert!(imported.warnings[0].contains("another job of that name has other settings"));
}

#[test]
fn a_full_name_that_does_not_nest_is_not_used() {
    for (full_name, case) in [
        ("N.Outer+T.M", "bdn:N.Outer+T"),
        ("N.Other.T.M", "bdn:N.T"),
        ("N.OtherT.M", "bdn:N.T"),
        ("N.Other(T.M+T.M", "bdn:N.T"),
        ("", "bdn:N.T"),
    ] {
        let mut one = benchmark("DefaultJob");
        one["FullName"] = full_name.into();
        let imported = read(&file(vec![one]), "a.json").unwrap();
        assert_eq!(imported.rows[0].key.case, case, "{full_name}");
    }
}

#[test]
fn benchmarks_without_data_say_why() {
    let mut brief = benchmark("DefaultJob");
    brief.as_object_mut().unwrap().remove("Measurements");
    let mut unbuilt = benchmark("A");
    unbuilt["Statistics"] = Value::Null;
    unbuilt["Measurements"] = json!([]);
    let mut only_overhead = benchmark("B");
    only_overhead["Measurements"][0]["IterationMode"] = "Overhead".into();
    let imported = read(&file(vec![brief, unbuilt, only_overhead]), "a.json").unwrap();
    let reasons: Vec<_> = imported
        .measured
        .launches
        .iter()
        .map(|launch| launch.reason.as_str())
        .collect();
    assert!(reasons[0].contains("JsonExporter.Full"), "{reasons:?}");
    assert!(
        reasons[1].contains("not built or not started"),
        "{reasons:?}"
    );
    assert!(
        reasons[2].contains("without a measured iteration"),
        "{reasons:?}"
    );
}

#[test]
fn not_a_number_is_left_out_aloud() {
    let mut with_nan = benchmark("DefaultJob");
    let good = with_nan["Measurements"][0].clone();
    for (field, value) in [
        ("Nanoseconds", json!("")),
        ("Nanoseconds", Value::Null),
        ("Operations", json!(0)),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        with_nan["Measurements"].as_array_mut().unwrap().push(bad);
    }
    let imported = read(&file(vec![with_nan]), "a.json").unwrap();
    assert_eq!(imported.measured.samples.len(), 1);
    assert!(
        imported.warnings[0].contains("left out 3 iterations"),
        "{:?}",
        imported.warnings
    );
}

#[test]
fn a_bare_nan_in_the_statistics_does_no_harm() {
    let text = String::from_utf8(file(vec![benchmark("DefaultJob")])).unwrap();
    let text = text.replace(
        "\"N\":1",
        "\"N\":NaN,\"Margin\":-Infinity,\"Said\":\"NaN \\\" Infinity\"",
    );
    let imported = read(text.as_bytes(), "a.json").unwrap();
    assert_eq!(imported.measured.samples[0].elapsed_ns, 25.5);
}

#[test]
fn a_byte_order_mark_is_no_error() {
    let bytes = [
        b"\xEF\xBB\xBF",
        file(vec![benchmark("DefaultJob")]).as_slice(),
    ]
    .concat();
    assert_eq!(read(&bytes, "a.json").unwrap().rows.len(), 1);
}

#[test]
fn errors_name_the_file_and_the_place() {
    let message = |bytes: &[u8]| read(bytes, "a.json").unwrap_err().to_string();
    let truncated = message(&MULTI_JOB[..MULTI_JOB.len() / 2]);
    assert!(
        truncated.starts_with("a.json: ")
            && truncated.contains("EOF")
            && truncated.contains("line"),
        "{truncated}"
    );
    for other in [
        "",
        "[]",
        "null",
        "{}",
        "{\"Benchmarks\": null}",
        "{\"Benchmarks\": 1}",
        "<html>",
    ] {
        let message = message(other.as_bytes());
        assert!(
            message.starts_with("a.json: not BenchmarkDotNet's full JSON")
                && !message.contains('\n'),
            "{message}"
        );
    }
    let mut nameless = benchmark("DefaultJob");
    nameless["Type"] = Value::Null;
    assert_eq!(
        message(&file(vec![benchmark("A"), nameless])),
        "a.json: Benchmarks[1] has no Type or no Method"
    );
    let empty = read(b"{\"Benchmarks\": []}", "a.json").unwrap();
    assert_eq!(empty.warnings, ["a.json: holds no benchmark"]);
}

proptest! {
    #[test]
    fn never_panics_on_damaged_files(at in 0..NESTED.len(), length in 0..40usize, with in proptest::collection::vec(any::<u8>(), 0..8)) {
        let mut damaged = NESTED.to_vec();
        let end = (at + length).min(damaged.len());
        damaged.splice(at..end, with);
        if let Ok(imported) = read(&damaged, "a.json") {
            prop_assert!(imported.rows.len() <= 2);
        }
    }

    #[test]
    fn never_panics_on_odd_names(display in ".*", parameters in ".*", title in ".*", full_name in ".*") {
        let mut odd = benchmark("DefaultJob");
        odd["DisplayInfo"] = display.into();
        odd["Parameters"] = parameters.into();
        odd["MethodTitle"] = title.into();
        odd["FullName"] = full_name.into();
        let imported = read(&file(vec![odd]), "a.json").unwrap();
        let key = imported.rows[0].key.to_string();
        prop_assert_eq!(key.parse::<RowKey>().unwrap(), imported.rows[0].key.clone());
    }
}
