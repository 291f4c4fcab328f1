//! A variant that allocates what the catalogue does not state is found and named, through the whole program.

mod common;

use std::collections::BTreeMap;
use std::path::PathBuf;

use interop_lab::allocations::{self, Heaps};
use interop_lab::build::{ALLOCATION_COUNTER, Library, Products, Program};
use interop_lab::catalogue::Catalogue;
use interop_lab::names::RowKey;
use interop_lab::workspace::Workspace;

fn built(variable: &str) -> PathBuf {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .unwrap_or_else(|| panic!("{variable} is not set: run ./lab test"))
}

fn products() -> Products {
    Products {
        libraries: BTreeMap::from([
            (Library::Rust, built("LAB_LIB_RUST")),
            (Library::C, built("LAB_LIB_C")),
        ]),
        allocation_counter: std::env::var_os(ALLOCATION_COUNTER).map(PathBuf::from),
        programs: BTreeMap::from([(Program::Bench, built("LAB_BENCH"))]),
        ..Products::default()
    }
}

fn keys(rows: &[&str]) -> Vec<RowKey> {
    rows.iter().map(|row| row.parse().unwrap()).collect()
}

#[test]
fn eight_bytes_expected_where_none_are_allocated_are_a_finding() {
    let workspace = Workspace::find().unwrap();
    let mut catalogue = Catalogue::load(&workspace.cases()).unwrap();
    let case = catalogue
        .cases
        .iter_mut()
        .find(|case| case.id == "blittable_add_i32")
        .unwrap();
    let mut variants = case.variants.iter_mut();
    variants
        .find(|variant| variant.name == "LibraryImport")
        .unwrap()
        .managed_bytes
        .fill(8);
    let rows = ["Managed", "DllImport", "LibraryImport", "FunctionPointer"]
        .map(|variant| format!("blittable_add_i32/-/{variant}/rust/jit/bdn"));
    let keys = keys(&rows.each_ref().map(String::as_str));

    let lines = allocations::count(
        &workspace,
        &products(),
        &catalogue,
        Library::Rust,
        &keys,
        Heaps::Managed,
    )
    .unwrap();
    let counted = allocations::read(&lines, Heaps::Managed, &keys).unwrap();
    let findings: Vec<String> = counted
        .findings(&catalogue, Library::Rust)
        .iter()
        .map(|finding| format!("{}: {}", finding.key, finding.message))
        .collect();
    let expected =
        "blittable_add_i32/-/LibraryImport/rust/jit/bdn: expected 8 managed bytes per call, got 0";
    assert_eq!(findings, [expected]);
}

/// Where the stack buffer of the marshaller ends, one malloc and one free begin; whichever language the kernel is written in.
#[cfg(target_os = "linux")]
#[test]
fn native_allocations_begin_where_the_stack_buffer_ends() {
    let workspace = Workspace::find().unwrap();
    let catalogue = Catalogue::load(&workspace.cases()).unwrap();
    let row = |length: u32, variant: &str| {
        format!("string_utf8_in/entry=z,length={length},text=ascii/{variant}/rust/jit/bdn")
    };
    let rows = [
        (row(255, "LibraryImport"), 0.0),
        (row(256, "LibraryImport"), 1.0),
        (row(255, "PreEncoded"), 0.0),
        (row(256, "PreEncoded"), 0.0),
    ];
    let keys = keys(&rows.each_ref().map(|(row, _)| row.as_str()));
    for library in [Library::Rust, Library::C] {
        let lines = allocations::count(
            &workspace,
            &products(),
            &catalogue,
            library,
            &keys,
            Heaps::Both,
        )
        .unwrap();
        let counted = allocations::read(&lines, Heaps::Both, &keys).unwrap();
        for (row, expected) in &rows {
            let native = counted.rows[&row.parse::<RowKey>().unwrap()].native();
            assert_eq!(native, Some((*expected, *expected)), "{row}");
        }
    }
}
