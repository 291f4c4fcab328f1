//! Launches with known truth: placements of two states, launch effects, heavy-tailed rounds, a neighbour that the probes see.

use std::sync::Arc;

use crate::manifest::{Manifest, MustTie};
use crate::names::RowKey;
use crate::sample::{Launch, Measured, Role, Sample, Stage};
use crate::stats::simulation::Random;
use crate::stats::tests::{manifest, planned};

pub const REFERENCE: &str = "LibraryImport";

/// What is true, and what disturbs it. Effects and spreads are logarithms.
#[derive(Clone, Debug)]
pub struct World {
    pub launches: u32,
    pub rounds: u32,
    pub replicas: u32,
    /// ns of the reference.
    pub ns: f64,
    /// Variants beside the reference and their true ln ratio to it.
    pub variants: Vec<(&'static str, f64)>,
    /// Spread of a round, and the share of rounds with ten times that.
    pub noise: f64,
    pub outliers: f64,
    /// What a body gains in half of its placements.
    pub placement: f64,
    /// Spread of a variant over launches.
    pub launch: f64,
    /// Share of stretches in which a neighbour slows everything but dependent additions, by another factor for each variant.
    pub contention: f64,
    /// Share of stretches in which the CPU is taken away half of the time: everything takes twice as long, both probes too.
    pub theft: f64,
}

impl Default for World {
    fn default() -> Self {
        World {
            launches: 10,
            rounds: 64,
            replicas: 8,
            ns: 20.0,
            variants: vec![("DllImport", 0.0)],
            noise: 0.002,
            outliers: 0.05,
            placement: 0.0,
            launch: 0.0,
            contention: 0.0,
            theft: 0.0,
        }
    }
}

pub fn key(variant: &str) -> RowKey {
    format!("blittable_add_i32/-/{variant}/rust/jit/paired")
        .parse()
        .unwrap()
}

impl World {
    pub fn manifest(&self) -> Manifest {
        let names = self.variants.iter().map(|(name, _)| *name);
        let rows = names
            .chain([REFERENCE])
            .map(|name| planned(&key(name).to_string()))
            .collect();
        let mut manifest = manifest(rows);
        manifest.plan.implementations = vec!["rust".into()];
        manifest.cases[0].must_tie = vec![MustTie {
            variants: vec![REFERENCE.into(), "Tie".into()],
            deployments: vec!["jit".into()],
        }];
        manifest
    }

    pub fn measure(&self, seed: u64) -> Measured {
        let mut random = Random::new(seed);
        let mut measured = Measured::default();
        let reference = Arc::new(key(REFERENCE));
        // (key, role, true ns, how much a neighbour slows it)
        let mut entries: Vec<(Arc<RowKey>, Role, f64, f64)> = vec![
            (reference.clone(), Role::Variant, self.ns, 0.35),
            (reference.clone(), Role::SamePointer, self.ns, 0.35),
            (reference.clone(), Role::Copy, self.ns, 0.35),
            (reference.clone(), Role::ManagedEmpty, 2.0, 0.45),
            (reference.clone(), Role::Clock, 0.27, 0.02),
            (reference, Role::Wide, 0.29, 0.55),
        ];
        for (at, (name, effect)) in self.variants.iter().enumerate() {
            let slowed = 0.2 + 0.1 * at as f64;
            entries.push((
                Arc::new(key(name)),
                Role::Variant,
                self.ns * effect.exp(),
                slowed,
            ));
        }
        for launch in 1..=self.launches {
            measured.launches.push(Launch {
                variant: String::new(),
                ..Launch::of(&key(REFERENCE), launch)
            });
            let of_launch: Vec<f64> = entries
                .iter()
                .map(|_| self.launch * random.normal())
                .collect();
            let placements: Vec<Vec<f64>> = entries
                .iter()
                .map(|_| {
                    (0..self.replicas)
                        .map(|_| {
                            if random.uniform() < 0.5 {
                                self.placement
                            } else {
                                0.0
                            }
                        })
                        .collect()
                })
                .collect();
            let (mut contended, mut stolen) = (false, false);
            for round in 0..self.rounds {
                if round % 8 == 0 {
                    contended = random.uniform() < self.contention;
                    stolen = self.theft > 0.0 && random.uniform() < self.theft;
                }
                let replica = round % self.replicas;
                for (at, (key, role, ns, slowed)) in entries.iter().enumerate() {
                    let spread = if random.uniform() < self.outliers {
                        10.0
                    } else {
                        1.0
                    };
                    let mut log = spread * self.noise * random.normal();
                    // One delegate is one body: it shares launch and placement with the reference.
                    let body = if *role == Role::SamePointer { 0 } else { at };
                    if matches!(role, Role::Variant | Role::SamePointer | Role::Copy) {
                        log += of_launch[body] + placements[body][replica as usize];
                    }
                    if contended {
                        log += slowed;
                    }
                    // Not at the same moments: a block is hit or not.
                    if stolen && random.uniform() < 0.8 {
                        log += 2.0_f64.ln();
                    }
                    let replicated = !matches!(role, Role::Clock | Role::Wide);
                    let shift = if *role == Role::Copy {
                        self.replicas
                    } else {
                        0
                    };
                    let calls = 1000;
                    measured.samples.push(Sample {
                        key: key.clone(),
                        role: *role,
                        launch,
                        replica: replicated.then_some(replica + shift),
                        round: round + 1,
                        position: None,
                        calls,
                        elapsed_ns: ns * log.exp() * calls as f64,
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
}
