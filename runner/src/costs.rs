//! What measuring costs on this machine: seconds per row and per start of an engine, learnt from the runs made here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::catalogue::Profile;
use crate::deployment::{Deployment, Target};
use crate::engine::paired::REPLACED_OF;
use crate::plan::Engine;
use crate::run_folder::write_atomically;

/// Cost model of one engine under one profile: `fixed + rows * per_row` seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    pub fixed_seconds: f64,
    pub seconds_per_row: f64,
}

impl Cost {
    pub fn of(&self, rows: usize) -> f64 {
        if rows == 0 {
            0.0
        } else {
            self.fixed_seconds + self.seconds_per_row * rows as f64
        }
    }

    /// Before a machine has measured anything: what a 2-core KVM guest (AMD EPYC) took.
    fn first_guess(engine: Engine, profile: Profile) -> Cost {
        let (fixed_seconds, seconds_per_row) = match (engine, profile) {
            // BenchmarkDotNet builds its own project first.
            (Engine::Bdn, Profile::Quick) => (19.0, 1.5),
            (Engine::Bdn, Profile::Standard) => (19.0, 4.5),
            (Engine::Bdn, Profile::Publish) => (19.0, 100.0),
            (Engine::Criterion, Profile::Quick) => (0.2, 0.9),
            (Engine::Criterion, Profile::Standard) => (0.2, 2.3),
            (Engine::Criterion, Profile::Publish) => (0.2, 8.5),
            // What a row takes of a launch is told by `launch_row`.
            (Engine::Paired, _) => (0.0, PILOT_ROW),
            // A process.
            (Engine::Bounded, _) => (0.1, 0.3),
            (Engine::Startup, _) => (0.1, 0.15),
        };
        Cost {
            fixed_seconds,
            seconds_per_row,
        }
    }
}

/// Costs learnt so far, in a file below the target folder.
#[derive(Debug)]
pub struct Costs {
    path: PathBuf,
    learnt: BTreeMap<String, Cost>,
}

impl Costs {
    /// A missing or damaged file only means that nothing is known yet.
    pub fn load(folder: &Path) -> Costs {
        let path = folder.join("costs.json");
        let learnt = std::fs::read(&path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        Costs { path, learnt }
    }

    pub fn get(&self, engine: Engine, profile: Profile) -> Cost {
        self.learnt
            .get(&name(engine, profile))
            .copied()
            .unwrap_or_else(|| Cost::first_guess(engine, profile))
    }

    /// What a launch of the paired engine takes on this machine over what is expected of it: a busy host makes it wait for quiet
    /// rounds.
    pub fn launch_factor(&self) -> f64 {
        self.learnt
            .get(LAUNCH_FACTOR)
            .map_or(FIRST_FACTOR, |cost| cost.seconds_per_row)
    }

    /// Keeps what the launches of a run took; half of what was believed before stays, so that one busy hour does not count for all.
    pub fn learn_launch_factor(&mut self, found: f64) {
        let factor = (self.launch_factor() * found).sqrt();
        self.learnt.insert(
            LAUNCH_FACTOR.to_string(),
            Cost {
                fixed_seconds: 0.0,
                seconds_per_row: factor,
            },
        );
        self.keep();
    }

    /// Seconds of `launches` of the paired engine and its pilot, over rows by their deployments.
    pub fn launches<'a>(&self, deployments: impl Iterator<Item = &'a str>, launches: u32) -> f64 {
        // A busy machine has up to a third replaced, a quiet one none.
        let launches = f64::from(launches) + f64::from(launches.div_ceil(REPLACED_OF)) / 2.0;
        let row = |deployment: &str| PILOT_ROW + launches * launch_row(deployment);
        deployments.map(row).sum::<f64>() * self.launch_factor()
    }

    fn keep(&self) {
        if let Ok(bytes) = serde_json::to_vec_pretty(&self.learnt) {
            let _ = write_atomically(&self.path, &bytes); // an estimate that is not kept is no failure of a run
        }
    }

    /// Keeps what a finished engine took; `fixed` is the time before its first row ended, less one row.
    pub fn learn(
        &mut self,
        engine: Engine,
        profile: Profile,
        rows: usize,
        first_row_seconds: f64,
        total_seconds: f64,
    ) {
        // From few rows the two parts cannot be told apart: keep what is known.
        if rows < 4 || total_seconds <= first_row_seconds {
            return;
        }
        let seconds_per_row = (total_seconds - first_row_seconds) / (rows - 1) as f64;
        let fixed_seconds = (first_row_seconds - seconds_per_row).max(0.0);
        self.learnt.insert(
            name(engine, profile),
            Cost {
                fixed_seconds,
                seconds_per_row,
            },
        );
        self.keep();
    }
}

/// Seconds a row takes of a launch in which nothing disturbs, its share of controls, floor, process and compilation included: means
/// over the 8,301 rows of profile standard in five deployments, as their pilots planned them (2-core KVM guest, AMD EPYC,
/// 28 November 2026).
fn launch_row(deployment: &str) -> f64 {
    match deployment.parse::<Target>().map(|target| target.deployment) {
        Ok(deployment) if deployment.is_aot() => 0.0206,
        Ok(Deployment::R2r) => 0.0254,
        _ => 0.0367,
    }
}

/// Seconds a row takes of the pilot.
const PILOT_ROW: f64 = 0.003;
/// Of a machine that nothing is known of: it is shared.
const FIRST_FACTOR: f64 = 1.5;
const LAUNCH_FACTOR: &str = "paired.launch_factor";

fn name(engine: Engine, profile: Profile) -> String {
    format!("{}.{}", engine.name(), profile.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_fixed_and_per_row() {
        let folder = tempfile::tempdir().unwrap();
        let mut costs = Costs::load(folder.path());
        costs.learn(Engine::Bdn, Profile::Quick, 11, 21.0, 41.0);
        let cost = Costs::load(folder.path()).get(Engine::Bdn, Profile::Quick);
        assert_eq!(
            cost,
            Cost {
                fixed_seconds: 19.0,
                seconds_per_row: 2.0
            }
        );
        assert_eq!(cost.of(10), 39.0);
        assert_eq!(cost.of(0), 0.0);
    }

    #[test]
    fn few_rows_teach_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut costs = Costs::load(folder.path());
        let before = costs.get(Engine::Criterion, Profile::Standard);
        costs.learn(Engine::Criterion, Profile::Standard, 2, 100.0, 200.0);
        assert_eq!(costs.get(Engine::Criterion, Profile::Standard), before);
    }
}
