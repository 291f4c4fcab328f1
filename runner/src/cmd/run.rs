//! `lab run`: plan, build, prove, measure, seal, report.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::report::write_derived;
use super::{Exit, print, summary};
use crate::build::{self, runtimes};
use crate::catalogue::{Catalogue, Profile};
use crate::claims::{self, Absent, Claim, Test};
use crate::cli::RunArgs;
use crate::costs::Costs;
use crate::deployment::{Target, targets};
use crate::engine::paired::{self, Effort};
use crate::engine::programs;
use crate::generate;
use crate::lock::Lock;
use crate::manifest::{Manifest, PlannedRow};
use crate::measure::{self, Campaign};
use crate::plan::{Engine, Request};
use crate::progress::{self, duration};
use crate::row::State;
use crate::run_folder::{Draft, Run};
use crate::stats::Assessment;
use crate::workspace::Workspace;

pub fn run(arguments: &RunArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let catalogue = Catalogue::load(&workspace.cases())?;
    let claims = claims::load(&workspace.claims(), &catalogue)?;
    generate::check(&workspace.root, &catalogue)?;

    let _lock = Lock::take(&workspace.runs())?;
    let (request, planned, resumed) = match &arguments.resume {
        None => {
            let request = request(arguments, &claims)?;
            let planned = request.rows(&catalogue)?;
            (request, planned, None)
        }
        Some(id) => {
            let draft = Draft::resume(&workspace.runs(), id)?;
            (
                measure::request_of(&draft.manifest)?,
                draft.manifest.plan.rows.clone(),
                Some(draft),
            )
        }
    };
    let (folder, assessment) =
        carry_out(&workspace, &catalogue, &claims, &request, planned, resumed)?;
    let rows = &assessment.rows;
    print(&summary::of(rows))?;
    print(&summary::of_claims(&assessment.claims, &arguments.claims))?;
    print(&format!(
        "\nreport: {}\n",
        folder.join("report/index.html").display()
    ))?;
    let failed = rows.iter().filter(|row| row.state == State::Error).count();
    Ok(if failed > 0 {
        Exit::ErrorRows
    } else {
        Exit::Done
    })
}

/// Builds, proves, measures, seals and reports; returns the run's folder and what follows from its samples.
pub fn carry_out(
    workspace: &Workspace,
    catalogue: &Catalogue,
    claims: &[Claim],
    request: &Request,
    mut planned: Vec<PlannedRow>,
    resumed: Option<Draft>,
) -> Result<(PathBuf, Assessment)> {
    let mut costs = Costs::load(&workspace.lab());
    let open = resumed
        .as_ref()
        .map_or_else(|| planned.clone(), measure::open_rows);
    let estimate = estimate(&costs, request, &open);
    announce(request, &open, estimate, resumed.as_ref());

    let mut products = build::all(workspace)?;
    products.runtimes = runtimes::hosts(&request.runtimes)?;
    measure::deploy(workspace, catalogue, request, &mut products, &mut planned)?;
    let floor = needs(&planned, Engine::Criterion)
        .then(|| progress::step("building the floor bench", || build::floor_bench(workspace)));
    let floor = floor.transpose()?;
    let proof = measure::prove(workspace, &products, catalogue, request, &planned)?;
    let draft = match resumed {
        None => {
            let manifest = Manifest {
                claims: claims.to_vec(),
                ..measure::manifest(
                    workspace, &products, catalogue, request, planned, &proof, estimate,
                )?
            };
            Draft::create(&workspace.runs(), manifest)?
        }
        Some(draft) => measure::take_up(draft, workspace, &products, &proof)?,
    };
    let id = draft.manifest.id.clone();
    let campaign = Campaign {
        workspace,
        products: &products,
        catalogue,
        floor,
        profile: request.profile,
    };
    let measured = campaign.measure(&draft, &mut costs).inspect_err(|_| {
        eprintln!("lab: run {id} is not complete: continue it with ./lab run --resume {id}");
    })?;
    let folder = measure::seal(draft, measured)?;
    let assessment = write_derived(&Run::read(&folder)?)?;
    Ok((folder, assessment))
}

