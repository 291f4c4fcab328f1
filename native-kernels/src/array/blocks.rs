//! Blocks of bytes and of numbers: read, scaled in place, allocated on either side.

use std::ffi::c_void;
use std::mem::transmute;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use super::{Sum, SumLoop, element, floor_i32s_to_i64};
use crate::abi::{BLOCKS, LIVE, free, malloc};
use crate::driver::{Address, Params, Prepared, Scratch};

/// Byte `at` of every block.
fn byte(at: usize) -> u8 {
    (at as u8).wrapping_mul(167).wrapping_add(13)
}

/// # Safety
/// `bytes` is null or points to `count` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_pinning(bytes: *const u8, count: usize) -> i64 {
    entry!("array_pinning");
    if bytes.is_null() {
        return 0;
    }
    let mut sum = 0_i64;
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        sum += i64::from(unsafe { *bytes.add(i) });
    }
    sum
}

/// # Safety
/// `bytes` is null or points to `count` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_bulk_bytes(bytes: *const u8, count: usize) -> i64 {
    entry!("array_bulk_bytes");
    if bytes.is_null() {
        return 0;
    }
    let mut sum = 0_i64;
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        sum += i64::from(unsafe { *bytes.add(i) });
    }
    sum
}

/// # Safety
/// `values` is null or points to `count` integers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_list(values: *const i32, count: usize) -> i64 {
    entry!("array_list");
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
/// `values` is null or points to `count` numbers that may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_scale_f64(values: *mut f64, count: usize, factor: f64) {
    entry!("array_scale_f64");
    if values.is_null() {
        return;
    }
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        unsafe { *values.add(i) *= factor };
    }
}

/// # Safety
/// `memory` is null or points to `size_bytes` bytes that may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_native_alloc(memory: *mut u8, size_bytes: usize) -> i32 {
    entry!("array_native_alloc");
    if memory.is_null() || size_bytes < 2 {
        return 0;
    }
    // SAFETY: the first and the last byte.
    unsafe {
        memory.write_volatile(1);
        memory.add(size_bytes - 1).write_volatile(2);
        i32::from(memory.read_volatile()) + i32::from(memory.add(size_bytes - 1).read_volatile())
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn array_native_alloc_new(size_bytes: usize) -> *mut u8 {
    entry!("array_native_alloc_new");
    // SAFETY: any size may be asked for.
    let memory = unsafe { malloc(size_bytes) }.cast::<u8>();
    if !memory.is_null() {
        LIVE[BLOCKS].fetch_add(1, Ordering::Relaxed);
    }
    memory
}

/// # Safety
/// `memory` is null or came from `array_native_alloc_new` and was not freed since.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_native_alloc_free(memory: *mut u8) {
    entry!("array_native_alloc_free");
    if memory.is_null() {
        return;
    }
    LIVE[BLOCKS].fetch_sub(1, Ordering::Relaxed);
    // SAFETY: from malloc, as the caller promises.
    unsafe { free(memory.cast::<c_void>()) };
}

type Bytes = unsafe extern "C" fn(*const u8, usize) -> i64;
type Scale = unsafe extern "C" fn(*mut f64, usize, f64);
type Touch = unsafe extern "C" fn(*mut u8, usize) -> i32;

floor_loop! { fn floor_bytes_to_i64 as BytesLoop: |kernel: Bytes, bytes: *const u8, count: usize| kernel(bytes, count) }
floor_loop! {
    fn floor_scale_f64s as ScaleLoop: |kernel: Scale, values: *mut f64, count: usize, factor: f64|
        scaled(kernel, values, count, factor)
}
floor_loop! { fn floor_touch as TouchLoop: |kernel: Touch, memory: *mut u8, size_bytes: usize| kernel(memory, size_bytes) }

/// What the last number is before each call, so that the answer shows whether it was written.
const LAST: f64 = 3.0;
/// Turns the sign: the numbers stay of one size however often they are scaled.
const FACTOR: f64 = -1.0;

/// The last number after a call; 0 without any.
///
/// # Safety
/// `values` points to `count` numbers that may be written.
unsafe fn scaled(kernel: Scale, values: *mut f64, count: usize, factor: f64) -> i64 {
    let Some(last) = count.checked_sub(1) else {
        return 0;
    };
    // SAFETY: below the count.
    unsafe {
        values.add(last).write_volatile(LAST);
        kernel(values, count, factor);
        values.add(last).read_volatile() as i64
    }
}

/// Of a kernel that reads bytes.
pub fn prepare_bytes(params: Params) -> Prepared {
    let count: usize = params.number("n");
    let bytes: Rc<[u8]> = (0..count).map(byte).collect();
    let floor_bytes = Rc::clone(&bytes);
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_bytes_to_i64),
            move |kernel| transmute::<Address, Bytes>(kernel.address)(bytes.as_ptr(), count),
            move |floor, kernel, calls| {
                transmute::<Address, BytesLoop>(floor)(
                    transmute::<Address, Bytes>(kernel.address),
                    calls,
                    floor_bytes.as_ptr(),
                    count,
                )
            },
        )
    }
}

pub fn prepare_list(params: Params) -> Prepared {
    let count: usize = params.number("n");
    let values: Rc<[i32]> = (0..count).map(element).collect();
    let floor_values = Rc::clone(&values);
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

pub fn prepare_scale(params: Params) -> Prepared {
    let count: usize = params.number("n");
    let values = Rc::new(Scratch::<f64>::new(count));
    let floor_values = Rc::clone(&values);
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the memory is the row's own.
    unsafe {
        Prepared::new(
            floor_of!(floor_scale_f64s),
            move |kernel| {
                let kernel = transmute::<Address, Scale>(kernel.address);
                scaled(kernel, values.get(), count, FACTOR)
            },
            move |floor, kernel, calls| {
                transmute::<Address, ScaleLoop>(floor)(
                    transmute::<Address, Scale>(kernel.address),
                    calls,
                    floor_values.get(),
                    count,
                    FACTOR,
                )
            },
        )
    }
}

pub fn prepare_native_alloc(params: Params) -> Prepared {
    let size_bytes: usize = params.number("n");
    let memory = Rc::new(Scratch::<u8>::new(size_bytes));
    let floor_memory = Rc::clone(&memory);
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the memory is the row's own.
    unsafe {
        Prepared::new(
            floor_of!(floor_touch),
            move |kernel| {
                transmute::<Address, Touch>(kernel.address)(memory.get(), size_bytes).into()
            },
            move |floor, kernel, calls| {
                transmute::<Address, TouchLoop>(floor)(
                    transmute::<Address, Touch>(kernel.address),
                    calls,
                    floor_memory.get(),
                    size_bytes,
                )
            },
        )
    }
}
