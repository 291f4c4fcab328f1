//! `lab compare`: variants of one run beside their reference, a run beside an earlier one, or this checkout beside another commit.

use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use regex::Regex;

use super::report::write_derived;
use super::run::estimate;
use super::{Exit, print};
use crate::catalogue::Profile;
use crate::cli::CompareArgs;
use crate::comparison::subject::Subject;
use crate::comparison::{Compared, Outcome, between, inside, junit, markdown, sources, text};
use crate::costs::Costs;
use crate::deployment::Target;
use crate::engine::paired::Effort;
use crate::environment::Environment;
use crate::generate;
use crate::lock::Lock;
use crate::manifest::Manifest;
use crate::measure::commits;
use crate::measure::together::{self, Side};
use crate::names::RowKey;
use crate::plan::{Engine, Implementation, Request};
use crate::progress::{duration, step};
use crate::provenance;
use crate::report::format::plural;
use crate::run_folder::{Run, write_atomically};
use crate::workspace::Workspace;

/// What may differ between commits of one checkout, measured together.
const OF_COMMITS: [Subject; 2] = [Subject::Kernel, Subject::Body];

pub fn run(arguments: &CompareArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let runs = workspace.runs();
    let filter = arguments.filter.as_ref();
    let outcome = if let Some(commit) = &arguments.worktree {
        beside_commit(&workspace, commit, arguments)?
    } else {
        let (before, after) = match (&arguments.runs[..], &arguments.against[..]) {
            (named, []) if named.len() < 2 => {
                ensure!(
                    !arguments.confirm && !arguments.gate && arguments.subject.is_empty(),
                    "--gate, --confirm and --subject are about two sides: name a second run, or --worktree"
                );
                let run = Run::read(&Run::find(&runs, named.first().map(String::as_str))?)?;
                let outcome = inside(&run, arguments.reference.as_deref(), filter)?;
                return told(&outcome, arguments);
            }
            ([before, after], []) => (std::slice::from_ref(before), std::slice::from_ref(after)),
            (_, []) => bail!(
                "{} runs: name those of one side, then those of the other after --against",
                arguments.runs.len()
            ),
            (after, before) => (before, after),
        };
        ensure!(
            arguments.reference.is_none(),
            "--reference is about variants of one run"
        );
        let [before, after] = [sources::side(&runs, before)?, sources::side(&runs, after)?];
        let mut outcome = between(&before, &after, &arguments.subject, filter)?;
        if arguments.confirm && !outcome.suspected().is_empty() {
            let sides = [&before, &after].map(|run| &run.manifest);
            match stored(&workspace, sides, &outcome) {
                Ok((mut before, mut after)) => confirm(
                    &workspace,
                    [&mut before, &mut after],
                    launches_of(&outcome),
                    arguments,
                    &mut outcome,
                )?,
                Err(why) => outcome.notes.push(format!(
                    "what is suspected cannot be measured again: {why:#}"
                )),
            }
        }
        outcome
    };
    told(&outcome, arguments)
}

/// Prints and writes what was asked for.
fn told(outcome: &Outcome, arguments: &CompareArgs) -> Result<Exit> {
    let gate = arguments.gate.then(|| outcome.gate(arguments.fail_on));
    let files = [
        (&arguments.markdown, markdown as fn(&Outcome, _) -> String),
        (&arguments.junit, junit),
    ];
    for (file, write) in files {
        if let Some(file) = file {
            let text = write(outcome, gate.as_ref());
            write_atomically(file, text.as_bytes())?;
        }
    }
    if arguments.json {
        print(&(serde_json::to_string_pretty(&outcome.rows)? + "\n"))?;
    } else {
        let gate = gate.as_ref();
        let says = gate.map_or(String::new(), |gate| gate.says.clone() + "\n");
        print(&(text(outcome) + &says))?;
    }
    if let Some(reason) = &outcome.incomparable {
        eprintln!("lab: not comparable: {reason}");
        return Ok(Exit::Incomparable);
    }
    if gate.is_some_and(|gate| !gate.stopped_by.is_empty()) {
        return Ok(Exit::Finding);
    }
    Ok(if arguments.strict && outcome.is_unsettled() {
        Exit::Unsettled
    } else {
        Exit::Done
    })
}

/// Builds and measures another commit and this checkout, and compares them.
fn beside_commit(workspace: &Workspace, commit: &str, arguments: &CompareArgs) -> Result<Outcome> {
    let hash = commits::resolve(&workspace.root, commit)?;
    let runs = workspace.runs();
    let _lock = Lock::take(&runs)?;
    let mut after = Side::built(workspace.clone(), "this checkout")?;
    generate::check(&workspace.root, &after.catalogue)?;
    let mut before = Side::built(commits::checkout(workspace, &hash)?, commit)?;
    let request = Request {
        filter: arguments.filter.clone(),
        profile: arguments.profile,
        internal: arguments.internal,
        effort: Effort::Launches(arguments.launches),
        ..paired_request()
    };
    let rows = together::shared_rows([&before, &after], &request)?;
    let mut outcome = measured(
        workspace,
        [&mut before, &mut after],
        &request,
        &rows,
        &arguments.subject,
    )?;
    let short: String = hash.chars().take(12).collect();
    let note = format!(
        "before is commit {short} ({commit}), after is this checkout; their launches took turns"
    );
    outcome.notes.insert(0, note);
    if arguments.confirm && !outcome.suspected().is_empty() {
        let launches = arguments.launches;
        confirm(
            workspace,
            [&mut before, &mut after],
            launches,
            arguments,
            &mut outcome,
        )?;
    }
    Ok(outcome)
}

