//! A struct with a union in it, and a tag that says what the union holds.

use std::mem::{offset_of, transmute};

use super::prepare_pointer;
use crate::abi::{LayoutEntry, field_entry, type_entry};
use crate::driver::{Address, Params, Prepared, word};

/// Every bit pattern is one of each.
#[repr(C)]
#[derive(Clone, Copy)]
pub union Choice {
    pub integer: u64,
    pub real: f64,
    pub words: [u64; 3],
}

#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "a union has none")]
pub struct Tagged {
    /// 0 integer, 1 real, anything else words.
    pub kind: u32,
    pub value: Choice,
}

pub const LAYOUT: &[LayoutEntry] =
    layout_of!(Tagged as c"struct_tagged" { kind as c"kind", value as c"value" });

const WORDS: u32 = 2;

impl Tagged {
    #[inline(always)]
    fn answer(&self) -> u64 {
        // SAFETY: whatever the bits are, they are an integer, a real number and words; who passes the struct fills what its tag says.
        unsafe {
            match self.kind {
                0 => self.value.integer,
                1 => u64::from(self.value.real > 0.0),
                _ => {
                    let words = &self.value.words;
                    words[0]
                        .wrapping_add(words[1] ^ 1)
                        .wrapping_add(words[2] ^ 2)
                }
            }
        }
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn struct_union(tagged: Tagged) -> u64 {
    entry!("struct_union");
    tagged.answer()
}

/// # Safety
/// `tagged` is null or points to the struct.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn struct_union_ref(tagged: *const Tagged) -> u64 {
    entry!("struct_union_ref");
    // SAFETY: null or valid, as the caller promises.
    unsafe { tagged.as_ref() }.map_or(0, Tagged::answer)
}

type Union = unsafe extern "C" fn(Tagged) -> u64;

floor_loop! { fn floor_tagged as UnionLoop: |kernel: Union, tagged: *const Tagged| kernel(*tagged) }

pub fn prepare(params: Params) -> Prepared {
    let tagged = Tagged {
        kind: WORDS,
        value: Choice {
            words: [word(0), word(1), word(2)],
        },
    };
    match params.text("passing") {
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
        "value" => unsafe {
            Prepared::new(
                floor_of!(floor_tagged),
                move |kernel| transmute::<Address, Union>(kernel.address)(tagged) as i64,
                move |floor, kernel, calls| {
                    transmute::<Address, UnionLoop>(floor)(
                        transmute::<Address, Union>(kernel.address),
                        calls,
                        &raw const tagged,
                    )
                },
            )
        },
        // SAFETY: the kernel reads this struct.
        "ref" => unsafe { prepare_pointer(tagged) },
        other => panic!("params {:?}: the union is not passed by {other}", params.0),
    }
}
