//! Structs across the border. A struct of so many words is summed the same way whether it comes by value or behind a pointer.

mod flags;
mod inline;
mod results;
mod size_of;
mod text;
mod union;

use std::ffi::c_void;
use std::mem::{offset_of, transmute};

use crate::abi::{LayoutEntry, field_entry, type_entry};
use crate::driver::{Address, Driver, Params, Prepared, word};

/// `words!(StructWords16 as c"struct_words_16", by_value "name", by_ref "name": w0 = 0, ...)`: the struct, its lines of the layout
/// table, the kernels that take it by value and by reference, and the floor loop that passes it by value.
macro_rules! words {
    ($type:ident as $c_name:literal, $value_name:literal $by_value:ident, $ref_name:literal $by_ref:ident, $floor:ident as $loop:ident, $kernel:ident: $($field:ident $c_field:literal ^ $at:literal),*) => {
        #[repr(C)]
        #[derive(Clone, Copy, Debug)]
        pub struct $type {
            $(pub $field: u64),*
        }

        impl $type {
            pub const LAYOUT: &[LayoutEntry] = layout_of!($type as $c_name { $($field as $c_field),* });

            pub(crate) const fn new() -> Self {
                $type { $($field: word($at)),* }
            }

            pub(crate) fn sum(&self) -> u64 {
                0_u64$(.wrapping_add(self.$field ^ $at))*
            }
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn $by_value(words: $type) -> u64 {
            entry!($value_name);
            words.sum()
        }

        /// # Safety
        /// `words` is null or points to the struct.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $by_ref(words: *const $type) -> u64 {
            entry!($ref_name);
            // SAFETY: null or valid, as the caller promises.
            unsafe { words.as_ref() }.map_or(0, $type::sum)
        }

        type $kernel = unsafe extern "C" fn($type) -> u64;

        floor_loop! { fn $floor as $loop: |kernel: $kernel, words: *const $type| kernel(*words) }
    };
}

words! { StructWords8 as c"struct_words_8", "struct_by_value_8" struct_by_value_8, "struct_by_ref_8" struct_by_ref_8, floor_struct_8 as StructLoop8, ByValue8: w0 c"w0" ^ 0 }
words! { StructWords16 as c"struct_words_16", "struct_by_value_16" struct_by_value_16, "struct_by_ref_16" struct_by_ref_16, floor_struct_16 as StructLoop16, ByValue16: w0 c"w0" ^ 0, w1 c"w1" ^ 1 }
words! { StructWords24 as c"struct_words_24", "struct_by_value_24" struct_by_value_24, "struct_by_ref_24" struct_by_ref_24, floor_struct_24 as StructLoop24, ByValue24: w0 c"w0" ^ 0, w1 c"w1" ^ 1, w2 c"w2" ^ 2 }
words! { StructWords32 as c"struct_words_32", "struct_by_value_32" struct_by_value_32, "struct_by_ref_32" struct_by_ref_32, floor_struct_32 as StructLoop32, ByValue32: w0 c"w0" ^ 0, w1 c"w1" ^ 1, w2 c"w2" ^ 2, w3 c"w3" ^ 3 }
words! { StructWords64 as c"struct_words_64", "struct_by_value_64" struct_by_value_64, "struct_by_ref_64" struct_by_ref_64, floor_struct_64 as StructLoop64, ByValue64: w0 c"w0" ^ 0, w1 c"w1" ^ 1, w2 c"w2" ^ 2, w3 c"w3" ^ 3, w4 c"w4" ^ 4, w5 c"w5" ^ 5, w6 c"w6" ^ 6, w7 c"w7" ^ 7 }
words! { StructWords128 as c"struct_words_128", "struct_by_value_128" struct_by_value_128, "struct_by_ref_128" struct_by_ref_128, floor_struct_128 as StructLoop128, ByValue128: w0 c"w0" ^ 0, w1 c"w1" ^ 1, w2 c"w2" ^ 2, w3 c"w3" ^ 3, w4 c"w4" ^ 4, w5 c"w5" ^ 5, w6 c"w6" ^ 6, w7 c"w7" ^ 7, w8 c"w8" ^ 8, w9 c"w9" ^ 9, w10 c"w10" ^ 10, w11 c"w11" ^ 11, w12 c"w12" ^ 12, w13 c"w13" ^ 13, w14 c"w14" ^ 14, w15 c"w15" ^ 15 }
words! { StructWords256 as c"struct_words_256", "struct_by_value_256" struct_by_value_256, "struct_by_ref_256" struct_by_ref_256, floor_struct_256 as StructLoop256, ByValue256: w0 c"w0" ^ 0, w1 c"w1" ^ 1, w2 c"w2" ^ 2, w3 c"w3" ^ 3, w4 c"w4" ^ 4, w5 c"w5" ^ 5, w6 c"w6" ^ 6, w7 c"w7" ^ 7, w8 c"w8" ^ 8, w9 c"w9" ^ 9, w10 c"w10" ^ 10, w11 c"w11" ^ 11, w12 c"w12" ^ 12, w13 c"w13" ^ 13, w14 c"w14" ^ 14, w15 c"w15" ^ 15, w16 c"w16" ^ 16, w17 c"w17" ^ 17, w18 c"w18" ^ 18, w19 c"w19" ^ 19, w20 c"w20" ^ 20, w21 c"w21" ^ 21, w22 c"w22" ^ 22, w23 c"w23" ^ 23, w24 c"w24" ^ 24, w25 c"w25" ^ 25, w26 c"w26" ^ 26, w27 c"w27" ^ 27, w28 c"w28" ^ 28, w29 c"w29" ^ 29, w30 c"w30" ^ 30, w31 c"w31" ^ 31 }

