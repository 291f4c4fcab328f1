//! Paired samples of any size, the same each time: what tests import, and what the bench of rows reads.

#![allow(dead_code, reason = "every test program and bench uses a part of it")]

use std::sync::Arc;

use interop_lab::environment::Environment;
use interop_lab::manifest::{
    CaseRecord, Manifest, Origin, PlanRecord, PlannedRow, Provenance, SCHEMA,
};
use interop_lab::names::RowKey;
use interop_lab::sample::{Launch, Measured, Role, Sample, Stage};

/// Beside the variants of each group under the key of its first, and what they take, ns per call.
const CONTROLS: [(Role, f64); 5] = [
    (Role::ManagedEmpty, 2.0),
    (Role::SamePointer, 19.0),
    (Role::Copy, 19.0),
    (Role::Clock, 0.45),
    (Role::Wide, 0.48),
];

#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub groups: u32,
    /// In each group; each takes 2 % of the first longer than the one before.
    pub variants: u32,
    pub controls: bool,
    pub launches: u32,
    pub rounds: u32,
    pub replicas: u32,
}

/// Numbers between 0 and 1, the same in every process (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// About 1, half a percent up or down; by place, so that a series needs no state.
pub fn noise(place: u64, of: u64) -> f64 {
    1.0 + 0.01 * (Random(place.wrapping_mul(0x5851_F42D_4C95_7F2D) ^ of).next() - 0.5)
}

fn key(group: u32, variant: u32) -> RowKey {
    RowKey {
        case: "string_utf8_in".to_string(),
        params: format!("entry=z,length={group},text=ascii"),
        variant: format!("Variant{variant}"),
        implementation: "rust".to_string(),
        deployment: "jit".to_string(),
        engine: "paired".to_string(),
    }
}

impl Size {
    pub fn generate(&self) -> (Manifest, Measured) {
        let mut random = Random(1);
        let mut measured = Measured::default();
        let mut rows = Vec::new();
        for group in 0..self.groups {
            let keys: Vec<Arc<RowKey>> = (0..self.variants)
                .map(|variant| Arc::new(key(group, variant)))
                .collect();
            rows.extend(keys.iter().map(|key| PlannedRow {
                key: RowKey::clone(key),
                ops: 1,
                not_applicable: None,
                refused: None,
                not_permitted: None,
            }));
            let mut entries: Vec<(&Arc<RowKey>, Role, f64)> = (0..)
                .zip(&keys)
                .map(|(at, key)| (key, Role::Variant, 19.0 * (1.0 + 0.02 * f64::from(at))))
                .collect();
            if self.controls {
                entries.extend(CONTROLS.map(|(role, ns)| (&keys[0], role, ns)));
            }
            for launch in 1..=self.launches {
                measured.launches.push(Launch {
                    variant: String::new(),
                    ..Launch::of(&keys[0], launch)
                });
                for round in 1..=self.rounds {
                    for (position, (key, role, ns)) in (1..).zip(&entries) {
                        let ns = ns * (1.0 + 0.01 * random.next());
                        let place = (launch, round, round % self.replicas, position);
                        measured.samples.push(sample(key, *role, place, ns));
                    }
                }
            }
        }
        (manifest(rows), measured)
    }
}

fn sample(
    key: &Arc<RowKey>,
    role: Role,
    (launch, round, replica, position): (u32, u32, u32, u32),
    ns_per_call: f64,
) -> Sample {
    let probe = matches!(role, Role::Clock | Role::Wide);
    let calls = if probe { 100_000 } else { 2_600 };
    Sample {
        key: key.clone(),
        role,
        launch,
        replica: (!probe).then_some(replica),
        round,
        position: Some(position),
        calls,
        // A clock counts whole nanoseconds.
        elapsed_ns: (ns_per_call * calls as f64).round(),
        gc_count: Some(0),
        gc_pause_ns: Some(0.0),
        switches: Some(0),
        flags: Stage::Actual,
    }
}

fn manifest(rows: Vec<PlannedRow>) -> Manifest {
    Manifest {
        schema: SCHEMA,
        id: "20260101T000000Z-00000000".to_string(),
        origin: Origin::Run,
        content_hash: None,
        files: std::collections::BTreeMap::new(),
        command: "./lab run".to_string(),
        started: "2026-01-01T00:00:00Z".to_string(),
        ended: None,
        resumed: Vec::new(),
        plan: PlanRecord {
            seed: 1,
            profile: "quick".to_string(),
            filter: None,
            implementations: vec!["rust".to_string()],
            engines: vec!["paired".to_string()],
            estimate_seconds: 0.0,
            effort: None,
            targets: Vec::new(),
            runtimes: std::collections::BTreeMap::new(),
            layouts: std::collections::BTreeMap::new(),
            cpu: None,
            rows,
        },
        environment: Environment::default(),
        environment_end: None,
        provenance: Provenance::default(),
        cases: vec![CaseRecord {
            id: "string_utf8_in".to_string(),
            family: "strings".to_string(),
            question: "What does it cost?".to_string(),
            signature: String::new(),
            reference: "Variant0".to_string(),
            ops: "1".to_string(),
            pages: Vec::new(),
            params: Vec::new(),
            variants: Vec::new(),
            steps: Vec::new(),
            must_tie: Vec::new(),
            ladder: None,
            crossovers: Vec::new(),
        }],
        claims: Vec::new(),
        notes: Vec::new(),
    }
}
