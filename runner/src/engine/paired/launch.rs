//! One launch: a fresh process with its plan, watched to its end.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use serde::Serialize;

use super::identity;
use super::output::{self, Header, Output};
use super::schedule::{BLOCK_NS, Batch, Group};
use crate::build::{Library, Products, Program, deployed};
use crate::deployment::Target;
use crate::manifest::{layout_of, layouts_of};
use crate::measure::now;
use crate::process::{last_line, log_file, run_conversation};
use crate::run_folder::write_atomically;
use crate::workspace::Workspace;

/// A group that lacks quiet rounds gets up to so many times its rounds.
pub(super) const EXTEND_MAX: f64 = 3.0;

/// What the program reads, in one line.
#[derive(Serialize)]
pub(super) struct Plan<'a> {
    schema: u32,
    launch: u32,
    seed: u64,
    #[serde(rename = "impl")]
    implementation: &'a str,
    deployment: &'a str,
    libraries: Libraries<'a>,
    block_ns: f64,
    clock_calls: u64,
    wide_calls: u64,
    wide_floor: Option<f64>,
    extend_max: f64,
    cpu: Option<usize>,
    /// What the code of the bodies has to be.
    code: &'static str,
    /// Tell what the deployment cannot do, and go on without it.
    sift: bool,
    groups: &'a [Group],
}

#[derive(Serialize)]
pub(super) struct Libraries<'a> {
    pub(super) path: &'a Path,
    pub(super) loops: &'a Path,
}

impl<'a> Plan<'a> {
    pub(super) fn of(
        batch: &'a Batch,
        target: &Target,
        launch: u32,
        seed: u64,
        libraries: Libraries<'a>,
        (wide_floor, extend_max): (Option<f64>, f64),
        cpu: Option<usize>,
    ) -> Self {
        Plan {
            schema: 1,
            launch,
            seed,
            implementation: &batch.implementation,
            deployment: &batch.deployment,
            libraries,
            block_ns: BLOCK_NS,
            clock_calls: batch.clock_calls,
            wide_calls: batch.wide_calls,
            wide_floor,
            extend_max,
            cpu,
            code: target.code(),
            // What the plain deployment cannot do was seen by `check`.
            sift: launch == 0 && !target.is_default(),
            groups: &batch.groups,
        }
    }
}

/// What every launch of a run shares.
#[derive(Clone, Copy, Debug)]
pub struct Bench<'a> {
    pub workspace: &'a Workspace,
    pub products: &'a Products,
    pub cpu: Option<usize>,
    /// Orders of methods that a deployment was built with.
    pub layouts: &'a BTreeMap<String, u32>,
}

impl Bench<'_> {
    /// Runs one launch. `Err` only for an interruption, or when nothing can be started; whatever else goes wrong is the header's failure.
    pub fn run(
        &self,
        batch: &Batch,
        at: usize,
        launch: u32,
        seed: u64,
        wide_floor: Option<f64>,
        extend_max: f64,
    ) -> Result<(Header, String, Output)> {
        let library = Library::timed(&batch.implementation)
            .with_context(|| format!("there is no library {}", batch.implementation))?;
        let target: Target = batch.deployment.parse()?;
        let products = self.products;
        let layouts = layouts_of(self.layouts, &batch.deployment).unwrap_or(1);
        let layout = layout_of(launch, layouts);
        let (mut command, path) = deployed::command(
            self.workspace,
            products,
            Program::Paired,
            &target,
            library,
            layout,
        )?;
        let libraries = Libraries {
            path: &path,
            loops: &products.libraries[&Library::Rust],
        };
        let rounds = (wide_floor, extend_max);
        let plan = Plan::of(batch, &target, launch, seed, libraries, rounds, self.cpu);
        let log = self.workspace.log("paired");
        let errors = log_file(&log)?;
        command
            .args(["run", "--end-with-stdin"])
            .envs(target.environment(true))
            .stderr(errors);
        let started = now();
        let watch = Instant::now();
        let (status, text) = run_conversation(&mut command, &serde_json::to_string(&plan)?)?;
        let read = output::read(&text, launch, "the launch's output");
        let (output, broken) = match read {
            Ok(output) => (output, None),
            Err(error) => (Output::default(), Some(format!("{error:#}"))),
        };
        let failure = match (&output.invalid, broken) {
            (Some(reason), _) => Some(format!("invalid launch: {reason}")),
            (None, _) if !status.success() => {
                let said = fs::read_to_string(&log).unwrap_or_default();
                let words = last_line(&said).unwrap_or("no output");
                Some(format!("the paired engine ended with {status}: {words}"))
            }
            (None, Some(broken)) => Some(broken),
            (None, None) if !output.done => {
                Some("the paired engine ended before its last line".to_string())
            }
            (None, None) => {
                let runtime = target.runtime.as_ref();
                let host = runtime.and_then(|name| products.runtimes.get(name));
                identity::mismatch(output.hello.as_ref(), &target, host.map(PathBuf::as_path))
            }
        };
        let header = Header {
            schema: output::SCHEMA,
            batch: at,
            launch,
            seed,
            groups: batch
                .groups
                .iter()
                .map(|group| group.reference.clone())
                .collect(),
            started,
            ended: now(),
            seconds: watch.elapsed().as_secs_f64(),
            failure,
        };
        Ok((header, text, output))
    }
}

/// Keeps a launch: it is there whole or not at all.
pub fn keep(parts: &Path, header: &Header, text: &str) -> Result<()> {
    let mut bytes = serde_json::to_vec(header)?;
    bytes.push(b'\n');
    if header.failure.is_none() {
        bytes.extend_from_slice(text.as_bytes());
    }
    let name = format!("{:03}-{:03}.jsonl", header.batch, header.launch);
    write_atomically(&parts.join(name), &bytes)
}
