//! One build at a time in a checkout: two at once write the same files. Whoever comes second waits.

use std::path::Path;

use anyhow::Result;

use crate::workspace::Workspace;

/// Waits until no other process builds here; until the returned value is dropped nobody else does. Not to be taken twice.
pub(super) fn building_alone(workspace: &Workspace) -> Result<Held> {
    held(&workspace.lab())
}

#[cfg(unix)]
type Held = nix::fcntl::Flock<std::fs::File>;

#[cfg(unix)]
fn held(folder: &Path) -> Result<Held> {
    use anyhow::{Context, bail};
    use nix::errno::Errno;
    use nix::fcntl::{Flock, FlockArg};

    use crate::process::{Interrupted, POLL, interrupted};
    use crate::progress;

    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let path = folder.join("building.lock");
    // Closed in every program that is started from here, so a server that outlives its build holds nothing.
    let open = || std::fs::File::create(&path);
    let file = open().with_context(|| format!("cannot write {}", path.display()))?;
    let mut file = match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
        Ok(held) => return Ok(held),
        Err((file, _)) => file,
    };
    progress::step("waiting for another lab that builds here", || {
        loop {
            file = match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
                Ok(held) => return Ok(held),
                Err((file, Errno::EWOULDBLOCK | Errno::EINTR)) => file,
                Err((_, error)) => bail!("{}: cannot be locked: {error}", path.display()),
            };
            if interrupted() {
                return Err(Interrupted.into());
            }
            std::thread::sleep(POLL);
        }
    })
}

#[cfg(not(unix))]
type Held = ();

#[cfg(not(unix))]
fn held(_: &Path) -> Result<Held> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use super::held;

    #[test]
    fn the_second_waits_for_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let first_is_done = AtomicBool::new(false);
        let first = held(folder.path()).unwrap();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                let held = held(folder.path()).unwrap();
                let waited = first_is_done.load(Ordering::SeqCst);
                drop(held);
                waited
            });
            std::thread::sleep(Duration::from_millis(50));
            first_is_done.store(true, Ordering::SeqCst);
            drop(first);
            assert!(second.join().unwrap(), "both built at once");
        });
    }
}
