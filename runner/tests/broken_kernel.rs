//! One wrong byte in a library: the proof names row, library, expected and got, and nothing of the case is timed.
#![cfg(target_arch = "x86_64")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use interop_lab::agreement::prove;
use interop_lab::build::{Library, Products, Program};
use interop_lab::catalogue::{Catalogue, Profile};
use interop_lab::measure;
use interop_lab::names::RowKey;
use interop_lab::plan::{Engine, Implementation, Request};
use interop_lab::workspace::Workspace;
use object::{Object, ObjectSection, ObjectSymbol};

fn built(variable: &str) -> PathBuf {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .unwrap_or_else(|| panic!("{variable} is not set: run ./lab test"))
}

fn products(rust: PathBuf) -> Products {
    let libraries = [
        (Library::Rust, rust),
        (Library::C, built("LAB_LIB_C")),
        (Library::Count, built("LAB_LIB_COUNT")),
    ];
    Products {
        libraries: BTreeMap::from(libraries),
        programs: BTreeMap::from([(Program::Bench, built("LAB_BENCH"))]),
        ..Products::default()
    }
}

/// A copy of the Rust library in which `lea eax, [rdi + rsi]` of the addition has become `lea eax, [rdi + rdi]`: one byte.
fn broken_library(folder: &Path) -> PathBuf {
    let original = built("LAB_LIB_RUST");
    let mut bytes = std::fs::read(&original).unwrap();
    let offset = {
        let file = object::File::parse(&*bytes).unwrap();
        let symbol = file
            .dynamic_symbols()
            .find(|symbol| symbol.name() == Ok("blittable_add_i32"))
            .unwrap();
        let section = file
            .section_by_index(symbol.section_index().unwrap())
            .unwrap();
        (symbol.address() - section.address() + section.file_range().unwrap().0) as usize
    };
    let code = &mut bytes[offset..offset + 4];
    assert_eq!(
        code[..2],
        [0x8d, 0x04],
        "the addition is one lea: {code:x?}"
    );
    code[2] = 0x3f;
    let broken = folder.join(original.file_name().unwrap());
    std::fs::write(&broken, bytes).unwrap();
    broken
}

fn request() -> Request {
    Request {
        profile: Profile::Quick,
        filter: None,
        implementations: vec![Implementation::Rust],
        engines: Engine::ALL.to_vec(),
        internal: false,
        untimed: false,
        tests: Vec::new(),
        effort: interop_lab::engine::paired::Effort::default(),
        targets: vec!["jit".parse().unwrap()],
        runtimes: Vec::new(),
    }
}

#[test]
fn one_wrong_byte_is_found_and_its_case_refused() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::find().unwrap();
    let catalogue = Catalogue::load(&workspace.cases()).unwrap();
    let products = products(broken_library(folder.path()));
    let planned = request().rows(&catalogue).unwrap();

    let proved = measure::prove(&workspace, &products, &catalogue, &request(), &planned).unwrap();
    let of = |name: &str| {
        let key = format!("blittable_add_i32/-/{name}/rust/jit/bdn");
        proved
            .findings
            .iter()
            .find(move |finding| finding.key.to_string() == key)
    };
    let finding = of("LibraryImport").expect("the wrong answer is found");
    assert_eq!(finding.library, Library::Rust);
    assert_eq!(finding.message, "expected -2072745085, got -1825831516");
    assert!(
        of("LibraryImportNoGc").is_none(),
        "the alias is another function, and right"
    );

    let manifest = measure::manifest(
        &workspace,
        &products,
        &catalogue,
        &request(),
        planned,
        &proved,
        0.0,
    )
    .unwrap();
    for row in &manifest.plan.rows {
        assert_eq!(
            row.refused.is_some(),
            row.key.case == "blittable_add_i32",
            "{}",
            row.key
        );
    }
}

#[test]
fn an_intact_library_has_no_findings() {
    let workspace = Workspace::find().unwrap();
    let catalogue = Catalogue::load(&workspace.cases()).unwrap();
    let key: RowKey = "blittable_add_i32/-/DllImport/rust/jit/bdn"
        .parse()
        .unwrap();
    let proof = prove(
        &workspace,
        &products(built("LAB_LIB_RUST")),
        &catalogue,
        Library::Rust,
        &[key],
    )
    .unwrap();
    assert_eq!((proof.rows, proof.findings.len()), (1, 0));
    assert_eq!(proof.hello.implementation, "rust");
}

#[test]
fn damaged_libraries_are_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::find().unwrap();
    let catalogue = Catalogue::load(&workspace.cases()).unwrap();
    let key: RowKey = "blittable_add_i32/-/DllImport/rust/jit/bdn"
        .parse()
        .unwrap();
    let cut = folder.path().join("libkernels_rust.so");
    let whole = std::fs::read(built("LAB_LIB_RUST")).unwrap();
    std::fs::write(&cut, &whole[..whole.len() / 3]).unwrap();
    for library in [cut, folder.path().join("missing.so")] {
        let name = library.file_name().unwrap().to_string_lossy().into_owned();
        let error = prove(
            &workspace,
            &products(library),
            &catalogue,
            Library::Rust,
            std::slice::from_ref(&key),
        )
        .unwrap_err()
        .to_string();
        assert!(error.contains(&name) && !error.contains('\n'), "{error}");
    }
}
