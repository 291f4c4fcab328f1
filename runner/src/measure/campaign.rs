//! One run's engines, one after the other.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::{library, library_of, request_of};
use crate::allocations;
use crate::build::{Library, Products};
use crate::catalogue::{Case, Catalogue, NATIVE, Profile};
use crate::costs::Costs;
use crate::engine::paired::Effort;
use crate::engine::programs::{self, Kind};
use crate::engine::{Outcome, bdn, criterion, paired};
use crate::evidence;
use crate::names::{BDN, RowKey};
use crate::plan::{Engine, JIT};
use crate::progress;
use crate::run_folder::Draft;
use crate::sample::{Count, Measured};
use crate::workspace::Workspace;

/// One run's engines.
#[derive(Debug)]
pub struct Campaign<'a> {
    pub workspace: &'a Workspace,
    pub products: &'a Products,
    pub catalogue: &'a Catalogue,
    /// The criterion bench, where the plan needs it.
    pub floor: Option<PathBuf>,
    pub profile: Profile,
}

impl Campaign<'_> {
    /// Measures what is not there yet and returns all of it. An engine that fails leaves error rows, and the rest goes on.
    pub fn measure(&self, draft: &Draft, costs: &mut Costs) -> Result<Measured> {
        let since = Instant::now();
        let mut measured = Measured::default();
        let rows = &draft.manifest.plan.rows;
        let cases: Vec<&Case> = self
            .catalogue
            .cases
            .iter()
            .filter(|case| rows.iter().any(|row| row.key.case == case.id))
            .collect();
        evidence::keep_generated(self.workspace, &cases, &draft.raw())?;
        evidence::keep_sources(self.workspace, &cases, &draft.raw())?;
        if rows.iter().any(|row| row.key.is_paired()) {
            let class = &draft.manifest.environment.class;
            evidence::keep_certificate(&self.workspace.runs(), class, &draft.raw())?;
        }
        for implementation in request_of(&draft.manifest)?.implementations {
            measured
                .counts
                .extend(self.allocations(draft, library(implementation)));
        }
        if let Some(program) = &self.floor {
            measured.extend(self.criterion(draft, program, costs)?);
        }
        for implementation in request_of(&draft.manifest)?.implementations {
            measured.extend(self.bdn(draft, library(implementation), costs)?);
        }
        measured.extend(self.paired(draft, since, costs)?);
        for kind in programs::KINDS {
            measured.extend(self.programs(kind, draft, costs)?);
        }
        Ok(measured)
    }

    fn criterion(
        &self,
        draft: &Draft,
        program: &std::path::Path,
        costs: &mut Costs,
    ) -> Result<Measured> {
        let keys = timed(draft, |key| key.engine == Engine::Criterion.name());
        let done = criterion::done(&draft.raw());
        let open = shuffled(&keys, &|key| !done.contains(key), draft);
        let mut failure = None;
        if !open.is_empty() {
            let bar = progress::bar(
                "criterion",
                open.len() as u64,
                costs.get(Engine::Criterion, self.profile).of(open.len()),
            );
            let cpu = draft.manifest.plan.cpu;
            let outcome = criterion::run(
                &criterion::Job {
                    workspace: self.workspace,
                    products: self.products,
                    program,
                    profile: self.profile,
                    cpu,
                    keys: &open,
                    raw: &draft.raw(),
                },
                |rows| bar.set_position(rows as u64),
            )?;
            bar.finish_and_clear();
            failure = self.learn(Engine::Criterion, open.len(), outcome, costs);
        }
        criterion::collect(&draft.raw(), &keys, failure.as_deref())
    }

    /// What the rows of a library allocate, in a process that times nothing. A run is worth having without it.
    fn allocations(&self, draft: &Draft, library: Library) -> Vec<Count> {
        let keys = managed_rows(draft, library);
        if keys.is_empty() {
            return Vec::new();
        }
        let what = format!(
            "counting allocations of {} rows with library {}",
            keys.len(),
            library.name()
        );
        let counted = progress::step(&what, || {
            allocations::record(
                self.workspace,
                self.products,
                self.catalogue,
                library,
                &keys,
                &draft.raw(),
            )
        });
        match counted {
            Ok(counted) => {
                let findings = counted.findings(self.catalogue, library).len();
                if findings > 0 {
                    eprintln!(
                        "lab: {findings} findings about allocations with library {}: ./lab check --allocations names them",
                        library.name()
                    );
                }
                counted.counts()
            }
            Err(error) => {
                eprintln!("lab: allocations are not in this run: {error:#}");
                Vec::new()
            }
        }
    }

    fn bdn(&self, draft: &Draft, library: Library, costs: &mut Costs) -> Result<Measured> {
        let mut measured = Measured::default();
        let mut by_deployment: BTreeMap<String, Vec<RowKey>> = BTreeMap::new();
        for key in bdn_rows(draft, library) {
            let rows = by_deployment.entry(key.deployment.clone()).or_default();
            rows.push(key);
        }
        for (deployment, keys) in by_deployment {
            let open = shuffled(
                &keys,
                &|key| !bdn::is_done(&draft.raw(), library, key),
                draft,
            );
            let mut failure = None;
            if !open.is_empty() {
                let cost = costs.get(Engine::Bdn, self.profile);
                let bar = progress::bar(
                    &format!("bdn {}", library.name()),
                    open.len() as u64,
                    cost.of(open.len()),
                );
                let job = bdn::Job {
                    library,
                    profile: self.profile.name(),
                    deployment: &deployment,
                    cpu: draft.manifest.plan.cpu,
                    keys: &open,
                    raw: &draft.raw(),
                };
                let outcome = bdn::run(
                    self.workspace,
                    self.products,
                    self.catalogue,
                    &job,
                    |rows| bar.set_position(rows as u64),
                )?;
                bar.finish_and_clear();
                failure = if deployment == JIT {
                    self.learn(Engine::Bdn, open.len(), outcome, costs)
                } else {
                    outcome.failure // its build is another one: nothing to learn for the others
                };
            }
            let found = bdn::collect(&draft.raw(), library, &keys, failure.as_deref())?;
            measured.extend(found);
        }
        Ok(measured)
    }

    fn paired(&self, draft: &Draft, since: Instant, costs: &mut Costs) -> Result<Measured> {
        let all = timed(draft, |key| key.engine == Engine::Paired.name());
        if all.is_empty() {
            return Ok(Measured::default());
        }
        let request = request_of(&draft.manifest)?;
        // What came before has taken its part, and what comes after needs its own.
        let limit = match request.effort {
            Effort::Within { seconds, .. } => {
                let after: f64 = programs::KINDS
                    .into_iter()
                    .map(|kind| {
                        let rows = timed(draft, |key| key.engine == kind.engine.name()).len();
                        kind.seconds(costs, self.profile, rows)
                    })
                    .sum();
                Some(seconds - since.elapsed().as_secs_f64() - after)
            }
            Effort::Launches(_) | Effort::Seconds(_) => None,
        };
        let measured = take_turns(&[(self, draft)], limit, costs)?;
        Ok(measured.into_iter().next().unwrap_or_default())
    }

    fn programs(&self, kind: &Kind, draft: &Draft, costs: &mut Costs) -> Result<Measured> {
        let keys = timed(draft, |key| key.engine == kind.engine.name());
        let parts = draft.parts();
        let mut open = keys.clone();
        open.retain(|key| !kind.is_done(&parts, self.profile, key));
        let mut failure = None;
        if !open.is_empty() {
            let bar = progress::launches(kind.engine.name());
            let seconds = kind.seconds(costs, self.profile, open.len());
            bar.set_message(progress::duration(seconds));
            let job = programs::Job {
                workspace: self.workspace,
                products: self.products,
                catalogue: self.catalogue,
                profile: self.profile,
                seed: draft.manifest.plan.seed,
                keys: &open,
                parts: &parts,
            };
            let outcome = kind.run(&job, |done, of| {
                bar.set_length(of);
                bar.set_position(done);
            })?;
            bar.finish_and_clear();
            let launches = open.len() * (kind.launches)(self.profile) as usize;
            failure = self.learn(kind.engine, launches, outcome, costs);
        }
        kind.collect(&parts, &keys, failure.as_deref())
    }

    fn learn(
        &self,
        engine: Engine,
        rows: usize,
        outcome: Outcome,
        costs: &mut Costs,
    ) -> Option<String> {
        match (&outcome.failure, outcome.first_row_seconds) {
            (Some(failure), _) => eprintln!("lab: {failure}"),
            (None, Some(first)) => {
                costs.learn(engine, self.profile, rows, first, outcome.total_seconds)
            }
            (None, None) => {}
        }
        outcome.failure
    }
}

