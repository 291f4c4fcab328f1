//! Blittable calls: nothing is converted, so what is left is the border itself.

use std::mem::transmute;

use crate::driver::{Address, Driver, Prepared};

#[unsafe(no_mangle)]
pub extern "C" fn blittable_add_i32(a: i32, b: i32) -> i32 {
    entry!("blittable_add_i32");
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_add_i32_nogc(a: i32, b: i32) -> i32 {
    entry!("blittable_add_i32_nogc");
    a.wrapping_add(b)
}

type AddI32 = unsafe extern "C" fn(i32, i32) -> i32;

floor_loop! { fn floor_i32_i32_to_i32 as AddI32Loop: |kernel: AddI32, a: i32, b: i32| kernel(a, b) }

/// Their sum wraps: an answer made with wider integers would differ.
const A: i32 = 1_234_567_890;
const B: i32 = 987_654_321;

pub const DRIVERS: &[Driver] = &[Driver {
    case: "blittable_add_i32",
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    prepare: |_| unsafe {
        Prepared::new(
            "floor_i32_i32_to_i32",
            |kernel| transmute::<Address, AddI32>(kernel)(A, B).into(),
            |floor, kernel, calls| {
                transmute::<Address, AddI32Loop>(floor)(
                    transmute::<Address, AddI32>(kernel),
                    calls,
                    A,
                    B,
                )
            },
        )
    },
}];
