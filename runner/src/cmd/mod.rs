//! One verb, one file. A verb composes the other modules and decides nothing.

mod check;
mod compare;
mod doctor;
mod generate;
mod history;
mod import;
mod list;
mod new;
mod publish;
mod report;
mod run;
mod summary;
mod test;
mod validate;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;

use crate::cli::Verb;
use crate::process::{self, Interrupted};

/// Exit codes of `lab`; the only place that numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// `check` disagrees, a test failed, `compare --gate` stops, `publish` refuses.
    Finding,
    /// Usage, input, build or toolchain.
    Unusable,
    /// `compare --strict`: a row is left open.
    Unsettled,
    /// `compare`: the runs are not comparable.
    Incomparable,
    /// Finished, with error rows or skipped runs.
    ErrorRows,
    /// Interrupted, resumable.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Finding => 1,
            Exit::Unusable => 2,
            Exit::Unsettled => 3,
            Exit::Incomparable => 4,
            Exit::ErrorRows => 5,
            Exit::Interrupted => 130,
        })
    }
}

pub fn dispatch(verb: Verb) -> Result<Exit> {
    let starts_programs = match &verb {
        Verb::Check(_) | Verb::Run(_) | Verb::Validate(_) | Verb::Test => true,
        // Of stored runs it only reads.
        Verb::Compare(arguments) => arguments.worktree.is_some() || arguments.confirm,
        _ => false,
    };
    if starts_programs {
        // These start programs in groups of their own, which a Ctrl-C at the terminal would not reach.
        process::catch_interrupts()?;
    }
    match verb {
        Verb::List(arguments) => list::run(&arguments),
        Verb::Check(arguments) => check::run(&arguments),
        Verb::Run(arguments) => run::run(&arguments),
        Verb::Import(arguments) => import::run(&arguments),
        Verb::Report(arguments) => report::run(&arguments),
        Verb::Compare(arguments) => compare::run(&arguments),
        Verb::History(arguments) => history::run(&arguments),
        Verb::Publish(arguments) => publish::run(&arguments),
        Verb::Validate(arguments) => validate::run(&arguments),
        Verb::Doctor(arguments) => doctor::run(&arguments),
        Verb::Test => test::run(),
        Verb::Generate(arguments) => generate::run(&arguments),
        Verb::New(arguments) => new::run(&arguments),
    }
}

/// One line for people, causes included; where it comes from under RUST_BACKTRACE=full.
pub fn complain(error: &anyhow::Error) -> Exit {
    if error.is::<Interrupted>() {
        eprintln!("lab: interrupted");
        return Exit::Interrupted;
    }
    let line = error
        .chain()
        .map(|cause| cause.to_string().replace('\n', " "))
        .collect::<Vec<_>>()
        .join(": ");
    eprintln!("lab: {line}");
    if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value == "full") {
        eprintln!("{error:?}");
    }
    Exit::Unusable
}

/// Writes to standard output; a reader that has closed its end (`lab list | head`) is no error.
fn print(text: &str) -> Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
