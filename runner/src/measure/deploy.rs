//! What the planned rows need published before anything is measured.

use anyhow::Result;

use crate::build::deployed::{Deployments, Wanted};
use crate::build::{Library, Products, Program};
use crate::catalogue::Catalogue;
use crate::deployment::Target;
use crate::manifest::PlannedRow;
use crate::names;
use crate::plan::Request;
use crate::progress;
use crate::workspace::Workspace;

/// Publishes what the planned rows need; rows whose deployment cannot be built here say why.
pub fn deploy(
    workspace: &Workspace,
    catalogue: &Catalogue,
    request: &Request,
    products: &mut Products,
    planned: &mut [PlannedRow],
) -> Result<()> {
    let layouts = request.layouts();
    let wanted = |row: &PlannedRow| {
        let program = match row.key.engine.as_str() {
            names::PAIRED => Program::Paired,
            names::STARTUP => Program::Startup,
            _ => return None,
        };
        let target: Target = row.key.deployment.parse().ok()?;
        let published = target.deployment.published()?;
        let first = request.implementations.first().map(|one| one.name());
        Some(Wanted {
            program,
            deployment: target.deployment,
            library: Library::timed(row.key.timed_with(first))?,
            layouts: match program {
                Program::Paired => layouts.get(published).copied().unwrap_or(1),
                _ => 1, // a first call is no loop: where it lies is nothing beside what it does
            },
        })
    };
    let mut all: Vec<Wanted> = planned
        .iter()
        .filter(|row| row.not_applicable.is_none())
        .filter_map(wanted)
        .collect();
    all.sort();
    all.dedup();
    if all.is_empty() {
        return Ok(());
    }
    let bar = progress::builds();
    let built = Deployments::build(workspace, catalogue, products, &all, |name, done, of| {
        bar.set_length(of);
        bar.set_position(done);
        bar.set_message(name.to_string());
    });
    bar.finish_and_clear();
    products.deployments = built?;
    for row in planned {
        if let Some(refusal) =
            wanted(row).and_then(|one| products.deployments.refusal(&one).map(str::to_string))
        {
            row.not_permitted = Some(refusal);
        }
    }
    Ok(())
}