type ByRef = unsafe extern "C" fn(*const c_void) -> u64;

floor_loop! { fn floor_pointer_to_u64 as ByRefLoop: |kernel: ByRef, words: *const c_void| kernel(words) }

/// Of all structs here, in the order of the header.
pub const LAYOUTS: &[&[LayoutEntry]] = &[
    StructWords8::LAYOUT,
    StructWords16::LAYOUT,
    StructWords24::LAYOUT,
    StructWords32::LAYOUT,
    StructWords64::LAYOUT,
    StructWords128::LAYOUT,
    StructWords256::LAYOUT,
    flags::FourFlags::LAYOUT,
    union::LAYOUT,
    text::LAYOUT_UTF8,
    text::LAYOUT_UTF16,
    inline::LAYOUT,
];

pub const DRIVERS: &[Driver] = &[
    Driver {
        case: "struct_by_value",
        prepare: prepare_by_value,
    },
    Driver {
        case: "struct_by_ref",
        prepare: prepare_by_ref,
    },
    Driver {
        case: "struct_flags",
        prepare: flags::prepare,
    },
    Driver {
        case: "struct_union",
        prepare: union::prepare,
    },
    Driver {
        case: "struct_out",
        prepare: results::prepare_out,
    },
    Driver {
        case: "struct_returned",
        prepare: results::prepare_returned,
    },
    Driver {
        case: "struct_size_of",
        prepare: size_of::prepare,
    },
    Driver {
        case: "struct_text_fields",
        prepare: text::prepare,
    },
    Driver {
        case: "struct_inline_array",
        prepare: inline::prepare,
    },
];

/// An arm of `prepare_by_value`.
macro_rules! by_value {
    ($floor:ident, $type:ident, $kernel:ident, $loop:ident) => {
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
        unsafe {
            let words = $type::new();
            Prepared::new(
                floor_of!($floor),
                move |kernel| transmute::<Address, $kernel>(kernel.address)(words) as i64,
                move |floor, kernel, calls| {
                    transmute::<Address, $loop>(floor)(
                        transmute::<Address, $kernel>(kernel.address),
                        calls,
                        &raw const words,
                    )
                },
            )
        }
    };
}

fn prepare_by_value(params: Params) -> Prepared {
    match params.text("size") {
        "8" => by_value!(floor_struct_8, StructWords8, ByValue8, StructLoop8),
        "16" => by_value!(floor_struct_16, StructWords16, ByValue16, StructLoop16),
        "24" => by_value!(floor_struct_24, StructWords24, ByValue24, StructLoop24),
        "32" => by_value!(floor_struct_32, StructWords32, ByValue32, StructLoop32),
        "64" => by_value!(floor_struct_64, StructWords64, ByValue64, StructLoop64),
        "128" => by_value!(floor_struct_128, StructWords128, ByValue128, StructLoop128),
        "256" => by_value!(floor_struct_256, StructWords256, ByValue256, StructLoop256),
        other => panic!("params {:?}: no struct has {other} bytes", params.0),
    }
}

fn prepare_by_ref(params: Params) -> Prepared {
    let words: Vec<u64> = (0..params.number::<usize>("size") / size_of::<u64>())
        .map(word)
        .collect();
    let floor_words = words.clone();
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the words are laid out as the struct is.
    unsafe {
        Prepared::new(
            floor_of!(floor_pointer_to_u64),
            move |kernel| transmute::<Address, ByRef>(kernel.address)(words.as_ptr().cast()) as i64,
            move |floor, kernel, calls| {
                transmute::<Address, ByRefLoop>(floor)(
                    transmute::<Address, ByRef>(kernel.address),
                    calls,
                    floor_words.as_ptr().cast(),
                )
            },
        )
    }
}

/// A kernel that is given a pointer to `record` and answers with 64 bits.
///
/// # Safety
/// The row's kernel reads such a record, and keeps no pointer to it.
unsafe fn prepare_pointer<T: Copy + 'static>(record: T) -> Prepared {
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_pointer_to_u64),
            move |kernel| {
                transmute::<Address, ByRef>(kernel.address)((&raw const record).cast()) as i64
            },
            move |floor, kernel, calls| {
                transmute::<Address, ByRefLoop>(floor)(
                    transmute::<Address, ByRef>(kernel.address),
                    calls,
                    (&raw const record).cast(),
                )
            },
        )
    }
}
