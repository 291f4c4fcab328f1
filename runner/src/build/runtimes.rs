//! Other runtimes than the installed one: what starts a program under each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;

use anyhow::{Context, Result, bail};

use super::started;
use crate::deployment::DEFAULT;
use crate::workspace::Workspace;

/// A runtime as somebody names it: `default`, a folder, or `NAME=FOLDER`.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub name: String,
    /// None for the one that is installed.
    pub folder: Option<PathBuf>,
}

impl Named {
    /// One that was found before: its name, and what starts programs under it.
    pub fn found((name, host): (&String, &PathBuf)) -> Named {
        Named {
            name: name.clone(),
            folder: host.parent().map(Path::to_path_buf),
        }
    }
}

impl FromStr for Named {
    type Err = String;

    fn from_str(text: &str) -> Result<Named, String> {
        if text == DEFAULT {
            return Ok(Named {
                name: text.to_string(),
                folder: None,
            });
        }
        let (name, folder) = match text.split_once('=') {
            Some((name, folder)) => (name.to_string(), PathBuf::from(folder)),
            None => {
                let folder = PathBuf::from(text);
                let last = folder.file_name().map(|name| name.to_string_lossy());
                (last.unwrap_or_default().into_owned(), folder)
            }
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        if name.is_empty() || name == DEFAULT || !name.bytes().all(plain) {
            return Err(format!(
                "'{name}' cannot name a runtime: letters, digits, '_', '.' and '-' can; write NAME=FOLDER"
            ));
        }
        Ok(Named {
            name,
            folder: Some(folder),
        })
    }
}

/// What starts programs, by the name of the runtime. A folder holds `dotnet` (an SDK or a runtime) or `corerun` (a build of the runtime).
pub fn hosts(named: &[Named]) -> Result<BTreeMap<String, PathBuf>> {
    let mut hosts = BTreeMap::new();
    for one in named {
        let Some(folder) = &one.folder else { continue };
        let host = host(folder).with_context(|| format!("--runtime {}", one.name))?;
        if hosts.insert(one.name.clone(), host).is_some() {
            bail!(
                "--runtime {}: the name stands there twice: write NAME=FOLDER",
                one.name
            );
        }
    }
    Ok(hosts)
}

fn host(folder: &Path) -> Result<PathBuf> {
    let file = |name: &str| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let found = [file("dotnet"), file("corerun")]
        .into_iter()
        .find(|path| path.is_file());
    let found =
        found.with_context(|| format!("{} holds neither dotnet nor corerun", folder.display()))?;
    found
        .canonicalize()
        .with_context(|| format!("cannot read {}", found.display()))
}

/// Starts a program with a host; the folder it lies in is the runtime's.
pub(super) fn start(workspace: &Workspace, host: &Path) -> Command {
    let mut command = started(workspace, host);
    if let Some(folder) = host.parent() {
        command.env("DOTNET_ROOT", folder).env("CORE_ROOT", folder);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runtime_has_the_name_of_its_folder_or_a_given_one() {
        let named = |text: &str| text.parse::<Named>();
        assert_eq!(named("/opt/dotnet-11").unwrap().name, "dotnet-11");
        assert_eq!(named("mine=/opt/x").unwrap().name, "mine");
        assert_eq!(named("default").unwrap().folder, None);
        assert!(named("/").is_err() && named("a b=/opt").is_err());
    }

    #[test]
    fn a_folder_without_a_host_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let named = Named {
            name: "mine".to_string(),
            folder: Some(folder.path().to_path_buf()),
        };
        let error = hosts(std::slice::from_ref(&named)).unwrap_err();
        assert!(format!("{error:#}").contains("holds neither dotnet nor corerun"));
        std::fs::write(folder.path().join("dotnet"), "").unwrap();
        assert!(hosts(&[named]).unwrap()["mine"].ends_with("dotnet"));
    }
}
