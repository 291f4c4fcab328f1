//! Two sides measured together: a run each, of the same rows, whose launches take turns.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::campaign::{Campaign, take_turns};
use super::{deploy, manifest, prove, seal};
use crate::build::{Products, runtimes};
use crate::catalogue::Catalogue;
use crate::costs::Costs;
use crate::names::RowKey;
use crate::plan::Request;
use crate::run_folder::{Draft, remove_folder};
use crate::sample::Measured;
use crate::workspace::Workspace;

/// A checkout, built.
#[derive(Debug)]
pub struct Side {
    pub workspace: Workspace,
    pub catalogue: Catalogue,
    pub products: Products,
}

impl Side {
    /// Builds what lies in a workspace. `name` is what people call it.
    pub fn built(workspace: Workspace, name: &str) -> Result<Side> {
        let catalogue = Catalogue::load(&workspace.cases())
            .with_context(|| format!("the catalogue of {name} cannot be read by this lab"))?;
        let products =
            crate::build::all(&workspace).with_context(|| format!("{name} does not build"))?;
        Ok(Side {
            workspace,
            catalogue,
            products,
        })
    }
}

/// The rows of a request that both sides have, in the order of the second.
pub fn shared_rows(sides: [&Side; 2], request: &Request) -> Result<Vec<RowKey>> {
    let keys = |side: &Side| -> Result<Vec<RowKey>> {
        let rows = request.rows(&side.catalogue)?.into_iter();
        let timed = rows.filter(|row| row.not_applicable.is_none());
        Ok(timed.map(|row| row.key).collect())
    };
    let before: BTreeSet<RowKey> = keys(sides[0])?.into_iter().collect();
    let mut shared = keys(sides[1])?;
    shared.retain(|key| before.contains(key));
    ensure!(!shared.is_empty(), "no row is on both sides");
    Ok(shared)
}

/// Measures `rows` on both sides and seals a run of each; returns their folders. What is interrupted leaves nothing.
pub fn measure(
    runs: &Path,
    sides: [&mut Side; 2],
    request: &Request,
    rows: &[RowKey],
    (costs, estimate): (&mut Costs, f64),
) -> Result<[PathBuf; 2]> {
    let wanted: BTreeSet<&RowKey> = rows.iter().collect();
    let mut manifests = Vec::new();
    for side in sides {
        let mut planned = request.rows(&side.catalogue)?;
        planned.retain(|row| wanted.contains(&row.key));
        side.products.runtimes = runtimes::hosts(&request.runtimes)?;
        let Side {
            workspace,
            catalogue,
            products,
        } = side;
        deploy(workspace, catalogue, request, products, &mut planned)?;
        let proved = prove(workspace, products, catalogue, request, &planned)?;
        let manifest = manifest(
            workspace, products, catalogue, request, planned, &proved, estimate,
        )?;
        manifests.push((manifest, &*side));
    }
    let ids: Vec<String> = manifests.iter().map(|(of, _)| of.id.clone()).collect();
    for ((manifest, _), other) in manifests.iter_mut().zip(ids.iter().rev()) {
        let note = format!("measured together with run {other}: their launches took turns");
        manifest.notes.push(note);
    }
    let mut drafts = Vec::new();
    let mut campaigns = Vec::new();
    for (manifest, side) in manifests {
        drafts.push(Draft::create(runs, manifest)?);
        campaigns.push(Campaign {
            workspace: &side.workspace,
            products: &side.products,
            catalogue: &side.catalogue,
            floor: None,
            profile: request.profile,
        });
    }
    let turns: Vec<(&Campaign, &Draft)> = campaigns.iter().zip(&drafts).collect();
    let measured = take_turns(&turns, None, costs);
    let measured: Vec<Measured> = match measured {
        Ok(measured) => measured,
        Err(error) => {
            // Half of a comparison is none.
            for draft in &drafts {
                remove_folder(&draft.folder())?;
            }
            return Err(error);
        }
    };
    let sealed = drafts.into_iter().zip(measured);
    let folders = sealed
        .map(|(draft, measured)| seal(draft, measured))
        .collect::<Result<Vec<PathBuf>>>()?;
    folders.try_into().ok().context("two sides make two runs")
}
