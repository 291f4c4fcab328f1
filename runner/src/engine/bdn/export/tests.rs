//! Against real files of BenchmarkDotNet 0.15.8 (`tests/fixtures/bdn`, with the program that made them).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::*;
use crate::row::State;
use crate::sample::{COUNT_COLLECTIONS, COUNT_MANAGED_BYTES, Stage};

const MULTI_JOB: &[u8] = include_bytes!("../../../../tests/fixtures/bdn/multi-job.json");
const NESTED: &[u8] = include_bytes!("../../../../tests/fixtures/bdn/nested.json");
const GENERIC: &[u8] = include_bytes!("../../../../tests/fixtures/bdn/generic.json");
const NO_NAMESPACE: &[u8] = include_bytes!("../../../../tests/fixtures/bdn/no-namespace.json");

fn raw(bytes: &[u8]) -> Vec<Value> {
    let file: Value = serde_json::from_slice(bytes).unwrap();
    file["Benchmarks"].as_array().unwrap().clone()
}

fn keys(imported: &Imported) -> Vec<String> {
    imported
        .rows
        .iter()
        .map(|row| row.key.to_string())
        .collect()
}

/// Mode, stage, launch, index, operations, nanoseconds of a raw measurement, as one comparable text.
fn fields(measurement: &Value) -> String {
    let names = [
        "IterationMode",
        "IterationStage",
        "LaunchIndex",
        "IterationIndex",
        "Operations",
        "Nanoseconds",
    ];
    names.map(|name| measurement[name].to_string()).join(" ")
}

#[test]
fn no_benchmark_and_no_iteration_is_lost() {
    for file in [MULTI_JOB, NESTED, GENERIC, NO_NAMESPACE] {
        let imported = read(file, "a.json").unwrap();
        let benchmarks = raw(file);
        assert_eq!(imported.rows.len(), benchmarks.len());
        assert_eq!(
            keys(&imported).iter().collect::<BTreeSet<_>>().len(),
            benchmarks.len(),
            "keys differ"
        );
        let mut samples = imported.measured.samples.iter();
        for (row, benchmark) in imported.rows.iter().zip(&benchmarks) {
            for measurement in benchmark["Measurements"].as_array().unwrap() {
                let sample = samples.next().expect("as many samples as measurements");
                assert_eq!(*sample.key, row.key);
                let mode = if sample.flags == Stage::Overhead {
                    "Overhead"
                } else {
                    "Workload"
                };
                let stage = match sample.flags {
                    Stage::Overhead => measurement["IterationStage"].as_str().unwrap().to_string(),
                    stage => format!("{stage:?}"),
                };
                let read = format!(
                    "\"{mode}\" \"{stage}\" {} {} {} {}",
                    sample.launch, sample.round, sample.calls, sample.elapsed_ns
                );
                assert_eq!(read, fields(measurement).trim_end_matches(".0"));
            }
        }
        assert_eq!(samples.next(), None);
    }
}

#[test]
fn two_jobs_of_one_file_are_told_apart() {
    let imported = read(MULTI_JOB, "a.json").unwrap();
    let jobs: BTreeMap<&str, usize> =
        imported.rows.iter().fold(BTreeMap::new(), |mut jobs, row| {
            *jobs.entry(row.key.deployment.as_str()).or_default() += 1;
            jobs
        });
    let expected = [
        ("Job-XFNNHN", 12),
        ("Job-XFNNHN~2", 4),
        ("Two%20launches", 12),
        ("Two%20launches~2", 4),
    ];
    assert_eq!(jobs, BTreeMap::from(expected));
    assert_eq!(
        imported.settings["Two%20launches"],
        "Two launches(EnvironmentVariables=ODD=a, b(c), IterationCount=3, IterationTime=2ms, LaunchCount=2, \
         RunStrategy=Throughput, WarmupCount=1)"
    );
    for launch in &imported.measured.launches {
        let two = launch.deployment.starts_with("Two") && launch.variant == "Encode";
        assert!(launch.launch == 1 || two, "{}", launch.key());
    }
    let second = imported
        .measured
        .launches
        .iter()
        .filter(|launch| launch.launch == 2)
        .count();
    assert_eq!(
        second, 8,
        "every benchmark of the second job that ran has a second launch"
    );
}

#[test]
fn shortened_params_make_one_key_twice_and_both_are_kept() {
    let imported = read(MULTI_JOB, "a.json").unwrap();
    let key = "bdn:Odd.Text/Len=8,Kind=aaaaa%28...%29aaaaa%20%5B46%5D/Encode/-/Job-XFNNHN";
    let keys = keys(&imported);
    assert!(keys.contains(&format!("{key}/bdn")) && keys.contains(&format!("{key}~2/bdn")));
    assert_eq!(imported.warnings.len(), 8);
    assert_eq!(
        imported.warnings[0],
        format!("a.json: {key}/bdn: occurs again, kept as Job-XFNNHN~2")
    );
}

