//! Child processes: started in a group of their own, watched, stopped with everything they started.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use crate::system;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How often a running engine is looked at. The runner sleeps in between: it must not take time from what is measured.
pub const POLL: Duration = Duration::from_millis(200);

/// From now on Ctrl-C (and SIGTERM) asks for a stop instead of ending the program at once.
pub fn catch_interrupts() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::SeqCst))
        .context("cannot catch interrupts")
}

pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// The user asked for a stop: exit code 130.
#[derive(Debug, thiserror::Error)]
#[error("interrupted")]
pub struct Interrupted;

/// Runs a command to its end with both outputs in a log file, calling `look` now and then. A stop ends the whole tree.
pub fn run_watched(
    command: &mut Command,
    log: &Path,
    mut look: impl FnMut(),
) -> Result<ExitStatus> {
    let mut child = start_logged(command, log)?;
    loop {
        if let Some(status) = child.try_wait()? {
            look();
            return Ok(status);
        }
        if interrupted() {
            system::stop_tree(&mut child);
            return Err(Interrupted.into());
        }
        std::thread::sleep(POLL);
        look();
    }
}

/// Says one line to a program and takes in what it writes until it ends; its standard input stays open meanwhile. A stop ends
/// the whole tree. Nothing wakes up in between but to see whether somebody asked for a stop.
pub fn run_conversation(command: &mut Command, line: &str) -> Result<(ExitStatus, String)> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    own_group(command);
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().to_string_lossy()))?;
    let mut input = child.stdin.take().context("no standard input")?;
    let mut output = child.stdout.take().context("no standard output")?;
    input.write_all(format!("{line}\n").as_bytes()).ok(); // a program that has ended says why below
    let (send, receive) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = output.read_to_end(&mut bytes);
        let _ = send.send(()); // nobody waits any more after a stop
        read.map(|_| bytes)
    });
    while receive.recv_timeout(POLL) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
        if interrupted() {
            system::stop_tree(&mut child);
            return Err(Interrupted.into());
        }
    }
    let bytes = reader
        .join()
        .map_err(|_| anyhow!("the reader of its output failed"))?
        .context("cannot read its output")?;
    let status = child.wait()?;
    let text = String::from_utf8(bytes).context("it wrote something that is not UTF-8")?;
    Ok((status, text))
}

/// Runs a build step; an error is one line with the tool's own first complaint and the log's path.
pub fn run_logged(command: &mut Command, log: &Path, what: &str) -> Result<()> {
    let status = run_watched(command, log, || ())?;
    if !status.success() {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        let complaint = complaint(&text)
            .or_else(|| last_line(&text))
            .unwrap_or("no output");
        bail!("{what} failed: {complaint} (all of it: {})", log.display());
    }
    Ok(())
}

/// The last line of a log that says something.
pub fn last_line(text: &str) -> Option<&str> {
    text.lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty())
}

/// The line of a build log to show: the first that names a place in a source, else the first error.
fn complaint(log: &str) -> Option<&str> {
    let errors = || {
        log.lines()
            .map(str::trim)
            .filter(|line| line.contains("error"))
    };
    let names_a_place =
        |line: &&str| line.contains(": error") && line.contains(|c: char| c.is_ascii_digit());
    errors()
        .find(names_a_place)
        .or_else(|| errors().find(|line| line.starts_with("error")))
}

/// A fresh log file, in a folder that is made where it is not there.
pub fn log_file(log: &Path) -> Result<File> {
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    File::create(log).with_context(|| format!("cannot write {}", log.display()))
}

fn start_logged(command: &mut Command, log: &Path) -> Result<Child> {
    let file = log_file(log)?;
    // An open pipe as standard input: a program that watches it ends when this one does, however this one ends.
    command
        .stdin(Stdio::piped())
        .stdout(file.try_clone()?)
        .stderr(file);
    own_group(command);
    command
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().to_string_lossy()))
}

#[cfg(unix)]
pub fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
pub fn own_group(_command: &mut Command) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_name_a_place() {
        let cargo = "   Compiling x\nerror: x@0.1.0: the C twin does not build\nerror: x@0.1.0: c/abi.c:3:24: error: expected ';'\n";
        assert_eq!(
            complaint(cargo),
            Some("error: x@0.1.0: c/abi.c:3:24: error: expected ';'")
        );
        let dotnet = "  Restored\nsrc/A.cs(3,5): error CS1002: ; expected [a.csproj]\n";
        assert_eq!(
            complaint(dotnet),
            Some("src/A.cs(3,5): error CS1002: ; expected [a.csproj]")
        );
        assert_eq!(
            complaint("error: linker `cc` not found\n"),
            Some("error: linker `cc` not found")
        );
        assert_eq!(complaint("all is well"), None);
        assert_eq!(last_line("one\n two \n\n"), Some("two"));
    }
}
