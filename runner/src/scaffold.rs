//! A new case: catalogue entry, declaration, both kernels with the floor's driver, and the class, as one change of the checkout.
//!
//! What is written builds, and is red until it is filled in: the kernels answer 0 where the catalogue says 1.

mod templates;

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::catalogue::Catalogue;
use crate::generate;
use crate::names;
use crate::run_folder::write_atomically;

const HEADER: &str = "native-kernels/include/kernels.h";

/// Writes a case named `id`; returns the paths written, those of the generated tables too. Nothing is written where something is in the way.
pub fn write(root: &Path, catalogue: &Catalogue, id: &str) -> Result<Vec<String>> {
    let files = files(root, catalogue, id)?;
    let mut written = Vec::new();
    for (path, text) in &files {
        write_atomically(&root.join(path), text.as_bytes())?;
        written.push(path.clone());
    }
    let catalogue = Catalogue::load(&root.join("cases"))?;
    written.extend(generate::write(root, &catalogue)?);
    Ok(written)
}

/// Paths with what they will hold.
fn files(root: &Path, catalogue: &Catalogue, id: &str) -> Result<Vec<(String, String)>> {
    if !names::is_case_id(id) || !id.contains('_') {
        bail!(
            "case id '{id}': expected <family>_<words>, lower-case words joined by '_', at most 40 characters"
        );
    }
    let (family, _) = id.split_once('_').unwrap_or_default();
    if !root.join(format!("cases/{family}.toml")).is_file() {
        let mut families: Vec<&str> = catalogue
            .cases
            .iter()
            .map(|case| case.family.as_str())
            .collect();
        families.dedup();
        bail!(
            "case id '{id}': no family '{family}'; there are {}",
            families.join(", ")
        );
    }
    let class = names::pascal(id);
    let managed = format!(
        "managed-bench/src/InteropLab.Cases/{}/{class}.cs",
        names::pascal(family)
    );
    let header = read(root, HEADER)?;
    let taken = header.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    if catalogue.case(id).is_some() || taken.clone().any(|word| word == id) {
        bail!("case id '{id}': it is in the catalogue or declared in {HEADER}");
    }
    if root.join(&managed).exists() {
        bail!("case id '{id}': {managed} is there");
    }
    let toml = format!("cases/{family}.toml");
    // `struct` is a word of Rust.
    let module = if family == "struct" {
        "struct_"
    } else {
        family
    };
    let rust = format!("native-kernels/src/{module}.rs");
    let c = format!("native-kernels/c/{family}.c");
    Ok(vec![
        (HEADER.to_string(), declared(&header, family, id)?),
        (
            rust.clone(),
            with_driver(&read(root, &rust)?, id)
                .with_context(|| format!("{rust} has no list DRIVERS to add to"))?,
        ),
        (c.clone(), read(root, &c)? + &templates::c(id)),
        (managed, templates::class(id, &class)),
        // Last: from here on the case exists.
        (toml.clone(), read(root, &toml)? + &templates::entry(id)),
    ])
}

fn read(root: &Path, path: &str) -> Result<String> {
    std::fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"))
}

/// The header with a declaration at the end of the family's section.
fn declared(header: &str, family: &str, id: &str) -> Result<String> {
    let section = format!("\n// ---- {family} -");
    let from = header
        .find(&section)
        .with_context(|| format!("{HEADER} has no section '{family}'"))?;
    let end = header[from + 1..]
        .find("\n// ---- ")
        .map_or(header.len(), |at| from + 1 + at);
    let (before, after) = header.split_at(end);
    Ok(format!(
        "{}\n{}{after}",
        before.trim_end_matches('\n'),
        templates::declaration(id)
    ))
}

/// The family file with kernel, driver and its entry in DRIVERS; `None` where there is no such list.
fn with_driver(text: &str, id: &str) -> Option<String> {
    let list = text.find("pub const DRIVERS: &[Driver] = &[")?;
    let end = list + text[list..].find("];")?;
    let mut before = text[..end].trim_end().to_string();
    if !before.ends_with([',', '[']) {
        before.push(',');
    }
    let driver = templates::driver(id);
    Some(format!(
        "{before}\n{driver}{}{}",
        &text[end..],
        templates::rust(id)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    fn checkout() -> (Workspace, Catalogue) {
        let workspace = Workspace::find().unwrap();
        let catalogue = Catalogue::load(&workspace.cases()).unwrap();
        (workspace, catalogue)
    }

    #[test]
    fn every_family_takes_a_new_case() {
        let (workspace, catalogue) = checkout();
        let mut families: Vec<&str> = catalogue
            .cases
            .iter()
            .map(|case| case.family.as_str())
            .collect();
        families.dedup();
        for family in families {
            let id = format!("{family}_new_example");
            let files = files(&workspace.root, &catalogue, &id).unwrap();
            assert_eq!(files.len(), 5, "{family}");
            for (path, text) in files {
                assert!(text.contains(&id), "{path} does not name {id}");
            }
        }
    }

    #[test]
    fn what_is_in_the_way_is_named() {
        let (workspace, catalogue) = checkout();
        let wrong = |id: &str| {
            files(&workspace.root, &catalogue, id)
                .unwrap_err()
                .to_string()
        };
        assert!(wrong("Array").contains("expected <family>_<words>"));
        assert!(wrong("array").contains("expected <family>_<words>"));
        assert!(wrong("colour_red").contains("no family 'colour'; there are array, blittable"));
        assert!(wrong("array_sum_i32").contains("in the catalogue"));
        assert!(wrong("string_returned_free").contains("declared in"));
    }

    #[test]
    fn a_list_of_one_line_takes_an_entry() {
        let text =
            "pub const DRIVERS: &[Driver] = &[Driver {\n    case: \"a\",\n    prepare: p,\n}];\n";
        let with = with_driver(text, "error_new").unwrap();
        assert!(with.contains("prepare: p,\n},\n    Driver {\n        case: \"error_new\""));
        assert_eq!(with.matches("];").count(), 1);
        assert!(with_driver("nothing", "error_new").is_none());
    }

    #[test]
    fn the_declaration_ends_the_section_of_its_family() {
        let header = "\n// ---- array ---\n\nint a(void);\n\n// ---- callback ---\n";
        let with = declared(header, "array", "array_new").unwrap();
        assert!(with.find("int a").unwrap() < with.find("array_new(").unwrap());
        assert!(with.find("array_new(").unwrap() < with.find("callback").unwrap());
        assert!(declared(header, "error", "error_new").is_err());
    }
}
