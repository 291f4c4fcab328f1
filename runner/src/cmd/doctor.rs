//! `lab doctor`: what this machine can and cannot measure. Builds nothing, and whatever it finds is an answer.

use anyhow::Result;

use super::{Exit, print};
use crate::cli::DoctorArgs;
use crate::doctor::{Diagnosis, Tools, terminal};
use crate::environment::Environment;
use crate::progress;
use crate::validation::store;
use crate::workspace::Workspace;

pub fn run(arguments: &DoctorArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let diagnosis = progress::step("looking at the machine", || {
        let environment = Environment::probe();
        let certificate = store::newest(&workspace.runs(), &environment.class)?;
        let tools = Tools::probe(&workspace.cargo);
        anyhow::Ok(Diagnosis::of(&environment, &tools, certificate.as_ref()))
    })?;
    let text = if arguments.json {
        serde_json::to_string_pretty(&diagnosis)? + "\n"
    } else {
        terminal(&diagnosis)
    };
    print(&text)?;
    Ok(Exit::Done)
}