/// The paired engine's part of one run, or of several that are to be compared: their launches take turns.
pub fn take_turns(
    runs: &[(&Campaign, &Draft)],
    limit: Option<f64>,
    costs: &mut Costs,
) -> Result<Vec<Measured>> {
    let folders: Vec<(PathBuf, PathBuf)> = runs
        .iter()
        .map(|(_, draft)| (draft.raw(), draft.parts()))
        .collect();
    let mut jobs = Vec::new();
    let mut rows = Vec::new();
    for ((campaign, draft), (raw, parts)) in runs.iter().zip(&folders) {
        let plan = &draft.manifest.plan;
        let all = timed(draft, |key| key.engine == Engine::Paired.name());
        let mut keys: BTreeMap<(String, String), Vec<RowKey>> = BTreeMap::new();
        for key in &all {
            let library = library_of(key, &plan.implementations)?;
            keys.entry((library.name().to_string(), key.deployment.clone()))
                .or_default()
                .push(key.clone());
        }
        jobs.push(paired::Job {
            workspace: campaign.workspace,
            products: campaign.products,
            catalogue: campaign.catalogue,
            keys,
            layouts: &plan.layouts,
            cpu: plan.cpu,
            seed: plan.seed,
            effort: request_of(&draft.manifest)?.effort,
            limit,
            factor: costs.launch_factor(),
            raw,
            parts,
        });
        rows.push(all);
    }
    let bar = progress::launches("paired");
    let went = paired::run(&jobs, |now| {
        bar.set_length(now.of);
        bar.set_position(now.done);
        bar.set_message(progress::duration(now.seconds));
    })?;
    bar.finish_and_clear();
    let mut measured = Vec::new();
    for (went, (rows, (raw, parts))) in went.iter().zip(rows.iter().zip(&folders)) {
        if let Some(failure) = &went.failure {
            eprintln!("lab: {failure}");
        }
        if let Some(factor) = went.factor {
            costs.learn_launch_factor(factor);
        }
        measured.push(paired::collect(raw, parts, rows, went.failure.as_deref())?);
    }
    Ok(measured)
}

