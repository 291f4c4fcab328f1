//! The transition itself. The kernels of `transition_in_loop` and `transition_protected_region` add as `blittable_add_i32` does;
//! what differs is the body around the calls.

mod batching;
mod work;

use std::mem::transmute;

use crate::blittable::prepare_add;
use crate::driver::{Address, Driver, Prepared};

#[unsafe(no_mangle)]
pub extern "C" fn transition_in_loop(a: i32, b: i32) -> i32 {
    entry!("transition_in_loop");
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn transition_in_loop_nogc(a: i32, b: i32) -> i32 {
    entry!("transition_in_loop_nogc");
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn transition_protected_region(a: i32, b: i32) -> i32 {
    entry!("transition_protected_region");
    a.wrapping_add(b)
}

type AddI32 = unsafe extern "C" fn(i32, i32) -> i32;

/// Calls per body, as the catalogue states them.
const CALLS: i32 = 64;
const LEFT: i32 = 1_234_567_890;

floor_loop! {
    fn floor_i32_i32_to_i32_64 as AddI32Loop: |kernel: AddI32, a: i32| {
        let mut sum = 0_i32;
        for i in 0..CALLS {
            sum = sum.wrapping_add(kernel(a, i));
        }
        sum
    }
}

pub const DRIVERS: &[Driver] = &[
    Driver {
        case: "transition_in_loop",
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
        prepare: |_| unsafe {
            Prepared::new(
                floor_of!(floor_i32_i32_to_i32_64),
                |kernel| {
                    let add = transmute::<Address, AddI32>(kernel.address);
                    let sum = (0..CALLS).fold(0_i32, |sum, i| sum.wrapping_add(add(LEFT, i)));
                    sum.into()
                },
                |floor, kernel, calls| {
                    transmute::<Address, AddI32Loop>(floor)(
                        transmute::<Address, AddI32>(kernel.address),
                        calls,
                        LEFT,
                    )
                },
            )
        },
    },
    Driver {
        case: "transition_work",
        prepare: work::prepare,
    },
    Driver {
        case: "transition_batching",
        prepare: batching::prepare,
    },
    Driver {
        case: "transition_protected_region",
        prepare: prepare_add,
    },
];
