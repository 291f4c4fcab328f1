//! `lab generate`: writes the tables of both halves from the catalogue.

use anyhow::Result;

use super::{Exit, print};
use crate::catalogue::Catalogue;
use crate::cli::GenerateArgs;
use crate::generate;
use crate::workspace::Workspace;

pub fn run(arguments: &GenerateArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let catalogue = Catalogue::load(&workspace.cases())?;
    if arguments.check {
        generate::check(&workspace.root, &catalogue)?;
        print("generated files match the catalogue\n")?;
        return Ok(Exit::Done);
    }
    let written = generate::write(&workspace.root, &catalogue)?;
    if written.is_empty() {
        print("generated files match the catalogue\n")?;
    }
    for path in written {
        print(&format!("wrote {path}\n"))?;
    }
    Ok(Exit::Done)
}
