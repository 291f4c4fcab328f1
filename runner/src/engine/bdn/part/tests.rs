//! Parts as they should be, and as they should not.

use super::*;

const KEY: &str = "string_utf8_in/entry=z,length=8,text=ascii/LibraryImport/rust/jit/bdn";

fn part(change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
    let iteration = |launch, mode, stage, iteration, calls, elapsed_ns| {
        serde_json::json!({"launch": launch, "mode": mode, "stage": stage, "iteration": iteration, "calls": calls,
            "elapsed_ns": elapsed_ns})
    };
    let mut part = serde_json::json!({
    "schema": 1, "key": KEY, "type": "StringUtf8In", "method": "LibraryImport",
    "params": {"length": "8", "text": "ascii"}, "started": "2026-01-02T03:04:05Z", "ended": "2026-01-02T03:04:09Z",
    "runtime": "10.0.12", "success": true, "error": null, "managed_bytes": 32, "gc_count": 3, "code_bytes": 144, "code_hash": "c0de",
    "job": "quick", "measurements": [
        iteration(1, "Overhead", "Actual", 1, 16, 20.0),
        iteration(1, "Workload", "Jitting", 1, 1, 900.0),
        iteration(1, "Workload", "Pilot", 1, 16, 700.0),
        iteration(1, "Workload", "Warmup", 1, 1000, 6500.0),
        iteration(1, "Workload", "Actual", 1, 1000, 6000.0),
        iteration(2, "Workload", "Actual", 1, 1000, 6100.5),
        iteration(2, "Workload", "Result", 1, 1000, 6100.5),
        iteration(2, "Workload", "Rehearsal", 1, 1000, 6100.0),
    ]});
    change(&mut part);
    serde_json::to_vec(&part).unwrap()
}

#[test]
fn a_finished_benchmark() {
    let (key, measured) = read(&part(|_| ()), "part.json").unwrap();
    assert_eq!(key.to_string(), KEY);
    let samples: Vec<_> = measured
        .samples
        .iter()
        .map(|sample| (sample.launch, sample.flags, sample.calls, sample.elapsed_ns))
        .collect();
    assert_eq!(
        samples,
        [
            (1, Stage::Overhead, 16, 20.0),
            (1, Stage::Jitting, 1, 900.0),
            (1, Stage::Pilot, 16, 700.0),
            (1, Stage::Warmup, 1000, 6500.0),
            (1, Stage::Actual, 1000, 6000.0),
            (2, Stage::Actual, 1000, 6100.5),
            (2, Stage::Other, 1000, 6100.0),
        ]
    );
    let launches: Vec<_> = measured
        .launches
        .iter()
        .map(|launch| {
            (
                launch.launch,
                launch.state,
                launch.started.as_str(),
                launch.key(),
            )
        })
        .collect();
    let at = "2026-01-02T03:04:05Z";
    assert_eq!(
        launches,
        [
            (1, State::Ok, at, key.clone()),
            (2, State::Ok, at, key.clone())
        ]
    );
    let counts: Vec<_> = measured
        .counts
        .iter()
        .map(|count| (count.launch, count.name.as_str(), count.value))
        .collect();
    assert_eq!(
        counts,
        [(2, COUNT_MANAGED_BYTES, 32.0), (2, COUNT_COLLECTIONS, 3.0)]
    );
    assert_eq!(measured.bodies[0].size_bytes, Some(144));
    assert_eq!(measured.bodies[0].code_hash.as_deref(), Some("c0de"));
}

#[test]
fn what_was_not_measured_stays_empty() {
    let bytes = part(|part| {
        for field in ["managed_bytes", "gc_count", "code_bytes"] {
            part[field] = serde_json::Value::Null;
        }
    });
    let (_, measured) = read(&bytes, "part.json").unwrap();
    assert!(measured.counts.is_empty() && measured.bodies.is_empty());
}

#[test]
fn a_failure_keeps_its_reason_and_one_launch() {
    let bytes = part(|part| {
        part["success"] = false.into();
        part["error"] = "System.Exception:\n  on purpose".into();
        part["measurements"] = serde_json::json!([]);
    });
    let (_, measured) = read(&bytes, "part.json").unwrap();
    assert_eq!(measured.launches.len(), 1);
    assert_eq!(measured.launches[0].state, State::Error);
    assert_eq!(measured.launches[0].reason, "System.Exception: on purpose");
}

#[test]
fn success_without_a_measured_iteration_is_a_failure() {
    let bytes = part(|part| part["measurements"].as_array_mut().unwrap().truncate(4));
    let (_, measured) = read(&bytes, "part.json").unwrap();
    assert_eq!(
        (measured.samples.len(), measured.launches[0].state),
        (4, State::Error)
    );
}

#[test]
fn errors_name_the_file_and_what_is_wrong() {
    let message = |bytes: &[u8]| read(bytes, "a.json").unwrap_err().to_string();
    let newer = message(&part(|part| part["schema"] = 2.into()));
    assert!(newer.starts_with("a.json: part layout 2"), "{newer}");
    let whole = part(|_| ());
    assert!(message(&whole[..whole.len() / 2]).contains("EOF"));
    assert!(message(&part(|part| part["key"] = "a/b".into())).contains("'a/b' is not a row key"));
    let no_calls = message(&part(|part| part["measurements"][2]["calls"] = 0.into()));
    assert!(
        no_calls.contains("measurements[2]") && no_calls.contains(KEY),
        "{no_calls}"
    );
}
