//! Builds both halves and says where the products are. A build that has nothing to do starts no `dotnet`.

pub mod deployed;
mod exclusive;
mod image;
mod kernels;
pub mod layouts;
pub mod runtimes;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use self::deployed::Deployments;
pub use self::kernels::floor_bench;
use crate::deployment::Target;
use crate::evidence;
use crate::process::{self, last_line};
use crate::progress;
use crate::run_folder::{files_below, write_atomically};
use crate::workspace::Workspace;

/// The three builds of the kernels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Library {
    Rust,
    C,
    /// The Rust library with counters in every export; never timed.
    Count,
}

impl Library {
    pub fn name(self) -> &'static str {
        match self {
            Library::Rust => "rust",
            Library::C => "c",
            Library::Count => "count",
        }
    }

    /// The library that is timed under this name.
    pub fn timed(name: &str) -> Option<Library> {
        [Library::Rust, Library::C]
            .into_iter()
            .find(|library| library.name() == name)
    }

    /// Environment variable by which tests and benches find it.
    pub fn variable(self) -> &'static str {
        match self {
            Library::Rust => "LAB_LIB_RUST",
            Library::C => "LAB_LIB_C",
            Library::Count => "LAB_LIB_COUNT",
        }
    }
}

/// Absolute paths of what was built.
#[derive(Debug, Default)]
pub struct Products {
    pub libraries: BTreeMap<Library, PathBuf>,
    /// Counts heap calls of a program that is started with it in `LD_PRELOAD`; `None` where the system has no such way.
    pub allocation_counter: Option<PathBuf>,
    /// Records what a program that is started with it in `LD_PRELOAD` asks the loader for; `None` where the system has no such way.
    pub open_recorder: Option<PathBuf>,
    /// The C kernels as one object file, to be linked into a program.
    pub c_object: PathBuf,
    /// The assembly of each managed program.
    pub programs: BTreeMap<Program, PathBuf>,
    /// Programs that were published for a deployment.
    pub deployments: Deployments,
    /// Name -> what starts a program under that runtime.
    pub runtimes: BTreeMap<String, PathBuf>,
}

impl Products {
    pub fn program(&self, program: Program) -> &Path {
        &self.programs[&program]
    }

    /// Starts an assembly under the runtime of a target.
    fn managed(&self, workspace: &Workspace, target: &Target, assembly: &Path) -> Result<Command> {
        let mut command = match &target.runtime {
            None => dotnet(workspace),
            Some(name) => {
                let host = self.runtimes.get(name).with_context(|| {
                    format!("there is no runtime {name} any more: give it again with --runtime")
                })?;
                runtimes::start(workspace, host)
            }
        };
        command.arg(assembly);
        Ok(command)
    }
}

/// The managed programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Program {
    Bench,
    Paired,
    Bounded,
    Startup,
}

impl Program {
    const ALL: [Program; 4] = [
        Program::Bench,
        Program::Paired,
        Program::Bounded,
        Program::Startup,
    ];

    /// Name of its assembly, its project and its folder.
    pub fn assembly(self) -> &'static str {
        match self {
            Program::Bench => "InteropLab.Bench",
            Program::Paired => "InteropLab.Paired",
            Program::Bounded => "InteropLab.Bounded",
            Program::Startup => "InteropLab.Startup",
        }
    }
}

/// Environment variable by which tests find the allocation counter.
pub const ALLOCATION_COUNTER: &str = "LAB_PRELOAD";

/// Builds the kernels in their three forms and the managed programs.
pub fn all(workspace: &Workspace) -> Result<Products> {
    let _alone = exclusive::building_alone(workspace)?;
    let kernels = progress::step("building the kernels", || kernels::kernels(workspace))?;
    progress::step("building the managed programs", || managed(workspace))?;
    let path = |program: Program| {
        let file = format!("{}.dll", program.assembly());
        (program, managed_folder(workspace, program).join(file))
    };
    Ok(Products {
        programs: Program::ALL.into_iter().map(path).collect(),
        ..kernels
    })
}

fn managed_folder(workspace: &Workspace, program: Program) -> PathBuf {
    workspace
        .target
        .join("dotnet/bin")
        .join(program.assembly())
        .join("release")
}

