//! `lab doctor`: what this machine can and cannot measure. Builds nothing, and whatever it finds is an answer.

use anyhow::Result;

use super::{Exit, print};
use crate::cli::DoctorArgs;
use crate::doctor::{Diagnosis, Tools, terminal};
use crate::environment::Environment;
use crate::progress;
use crate::workspace::Workspace;

pub fn run(arguments: &DoctorArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let diagnosis = progress::step("looking at the machine", || {
        Diagnosis::of(&Environment::probe(), &Tools::probe(&workspace.cargo))
    });
    let text = if arguments.json {
        serde_json::to_string_pretty(&diagnosis)? + "\n"
    } else {
        terminal(&diagnosis)
    };
    print(&text)?;
    Ok(Exit::Done)
}
