//! Native code calls back.

use std::ffi::c_void;
use std::mem::transmute;
use std::ptr::without_provenance_mut;

use crate::driver::{Address, Driver, Prepared};

/// Null is `None`, which Rust's plain function pointer could not hold.
type Callback = Option<extern "C" fn(value: i64, context: *mut c_void) -> i64>;

#[unsafe(no_mangle)]
pub extern "C" fn callback_each(k: i64, callback: Callback, context: *mut c_void) -> i64 {
    entry!("callback_each");
    let Some(callback) = callback else {
        return 0;
    };
    let mut sum = 0_i64;
    for i in 0..k {
        sum = sum.wrapping_add(callback(i, context));
    }
    sum
}

type Each = unsafe extern "C" fn(i64, Callback, *mut c_void) -> i64;

floor_loop! {
    fn floor_k_callback_to_i64 as EachLoop: |kernel: Each, k: i64, context: *mut c_void|
        kernel(k, Some(add_context), context)
}

/// What the managed callbacks do, done by Rust: the context is the number to add.
extern "C" fn add_context(value: i64, context: *mut c_void) -> i64 {
    value.wrapping_add(context.addr() as i64)
}

fn context() -> *mut c_void {
    without_provenance_mut(1)
}

pub const DRIVERS: &[Driver] = &[Driver {
    case: "callback_each",
    prepare: |params| {
        let k: i64 = params.number("k");
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
        unsafe {
            Prepared::new(
                "floor_k_callback_to_i64",
                move |kernel| transmute::<Address, Each>(kernel)(k, Some(add_context), context()),
                move |floor, kernel, calls| {
                    transmute::<Address, EachLoop>(floor)(
                        transmute::<Address, Each>(kernel),
                        calls,
                        k,
                        context(),
                    )
                },
            )
        }
    },
}];
