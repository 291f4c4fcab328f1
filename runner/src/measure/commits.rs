//! Another commit of this checkout, laid beside it to be built and measured. What is built there is kept.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::process::last_line;
use crate::provenance::crates_source;
use crate::workspace::Workspace;

/// The full name of a commit; `revision` is what git understands.
pub fn resolve(root: &Path, revision: &str) -> Result<String> {
    let commit = format!("{revision}^{{commit}}");
    let said = git(root, &["rev-parse", "--verify", "--quiet", &commit]);
    said.map(|text| text.trim().to_string())
        .ok()
        .filter(|hash| !hash.is_empty())
        .with_context(|| format!("{revision}: git knows no such commit in {}", root.display()))
}

/// Lays a commit below `target/lab/commits/`, ready to be built; one that lies there already is used again.
pub fn checkout(workspace: &Workspace, commit: &str) -> Result<Workspace> {
    let name: String = commit.chars().take(12).collect();
    let folder = workspace.lab().join("commits").join(name);
    laid(workspace, &folder, commit)?;
    let target = folder.join("target");
    let cargo = if crates_source().as_deref() == Some("debian") {
        shadow(workspace, &folder, &target)?;
        target.join("debian/ws")
    } else {
        folder.clone()
    };
    Ok(Workspace {
        root: folder,
        cargo,
        target,
    })
}

/// Clones what is not there, and looks whether it is what it was.
fn laid(workspace: &Workspace, folder: &Path, commit: &str) -> Result<()> {
    if !folder.join(".git").exists() {
        let fresh = folder.with_extension("partial");
        crate::run_folder::remove_folder(&fresh)?;
        fs::create_dir_all(&fresh).with_context(|| format!("cannot create {}", fresh.display()))?;
        // Shares the objects, and leaves nothing in the checkout's own repository.
        let root = workspace.root.as_os_str();
        let target = fresh.as_os_str();
        let clone = ["clone", "--quiet", "--shared", "--no-checkout"].map(OsStr::new);
        git(&workspace.root, &[&clone[..], &[root, target]].concat())?;
        git(&fresh, &["checkout", "--quiet", "--detach", commit])?;
        fs::rename(&fresh, folder).with_context(|| format!("cannot write {}", folder.display()))?;
    }
    let changed = git(folder, &["status", "--porcelain"])?;
    let head = git(folder, &["rev-parse", "HEAD"])?;
    ensure!(
        changed.is_empty() && head.trim() == commit,
        "{} was changed by hand: remove it",
        folder.display()
    );
    Ok(())
}

/// The shadow workspace that takes crates from Debian, with the crates and the lock file of this checkout's.
fn shadow(workspace: &Workspace, root: &Path, target: &Path) -> Result<()> {
    let [own, new] = [&workspace.target, target].map(|target| target.join("debian"));
    fs::create_dir_all(new.join("ws"))
        .with_context(|| format!("cannot create {}", new.display()))?;
    for file in ["stamp", "ws/Cargo.lock"] {
        fs::copy(own.join(file), new.join(file))
            .with_context(|| format!("cannot copy {}", own.join(file).display()))?;
    }
    let crates = new.join("crates");
    if !crates.exists() {
        link(&own.join("crates"), &crates)
            .with_context(|| format!("cannot link {}", crates.display()))?;
    }
    let mut script = Command::new("sh");
    script
        .arg(workspace.root.join("tools/debian-crates.sh"))
        .args([root, target]);
    said(script, "tools/debian-crates.sh").map(drop)
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(from, to)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

fn git<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Result<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    let words = arguments.iter().map(|one| one.as_ref().to_string_lossy());
    let words: Vec<_> = words.collect();
    said(command, &format!("git {}", words.join(" ")))
}

fn said(mut command: Command, what: &str) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start {what}"))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!(
            "{what} failed: {}",
            last_line(&errors).unwrap_or("no output")
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repository of two commits; `file` holds their number.
    fn repository() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("checkout");
        fs::create_dir(&root).unwrap();
        git(&root, &["init", "--quiet"]).unwrap();
        for number in ["1", "2"] {
            fs::write(root.join("file"), number).unwrap();
            fs::write(root.join(".gitignore"), "/target/\n").unwrap();
            git(&root, &["add", "--all"]).unwrap();
            let who = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
            let commit = ["commit", "--quiet", "--message", number];
            git(&root, &[&who[..], &commit].concat()).unwrap();
        }
        let workspace = Workspace {
            cargo: root.clone(),
            target: root.join("target"),
            root,
        };
        (folder, workspace)
    }

    #[test]
    fn a_commit_is_laid_beside_the_checkout_and_kept() {
        let (_folder, workspace) = repository();
        let hash = resolve(&workspace.root, "HEAD~1").unwrap();
        assert_eq!(hash.len(), 40);
        let clone = || {
            let folder = workspace.lab().join("commits").join(&hash[..12]);
            laid(&workspace, &folder, &hash).map(|()| folder)
        };
        let folder = clone().unwrap();
        assert_eq!(fs::read_to_string(folder.join("file")).unwrap(), "1");
        assert_eq!(
            fs::read_to_string(workspace.root.join("file")).unwrap(),
            "2"
        );
        // What is built there stays.
        fs::create_dir_all(folder.join("target")).unwrap();
        fs::write(folder.join("target/built"), "").unwrap();
        assert!(clone().unwrap().join("target/built").exists());
        // Nothing is left in the checkout's own repository.
        let branches = git(&workspace.root, &["worktree", "list"]).unwrap();
        assert_eq!(branches.lines().count(), 1);
        fs::write(folder.join("file"), "mine").unwrap();
        let error = clone().unwrap_err().to_string();
        assert!(error.contains("was changed by hand"), "{error}");
    }

    #[test]
    fn what_git_does_not_know_is_named() {
        let (_folder, workspace) = repository();
        let error = resolve(&workspace.root, "no-such").unwrap_err().to_string();
        assert!(
            error.starts_with("no-such: git knows no such commit"),
            "{error}"
        );
        let nowhere = tempfile::tempdir().unwrap();
        assert!(resolve(nowhere.path(), "HEAD").is_err());
    }
}
