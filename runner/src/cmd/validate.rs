//! `lab validate`: this machine's own certificate.

use anyhow::{Context, Result, ensure};
use regex::Regex;

use super::run::carry_out;
use super::{Exit, print};
use crate::catalogue::{Catalogue, Profile};
use crate::cli::ValidateArgs;
use crate::deployment::Target;
use crate::engine::paired::Effort;
use crate::generate;
use crate::lock::Lock;
use crate::plan::{Engine, Implementation, Request};
use crate::run_folder::Run;
use crate::validation::{self, CHAIN, LAUNCHES, text};
use crate::workspace::Workspace;

/// Launches of the short way: four sets.
const QUICK: u32 = 4 * LAUNCHES;
/// Of the long way: ten sets over every row of profile quick.
const FULL: u32 = 10 * LAUNCHES;
/// What the short way times beside the chain: calls of a few nanoseconds, which are the hardest to tell apart.
const QUICK_CASES: &str = "blittable_add_i32|blittable_noop|blittable_arity";

pub fn run(arguments: &ValidateArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let folder = match &arguments.run {
        Some(run) => Run::find(&workspace.runs(), Some(run))?,
        None => {
            let catalogue = Catalogue::load(&workspace.cases())?;
            generate::check(&workspace.root, &catalogue)?;
            let _lock = Lock::take(&workspace.runs())?;
            let request = request(arguments)?;
            let planned = request.rows(&catalogue)?;
            carry_out(&workspace, &catalogue, &[], &request, planned, None)?.0
        }
    };
    let run = Run::read(&folder)?;
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
        validation::store::keep(&workspace.runs(), &certificate)?;
    }
    if arguments.json {
        let json = serde_json::to_string_pretty(&certificate).context("a certificate is JSON")?;
        print(&(json + "\n"))?;
    } else {
        print(&text::page(&certificate))?;
    }
    Ok(Exit::Done)
}

fn request(arguments: &ValidateArgs) -> Result<Request> {
    let filter = if arguments.full {
        None
    } else {
        Some(Regex::new(&format!("^({CHAIN}|{QUICK_CASES})/")).context("a constant expression")?)
    };
    let launches = arguments
        .launches
        .unwrap_or(if arguments.full { FULL } else { QUICK });
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
