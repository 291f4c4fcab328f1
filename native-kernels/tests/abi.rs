//! What the libraries say about themselves: the same contract, the same layouts, nothing left alive.

mod common;

use std::ffi::CStr;
use std::mem::{align_of, offset_of, size_of};
use std::ptr::null_mut;
use std::slice;

use common::{C, COUNTING, Kernels, RUST, kernels, rows, timed};
use kernels_rust::abi::LayoutEntry;
use kernels_rust::catalogue::CONTRACT;

/// A layout entry with its words copied out of the library.
#[derive(Debug, PartialEq)]
struct Entry {
    r#type: String,
    field: String,
    size: usize,
    align: usize,
    offset: usize,
}

fn entry(r#type: &str, field: &str, size: usize, align: usize, offset: usize) -> Entry {
    Entry {
        r#type: r#type.to_owned(),
        field: field.to_owned(),
        size,
        align,
        offset,
    }
}

fn layout_of(library: &Kernels) -> Vec<Entry> {
    type Layout = unsafe extern "C" fn(*mut u32) -> *const LayoutEntry;
    // SAFETY: the types are those of the header, and the table has as many entries as it says, whose words are literals.
    unsafe {
        let layout: Layout = library.function("kernels_layout");
        let mut count = 0;
        let table = layout(&raw mut count);
        assert_eq!(layout(null_mut()), table, "the count is optional");
        let word = |pointer| CStr::from_ptr(pointer).to_str().expect("ASCII");
        slice::from_raw_parts(table, count as usize)
            .iter()
            .map(|it| {
                entry(
                    word(it.r#type),
                    word(it.field),
                    it.size as usize,
                    it.align as usize,
                    it.offset as usize,
                )
            })
            .collect()
    }
}

#[test]
fn both_libraries_lay_structs_out_alike() {
    let [rust, c] = timed();
    let (rust, c) = (layout_of(&rust), layout_of(&c));
    for (rust, c) in rust.iter().zip(&c) {
        assert_eq!(rust, c);
    }
    assert_eq!(rust.len(), c.len());
}

#[test]
fn the_table_describes_itself_as_the_compiler_does() {
    macro_rules! field {
        ($name:literal, $field:ident, $type:ty) => {
            entry(
                "kernels_layout_entry",
                $name,
                size_of::<$type>(),
                align_of::<$type>(),
                offset_of!(LayoutEntry, $field),
            )
        };
    }
    let expected = [
        entry(
            "kernels_layout_entry",
            "",
            size_of::<LayoutEntry>(),
            align_of::<LayoutEntry>(),
            0,
        ),
        field!("type", r#type, *const u8),
        field!("field", field, *const u8),
        field!("size", size, u32),
        field!("align", align, u32),
        field!("offset", offset, u32),
    ];
    assert_eq!(layout_of(&kernels(C))[..6], expected);
}

/// A field that the table leaves out shows as a hole, and so does one of another size.
#[test]
fn the_fields_of_a_type_fill_it() {
    for library in timed() {
        let table = layout_of(&library);
        for of_type in table.chunk_by(|_, next| !next.field.is_empty()) {
            let (whole, fields) = of_type.split_first().expect("a chunk is not empty");
            assert_eq!(whole.field, "", "{whole:?} stands before its type");
            let mut end = 0_usize;
            for field in fields {
                assert_eq!(field.r#type, whole.r#type);
                assert_eq!(
                    field.offset,
                    end.next_multiple_of(field.align),
                    "a hole before {field:?}"
                );
                end = field.offset + field.size;
            }
            assert_eq!(
                whole.size,
                end.next_multiple_of(whole.align),
                "a hole at the end of {}",
                whole.r#type
            );
        }
    }
}

#[test]
fn every_library_has_the_contract_of_the_catalogue() {
    for variable in [RUST, C, COUNTING] {
        // SAFETY: the type is that of the header.
        let contract = unsafe {
            kernels(variable).function::<unsafe extern "C" fn() -> u64>("kernels_contract")()
        };
        assert_eq!(
            contract, CONTRACT,
            "{variable} is of another contract: build it again"
        );
    }
}

#[test]
fn every_library_names_its_language_and_compiler() {
    for (variable, implementation, optimisation) in [
        (RUST, "rust", "opt-level=3"),
        (C, "c", "-O3"),
        (COUNTING, "rust", "opt-level=3"),
    ] {
        let library = kernels(variable);
        assert_eq!(library.implementation(), implementation);
        let compiler = library.text("kernels_compiler");
        assert!(
            compiler.split(' ').any(|word| word == optimisation),
            "{variable}: {compiler}"
        );
        assert!(
            compiler.contains(|letter: char| letter.is_ascii_digit()),
            "{variable} names no version: {compiler}"
        );
    }
}

#[test]
fn nothing_lives_after_every_row() {
    for library in timed() {
        for (_, row, prepared) in rows() {
            // SAFETY: the address is the row's symbol.
            unsafe { prepared.call(&library.kernel(row.symbol, &prepared)) };
        }
        // SAFETY: the type is that of the header.
        let live = |kind| unsafe {
            library.function::<unsafe extern "C" fn(u32) -> i64>("kernels_live")(kind)
        };
        assert_eq!([live(0), live(1), live(2), live(3)], [0; 4]);
        assert_eq!(
            [live(4), live(u32::MAX)],
            [-1, -1],
            "only four kinds are known"
        );
    }
}
