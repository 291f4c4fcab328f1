use std::io::{Read, Write};

use super::*;
use crate::environment::Environment;
use crate::manifest::{Origin, PlanRecord, Provenance};
use crate::sample::{Launch, Role, Sample, Stage};

const KEY: &str = "blittable_add_i32/-/DllImport/rust/jit/bdn";

fn manifest(id: &str) -> Manifest {
    let plan = PlanRecord {
        seed: 7,
        profile: "quick".into(),
        filter: None,
        implementations: vec!["rust".into()],
        engines: vec!["bdn".into()],
        estimate_seconds: 1.5,
        effort: None,
        targets: Vec::new(),
        runtimes: std::collections::BTreeMap::new(),
        layouts: std::collections::BTreeMap::new(),
        cpu: Some(1),
        rows: vec![],
    };
    Manifest {
        schema: SCHEMA,
        id: id.into(),
        origin: Origin::Run,
        content_hash: None,
        files: std::collections::BTreeMap::new(),
        command: "./lab run".into(),
        started: "2026-01-01T00:00:00Z".into(),
        ended: None,
        resumed: vec![],
        plan,
        environment: Environment::default(),
        environment_end: None,
        provenance: Provenance::default(),
        cases: vec![],
        claims: Vec::new(),
        notes: vec![],
    }
}

fn measured() -> Measured {
    let key: crate::names::RowKey = KEY.parse().unwrap();
    let sample = |round| Sample {
        key: key.clone().into(),
        role: Role::Variant,
        launch: 1,
        replica: None,
        round,
        position: None,
        calls: 1000,
        elapsed_ns: 5840.25 + f64::from(round),
        gc_count: None,
        gc_pause_ns: None,
        switches: None,
        flags: Stage::Actual,
    };
    Measured {
        samples: vec![sample(2), sample(1)],
        launches: vec![Launch::of(&key, 1)],
        ..Measured::default()
    }
}

fn sealed_run(runs: &Path) -> PathBuf {
    let draft = Draft::create(runs, manifest("20260101T000000Z-00000000")).unwrap();
    fs::create_dir_all(draft.raw().join("bdn")).unwrap();
    fs::write(draft.raw().join("bdn/part.json"), "{}").unwrap();
    draft.seal(measured()).unwrap()
}

#[test]
fn what_is_sealed_is_read_back() {
    let runs = tempfile::tempdir().unwrap();
    let folder = sealed_run(runs.path());
    let run = Run::read(&folder).unwrap();
    let mut expected = measured();
    expected.samples.reverse();
    assert_eq!(run.measured, expected);
    assert!(
        !runs
            .path()
            .join("20260101T000000Z-00000000.partial")
            .exists()
    );
}

#[test]
fn samples_may_be_packed_anew() {
    let runs = tempfile::tempdir().unwrap();
    let folder = sealed_run(runs.path());
    let path = folder.join(SAMPLES);
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(fs::File::open(&path).unwrap())
        .read_to_end(&mut text)
        .unwrap();
    let member = |bytes: &[u8]| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    let (first, second) = text.split_at(text.len() / 2);
    for packed in [member(&text), [member(first), member(second)].concat()] {
        fs::write(&path, packed).unwrap();
        assert_eq!(Run::read(&folder).unwrap().measured.samples.len(), 2);
    }
    fs::write(&path, [member(first), member(first)].concat()).unwrap();
    let error = Run::read(&folder).unwrap_err().to_string();
    assert!(error.contains("does not match the hash"), "{error}");
}

#[test]
fn every_changed_cut_or_missing_file_is_noticed() {
    for file in [
        MANIFEST,
        SAMPLES,
        LAUNCHES,
        BODIES,
        COUNTS,
        "raw/bdn/part.json",
    ] {
        for damage in ["change", "cut", "remove"] {
            let runs = tempfile::tempdir().unwrap();
            let folder = sealed_run(runs.path());
            let path = folder.join(file);
            let mut bytes = fs::read(&path).unwrap();
            match damage {
                "change" => {
                    bytes.extend_from_slice(b" 1");
                    fs::write(&path, bytes).unwrap();
                }
                "cut" if bytes.is_empty() => continue,
                "cut" => fs::write(&path, &bytes[..bytes.len() / 2]).unwrap(),
                _ => fs::remove_file(&path).unwrap(),
            }
            let error = format!(
                "{:#}",
                Run::read(&folder).expect_err(&format!("{damage} {file}"))
            );
            assert!(
                error.contains(folder.to_str().unwrap()),
                "{damage} {file}: {error}"
            );
        }
    }
}

#[test]
fn a_run_that_grows_is_not_read_but_resumed() {
    let runs = tempfile::tempdir().unwrap();
    let id = "20260101T000000Z-00000001";
    Draft::create(runs.path(), manifest(id)).unwrap();
    let error = Run::find(runs.path(), Some(id)).unwrap_err().to_string();
    assert!(error.contains("--resume"), "{error}");
    assert_eq!(
        Draft::resume(runs.path(), id).unwrap().manifest.plan.seed,
        7
    );
    // The beginning is enough while it names one run.
    assert!(Draft::resume(runs.path(), "20260101").is_ok());
    let other = "20260101T000000Z-00000002";
    Draft::create(runs.path(), manifest(other)).unwrap();
    let error = Draft::resume(runs.path(), "20260101").unwrap_err();
    let error = error.to_string();
    assert!(error.contains(id) && error.contains(other), "{error}");
}

#[test]
fn a_newer_schema_is_refused() {
    let runs = tempfile::tempdir().unwrap();
    let folder = sealed_run(runs.path());
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path)
        .unwrap()
        .replace("\"schema\": 1", "\"schema\": 2");
    fs::write(&path, text).unwrap();
    assert!(
        Run::read(&folder)
            .unwrap_err()
            .to_string()
            .contains("schema 2")
    );
}

#[test]
fn finding_a_run() {
    let runs = tempfile::tempdir().unwrap();
    assert!(
        Run::find(runs.path(), None)
            .unwrap_err()
            .to_string()
            .contains("./lab run")
    );
    let folder = sealed_run(runs.path());
    for name in [
        None,
        Some("20260101T000000Z-00000000"),
        Some("2026"),
        folder.to_str(),
    ] {
        assert_eq!(Run::find(runs.path(), name).unwrap(), folder, "{name:?}");
    }
    assert!(Run::find(runs.path(), Some("1999")).is_err());
}
