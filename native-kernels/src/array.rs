//! Arrays of integers: read whole, or written whole.

mod blocks;
mod flags;

use std::mem::transmute;
use std::rc::Rc;

use crate::driver::{Address, Driver, Params, Prepared, Scratch};

/// Element `i` of every array: `i * 2654435761` in 32 bits (Knuth's multiplicative hash).
fn element(at: usize) -> i32 {
    (at as u32).wrapping_mul(2_654_435_761) as i32
}

/// # Safety
/// `values` is null or points to `count` integers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_sum_i32(values: *const i32, count: usize) -> i64 {
    entry!("array_sum_i32");
    if values.is_null() {
        return 0;
    }
    let mut sum = 0_i64;
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        sum = sum.wrapping_add(i64::from(unsafe { *values.add(i) }));
    }
    sum
}

/// # Safety
/// `values` is null or points to `count` integers that may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_fill_i32(values: *mut i32, count: usize) {
    entry!("array_fill_i32");
    if values.is_null() {
        return;
    }
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        unsafe { values.add(i).write(element(i)) };
    }
}

type Sum = unsafe extern "C" fn(*const i32, usize) -> i64;
type Fill = unsafe extern "C" fn(*mut i32, usize);

floor_loop! { fn floor_i32s_to_i64 as SumLoop: |kernel: Sum, values: *const i32, count: usize| kernel(values, count) }
floor_loop! {
    fn floor_fill_i32s as FillLoop: |kernel: Fill, values: *mut i32, count: usize| {
        kernel(values, count);
        last(values, count)
    }
}

/// 0 without any.
///
/// # Safety
/// `values` points to `count` integers.
unsafe fn last(values: *const i32, count: usize) -> i32 {
    match count.checked_sub(1) {
        // SAFETY: below the count.
        Some(at) => unsafe { values.add(at).read_volatile() },
        None => 0,
    }
}

pub use flags::LAYOUTS;

pub const DRIVERS: &[Driver] = &[
    Driver {
        case: "array_sum_i32",
        prepare: prepare_sum,
    },
    Driver {
        case: "array_fill_i32",
        prepare: prepare_fill,
    },
    Driver {
        case: "array_bool",
        prepare: flags::prepare_bool,
    },
    Driver {
        case: "array_bool_out",
        prepare: flags::prepare_bool_out,
    },
    Driver {
        case: "array_records",
        prepare: flags::prepare_records,
    },
    Driver {
        case: "array_pinning",
        prepare: blocks::prepare_bytes,
    },
    Driver {
        case: "array_bulk_bytes",
        prepare: blocks::prepare_bytes,
    },
    Driver {
        case: "array_list",
        prepare: blocks::prepare_list,
    },
    Driver {
        case: "array_scale_f64",
        prepare: blocks::prepare_scale,
    },
    Driver {
        case: "array_native_alloc",
        prepare: blocks::prepare_native_alloc,
    },
];

fn prepare_sum(params: Params) -> Prepared {
    let count: usize = params.number("n");
    let values: Vec<i32> = (0..count).map(element).collect();
    let floor_values = values.clone();
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_i32s_to_i64),
            move |kernel| transmute::<Address, Sum>(kernel.address)(values.as_ptr(), count),
            move |floor, kernel, calls| {
                transmute::<Address, SumLoop>(floor)(
                    transmute::<Address, Sum>(kernel.address),
                    calls,
                    floor_values.as_ptr(),
                    count,
                )
            },
        )
    }
}

fn prepare_fill(params: Params) -> Prepared {
    let count: usize = params.number("n");
    let values = Rc::new(Scratch::<i32>::new(count));
    let floor_values = Rc::clone(&values);
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the memory is the row's own.
    unsafe {
        Prepared::new(
            floor_of!(floor_fill_i32s),
            move |kernel| {
                transmute::<Address, Fill>(kernel.address)(values.get(), count);
                last(values.get(), count).into()
            },
            move |floor, kernel, calls| {
                transmute::<Address, FillLoop>(floor)(
                    transmute::<Address, Fill>(kernel.address),
                    calls,
                    floor_values.get(),
                    count,
                )
            },
        )
    }
}