/// Builds the managed programs when a source or a product is not what it was after the last build.
fn managed(workspace: &Workspace) -> Result<()> {
    let stamp = workspace.lab().join("managed.stamp");
    let state = || {
        let mut state = managed_inputs(workspace)?;
        for program in Program::ALL {
            state += &managed_products(&managed_folder(workspace, program))?;
        }
        Ok::<_, anyhow::Error>(state + &generated_sources(workspace))
    };
    if fs::read_to_string(&stamp).ok() != Some(state()?) {
        // What was cut or removed by hand is newer than its sources: only a rebuild replaces it.
        let rebuild = if stamp.exists() {
            "--no-incremental"
        } else {
            "--nologo"
        };
        for program in Program::ALL {
            let mut command = dotnet(workspace);
            let project = format!("src/{}", program.assembly());
            command.args(["build", &project, "--configuration", "Release", rebuild]);
            process::run_logged(&mut command, &workspace.log("managed"), "dotnet build")?;
        }
        write_atomically(&stamp, state()?.as_bytes())?;
    }
    Ok(())
}

/// Names and sizes of the assemblies of the program's folder.
fn managed_products(folder: &Path) -> Result<String> {
    let assemblies = files_below(folder)?.into_iter().filter(|path| {
        path.parent() == Some(folder)
            && path.extension().is_some_and(|extension| extension == "dll")
    });
    let mut text = String::new();
    for path in assemblies {
        let size = path.metadata().map_or(0, |data| data.len());
        text += &format!(
            "\n{} {size}",
            path.file_name().unwrap_or_default().to_string_lossy()
        );
    }
    Ok(text)
}

/// Sizes of what the source generator wrote: a run keeps it, so a build that has lost it is made again.
fn generated_sources(workspace: &Workspace) -> String {
    let sizes = evidence::generated_files(workspace)
        .map(|path| path.metadata().map_or(0, |data| data.len()).to_string());
    format!("\ngenerated {}", sizes.join(" "))
}

/// `dotnet`, in the managed half.
pub fn dotnet(workspace: &Workspace) -> Command {
    started(workspace, Path::new("dotnet"))
}

/// A program of the managed half or what starts one, where it finds the checkout and a temporary folder it accepts.
fn started(workspace: &Workspace, program: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(workspace.managed())
        .env("LAB_ROOT", &workspace.root);
    if let Some(folder) = workspace.own_temporary() {
        let _ = fs::create_dir_all(&folder);
        command.env("TMPDIR", folder);
    }
    command
}

/// Hash of everything the managed build reads.
pub fn managed_inputs(workspace: &Workspace) -> Result<String> {
    managed_inputs_of(workspace, |_| true)
}

/// Hash of what the build of one program reads: its own folder, the shared ones, and settings.
fn program_inputs(workspace: &Workspace, program: Program) -> Result<String> {
    const OF_CASES: [&str; 3] = [
        "InteropLab.Cases",
        "InteropLab.Cases.Raw",
        "InteropLab.Inputs",
    ];
    managed_inputs_of(workspace, |folder| {
        let foreign = Program::ALL
            .into_iter()
            .any(|other| other != program && folder == other.assembly());
        // The program that tells of its own start is alone.
        !(foreign || (program == Program::Startup && OF_CASES.contains(&folder)))
    })
}

fn managed_inputs_of(workspace: &Workspace, is_read: impl Fn(&str) -> bool) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    for path in files_below(&workspace.managed())? {
        let relative = path.strip_prefix(&workspace.root).unwrap_or(&path);
        let skip = |part: &std::ffi::OsStr| {
            let part = part.to_string_lossy();
            ["bin", "obj", "tests"].contains(&part.as_ref()) || !is_read(&part)
        };
        if relative.iter().any(skip) {
            continue;
        }
        hasher.update(relative.to_string_lossy().as_bytes());
        hasher.update(&fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// Version of the .NET SDK.
fn sdk(workspace: &Workspace) -> Result<String> {
    version_of("dotnet SDK", "dotnet", &workspace.root)
}

/// Versions of the tools, each as it prints itself. A tool without a version is an error: no version, no measurement.
pub fn versions(workspace: &Workspace) -> Result<BTreeMap<String, String>> {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_string());
    let tools: [(&str, &str, &Path); 4] = [
        ("rustc", "rustc", &workspace.cargo),
        ("cargo", "cargo", &workspace.cargo),
        ("cc", &compiler, &workspace.root),
        ("dotnet SDK", "dotnet", &workspace.root),
    ];
    tools
        .into_iter()
        .map(|(name, program, folder)| Ok((name.to_string(), version_of(name, program, folder)?)))
        .collect()
}

fn version_of(name: &str, program: &str, folder: &Path) -> Result<String> {
    let output = Command::new(program)
        .arg("--version")
        .current_dir(folder)
        .output()
        .with_context(|| format!("{name}: cannot start {program}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    match text.lines().next().map(str::trim) {
        Some(version) if output.status.success() && !version.is_empty() => Ok(version.to_string()),
        _ => {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            bail!(
                "{name}: {program} --version failed: {}",
                last_line(&said).unwrap_or("no output")
            )
        }
    }
}
