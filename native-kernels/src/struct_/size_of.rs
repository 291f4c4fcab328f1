//! What a struct's size is, and a struct to be read where it lies.

use std::mem::{size_of, transmute};

use super::flags::FourFlags;
use super::{StructWords16, StructWords256};
use crate::blittable::{ArityLoop0, floor_arity_0};
use crate::driver::{Address, Params, Prepared};

macro_rules! size {
    ($name:literal $size:ident, $type:ident) => {
        #[unsafe(no_mangle)]
        pub extern "C" fn $size() -> u64 {
            entry!($name);
            size_of::<$type>() as u64
        }
    };
}

size! { "struct_size_of_16" struct_size_of_16, StructWords16 }
size! { "struct_size_of_256" struct_size_of_256, StructWords256 }
size! { "struct_size_of_flags" struct_size_of_flags, FourFlags }

macro_rules! read {
    ($name:literal $read:ident, $type:ident = $value:expr) => {
        #[unsafe(no_mangle)]
        pub extern "C" fn $read() -> *const $type {
            entry!($name);
            static STRUCT: $type = $value;
            &raw const STRUCT
        }
    };
}

read! { "struct_size_of_read_16" struct_size_of_read_16, StructWords16 = StructWords16::new() }
read! { "struct_size_of_read_256" struct_size_of_read_256, StructWords256 = StructWords256::new() }
read! { "struct_size_of_read_flags" struct_size_of_read_flags, FourFlags = FourFlags::SOME }

type Size = unsafe extern "C" fn() -> u64;
type ReadWords = unsafe extern "C" fn() -> *const u64;
type ReadFlags = unsafe extern "C" fn() -> *const FourFlags;

floor_loop! { fn floor_words_read as WordsLoop: |kernel: ReadWords, last: usize| kernel().add(last).read() }
floor_loop! { fn floor_flags_read as FlagsLoop: |kernel: ReadFlags| (*kernel()).bits() }

/// # Safety
/// The row's kernel returns a pointer to so many words.
unsafe fn prepare_words(words: usize) -> Prepared {
    let last = words - 1;
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_words_read),
            move |kernel| {
                transmute::<Address, ReadWords>(kernel.address)()
                    .add(last)
                    .read() as i64
            },
            move |floor, kernel, calls| {
                transmute::<Address, WordsLoop>(floor)(
                    transmute::<Address, ReadWords>(kernel.address),
                    calls,
                    last,
                )
            },
        )
    }
}

pub fn prepare(params: Params) -> Prepared {
    match params.text("entry") {
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
        "size_16" | "size_256" | "size_flags" => unsafe {
            Prepared::new(
                floor_of!(floor_arity_0),
                |kernel| transmute::<Address, Size>(kernel.address)() as i64,
                |floor, kernel, calls| {
                    transmute::<Address, ArityLoop0>(floor)(
                        transmute::<Address, Size>(kernel.address),
                        calls,
                    )
                },
            )
        },
        // SAFETY: as many words as the struct has.
        "read_16" => unsafe { prepare_words(16 / size_of::<u64>()) },
        // SAFETY: as above.
        "read_256" => unsafe { prepare_words(256 / size_of::<u64>()) },
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
        "read_flags" => unsafe {
            Prepared::new(
                floor_of!(floor_flags_read),
                |kernel| (*transmute::<Address, ReadFlags>(kernel.address)()).bits() as i64,
                |floor, kernel, calls| {
                    transmute::<Address, FlagsLoop>(floor)(
                        transmute::<Address, ReadFlags>(kernel.address),
                        calls,
                    )
                },
            )
        },
        other => panic!("params {:?}: no entry is called {other}", params.0),
    }
}
