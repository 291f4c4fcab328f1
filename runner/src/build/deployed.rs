//! Programs of the managed half as they are deployed: published once for a deployment, and kept until something they are made of changes.

mod one;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

pub(super) use self::one::{Build, out};
use super::exclusive::building_alone;
use super::image;
use super::{Library, Products, Program};
use crate::catalogue::Catalogue;
use crate::deployment::{Deployment, Target};
use crate::progress::duration;
use crate::workspace::Workspace;

/// The value of `LAB_LIBRARY` for a program that the kernels are part of.
const LINKED: &str = "linked";

/// What a build takes, most of it in the native compiler: a 2-core KVM guest (AMD EPYC) with nothing else to do.
const BUILD_SECONDS: f64 = 20.0;

/// What can be published of a program for a library. Deployments that bind at run time are the same for every library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    pub program: Program,
    pub deployment: Deployment,
    pub library: Library,
    /// How many orders of its methods; the first is the compiler's own.
    pub layouts: u32,
}

impl Wanted {
    fn name(&self) -> Option<String> {
        let published = self.deployment.published()?;
        let library = match self.deployment {
            Deployment::AotDirect | Deployment::AotStatic => format!("-{}", self.library.name()),
            _ => String::new(),
        };
        Some(format!("{}-{published}{library}", self.program.assembly()))
    }
}

/// A published program, or why it cannot be built here and what would help, in one line.
pub type Deployed = std::result::Result<PathBuf, String>;

/// Where a deployed program lies, by the name of its folder.
#[derive(Debug, Default)]
pub struct Deployments(BTreeMap<String, Deployed>);

impl Deployments {
    /// Publishes what is not there as it has to be; `progress` is told what is being built, and how many builds are done of how many.
    pub fn build(
        workspace: &Workspace,
        catalogue: &Catalogue,
        products: &Products,
        wanted: &[Wanted],
        mut progress: impl FnMut(&str, u64, u64),
    ) -> Result<Deployments> {
        let _alone = building_alone(workspace)?;
        let mut found = Deployments::default();
        // Asked once: each deployment of a program is made of the same.
        let mut made_of: BTreeMap<Program, String> = BTreeMap::new();
        let mut open: Vec<(String, Build)> = Vec::new();
        for one in wanted {
            let Some(name) = one.name() else { continue };
            if found.0.contains_key(&name) || open.iter().any(|(other, _)| *other == name) {
                continue;
            }
            let made_of = match made_of.entry(one.program) {
                Entry::Occupied(known) => known.get().clone(),
                Entry::Vacant(open) => {
                    let sources = super::program_inputs(workspace, one.program)?;
                    let sdk = super::sdk(workspace)?;
                    open.insert(format!("sources {sources}\nsdk {sdk}\n"))
                        .clone()
                }
            };
            let build = Build {
                workspace,
                catalogue,
                wanted: *one,
                made_of,
                folder: workspace.lab().join("deployed").join(&name),
                linked: linked(workspace, products, one)?,
            };
            if build.is_current()? {
                found.0.insert(name, Ok(build.folder));
            } else {
                open.push((name, build));
            }
        }
        let builds = |build: &Build| u64::from(build.wanted.layouts.max(1));
        let of: u64 = open.iter().map(|(_, build)| builds(build)).sum();
        if of > 0 {
            eprintln!(
                "deployments: {of} builds first, about {}; they are kept",
                duration(BUILD_SECONDS * of as f64)
            );
        }
        let mut before = 0;
        for (name, build) in open {
            let mut done = before;
            let made = build.make(|| {
                progress(&name, done, of);
                done += 1;
            })?;
            before += builds(&build);
            found.0.insert(name, made.map(|()| build.folder));
        }
        Ok(found)
    }

    /// Programs that lie there already, by the name of what they are.
    pub fn at(folders: &[(Wanted, PathBuf)]) -> Deployments {
        let named =
            |(wanted, folder): &(Wanted, PathBuf)| Some((wanted.name()?, Ok(folder.clone())));
        Deployments(folders.iter().filter_map(named).collect())
    }

    /// Why a program cannot be deployed so; `None` where it can.
    pub fn refusal(&self, wanted: &Wanted) -> Option<&str> {
        let name = wanted.name()?;
        match self.0.get(&name) {
            Some(Ok(_)) => None,
            Some(Err(why)) => Some(why),
            None => Some("it was not built"),
        }
    }

    /// Variant -> bytes that an import takes of a native image; empty where nobody counted them.
    pub fn import_bytes(&self, wanted: &Wanted) -> BTreeMap<String, u64> {
        let folder = self.folder(wanted);
        folder.map_or_else(|_| BTreeMap::new(), image::import_bytes)
    }

    /// The folder of a deployed program.
    fn folder(&self, wanted: &Wanted) -> Result<&Path> {
        let name = wanted
            .name()
            .context("the plain build has no folder here")?;
        match self.0.get(&name) {
            Some(Ok(folder)) => Ok(folder),
            Some(Err(why)) => bail!("{name}: {why}"),
            None => bail!("{name} was not built"),
        }
    }
}

/// Starts a program as a target says: the file, its environment, and the value of `LAB_LIBRARY`.
///
/// `layout` counts the orders of its methods from 0; a deployment has as many as were built, the plain one has one.
pub fn command(
    workspace: &Workspace,
    products: &Products,
    program: Program,
    target: &Target,
    library: Library,
    layout: u32,
) -> Result<(Command, PathBuf)> {
    let wanted = Wanted {
        program,
        deployment: target.deployment,
        library,
        layouts: 0,
    };
    let assembly = format!("{}.dll", program.assembly());
    let mut command = match target.deployment {
        Deployment::Jit => products.managed(workspace, target, products.program(program))?,
        precompiled if precompiled.is_precompiled() => {
            let folder = products.deployments.folder(&wanted)?;
            products.managed(workspace, target, &out(folder, 0).join(assembly))?
        }
        _ => {
            let folder = products.deployments.folder(&wanted)?;
            super::started(workspace, &out(folder, layout).join(program.assembly()))
        }
    };
    let path = match target.deployment {
        Deployment::AotStatic => PathBuf::from(LINKED),
        _ => products.libraries[&library].clone(),
    };
    command.env("LAB_LIBRARY", &path);
    Ok((command, path))
}

/// What a deployment links: the shared library itself, or an archive of the kernels, made for it.
fn linked(workspace: &Workspace, products: &Products, wanted: &Wanted) -> Result<Option<PathBuf>> {
    match (wanted.deployment, wanted.library) {
        (Deployment::AotDirect, library) => Ok(Some(products.libraries[&library].clone())),
        (Deployment::AotStatic, Library::C) => Ok(Some(products.c_object.clone())),
        (Deployment::AotStatic, _) => super::kernels::archive(workspace).map(Some),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_matters_where_it_is_linked() {
        let name = |deployment, library| {
            let wanted = Wanted {
                program: Program::Paired,
                deployment,
                library,
                layouts: 1,
            };
            wanted.name()
        };
        assert_eq!(name(Deployment::Jit, Library::C), None);
        assert_eq!(
            name(Deployment::Aot, Library::C),
            name(Deployment::Aot, Library::Rust)
        );
        assert_ne!(
            name(Deployment::AotStatic, Library::C),
            name(Deployment::AotStatic, Library::Rust)
        );
        assert_eq!(
            name(Deployment::R2r, Library::C),
            name(Deployment::R2rTier1, Library::C)
        );
    }
}
