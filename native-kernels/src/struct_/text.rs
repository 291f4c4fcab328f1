//! Text in structs: behind a pointer, and in place.

use std::mem::{offset_of, transmute};

use super::{ByRef, ByRefLoop, floor_pointer_to_u64};
use crate::abi::{LayoutEntry, field_entry, type_entry};
use crate::driver::{Address, Params, Prepared};
use crate::string::{FNV_OFFSET_BASIS, FNV_PRIME};

/// Units that a tag has room for.
const TAG: usize = 32;

macro_rules! record {
    ($name:literal $kernel:ident, $type:ident of $unit:ty) => {
        #[repr(C)]
        #[derive(Clone, Copy, Debug)]
        pub struct $type {
            pub id: i32,
            /// Ends at its first 0.
            pub name: *const $unit,
            /// Ends at its first 0, or where its room does.
            pub tag: [$unit; TAG],
        }

        /// # Safety
        /// `record` is null or points to the struct; its name is null or points to units that end with a 0.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $kernel(record: *const $type) -> u64 {
            entry!($name);
            // SAFETY: null or valid, as the caller promises.
            let Some(record) = (unsafe { record.as_ref() }) else {
                return 0;
            };
            let mut hash = FNV_OFFSET_BASIS;
            let mut next = record.name;
            if !next.is_null() {
                // SAFETY: `next` has not passed the 0 that the caller promises.
                while unsafe { *next } != 0 {
                    // SAFETY: as above.
                    hash = (hash ^ u64::from(unsafe { *next })).wrapping_mul(FNV_PRIME);
                    // SAFETY: at least the 0 follows a unit that is none.
                    next = unsafe { next.add(1) };
                }
            }
            for unit in record.tag {
                if unit == 0 {
                    break;
                }
                hash = (hash ^ u64::from(unit)).wrapping_mul(FNV_PRIME);
            }
            (hash ^ u64::from(record.id as u32)).wrapping_mul(FNV_PRIME)
        }
    };
}

record! { "struct_text_fields" struct_text_fields, Utf8 of u8 }
record! { "struct_text_fields_utf16" struct_text_fields_utf16, Utf16 of u16 }

pub const LAYOUT_UTF8: &[LayoutEntry] =
    layout_of!(Utf8 as c"struct_text_utf8" { id as c"id", name as c"name", tag as c"tag" });
pub const LAYOUT_UTF16: &[LayoutEntry] =
    layout_of!(Utf16 as c"struct_text_utf16" { id as c"id", name as c"name", tag as c"tag" });

/// What every record holds beside its name.
const ID: i32 = 42;
const TAG_TEXT: [u8; 3] = *b"tag";

/// An arm of `prepare`. Whoever calls keeps the name that its record points to.
macro_rules! prepared {
    ($type:ident, $params:ident) => {{
        let mut name = vec![b'a'.into(); $params.number("length")];
        name.push(0);
        let floor_name = name.clone();
        let mut tag = [0; TAG];
        tag[..TAG_TEXT.len()].copy_from_slice(&TAG_TEXT.map(Into::into));
        let record = move |name: &[_]| $type {
            id: ID,
            name: name.as_ptr(),
            tag,
        };
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; names end with a 0.
        unsafe {
            Prepared::new(
                floor_of!(floor_pointer_to_u64),
                move |kernel| {
                    let record = record(&name);
                    transmute::<Address, ByRef>(kernel.address)((&raw const record).cast()) as i64
                },
                move |floor, kernel, calls| {
                    let record = record(&floor_name);
                    transmute::<Address, ByRefLoop>(floor)(
                        transmute::<Address, ByRef>(kernel.address),
                        calls,
                        (&raw const record).cast(),
                    )
                },
            )
        }
    }};
}

pub fn prepare(params: Params) -> Prepared {
    match params.text("encoding") {
        "utf8" => prepared!(Utf8, params),
        "utf16" => prepared!(Utf16, params),
        other => panic!("params {:?}: no encoding is called {other}", params.0),
    }
}