/// Measures the suspected rows again and says what became of each; what a busy machine left unsaid is measured once more.
fn confirm(
    workspace: &Workspace,
    [before, after]: [&mut Side; 2],
    launches: u32,
    arguments: &CompareArgs,
    outcome: &mut Outcome,
) -> Result<()> {
    const ATTEMPTS: usize = 3;
    for _ in 0..ATTEMPTS {
        let suspected = outcome.suspected();
        let rows: Vec<RowKey> = suspected.iter().map(|row| row.row.clone()).collect();
        if rows.is_empty() {
            break;
        }
        eprintln!("confirming: {} suspected", plural(rows.len(), "row"));
        let request = Request {
            // The rows were chosen; whatever profile they are of, publish has them.
            profile: Profile::Publish,
            filter: Some(exactly(&rows)?),
            internal: true,
            effort: Effort::Launches(launches),
            targets: targets(&rows)?,
            implementations: implementations(&rows),
            ..paired_request()
        };
        let sides = [&mut *before, &mut *after];
        let fresh = measured(workspace, sides, &request, &rows, &arguments.subject)?;
        outcome.confirm(&fresh);
        let note = fresh.notes.first();
        outcome
            .notes
            .extend(note.map(|note| format!("measured again: {note}")));
    }
    Ok(())
}

/// Two fresh runs, compared.
fn measured(
    workspace: &Workspace,
    sides: [&mut Side; 2],
    request: &Request,
    rows: &[RowKey],
    subject: &[Subject],
) -> Result<Outcome> {
    let mut costs = Costs::load(&workspace.lab());
    let planned: Vec<_> = request
        .rows(&sides[1].catalogue)?
        .into_iter()
        .filter(|row| rows.contains(&row.key))
        .collect();
    let seconds = 2.0 * estimate(&costs, request, &planned);
    eprintln!(
        "plan: {} rows on both sides, about {} of measuring",
        rows.len(),
        duration(seconds)
    );
    let folders = together::measure(
        &workspace.runs(),
        sides,
        request,
        rows,
        (&mut costs, seconds / 2.0),
    )?;
    let read = |folder: &PathBuf| -> Result<Run> {
        let run = Run::read(folder)?;
        step("writing its report", || write_derived(&run))?;
        Ok(run)
    };
    let [before, after] = [read(&folders[0])?, read(&folders[1])?];
    let subject = if subject.is_empty() {
        &OF_COMMITS
    } else {
        subject
    };
    between(&before, &after, subject, None)
}

fn paired_request() -> Request {
    Request {
        profile: Profile::Quick,
        filter: None,
        implementations: vec![Implementation::Rust],
        engines: vec![Engine::Paired],
        internal: false,
        untimed: false,
        tests: Vec::new(),
        effort: Effort::default(),
        targets: vec![Target::default()],
        runtimes: Vec::new(),
    }
}

/// The sides of two stored runs, built from the commits they were measured at.
fn stored(workspace: &Workspace, sides: [&Manifest; 2], outcome: &Outcome) -> Result<(Side, Side)> {
    let own = provenance::git(&workspace.root);
    let here = Environment::probe().class;
    let mut built = Vec::new();
    for manifest in sides {
        let id = &manifest.id;
        let provenance = &manifest.provenance;
        ensure!(
            manifest.environment.class == here,
            "run {id} was measured on another machine ({})",
            manifest.environment.class
        );
        let Some(commit) = &provenance.git_commit else {
            bail!("run {id} does not say of which commit it is");
        };
        ensure!(
            provenance.git_dirty != Some(true),
            "run {id} was measured with local changes"
        );
        let is_own = own.as_ref() == Some(&(commit.clone(), false));
        let at = if is_own {
            workspace.clone()
        } else {
            commits::checkout(workspace, &commits::resolve(&workspace.root, commit)?)?
        };
        built.push(Side::built(at, &format!("run {id}"))?);
    }
    for row in outcome.suspected() {
        ensure!(
            row.row.is_paired(),
            "{} is not of the paired engine",
            row.row
        );
        ensure!(
            sides.iter().all(|manifest| manifest
                .plan
                .rows
                .iter()
                .any(|planned| planned.key == row.row)),
            "{} has another key in the other run: measure both in one run, with --runtime or --env",
            row.row
        );
    }
    let after = built.pop().context("two sides")?;
    Ok((built.pop().context("two sides")?, after))
}

fn launches_of(outcome: &Outcome) -> u32 {
    let of = |row: &&Compared| row.launches.max(row.reference_launches);
    let most = outcome.suspected().iter().map(of).max();
    most.unwrap_or_default().clamp(2, 200) as u32
}

/// Matches these keys and no others.
fn exactly(rows: &[RowKey]) -> Result<Regex> {
    let keys: Vec<String> = rows
        .iter()
        .map(|row| regex::escape(&row.to_string()))
        .collect();
    Regex::new(&format!("^(?:{})$", keys.join("|"))).context("the keys make too long an expression")
}

fn targets(rows: &[RowKey]) -> Result<Vec<Target>> {
    let mut names: Vec<&str> = rows.iter().map(|row| row.deployment.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(str::parse).collect()
}

fn implementations(rows: &[RowKey]) -> Vec<Implementation> {
    let has = |one: &Implementation| {
        let mut rows = rows.iter();
        rows.any(|row| row.timed_with(Some(Implementation::Rust.name())) == one.name())
    };
    let all = [Implementation::Rust, Implementation::C].into_iter();
    all.filter(has).collect()
}
