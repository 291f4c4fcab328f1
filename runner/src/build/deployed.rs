//! Programs of the managed half as they are deployed: published once for a deployment, and kept until something they are made of changes.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::exclusive::building_alone;
use super::{Library, Products, Program, dotnet};
use super::{image, layouts};
use crate::catalogue::Catalogue;
use crate::deployment::{Deployment, Target};
use crate::process;
use crate::progress::duration;
use crate::run_folder::{files_below, write_atomically};
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

/// Where a layout of a program is published to.
pub(super) fn out(folder: &Path, layout: u32) -> PathBuf {
    folder.join(format!("out-{layout}"))
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

/// One program in one deployment.
pub(super) struct Build<'a> {
    pub workspace: &'a Workspace,
    pub catalogue: &'a Catalogue,
    pub wanted: Wanted,
    /// Sources and SDK.
    made_of: String,
    pub folder: PathBuf,
    pub linked: Option<PathBuf>,
}

impl Build<'_> {
    fn stamp(&self) -> PathBuf {
        self.folder.join("stamp")
    }

    /// Where the assemblies are compiled to, once for all Native AOT deployments of a program.
    pub fn artifacts(&self) -> PathBuf {
        let kind = if self.wanted.deployment.is_aot() {
            "aot"
        } else {
            "r2r"
        };
        let name = format!("{}-{kind}-artifacts", self.wanted.program.assembly());
        self.folder.with_file_name(name)
    }

    /// Everything the build reads, in one line each: sources, tools, what is linked, flags. Then what it left.
    fn state(&self) -> Result<String> {
        let mut state = format!(
            "{}layouts {}\nexports {}\n",
            self.made_of,
            self.wanted.layouts,
            self.exports()
        );
        if let Some(linked) = &self.linked {
            // Only the names in a shared library are linked, and the sources hold their contract.
            let content = match self.wanted.deployment {
                Deployment::AotStatic => blake3::hash(&fs::read(linked)?).to_hex().to_string(),
                _ => String::new(),
            };
            state += &format!("linked {} {content}\n", linked.display());
        }
        for layout in 0..self.wanted.layouts.max(1) {
            for path in files_below(&out(&self.folder, layout))? {
                let size = path.metadata().map_or(0, |data| data.len());
                let relative = path.strip_prefix(&self.folder).unwrap_or(&path).display();
                state += &format!("{relative} {size}\n");
            }
        }
        Ok(state)
    }

    fn is_current(&self) -> Result<bool> {
        Ok(fs::read_to_string(self.stamp()).ok() == Some(self.state()?))
    }

    /// The names that a program with the kernels in it has to export: families, and what the library says of itself.
    fn exports(&self) -> String {
        let mut families: Vec<&str> = self
            .catalogue
            .all()
            .map(|case| case.family.as_str())
            .collect();
        families.push("kernels");
        families.sort_unstable();
        families.dedup();
        // An escaped asterisk: the build would look for files.
        let names: Vec<String> = families
            .iter()
            .map(|family| format!("{family}_%2A"))
            .collect();
        names.join(";")
    }

    /// Builds every layout; `each` is told before each of them.
    fn make(&self, mut each: impl FnMut()) -> Result<std::result::Result<(), String>> {
        let _ = fs::remove_file(self.stamp());
        for layout in 0..self.wanted.layouts.max(1) {
            let _ = fs::remove_dir_all(out(&self.folder, layout));
        }
        each();
        if let Err(why) = self.publish(0, &[])? {
            return Ok(Err(why));
        }
        if self.wanted.program == Program::Startup && self.wanted.deployment.is_aot() {
            let imports = self.catalogue.all().map(|case| case.imports).max();
            image::keep_import_bytes(self, imports.unwrap_or_default())?;
        }
        layouts::make(self, each)?;
        write_atomically(&self.stamp(), self.state()?.as_bytes())?;
        Ok(Ok(()))
    }

    /// `dotnet publish` into the folder of a layout; what can be mended by installing something comes back as one line.
    pub fn publish(
        &self,
        layout: u32,
        properties: &[OsString],
    ) -> Result<std::result::Result<(), String>> {
        let name = self.wanted.program.assembly();
        let deployment = self.wanted.deployment.published().unwrap_or_default();
        let to = out(&self.folder, layout);
        // The build sees assemblies that changed, and neither another order nor another way to bind.
        if let Ok(object) = layouts::native_file(self, ".o") {
            fs::remove_file(object)?;
        }
        let mut command = dotnet(self.workspace);
        command
            .args(["publish", &format!("src/{name}"), "--nologo"])
            .args(["--configuration", "Release", "--use-current-runtime"])
            .arg(format!("-p:LabDeployment={deployment}"))
            .arg(format!("-p:ArtifactsPath={}", self.artifacts().display()))
            .arg("--output")
            .arg(&to)
            .args(properties);
        if let Some(linked) = &self.linked {
            command.arg(format!("-p:LabLibrary={}", linked.display()));
        }
        if self.wanted.deployment == Deployment::AotStatic {
            command.arg(format!("-p:LabExports=\"{}\"", self.exports()));
        }
        let log = self.workspace.log("deployed");
        let what = format!("publishing {name} as {deployment}");
        if let Err(failed) = process::run_logged(&mut command, &log, &what) {
            let said = fs::read_to_string(&log).unwrap_or_default();
            return match missing(&said) {
                Some(remedy) => Ok(Err(remedy)),
                None => Err(failed),
            };
        }
        if self.wanted.deployment.is_aot() {
            self.prune(&to)?;
        }
        Ok(Ok(()))
    }

    /// Only what is started stays: a native program needs nothing beside it.
    fn prune(&self, to: &Path) -> Result<()> {
        let name = self.wanted.program.assembly();
        let (program, aside) = (to.join(name), self.folder.join(name));
        fs::rename(&program, &aside)
            .with_context(|| format!("publishing left no {}", program.display()))?;
        fs::remove_dir_all(to)?;
        fs::create_dir(to)?;
        Ok(fs::rename(aside, program)?)
    }
}

