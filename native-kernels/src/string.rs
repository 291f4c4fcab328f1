//! Text across the border. Every entry point reads byte by byte, as its C twin does: the scan is the same work everywhere.

pub(crate) mod encodings;
mod lists;
mod returned;
pub(crate) mod utf16;

use std::mem::transmute;

use crate::driver::{Address, Driver, Params, Prepared};

/// FNV-1a, 64 bits: Fowler, Noll, Vo; offset basis and prime as published.
pub(crate) const FNV_OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
pub(crate) const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Letter `at` of a text that runs through the alphabet.
pub(crate) const fn letter(at: usize) -> u8 {
    b'a' + (at % 26) as u8
}

/// The hash of the units before the first 0; that of nothing for null.
///
/// # Safety
/// `text` is null or points to units that end with a 0.
#[inline(always)]
pub(crate) unsafe fn hash_to_zero<T: Copy + Into<u64>>(text: *const T) -> u64 {
    let mut hash = FNV_OFFSET_BASIS;
    if text.is_null() {
        return hash;
    }
    let mut next = text;
    loop {
        // SAFETY: `next` has not passed the 0 that the caller promises.
        let unit: u64 = unsafe { *next }.into();
        if unit == 0 {
            return hash;
        }
        hash = (hash ^ unit).wrapping_mul(FNV_PRIME);
        // SAFETY: at least the 0 follows a unit that is none.
        next = unsafe { next.add(1) };
    }
}

/// # Safety
/// `text` is null or points to bytes that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_utf8_in(text: *const u8) -> u64 {
    entry!("string_utf8_in");
    // SAFETY: as the caller promises.
    unsafe { hash_to_zero(text) }
}

/// # Safety
/// `text` is null or points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_utf8_in_len(text: *const u8, length: usize) -> u64 {
    entry!("string_utf8_in_len");
    let mut hash = FNV_OFFSET_BASIS;
    if text.is_null() {
        return hash;
    }
    for i in 0..length {
        // SAFETY: below the length that the caller promises.
        let byte = unsafe { *text.add(i) };
        hash = (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
    }
    hash
}

type Text = unsafe extern "C" fn(*const u8) -> u64;
type TextLength = unsafe extern "C" fn(*const u8, usize) -> u64;

floor_loop! { fn floor_text_to_u64 as TextLoop: |kernel: Text, text: *const u8| kernel(text) }
floor_loop! {
    fn floor_text_length_to_u64 as TextLengthLoop: |kernel: TextLength, text: *const u8, length: usize|
        kernel(text, length)
}

pub const DRIVERS: &[Driver] = &[
    Driver {
        case: "string_utf8_in",
        prepare: prepare_utf8_in,
    },
    Driver {
        case: "string_utf16_in",
        prepare: utf16::prepare_in,
    },
    Driver {
        case: "string_fill",
        prepare: utf16::prepare_fill,
    },
    Driver {
        case: "string_returned",
        prepare: returned::prepare,
    },
    Driver {
        case: "string_ansi_in",
        prepare: encodings::prepare_ansi,
    },
    Driver {
        case: "string_bstr_in",
        prepare: encodings::prepare_bstr,
    },
    Driver {
        case: "string_utf32_in",
        prepare: encodings::prepare_utf32,
    },
    Driver {
        case: "string_by_ref",
        prepare: lists::prepare_by_ref,
    },
    Driver {
        case: "string_argv",
        prepare: lists::prepare_argv,
    },
];

/// The text of the params: one character repeated to `length` UTF-16 code units.
fn text_of(params: Params) -> String {
    let character = match params.text("text") {
        "ascii" => '\u{61}',
        "latin" => '\u{e9}',
        "cjk" => '\u{4e2d}',
        "emoji" => '\u{1f600}',
        other => panic!("params {:?}: no text is called {other}", params.0),
    };
    let length: usize = params.number("length");
    assert_eq!(
        length % character.len_utf16(),
        0,
        "params {:?}: half a character",
        params.0
    );
    character.to_string().repeat(length / character.len_utf16())
}

fn prepare_utf8_in(params: Params) -> Prepared {
    let mut call_text = text_of(params).into_bytes();
    call_text.push(0);
    let floor_text = call_text.clone();
    match params.text("entry") {
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the bytes end with a 0.
        "z" => unsafe {
            Prepared::new(
                floor_of!(floor_text_to_u64),
                move |kernel| transmute::<Address, Text>(kernel.address)(call_text.as_ptr()) as i64,
                move |floor, kernel, calls| {
                    transmute::<Address, TextLoop>(floor)(
                        transmute::<Address, Text>(kernel.address),
                        calls,
                        floor_text.as_ptr(),
                    )
                },
            )
        },
        // SAFETY: as above; the 0 is not part of the length.
        "len" => unsafe {
            let length = call_text.len() - 1;
            Prepared::new(
                floor_of!(floor_text_length_to_u64),
                move |kernel| {
                    transmute::<Address, TextLength>(kernel.address)(call_text.as_ptr(), length)
                        as i64
                },
                move |floor, kernel, calls| {
                    transmute::<Address, TextLengthLoop>(floor)(
                        transmute::<Address, TextLength>(kernel.address),
                        calls,
                        floor_text.as_ptr(),
                        length,
                    )
                },
            )
        },
        other => panic!("params {:?}: no entry is called {other}", params.0),
    }
}
