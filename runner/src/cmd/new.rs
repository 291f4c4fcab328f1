//! `lab new`: a case to be filled in.

use anyhow::Result;

use super::{Exit, print};
use crate::catalogue::Catalogue;
use crate::cli::NewArgs;
use crate::scaffold;
use crate::workspace::Workspace;

pub fn run(arguments: &NewArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let catalogue = Catalogue::load(&workspace.cases())?;
    let id = &arguments.id;
    for path in scaffold::write(&workspace.root, &catalogue, id)? {
        print(&format!("wrote {path}\n"))?;
    }
    print(&format!(
        "It is red: ./lab check --filter '^{id}/' says that every variant answers 0 where the catalogue says 1.\n\
         Fill in what says so (git diff shows it), ./lab generate after each change of catalogue or header; CONTRIBUTING.md has the steps.\n"
    ))?;
    Ok(Exit::Done)
}