/// What a failed publication lacks, and the line that installs it; `None` where something else is wrong.
fn missing(log: &str) -> Option<String> {
    let line = |words: &str| log.lines().find(|line| line.contains(words));
    if line("Platform linker").is_some() || line("linker command not found").is_some() {
        return Some("no linker: install gcc or clang (Debian: apt install gcc)".to_string());
    }
    if line("objcopy").is_some_and(|line| line.contains("not found")) {
        return Some("no objcopy: install binutils (Debian: apt install binutils)".to_string());
    }
    if let Some(line) = ["NU1101", "NU1102", "NU1301"].into_iter().find_map(line) {
        let package = line
            .split_once("package ")
            .and_then(|(_, rest)| rest.split_whitespace().next());
        let package = package.map_or("a package", |name| name.trim_end_matches('.'));
        return Some(format!(
            "{package} cannot be had: connect once, or put it into a NuGet source that `dotnet nuget list source` names"
        ));
    }
    line("NETSDK1094").map(|_| "there is no ReadyToRun compiler for this system".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_with_what_installs_it() {
        let linker = "error : Platform linker ('clang' or 'gcc') not found in PATH.";
        assert!(missing(linker).unwrap().contains("apt install gcc"));
        let package = "error NU1101: Unable to find package runtime.linux-x64.Microsoft.DotNet.ILCompiler. No packages exist";
        let said = missing(package).unwrap();
        assert!(
            said.starts_with("runtime.linux-x64.Microsoft.DotNet.ILCompiler cannot be had"),
            "{said}"
        );
        assert_eq!(missing("src/A.cs(3,5): error CS1002: ; expected"), None);
    }

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