/// The rows that a library's BenchmarkDotNet processes are to measure.
fn bdn_rows(draft: &Draft, library: Library) -> Vec<RowKey> {
    let implementations = &draft.manifest.plan.implementations;
    timed(draft, |key| {
        key.engine == Engine::Bdn.name()
            && library_of(key, implementations).is_ok_and(|of| of == library)
    })
}

/// One row for each method that is measured with a library: BenchmarkDotNet's where it has one, else the paired engine's.
fn managed_rows(draft: &Draft, library: Library) -> Vec<RowKey> {
    let implementations = &draft.manifest.plan.implementations;
    let rows = timed(draft, |key| {
        key.variant != NATIVE
            && key.deployment == JIT // what is counted is counted there
            && programs::kind_of(key).is_none()
            && library_of(key, implementations).is_ok_and(|of| of == library)
    });
    let twin = |key: &RowKey| key.is_paired() && rows.contains(&key.by(BDN));
    rows.iter().filter(|key| !twin(key)).cloned().collect()
}

/// Planned rows that are to be timed and that `which` accepts, in key order.
fn timed(draft: &Draft, which: impl Fn(&RowKey) -> bool) -> Vec<RowKey> {
    let rows = draft.manifest.plan.rows.iter();
    rows.filter(|row| row.is_to_be_timed() && which(&row.key))
        .map(|row| row.key.clone())
        .collect()
}

/// Those that `open` accepts, in the run's random order: a drift of the machine must not fall on one variant.
fn shuffled(keys: &[RowKey], open: &dyn Fn(&RowKey) -> bool, draft: &Draft) -> Vec<RowKey> {
    let mut keys: Vec<RowKey> = keys.to_vec();
    keys.shuffle(&mut ChaCha8Rng::seed_from_u64(draft.manifest.plan.seed));
    keys.retain(open);
    keys
}
