//! Tables generated from the catalogue: committed, and checked against it by `lab check`, `lab run` and the tests.

mod imports;
mod managed;
mod native;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::catalogue::{Case, Catalogue};
use crate::run_folder::write_atomically;

const HEADER: &str = "native-kernels/include/kernels.h";
const RUST_TABLE: &str = "native-kernels/src/catalogue.rs";
const C_CONTRACT: &str = "native-kernels/include/contract.h";
const CS_TABLE: &str = "managed-bench/src/InteropLab.Inputs/Catalogue.g.cs";
const CS_ENTRIES: &str = "managed-bench/src/InteropLab.Cases/Entries.g.cs";
const IMPORTS_HEADER: &str = "native-kernels/include/loading_imports.h";
const IMPORTS_C: &str = "native-kernels/c/loading_imports.inc";
const IMPORTS_RUST: &str = "native-kernels/src/loading/imports.rs";
const CS_AGREED: &str = "managed-bench/src/InteropLab.Startup/Agreed.g.cs";
const CS_DLL_IMPORTS: &str = "managed-bench/src/InteropLab.Startup/ManyDllImports.g.cs";
const CS_LIBRARY_IMPORTS: &str = "managed-bench/src/InteropLab.Startup/ManyLibraryImports.g.cs";
const ORIGIN: &str = "from the catalogue and include/kernels.h by `./lab generate`; do not edit";

/// Writes what differs; returns the paths written.
pub fn write(root: &Path, catalogue: &Catalogue) -> Result<Vec<String>> {
    let stale = stale(root, catalogue)?;
    for (path, text) in &stale {
        write_atomically(&root.join(path), text.as_bytes())?;
    }
    Ok(stale.into_iter().map(|(path, _)| path).collect())
}

/// Fails with the command to run when a generated file is not what the catalogue says.
pub fn check(root: &Path, catalogue: &Catalogue) -> Result<()> {
    let stale = stale(root, catalogue)?;
    if let Some((path, _)) = stale.first() {
        bail!(
            "{path} does not match the catalogue ({} generated files differ): run ./lab generate",
            stale.len()
        );
    }
    Ok(())
}

/// The generated files that differ from what is on disk, with what they should hold.
fn stale(root: &Path, catalogue: &Catalogue) -> Result<Vec<(String, String)>> {
    let header = std::fs::read_to_string(root.join(HEADER))
        .with_context(|| format!("cannot read {HEADER}"))?;
    let imports = imports::header(catalogue);
    let contract = contract(catalogue, &(header + &imports));
    let files = [
        (RUST_TABLE, native::rust_table(catalogue, contract)),
        (C_CONTRACT, native::c_contract(contract)),
        (CS_TABLE, managed::cs_table(catalogue, contract)),
        (CS_ENTRIES, managed::cs_entries(catalogue)),
        (IMPORTS_HEADER, imports),
        (IMPORTS_C, imports::c_kernels(catalogue)),
        (IMPORTS_RUST, imports::rust_kernels(catalogue)),
        (CS_AGREED, imports::cs_facts(catalogue, contract)),
        (CS_DLL_IMPORTS, imports::cs_imports(catalogue, "DllImport")),
        (
            CS_LIBRARY_IMPORTS,
            imports::cs_imports(catalogue, "LibraryImport"),
        ),
    ];
    Ok(files
        .into_iter()
        .filter(|(path, text)| std::fs::read_to_string(root.join(path)).ok().as_ref() != Some(text))
        .map(|(path, text)| (path.to_string(), text))
        .collect())
}

/// What libraries and programs must agree on: the first eight bytes of BLAKE3 over the headers and every row's symbol and answer.
pub fn contract(catalogue: &Catalogue, header: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(header.as_bytes());
    for case in &catalogue.cases {
        for tuple in &case.tuples {
            let symbol = &case.symbols[tuple.shape];
            hasher.update(
                format!("{}/{}/{symbol}={}\n", case.id, tuple.params, tuple.expected).as_bytes(),
            );
        }
        for (alias, of) in aliases(case) {
            hasher.update(format!("{alias}={of}\n").as_bytes());
        }
    }
    for helper in catalogue.all().flat_map(|case| &case.helpers) {
        hasher.update(format!("{helper}\n").as_bytes());
    }
    let bytes = hasher.finalize();
    u64::from_le_bytes(
        bytes.as_bytes()[..8]
            .try_into()
            .expect("a hash has 32 bytes"),
    )
}

/// (alias, symbol whose code it repeats) of the case.
fn aliases(case: &Case) -> BTreeMap<&str, &str> {
    case.variants
        .iter()
        .filter_map(|variant| variant.symbols.as_ref())
        .flat_map(|symbols| {
            symbols
                .iter()
                .map(String::as_str)
                .zip(case.symbols.iter().map(String::as_str))
        })
        .filter(|(alias, of)| alias != of)
        .collect()
}