#[test]
fn params_with_separators_in_a_value() {
    let imported = read(MULTI_JOB, "a.json").unwrap();
    assert!(
        keys(&imported)
            .iter()
            .any(|key| key.contains("/Len=64,Kind=a%26b=c%2C%20d%2Fe/Encode/"))
    );
    let names: Vec<_> = imported.cases[0]
        .params
        .iter()
        .map(|param| param.name.as_str())
        .collect();
    assert_eq!(names, ["Len", "Kind"]);
    assert_eq!(imported.cases[0].params[0].values, ["8", "64"]);
}

#[test]
fn a_throwing_benchmark_is_a_failed_launch_with_a_reason() {
    let imported = read(MULTI_JOB, "a.json").unwrap();
    let failed: Vec<_> = imported
        .measured
        .launches
        .iter()
        .filter(|launch| launch.state == State::Error)
        .collect();
    assert_eq!(failed.len(), 16);
    assert!(
        failed
            .iter()
            .all(|launch| launch.variant == "Throws" && launch.launch == 1)
    );
    assert_eq!(
        failed[0].reason,
        "BenchmarkDotNet has no result: the benchmark failed after 1 iterations"
    );
    let title = &imported.cases[0].variants[1];
    assert_eq!(
        (title.name.as_str(), title.what.as_str()),
        ("Throws", "throws: 100 % [of] the time (é)")
    );
    assert!(
        !imported
            .measured
            .counts
            .iter()
            .any(|count| count.key.variant == "Throws")
    );
}

#[test]
fn names_of_nested_generic_and_global_types() {
    assert_eq!(
        keys(&read(NESTED, "a.json").unwrap())[0],
        "bdn:Odd.Outer+Inner/-/Collect/-/Job-XFNNHN/bdn"
    );
    assert_eq!(
        keys(&read(GENERIC, "a.json").unwrap())[1],
        "bdn:Odd.Generic%3CInt32%3E/-/SizeOf/-/Two%20launches/bdn"
    );
    let global = keys(&read(NO_NAMESPACE, "a.json").unwrap());
    assert_eq!(
        global[0],
        "bdn:NoNamespace/Value=%3F/Gr%C3%B6%C3%9Fe/-/Job-XFNNHN/bdn"
    );
    assert!(
        global.contains(&"bdn:NoNamespace/Value=/Gr%C3%B6%C3%9Fe/-/Two%20launches/bdn".to_string())
    );
}

#[test]
fn memory_collections_and_code_size() {
    let imported = read(NESTED, "a.json").unwrap();
    let counts: Vec<_> = imported
        .measured
        .counts
        .iter()
        .map(|count| (count.launch, count.name.as_str(), count.value))
        .collect();
    // A full collection counts in all three generations, so their sum would be three times too many.
    assert_eq!(
        counts,
        [
            (1, COUNT_MANAGED_BYTES, 336.0),
            (1, COUNT_COLLECTIONS, 19.0),
            (2, COUNT_MANAGED_BYTES, 336.0),
            (2, COUNT_COLLECTIONS, 24.0),
        ]
    );
    assert_eq!(imported.measured.bodies[0].size_bytes, Some(142));
}

#[test]
fn the_host_is_flat_text() {
    let environment = read(NESTED, "a.json").unwrap().environment;
    assert_eq!(environment["BenchmarkDotNetVersion"], "0.15.8");
    assert_eq!(environment["LogicalCoreCount"], "2");
    assert_eq!(environment["HasRyuJit"], "true");
    assert_eq!(environment["ChronometerFrequency.Hertz"], "1000000000");
    assert!(environment["Title"].starts_with("Odd.Outer.Inner-"));
}

#[test]
fn files_of_one_import_become_one() {
    let mut all = Imported::default();
    for (name, bytes) in [
        ("a.json", MULTI_JOB),
        ("b.json", GENERIC),
        ("c.json", MULTI_JOB),
    ] {
        all.extend(read(bytes, name).unwrap());
    }
    let benchmarks = 2 * raw(MULTI_JOB).len() + raw(GENERIC).len();
    assert_eq!(all.rows.len(), benchmarks);
    let iterations = |bytes| read(bytes, "").unwrap().measured.samples.len();
    let samples = 2 * iterations(MULTI_JOB) + iterations(GENERIC);
    assert_eq!(all.measured.samples.len(), samples);
    let cases: Vec<_> = all
        .cases
        .iter()
        .map(|case| (case.id.as_str(), case.variants.len(), case.params.len()))
        .collect();
    assert_eq!(
        cases,
        [("bdn:Odd.Text", 2, 2), ("bdn:Odd.Generic%3CInt32%3E", 1, 0)]
    );
    assert_eq!(all.environment["Title"].matches("Odd.").count(), 3);
    assert_eq!(
        all.warnings.len(),
        16,
        "the same host and jobs are no news: {:?}",
        all.warnings
    );
    let mut other = read(GENERIC, "d.json").unwrap();
    other
        .environment
        .insert("ProcessorName".into(), "Z80".into());
    all.extend(other);
    assert_eq!(
        all.warnings[16],
        "ProcessorName: 'Z80' in a later file, 'AMD EPYC' in the first"
    );
}
