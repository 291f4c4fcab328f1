//! One build of one program in one deployment: what it is made of, whether it is there, and how it is published.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::super::{Program, dotnet, image, layouts};
use super::Wanted;
use crate::catalogue::Catalogue;
use crate::deployment::Deployment;
use crate::process;
use crate::run_folder::{files_below, write_atomically};
use crate::workspace::Workspace;

/// Where a layout of a program is published to.
pub fn out(folder: &Path, layout: u32) -> PathBuf {
    folder.join(format!("out-{layout}"))
}

/// One program in one deployment.
pub struct Build<'a> {
    pub workspace: &'a Workspace,
    pub catalogue: &'a Catalogue,
    pub wanted: Wanted,
    /// Sources and SDK.
    pub(super) made_of: String,
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

    pub(super) fn is_current(&self) -> Result<bool> {
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
    pub(super) fn make(&self, mut each: impl FnMut()) -> Result<std::result::Result<(), String>> {
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
}
