//! `lab compare`: variants of one run beside their reference, or the rows of one run beside an earlier one.

use anyhow::Result;

use super::{Exit, print};
use crate::cli::CompareArgs;
use crate::comparison::{between, inside, text};
use crate::run_folder::Run;
use crate::workspace::Workspace;

pub fn run(arguments: &CompareArgs) -> Result<Exit> {
    let runs = Workspace::find()?.runs();
    let read = |name: Option<&str>| Run::read(&Run::find(&runs, name)?);
    let first = read(arguments.run.as_deref())?;
    let filter = arguments.filter.as_ref();
    let outcome = match &arguments.after {
        Some(after) => between(&first, &read(Some(after))?, &arguments.subject, filter)?,
        None => inside(&first, arguments.reference.as_deref(), filter)?,
    };
    if arguments.json {
        print(&(serde_json::to_string_pretty(&outcome.rows)? + "\n"))?;
    } else {
        print(&text(&outcome))?;
    }
    if let Some(reason) = &outcome.incomparable {
        eprintln!("lab: not comparable: {reason}");
        return Ok(Exit::Incomparable);
    }
    Ok(if arguments.strict && outcome.is_unsettled() {
        Exit::Unsettled
    } else {
        Exit::Done
    })
}
