//! An array that lies in its struct.

use std::mem::{offset_of, transmute};

use crate::abi::{LayoutEntry, field_entry, type_entry};
use crate::driver::{Address, Params, Prepared};

const ROOM: usize = 16;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Inline {
    /// Elements in use.
    pub count: u32,
    pub values: [i32; ROOM],
}

pub const LAYOUT: &[LayoutEntry] =
    layout_of!(Inline as c"struct_inline" { count as c"count", values as c"values" });

/// # Safety
/// `record` is null or points to the struct.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn struct_inline_array(record: *const Inline) -> i64 {
    entry!("struct_inline_array");
    // SAFETY: null or valid, as the caller promises.
    let Some(record) = (unsafe { record.as_ref() }) else {
        return 0;
    };
    let used = (record.count as usize).min(ROOM);
    record.values[..used]
        .iter()
        .map(|value| i64::from(*value))
        .sum()
}

type Sum = unsafe extern "C" fn(*const Inline) -> i64;

floor_loop! { fn floor_inline_to_i64 as SumLoop: |kernel: Sum, record: *const Inline| kernel(record) }

pub fn prepare(params: Params) -> Prepared {
    let count: u32 = params.number("n");
    let values = std::array::from_fn(|at| (at as u32).wrapping_mul(2_654_435_761) as i32);
    let record = Inline { count, values };
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_inline_to_i64),
            move |kernel| transmute::<Address, Sum>(kernel.address)(&raw const record),
            move |floor, kernel, calls| {
                transmute::<Address, SumLoop>(floor)(
                    transmute::<Address, Sum>(kernel.address),
                    calls,
                    &raw const record,
                )
            },
        )
    }
}
