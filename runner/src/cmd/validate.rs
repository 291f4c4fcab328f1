//! `lab validate`: this machine's own certificate.

use anyhow::{Context, Result, ensure};
use regex::Regex;
use serde::Serialize;

use super::run::carry_out;
use super::{Exit, print};
use crate::catalogue::{Catalogue, Profile};
use crate::cli::ValidateArgs;
use crate::comparison::sources;
use crate::deployment::Target;
use crate::engine::paired::Effort;
use crate::generate;
use crate::lock::Lock;
use crate::plan::{Engine, Implementation, Request};
use crate::run_folder::Run;
use crate::validation::{self, CHAIN, LAUNCHES, between, detector, text};
use crate::workspace::Workspace;

/// Launches of the short way: four sets.
const QUICK: u32 = 4 * LAUNCHES;
/// Of the long way: ten sets over every row of profile quick.
const FULL: u32 = 10 * LAUNCHES;
/// What the short way times beside the chain: calls of a few nanoseconds, which are the hardest to tell apart.
const QUICK_CASES: &str = "blittable_add_i32|blittable_noop|blittable_arity";

/// Of comparisons between runs: twenty pairs, of five cases with the chain; the usual ways are enough rows.
const ACROSS: u32 = 40 * LAUNCHES;
const ACROSS_CASES: &str = "(blittable_add_i32|blittable_noop|string_utf8_in|handle_call)/[^/]*/(DllImport|LibraryImport|FunctionPointer|Native)";
/// Of the series that the detector is shown.
const SEED: u64 = 1;

pub fn run(arguments: &ValidateArgs) -> Result<Exit> {
    if arguments.history {
        let found = detector::detector(arguments.trials as usize, SEED);
        let text = detector::text(&found);
        return told(arguments, &found, text);
    }
    let workspace = Workspace::find()?;
    let runs = workspace.runs();
    let run = if arguments.runs.is_empty() {
        let catalogue = Catalogue::load(&workspace.cases())?;
        generate::check(&workspace.root, &catalogue)?;
        let _lock = Lock::take(&runs)?;
        let request = request(arguments)?;
        let planned = request.rows(&catalogue)?;
        Run::read(&carry_out(&workspace, &catalogue, &[], &request, planned, None)?.0)?
    } else {
        sources::side(&runs, &arguments.runs)?
    };
    if arguments.across {
        let between = between::between(&run.manifest, run.measured);
        ensure!(
            between.pairs > 0,
            "run {} has no {} launches of the paired engine to compare with each other",
            between.run,
            2 * LAUNCHES
        );
        let text = between::text(&between);
        return told(arguments, &between, text);
    }
    let certificate = validation::certificate(&run.manifest, run.measured);
    ensure!(
        certificate.sets > 0,
        "run {} has no {LAUNCHES} launches of the paired engine to compare with each other",
        run.manifest.id
    );
    // Of a run without them it would say nothing of what can be found, and replace one that does.
    if certificate.injected.is_empty() {
        eprintln!(
            "lab: run {} has no {CHAIN}: this is not kept as the machine's certificate",
            certificate.run
        );
    } else {
        validation::store::keep(&runs, &certificate)?;
    }
    let page = text::page(&certificate);
    told(arguments, &certificate, page)
}

fn told(arguments: &ValidateArgs, answer: &impl Serialize, text: String) -> Result<Exit> {
    if arguments.json {
        let json = serde_json::to_string_pretty(answer).context("an answer is JSON")?;
        print(&(json + "\n"))?;
    } else {
        print(&text)?;
    }
    Ok(Exit::Done)
}

fn request(arguments: &ValidateArgs) -> Result<Request> {
    let (cases, launches) = if arguments.across {
        (
            Some(format!("{CHAIN}/steps=800/[^/]*|{ACROSS_CASES}")),
            ACROSS,
        )
    } else if arguments.full {
        (None, FULL)
    } else {
        (Some(format!("{CHAIN}|{QUICK_CASES}")), QUICK)
    };
    let filter = cases.map(|cases| Regex::new(&format!("^({cases})/")));
    let filter = filter.transpose().context("a constant expression")?;
    let launches = arguments.launches.unwrap_or(launches);
    Ok(Request {
        profile: Profile::Quick,
        filter,
        internal: true,
        implementations: vec![Implementation::Rust],
        engines: vec![Engine::Paired],
        untimed: false,
        tests: Vec::new(),
        effort: Effort::Launches(launches),
        targets: vec![Target::default()],
        runtimes: Vec::new(),
    })
}
