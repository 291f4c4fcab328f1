//! Where things are: the checkout, the build folders, the runs. Set by the door `./lab`; a bare `cargo lab` finds it itself.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

#[derive(Clone, Debug)]
pub struct Workspace {
    /// The checkout.
    pub root: PathBuf,
    /// Where cargo runs: the checkout, or the shadow of it that takes crates from Debian.
    pub cargo: PathBuf,
    /// Cargo's target folder; the lab's own build products lie below it in `lab/`.
    pub target: PathBuf,
}

impl Workspace {
    pub fn find() -> Result<Workspace> {
        let variable = |name| {
            std::env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        let root = match variable("LAB_ROOT") {
            Some(root) => root,
            None => {
                let here = std::env::current_dir()?;
                match here.ancestors().find(|folder| {
                    folder.join("cases").is_dir() && folder.join("native-kernels").is_dir()
                }) {
                    Some(root) => root.to_path_buf(),
                    None => bail!(
                        "{} is not inside a checkout of the lab: start it with ./lab",
                        here.display()
                    ),
                }
            }
        };
        let target = variable("CARGO_TARGET_DIR").unwrap_or_else(|| root.join("target"));
        Ok(Workspace {
            cargo: variable("LAB_WORKSPACE").unwrap_or_else(|| root.clone()),
            target,
            root,
        })
    }

    pub fn cases(&self) -> PathBuf {
        self.root.join("cases")
    }

    pub fn claims(&self) -> PathBuf {
        self.cases().join("claims")
    }

    pub fn runs(&self) -> PathBuf {
        // Tests measure into a folder of their own.
        std::env::var_os("LAB_RUNS").map_or_else(|| self.root.join("runs"), PathBuf::from)
    }

    pub fn managed(&self) -> PathBuf {
        self.root.join("managed-bench")
    }

    /// Build products and scratch files of the lab's own.
    pub fn lab(&self) -> PathBuf {
        self.target.join("lab")
    }

    pub fn log(&self, name: &str) -> PathBuf {
        self.lab().join("log").join(format!("{name}.log"))
    }

    /// A temporary folder for programs that refuse to run below the system's own one (BenchmarkDotNet does), where the
    /// checkout lies there; `None` when it does not.
    pub fn own_temporary(&self) -> Option<PathBuf> {
        below(&self.root, &std::env::temp_dir()).then(|| self.lab().join("tmp"))
    }
}

fn below(path: &Path, folder: &Path) -> bool {
    let resolve = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    resolve(path).starts_with(resolve(folder))
}
