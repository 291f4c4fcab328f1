//! Runs that are made up: some variants of one case beside their reference, with controls and a floor.
#![allow(dead_code, reason = "every test program uses a part of it")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use interop_lab::environment::Environment;
use interop_lab::manifest::{
    CaseRecord, LadderRecord, Manifest, Origin, PlanRecord, PlannedRow, Provenance, SCHEMA,
};
use interop_lab::names::RowKey;
use interop_lab::run_folder::Draft;
use interop_lab::sample::{Launch, Measured, Role, Sample, Stage};

/// A run to be made up: its id's number, variants with ns per call beside a reference of 20 ns, launches.
pub struct Made<'a> {
    pub number: u32,
    pub variants: &'a [(&'a str, f64)],
    pub launches: u32,
    pub change: fn(&mut Manifest),
}

impl Default for Made<'_> {
    fn default() -> Self {
        Made {
            number: 1,
            variants: &[("DllImport", 20.0), ("FunctionPointer", 22.0)],
            launches: 10,
            change: |_| (),
        }
    }
}

/// As the publish gate wants it, with a ladder.
pub fn publishable(manifest: &mut Manifest) {
    manifest.started = "2026-01-02T00:00:00Z".into();
    manifest.environment = Environment {
        class: "linux-x86-64-some-cpu-2cpu-kvm".into(),
        cpu: "Some CPU".into(),
        ..Environment::default()
    };
    manifest.environment_end = Some(manifest.environment.clone());
    manifest.provenance.git_commit = Some("4f1e6f3c0a5b7d2e9c8f".into());
    manifest.provenance.git_dirty = Some(false);
    manifest.cases[0].ladder = Some(LadderRecord {
        at: "-".into(),
        rungs: vec!["LibraryImport".into(), "FunctionPointer".into()],
    });
}

pub const CASE: &str = "blittable_add_i32";

pub fn key(variant: &str) -> RowKey {
    format!("{CASE}/-/{variant}/rust/jit/paired")
        .parse()
        .unwrap()
}

pub fn id(number: u32) -> String {
    format!("2026010{number}T000000Z-00000000")
}

impl Made<'_> {
    pub fn manifest(&self) -> Manifest {
        let variants = self.variants.iter().map(|(name, _)| *name);
        let rows = variants.chain(["LibraryImport"]).map(|name| PlannedRow {
            key: key(name),
            ops: 1,
            not_applicable: None,
            refused: None,
            not_permitted: None,
        });
        let pair = |name: &str, hash: &str| (name.to_string(), hash.to_string());
        let mut manifest = Manifest {
            schema: SCHEMA,
            id: id(self.number),
            origin: Origin::Run,
            content_hash: None,
            files: std::collections::BTreeMap::new(),
            command: "./lab run".into(),
            started: String::new(),
            ended: None,
            resumed: vec![],
            plan: PlanRecord {
                seed: 1,
                profile: "quick".into(),
                filter: None,
                implementations: vec!["rust".into()],
                engines: vec!["paired".into()],
                estimate_seconds: 0.0,
                effort: None,
                targets: Vec::new(),
                runtimes: std::collections::BTreeMap::new(),
                layouts: std::collections::BTreeMap::new(),
                cpu: None,
                rows: rows.collect(),
            },
            environment: Environment::default(),
            environment_end: None,
            provenance: Provenance {
                kernel_hashes: [pair("blittable/rust", "k1")].into(),
                body_hashes: [pair(CASE, "b1")].into(),
                ..Provenance::default()
            },
            cases: vec![CaseRecord {
                id: CASE.into(),
                family: "blittable".into(),
                question: String::new(),
                signature: String::new(),
                reference: "LibraryImport".into(),
                ops: "1".into(),
                pages: vec![],
                params: vec![],
                variants: vec![],
                steps: vec![],
                must_tie: vec![],
                ladder: None,
                crossovers: Vec::new(),
            }],
            claims: Vec::new(),
            notes: vec![],
        };
        (self.change)(&mut manifest);
        manifest
    }

    /// Noise that is the same on every machine: no two launches and rounds alike, a few hundredths of a percent.
    pub fn measured(&self) -> Measured {
        let reference = Arc::new(key("LibraryImport"));
        let mut entries = vec![
            (reference.clone(), Role::Variant, 20.0),
            (reference.clone(), Role::SamePointer, 20.0),
            (reference.clone(), Role::Copy, 20.0),
            (reference.clone(), Role::ManagedEmpty, 2.0),
            (reference.clone(), Role::Clock, 0.25),
            (reference, Role::Wide, 0.3),
        ];
        let variants = self.variants.iter();
        entries.extend(variants.map(|(name, ns)| (Arc::new(key(name)), Role::Variant, *ns)));
        let mut measured = Measured::default();
        for launch in 1..=self.launches {
            measured.launches.push(Launch {
                variant: String::new(),
                ..Launch::of(&key("LibraryImport"), launch)
            });
            for round in 1..=64 {
                for (at, (key, role, ns)) in (1..).zip(&entries) {
                    let step =
                        (self.number * 7919 + launch * 104_729 + round * 1299 + at * 15_485) % 101;
                    measured.samples.push(Sample {
                        key: key.clone(),
                        role: *role,
                        launch,
                        replica: Some((round - 1) % 8),
                        round,
                        position: None,
                        calls: 1000,
                        elapsed_ns: 1000.0 * ns * (1.0 + 1e-5 * f64::from(step)),
                        gc_count: Some(0),
                        gc_pause_ns: Some(0.0),
                        switches: Some(0),
                        flags: Stage::Actual,
                    });
                }
            }
        }
        measured
    }

    pub fn seal(&self, runs: &Path) -> PathBuf {
        let draft = Draft::create(runs, self.manifest()).unwrap();
        draft.seal(self.measured()).unwrap()
    }
}
