//! Many small calls against one that does the work of all.

use std::mem::transmute;
use std::rc::Rc;

use crate::driver::{Address, Params, Prepared};

#[unsafe(no_mangle)]
pub extern "C" fn transition_batching(a: i32, b: i32) -> i32 {
    entry!("transition_batching");
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn transition_batching_nogc(a: i32, b: i32) -> i32 {
    entry!("transition_batching_nogc");
    a.wrapping_add(b)
}

/// # Safety
/// Both are null or point to `count` integers.
#[inline(always)]
unsafe fn batch(left: *const i32, right: *const i32, count: usize) -> i32 {
    if left.is_null() || right.is_null() {
        return 0;
    }
    let mut sum = 0_i32;
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        let pair = unsafe { (*left.add(i)).wrapping_add(*right.add(i)) };
        sum = sum.wrapping_add(pair);
    }
    sum
}

/// # Safety
/// Both are null or point to `count` integers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn transition_batching_batch(
    left: *const i32,
    right: *const i32,
    count: usize,
) -> i32 {
    entry!("transition_batching_batch");
    // SAFETY: as the caller promises.
    unsafe { batch(left, right, count) }
}

/// # Safety
/// Both are null or point to `count` integers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn transition_batching_batch_nogc(
    left: *const i32,
    right: *const i32,
    count: usize,
) -> i32 {
    entry!("transition_batching_batch_nogc");
    // SAFETY: as the caller promises.
    unsafe { batch(left, right, count) }
}

type AddI32 = unsafe extern "C" fn(i32, i32) -> i32;

floor_loop! {
    fn floor_i32_i32_to_i32_pairs as PairsLoop: |kernel: AddI32, left: *const i32, right: *const i32, count: usize| {
        let mut sum = 0_i32;
        for i in 0..count {
            sum = sum.wrapping_add(kernel(*left.add(i), *right.add(i)));
        }
        sum
    }
}

/// Integer `at` of the arrays, the left one's first: `at * 2654435761` in 32 bits (Knuth's multiplicative hash).
fn integer(at: usize) -> i32 {
    (at as u32).wrapping_mul(2_654_435_761) as i32
}

pub(super) fn prepare(params: Params) -> Prepared {
    let n: usize = params.number("n");
    let left: Rc<[i32]> = (0..n).map(integer).collect();
    let right: Rc<[i32]> = (n..2 * n).map(integer).collect();
    let (floor_left, floor_right) = (left.clone(), right.clone());
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; both arrays have n integers.
    unsafe {
        Prepared::new(
            floor_of!(floor_i32_i32_to_i32_pairs),
            move |kernel| {
                let add = transmute::<Address, AddI32>(kernel.address);
                let pairs = left.iter().zip(&*right);
                let sum = pairs.fold(0_i32, |sum, (&a, &b)| sum.wrapping_add(add(a, b)));
                sum.into()
            },
            move |floor, kernel, calls| {
                transmute::<Address, PairsLoop>(floor)(
                    transmute::<Address, AddI32>(kernel.address),
                    calls,
                    floor_left.as_ptr(),
                    floor_right.as_ptr(),
                    n,
                )
            },
        )
    }
}
