//! Native code asks back how numbers compare, and sorts them.

use std::hint::black_box;
use std::mem::transmute;
use std::rc::Rc;

use crate::driver::{Address, Params, Prepared, Scratch};

/// How the number behind the first pointer stands to that behind the second. Null is `None`, which Rust's plain function
/// pointer could not hold.
type Compare = Option<unsafe extern "C" fn(left: *const i32, right: *const i32) -> i32>;

/// Bottom-up heapsort (Wegener 1993): hardly more than n log2 n comparisons, in place, without recursion, and inside the array
/// whatever the comparisons answer.
///
/// # Safety
/// `values` is null or points to `count` numbers that may be written; `compare` may be called with pointers to any two of them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn callback_sort(values: *mut i32, count: usize, compare: Compare) {
    entry!("callback_sort");
    let Some(compare) = compare else {
        return;
    };
    if values.is_null() {
        return;
    }
    // SAFETY: every place is below the count, as is that of every child that `sift` looks at.
    unsafe {
        for start in (0..count / 2).rev() {
            sift(values, start, count, compare);
        }
        for end in (1..count).rev() {
            values.swap(values.add(end));
            sift(values, 0, end, compare);
        }
    }
}

/// Lets the number at `start` sink into the heap below it, which ends before `count`.
///
/// # Safety
/// As for [`callback_sort`], with `start` below `count`.
unsafe fn sift(
    values: *mut i32,
    start: usize,
    count: usize,
    compare: unsafe extern "C" fn(*const i32, *const i32) -> i32,
) {
    // SAFETY: `at` never leaves start..count.
    unsafe {
        // Down to a leaf along the larger children: one comparison a level.
        let mut at = start;
        while 2 * at + 2 < count {
            let right = 2 * at + 2;
            let larger = compare(values.add(right), values.add(right - 1)) > 0;
            at = if larger { right } else { right - 1 };
        }
        if 2 * at + 2 == count {
            at = 2 * at + 1;
        }
        // Up again to where the number belongs, which is near the leaf.
        while at > start && compare(values.add(start), values.add(at)) > 0 {
            at = (at - 1) / 2;
        }
        // It goes there, and all on its way one up.
        while at > start {
            values.add(start).swap(values.add(at));
            at = (at - 1) / 2;
        }
    }
}

/// # Safety
/// Both pointers are to a number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn callback_sort_ascending(left: *const i32, right: *const i32) -> i32 {
    entry!("callback_sort_ascending");
    // SAFETY: valid, as the caller promises.
    let (left, right) = unsafe { (*left, *right) };
    i32::from(left > right) - i32::from(left < right)
}

type Sort = unsafe extern "C" fn(*mut i32, usize, Compare);
type SortLoop = unsafe extern "C" fn(Sort, u64, *const i32, *mut i32, usize, Compare) -> u64;

/// Not by `floor_loop!`: the answer is looked for once, after the last call, or it would be a good part of a short sort.
///
/// # Safety
/// `kernel` is a function of this type, `input` and `values` point to `count` numbers, and those of `values` may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn floor_sort(
    kernel: Sort,
    calls: u64,
    input: *const i32,
    values: *mut i32,
    count: usize,
    compare: Compare,
) -> u64 {
    let kernel = black_box(kernel);
    // SAFETY: the caller vouches for the kernel and its inputs.
    unsafe {
        for _ in 0..calls {
            values.copy_from_nonoverlapping(input, count);
            kernel(values, count, compare);
        }
        calls.wrapping_mul(in_order(values, count) as u64)
    }
}

/// The wrapping sum of number i times i + 1: of all orders the ascending one has the largest.
///
/// # Safety
/// `values` points to `count` numbers.
unsafe fn in_order(values: *const i32, count: usize) -> i64 {
    (0..count).fold(0_i64, |sum, at| {
        // SAFETY: below the count.
        let value = i64::from(unsafe { values.add(at).read() });
        sum.wrapping_add(value.wrapping_mul(at as i64 + 1))
    })
}

pub fn prepare(params: Params) -> Prepared {
    let count: usize = params.number("n");
    // As the arrays of all families.
    let input: Rc<[i32]> = (0..count)
        .map(|at| (at as u32).wrapping_mul(2_654_435_761) as i32)
        .collect();
    let values = Rc::new(Scratch::<i32>::new(count));
    let (floor_input, floor_values) = (Rc::clone(&input), Rc::clone(&values));
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the memory is the row's own, and the
    // comparison is that of the kernel's library.
    unsafe {
        Prepared::new(
            floor_of!(floor_sort),
            move |kernel| {
                let values = values.get();
                values.copy_from_nonoverlapping(input.as_ptr(), count);
                transmute::<Address, Sort>(kernel.address)(
                    values,
                    count,
                    transmute::<Address, Compare>(kernel.companions[0]),
                );
                in_order(values, count)
            },
            move |floor, kernel, calls| {
                transmute::<Address, SortLoop>(floor)(
                    transmute::<Address, Sort>(kernel.address),
                    calls,
                    floor_input.as_ptr(),
                    floor_values.get(),
                    count,
                    transmute::<Address, Compare>(kernel.companions[0]),
                )
            },
        )
    }
    .with(&["callback_sort_ascending"])
}