fn request(arguments: &RunArgs, claims: &[Claim]) -> Result<Request> {
    let tests = tests(&arguments.claims, claims)?;
    let mut implementations = arguments.selection.implementations.clone();
    let names: Vec<String> = arguments
        .runtimes
        .iter()
        .map(|one| one.name.clone())
        .collect();
    let mut targets = targets(&arguments.deployments, &arguments.switches, &names)?;
    for name in tests.iter().flat_map(|test| test.deployments()) {
        let target: Target = name.parse()?;
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    let mut engines = if arguments.engines.is_empty() && !tests.is_empty() {
        vec![Engine::Paired, Engine::Bounded, Engine::Startup]
    } else if arguments.engines.is_empty() && targets != [Target::default()] {
        // What is compared over deployments is measured by the engines that can be deployed.
        vec![Engine::Paired, Engine::Startup]
    } else if arguments.engines.is_empty() {
        Engine::ALL.to_vec()
    } else {
        arguments.engines.clone()
    };
    implementations.sort();
    implementations.dedup();
    engines.sort();
    engines.dedup();
    Ok(Request {
        profile: arguments.profile,
        filter: arguments.selection.filter.clone(),
        implementations,
        engines,
        internal: arguments.selection.internal,
        untimed: false,
        tests,
        targets,
        runtimes: arguments.runtimes.clone(),
        effort: match (arguments.budget, arguments.launches) {
            (Some(seconds), _) => Effort::Seconds(seconds),
            (None, Some(launches)) => Effort::Launches(launches),
            (None, None) if arguments.profile == Profile::Publish => {
                Effort::Launches(paired::LAUNCHES_TO_PUBLISH)
            }
            (None, None) if arguments.profile == Profile::Quick => Effort::Within {
                launches: paired::LAUNCHES,
                seconds: paired::QUICK_SECONDS,
            },
            (None, None) => Effort::default(),
        },
    })
}

/// What the claims named put to the test.
fn tests(ids: &[String], claims: &[Claim]) -> Result<Vec<Test>> {
    ids.iter()
        .map(|id| {
            let claim = claims.iter().find(|claim| claim.id == *id);
            let claim = claim.with_context(|| {
                format!("--claim {id}: there is no such claim: ./lab list --claims prints them")
            })?;
            let why = match &claim.absent {
                Some(Absent::Later(step)) => format!("not measured yet: {step}"),
                Some(Absent::Never(why)) => format!("not measurable here: {why}"),
                None => "it has no relation".to_string(),
            };
            claim
                .test
                .clone()
                .with_context(|| format!("--claim {id}: {why}"))
        })
        .collect()
}

fn needs(planned: &[PlannedRow], engine: Engine) -> bool {
    planned.iter().any(|row| row.key.engine == engine.name())
}

/// Seconds that measuring is going to take: each start of an engine and each of its rows.
pub fn estimate(costs: &Costs, request: &Request, planned: &[PlannedRow]) -> f64 {
    let rows = |engine: Engine| {
        planned
            .iter()
            .filter(|row| row.key.engine == engine.name() && row.not_applicable.is_none())
            .count()
    };
    let bdn = costs.get(Engine::Bdn, request.profile);
    let starts = request.implementations.len().max(1) as f64;
    let bdn_seconds = if rows(Engine::Bdn) == 0 {
        0.0
    } else {
        bdn.of(rows(Engine::Bdn)) + (starts - 1.0) * bdn.fixed_seconds
    };
    let all = bdn_seconds
        + costs
            .get(Engine::Criterion, request.profile)
            .of(rows(Engine::Criterion))
        + match request.effort {
            _ if rows(Engine::Paired) == 0 => 0.0,
            Effort::Seconds(seconds) => seconds,
            Effort::Launches(launches) | Effort::Within { launches, .. } => {
                let paired = planned.iter().filter(|row| {
                    row.key.engine == Engine::Paired.name() && row.not_applicable.is_none()
                });
                costs.launches(paired.map(|row| row.key.deployment.as_str()), launches)
            }
        }
        + programs::KINDS
            .into_iter()
            .map(|kind| kind.seconds(costs, request.profile, rows(kind.engine)))
            .sum::<f64>();
    match request.effort {
        Effort::Within { seconds, .. } => all.min(seconds),
        Effort::Launches(_) | Effort::Seconds(_) => all,
    }
}

fn announce(request: &Request, planned: &[PlannedRow], estimate: f64, resumed: Option<&Draft>) {
    let count = |engine: Engine| {
        planned
            .iter()
            .filter(|row| row.key.engine == engine.name())
            .count()
    };
    let parts: Vec<String> = Engine::ALL
        .into_iter()
        .filter(|engine| count(*engine) > 0)
        .map(|engine| format!("{} by {}", count(engine), engine.name()))
        .collect();
    let start = resumed.map_or_else(
        || "plan".to_string(),
        |draft| format!("resuming {}", draft.manifest.id),
    );
    eprintln!(
        "{start}: profile {}, {} rows ({}), about {} of measuring",
        request.profile.name(),
        planned.len(),
        parts.join(", "),
        duration(estimate)
    );
}
