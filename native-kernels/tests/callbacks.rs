//! Kernels that call back answer the inputs no row has as `kernels.h` says: nothing to call, nothing to call with, and callbacks
//! that answer nonsense.

mod common;

use std::ffi::c_void;
use std::mem::transmute;
use std::ptr::{null, null_mut};
use std::slice;

use common::timed;

type Callback = Option<extern "C" fn(i64, *mut c_void) -> i64>;
type Each = unsafe extern "C" fn(i64, Callback, *mut c_void) -> i64;

/// The context is a list of the values that came.
extern "C" fn remember(value: i64, context: *mut c_void) -> i64 {
    // SAFETY: the tests pass the list as context, and look at it only after the call.
    unsafe { (*context.cast::<Vec<i64>>()).push(value) };
    -value
}

extern "C" fn largest(_: i64, _: *mut c_void) -> i64 {
    i64::MAX
}

#[test]
fn each_value_comes_once_in_order_and_the_sum_wraps() {
    for library in timed() {
        for symbol in ["callback_state", "callback_reentrant"] {
            let mut seen: Vec<i64> = Vec::new();
            let list = (&raw mut seen).cast();
            // SAFETY: the type is that of the header, which allows a null callback; the context is what the callback expects.
            unsafe {
                let each: Each = library.function(symbol);
                assert_eq!(each(5, Some(remember), list), -10);
                assert_eq!(each(0, Some(remember), list), 0);
                assert_eq!(each(-1, Some(remember), list), 0);
                assert_eq!(each(3, None, list), 0);
                assert_eq!(each(2, Some(largest), null_mut()), -2);
            }
            assert_eq!(seen, [0, 1, 2, 3, 4]);
        }
    }
}

#[test]
fn subscriptions_keep_callback_and_context_apart_and_are_counted() {
    type New = unsafe extern "C" fn(Callback, *mut c_void) -> *mut c_void;
    type Stored = unsafe extern "C" fn(*const c_void, i64) -> i64;
    type Free = unsafe extern "C" fn(*mut c_void);
    for library in timed() {
        let (mut first, mut second): (Vec<i64>, Vec<i64>) = (Vec::new(), Vec::new());
        // SAFETY: the types are those of the header, which allows null; each context is what its callback expects.
        unsafe {
            let new: New = library.function("callback_stored_new");
            let stored: Stored = library.function("callback_stored");
            let free: Free = library.function("callback_stored_free");
            let live: unsafe extern "C" fn(u32) -> i64 = library.function("kernels_live");
            let before = live(0);
            let one = new(Some(remember), (&raw mut first).cast());
            let other = new(Some(remember), (&raw mut second).cast());
            let nothing = new(None, null_mut());
            assert_eq!(live(0), before + 3);
            assert_eq!(stored(one, 3), -3);
            assert_eq!(stored(other, 2), -1);
            assert_eq!(stored(one, -1), 0);
            assert_eq!(stored(nothing, 2), 0);
            assert_eq!(stored(null(), 2), 0);
            for subscription in [one, other, nothing, null_mut()] {
                free(subscription);
            }
            assert_eq!(live(0), before);
        }
        assert_eq!((first, second), (vec![0, 1, 2], vec![0, 1]));
    }
}

#[test]
fn the_address_that_is_given_out_is_that_of_the_export() {
    for library in timed() {
        // SAFETY: the types are those of the header; any integers may be added.
        unsafe {
            let get: unsafe extern "C" fn() -> *const c_void =
                library.function("callback_from_address_get");
            assert_eq!(get(), library.address("callback_from_address"));
            let add = transmute::<*const c_void, extern "C" fn(i32, i32) -> i32>(get());
            assert_eq!(add(i32::MAX, 1), i32::MIN);
            let down: unsafe extern "C" fn(i64, i64) -> i64 =
                library.function("callback_reentrant_add");
            assert_eq!(down(i64::MAX, 1), i64::MIN);
        }
    }
}

type Compare = Option<unsafe extern "C" fn(*const i32, *const i32) -> i32>;
type Sort = unsafe extern "C" fn(*mut i32, usize, Compare);

unsafe extern "C" fn descending(left: *const i32, right: *const i32) -> i32 {
    // SAFETY: the kernel gives pointers to numbers.
    unsafe { (*right).cmp(&*left) as i32 }
}

unsafe extern "C" fn always_larger(_: *const i32, _: *const i32) -> i32 {
    1
}

unsafe extern "C" fn always_equal(_: *const i32, _: *const i32) -> i32 {
    0
}

