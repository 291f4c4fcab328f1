//! Catalogue, header and libraries name the same functions; nothing is exported by chance and nothing is forgotten.

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{C, COUNTING, Kernels, RUST, kernels, rows, timed};
use kernels_rust::DRIVERS;
use kernels_rust::abi::{ABOUT_SYMBOLS, COUNTING_SYMBOLS};
use kernels_rust::catalogue::{ALIASES, CASES, HELPERS, SYMBOLS};
use kernels_rust::engine::ENGINE_SYMBOLS;
use object::Object;

const HEADER: &str = concat!(
    include_str!("../include/kernels.h"),
    include_str!("../include/loading_imports.h")
);

type Names = BTreeSet<String>;

fn names(lists: &[&[&str]]) -> Names {
    lists
        .iter()
        .copied()
        .flatten()
        .map(|&name| name.to_owned())
        .collect()
}

fn exports_of(library: &Kernels) -> Names {
    let bytes = fs::read(&library.path).expect("the library is a file");
    let file = object::File::parse(bytes.as_slice()).expect("the library is an object file");
    let exports = file.exports().expect("the library has a symbol table");
    // Mach-O puts an underscore before every C name.
    let prefix = if cfg!(target_os = "macos") { "_" } else { "" };
    exports
        .iter()
        .map(|export| String::from_utf8_lossy(export.name()).into_owned())
        .map(|name| name.strip_prefix(prefix).unwrap_or(&name).to_owned())
        .collect()
}

/// The functions that `kernels.h` declares: the word before the first parenthesis of each declaration.
fn declared() -> Names {
    let declarations = HEADER.split("\nKERNELS_API ").skip(1);
    declarations
        .map(|rest| rest.split('(').next().expect("a declaration has arguments"))
        .map(|head| {
            head.rsplit([' ', '*'])
                .next()
                .expect("a declaration has a name")
                .to_owned()
        })
        .collect()
}

fn declared_floor_loops() -> Names {
    declared()
        .into_iter()
        .filter(|name| name.starts_with("floor_"))
        .collect()
}

#[test]
fn rust_exports_what_is_declared_and_nothing_else() {
    let mut expected = names(&[SYMBOLS, ABOUT_SYMBOLS, ENGINE_SYMBOLS]);
    expected.append(&mut declared_floor_loops());
    assert_eq!(exports_of(&kernels(RUST)), expected);
}

#[test]
fn c_exports_what_is_declared_and_nothing_else() {
    assert_eq!(exports_of(&kernels(C)), names(&[SYMBOLS, ABOUT_SYMBOLS]));
}

#[test]
fn the_counting_build_exports_two_functions_more_than_the_timed_one() {
    let mut expected = exports_of(&kernels(RUST));
    expected.append(&mut names(&[COUNTING_SYMBOLS]));
    assert_eq!(exports_of(&kernels(COUNTING)), expected);
}

#[test]
fn the_header_declares_every_kernel_and_nothing_else() {
    let mut expected = names(&[SYMBOLS, ABOUT_SYMBOLS, ENGINE_SYMBOLS, COUNTING_SYMBOLS]);
    expected.append(&mut declared_floor_loops());
    assert_eq!(declared(), expected);
}

#[test]
fn every_floor_loop_drives_a_case() {
    let driven: Names = rows()
        .map(|(_, _, prepared)| prepared.floor.symbol.to_owned())
        .collect();
    assert_eq!(driven, declared_floor_loops());
}

#[test]
fn every_case_has_one_driver() {
    let mut driven: Vec<&str> = DRIVERS
        .iter()
        .copied()
        .flatten()
        .map(|driver| driver.case)
        .collect();
    driven.sort_unstable();
    let mut cases: Vec<&str> = CASES.iter().map(|case| case.id).collect();
    cases.sort_unstable();
    assert_eq!(driven, cases);
}

#[test]
fn every_symbol_answers_a_row_or_is_an_alias_or_a_helper_of_one_that_does() {
    let answering: Names = rows().map(|(_, row, _)| row.symbol.to_owned()).collect();
    let mut expected = answering.clone();
    for alias in ALIASES {
        assert!(
            answering.contains(alias.of),
            "{} is an alias of nothing",
            alias.alias
        );
        assert!(
            expected.insert(alias.alias.to_owned()),
            "{} answers a row itself",
            alias.alias
        );
    }
    for helper in HELPERS {
        assert!(
            expected.insert((*helper).to_owned()),
            "{helper} answers a row itself"
        );
    }
    assert_eq!(names(&[SYMBOLS]), expected);
    assert!(SYMBOLS.is_sorted());
}

/// A profiler, a disassembly and the counting build tell two symbols apart by address only.
#[test]
fn every_kernel_has_an_address_of_its_own() {
    for library in timed() {
        let addresses: BTreeSet<_> = SYMBOLS
            .iter()
            .map(|symbol| library.address(symbol))
            .collect();
        assert_eq!(
            addresses.len(),
            SYMBOLS.len(),
            "{} folds kernels",
            library.path.display()
        );
    }
}