/// Every length around the shapes that a heap can have, with and without equal numbers, and a guard on either side.
#[test]
fn numbers_are_sorted_as_the_callback_says_and_none_is_lost() {
    for library in timed() {
        // SAFETY: the types are those of the header; no count exceeds the array.
        unsafe {
            let sort: Sort = library.function("callback_sort");
            let ascending: Compare = Some(library.function("callback_sort_ascending"));
            for count in (0..70).chain([1023, 1024, 1025]) {
                for distinct in [i32::MAX, 3] {
                    let input: Vec<i32> = (0..count)
                        .map(|at: i32| at.wrapping_mul(-1_640_531_535) % distinct)
                        .collect();
                    let guarded = [&[i32::MAX], input.as_slice(), &[i32::MIN]].concat();
                    let mut sorted = input.clone();
                    sorted.sort_unstable();
                    let mut reversed = sorted.clone();
                    reversed.reverse();
                    let comparisons: [(Compare, Option<&[i32]>); 5] = [
                        (ascending, Some(&sorted)),
                        (Some(descending), Some(&reversed)),
                        (Some(always_larger), None),
                        (Some(always_equal), None),
                        (None, Some(&input)),
                    ];
                    for (compare, expected) in comparisons {
                        let mut values = guarded.clone();
                        sort(values.as_mut_ptr().add(1), input.len(), compare);
                        assert_eq!((values[0], values[values.len() - 1]), (i32::MAX, i32::MIN));
                        let mut inside = values[1..values.len() - 1].to_vec();
                        if let Some(expected) = expected {
                            assert_eq!(inside, expected, "{count}");
                        }
                        inside.sort_unstable();
                        assert_eq!(inside, sorted, "{count}: the numbers are others");
                    }
                }
            }
            sort(null_mut(), 8, ascending);
        }
    }
}

#[test]
fn numbers_are_compared_at_their_ends() {
    for library in timed() {
        // SAFETY: the type is that of the header; the pointers are to numbers.
        let compare = |left: i32, right: i32| unsafe {
            library.function::<unsafe extern "C" fn(*const i32, *const i32) -> i32>(
                "callback_sort_ascending",
            )(&raw const left, &raw const right)
        };
        assert_eq!(compare(i32::MIN, i32::MAX), -1);
        assert_eq!(compare(i32::MAX, i32::MIN), 1);
        assert_eq!(compare(7, 7), 0);
    }
}

#[repr(C)]
struct Text {
    text: *const u8,
    length: usize,
}

/// Whether a text is sixteen letters, one after the other, and then a 0; the first one.
///
/// # Safety
/// As the kernel promises: `length` bytes and a 0.
unsafe fn first_of(text: *const u8, length: usize) -> i64 {
    // SAFETY: as the caller promises.
    let bytes = unsafe { slice::from_raw_parts(text, length + 1) };
    let run = (bytes[0]..).take(16).chain([0]);
    if length == 16 && bytes.iter().copied().eq(run) {
        bytes[0].into()
    } else {
        -1_000_000
    }
}

unsafe extern "C" fn on_text(text: *const u8, length: usize) -> i64 {
    // SAFETY: the kernel gives such texts.
    unsafe { first_of(text, length) }
}

/// Counts calls in the millions.
unsafe extern "C" fn on_texts(texts: *const Text, count: usize) -> i64 {
    // SAFETY: the kernel gives so many texts.
    let texts = unsafe { slice::from_raw_parts(texts, count) };
    // SAFETY: as above.
    let firsts = texts
        .iter()
        .map(|text| unsafe { first_of(text.text, text.length) });
    1_000_000 + firsts.sum::<i64>()
}

#[test]
fn texts_are_letters_item_by_item_and_in_batches() {
    type Item =
        unsafe extern "C" fn(i64, Option<unsafe extern "C" fn(*const u8, usize) -> i64>) -> i64;
    type Batch =
        unsafe extern "C" fn(i64, Option<unsafe extern "C" fn(*const Text, usize) -> i64>) -> i64;
    for library in timed() {
        for k in [-1_i64, 0, 1, 7, 8, 9, 255, 256, 257, 1000] {
            let expected: i64 = (0..k).map(|i| i64::from(b'a') + i % 8).sum();
            let batches = (k.max(0) + 255) / 256;
            // SAFETY: the types are those of the header, which allows a null callback.
            unsafe {
                let item: Item = library.function("callback_text_item");
                let batch: Batch = library.function("callback_text_item_batch");
                assert_eq!(item(k, Some(on_text)), expected, "{k}");
                assert_eq!(
                    batch(k, Some(on_texts)),
                    expected + 1_000_000 * batches,
                    "{k}"
                );
                assert_eq!((item(k, None), batch(k, None)), (0, 0));
            }
        }
    }
}

#[test]
fn a_counter_is_read_and_none_is_0() {
    for library in timed() {
        // SAFETY: the type is that of the header, which allows null.
        unsafe {
            let read: unsafe extern "C" fn(*const u64) -> u64 = library.function("handle_legacy");
            let counter = u64::MAX;
            assert_eq!(read(&raw const counter), u64::MAX);
            assert_eq!(read(null()), 0);
        }
    }
}
