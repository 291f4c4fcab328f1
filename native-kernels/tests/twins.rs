//! Rust = C = the catalogue's answer, and both answer the inputs no row has as `kernels.h` says.

mod common;

use std::ffi::c_void;
use std::ptr::{null, null_mut};

use common::{RUST, kernels, rows, timed};
use kernels_rust::catalogue::ALIASES;

#[test]
fn every_row_has_its_answer_in_both_libraries() {
    for library in timed() {
        for (case, row, prepared) in rows() {
            let symbols = ALIASES
                .iter()
                .filter(|alias| alias.of == row.symbol)
                .map(|alias| alias.alias);
            for symbol in symbols.chain([row.symbol]) {
                // SAFETY: the address is the row's symbol or an alias of it.
                let answer = unsafe { prepared.call(&library.kernel(symbol, &prepared)) };
                assert_eq!(
                    answer,
                    row.expected,
                    "{}/{} by {symbol} of {}",
                    case.id,
                    row.params,
                    library.implementation()
                );
            }
        }
    }
}

#[test]
fn a_floor_loop_sums_as_many_answers_as_calls() {
    let loops = kernels(RUST);
    for library in timed() {
        for (case, row, prepared) in rows() {
            let floor = loops.address(prepared.floor.symbol);
            let kernel = library.kernel(row.symbol, &prepared);
            for calls in [0, 1, 3] {
                // SAFETY: the addresses are the row's loop and the row's kernel.
                let sum = unsafe { prepared.run(floor, &kernel, calls) };
                let expected = (row.expected as u64).wrapping_mul(calls);
                assert_eq!(
                    sum,
                    expected,
                    "{}/{} x {calls} of {}",
                    case.id,
                    row.params,
                    library.implementation()
                );
            }
        }
    }
}

#[test]
fn add_wraps_at_both_ends() {
    type Add = unsafe extern "C" fn(i32, i32) -> i32;
    for library in timed() {
        for symbol in ["blittable_add_i32", "blittable_add_i32_nogc"] {
            // SAFETY: the type is that of the header; any integers may be added.
            let add = |a, b| unsafe { library.function::<Add>(symbol)(a, b) };
            assert_eq!(add(2, 3), 5);
            assert_eq!(add(-2, 3), 1);
            assert_eq!(add(1_234_567_890, 987_654_321), -2_072_745_085);
            assert_eq!(add(i32::MAX, 1), i32::MIN);
            assert_eq!(add(i32::MIN, -1), i32::MAX);
        }
    }
}

type Text = unsafe extern "C" fn(*const u8) -> u64;
type TextLength = unsafe extern "C" fn(*const u8, usize) -> u64;

/// From the test vectors that Fowler, Noll and Vo publish for FNV-1a, 64 bits.
const FNV_1A_64: [(&[u8], u64); 4] = [
    (b"", 0xcbf2_9ce4_8422_2325),
    (b"a", 0xaf63_dc4c_8601_ec8c),
    (b"foobar", 0x8594_4171_f739_67e8),
    (b"chongo was here!\n", 0x4681_0940_eff5_f915),
];

/// The same hash as a fold, for texts nobody has published.
fn fnv_1a_64(text: &[u8]) -> u64 {
    text.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn text_is_hashed_as_published() {
    for library in timed() {
        for (text, expected) in FNV_1A_64 {
            let terminated = [text, b"\0"].concat();
            // SAFETY: the types are those of the header; the text ends with a 0, and the length is without it.
            unsafe {
                assert_eq!(
                    library.function::<Text>("string_utf8_in")(terminated.as_ptr()),
                    expected
                );
                assert_eq!(
                    library.function::<TextLength>("string_utf8_in_len")(text.as_ptr(), text.len()),
                    expected
                );
            }
            assert_eq!(fnv_1a_64(text), expected);
        }
    }
}

#[test]
fn nothing_is_exchanged_where_there_is_nothing() {
    for library in timed() {
        // SAFETY: the type is that of the header, which allows null for both pointers.
        unsafe {
            let by_ref: unsafe extern "C" fn(*mut *mut u8) = library.function("string_by_ref");
            let mut none = null_mut();
            by_ref(null_mut());
            by_ref(&raw mut none);
            assert!(none.is_null());
        }
    }
}

#[test]
fn the_length_of_a_bstr_counts_its_zeros() {
    for library in timed() {
        let block = [4_u16, 0, 0, u16::from(b'a'), 0xffff];
        let expected = (fnv_1a_64(b"\0") ^ u64::from(b'a')).wrapping_mul(0x0100_0000_01b3);
        // SAFETY: the type is that of the header; four bytes of text stand behind the length.
        unsafe {
            let hash: unsafe extern "C" fn(*const u16) -> u64 = library.function("string_bstr_in");
            assert_eq!(hash(block.as_ptr().add(2)), expected);
            assert_eq!(hash(null()), fnv_1a_64(b""));
        }
    }
}

#[test]
fn no_text_is_the_empty_text() {
    for library in timed() {
        // SAFETY: the types are those of the header, which allows null, whatever the length, and a length of 0 anywhere.
        unsafe {
            let text: Text = library.function("string_utf8_in");
            let text_length: TextLength = library.function("string_utf8_in_len");
            assert_eq!(text(null()), fnv_1a_64(b""));
            assert_eq!(text_length(null(), 0), fnv_1a_64(b""));
            assert_eq!(text_length(null(), 8), fnv_1a_64(b""));
            assert_eq!(text_length(b"a".as_ptr(), 0), fnv_1a_64(b""));
        }
    }
}

/// What ends a text is its 0 in one entry point and its length in the other; nothing else does.
#[test]
fn text_ends_where_its_entry_point_says() {
    let bytes = b"foo\0bar\xff\0";
    for library in timed() {
        // SAFETY: the types are those of the header; the bytes end with a 0, and no length exceeds them.
        unsafe {
            assert_eq!(
                library.function::<Text>("string_utf8_in")(bytes.as_ptr()),
                fnv_1a_64(b"foo")
            );
            for length in 0..=bytes.len() {
                let hash =
                    library.function::<TextLength>("string_utf8_in_len")(bytes.as_ptr(), length);
                assert_eq!(hash, fnv_1a_64(&bytes[..length]));
            }
        }
    }
}

/// All lengths around the steps a vectorised or unrolled loop could have, at every alignment, then far beyond the catalogue.
#[test]
fn text_of_any_length_at_any_alignment_is_hashed_whole() {
    let every_byte_but_0: Vec<u8> = (1..=255).cycle().take(3 << 20).collect();
    let short = (0..8).flat_map(|start| (0..=260).map(move |length| (start, length)));
    for library in timed() {
        for (start, length) in short.clone().chain([(1, 65_536), (3, (3 << 20) - 3)]) {
            let mut text = every_byte_but_0[..start + length].to_vec();
            let expected = fnv_1a_64(&text[start..]);
            text.push(0);
            // SAFETY: the types are those of the header; the text ends with a 0, and the length is without it.
            unsafe {
                let text = text.as_ptr().add(start);
                assert_eq!(library.function::<Text>("string_utf8_in")(text), expected);
                assert_eq!(
                    library.function::<TextLength>("string_utf8_in_len")(text, length),
                    expected
                );
            }
        }
    }
}

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
fn each_value_comes_once_in_order_with_the_context() {
    for library in timed() {
        for (k, expected) in [(1, 0), (5, -10), (1000, -499_500)] {
            let mut seen: Vec<i64> = Vec::new();
            // SAFETY: the type is that of the header; the context is what the callback expects.
            let sum = unsafe {
                library.function::<Each>("callback_each")(k, Some(remember), (&raw mut seen).cast())
            };
            assert_eq!(sum, expected);
            assert!(
                seen.iter().copied().eq(0..k),
                "{}: {seen:?}",
                library.implementation()
            );
        }
    }
}

#[test]
fn nothing_to_call_gives_0_and_calls_nothing() {
    for library in timed() {
        let mut seen: Vec<i64> = Vec::new();
        // SAFETY: the type is that of the header, which allows a null callback; the context is what the callback expects.
        unsafe {
            let each: Each = library.function("callback_each");
            for k in [0, -1, i64::MIN] {
                assert_eq!(each(k, Some(remember), (&raw mut seen).cast()), 0);
                assert_eq!(each(k, None, null_mut()), 0);
            }
            assert_eq!(each(3, None, null_mut()), 0);
        }
        assert_eq!(seen, []);
    }
}

#[test]
fn the_sum_of_the_callbacks_wraps() {
    for library in timed() {
        // SAFETY: the type is that of the header; this callback ignores its context.
        let sum =
            unsafe { library.function::<Each>("callback_each")(2, Some(largest), null_mut()) };
        assert_eq!(sum, -2);
    }
}

/// What is put in costs time and nothing else, whichever part of the loop it falls into.
#[test]
fn extra_steps_of_the_chain_leave_the_answer() {
    type Chain = unsafe extern "C" fn(u64, u64, u64) -> u64;
    for library in timed() {
        // SAFETY: the type is that of the header; any integers may be given.
        let chain = |start, steps, extra| unsafe {
            library.function::<Chain>("control_chain")(start, steps, extra)
        };
        for start in [0, 5, u64::MAX] {
            for steps in [0_u64, 1, 7, 8, 9, 50, 800] {
                let expected = start.wrapping_add(steps.wrapping_mul(0x9e37_79b9_7f4a_7c15));
                for extra in [0, 1, 7, 8, 9, 80] {
                    assert_eq!(chain(start, steps, extra), expected, "{steps} + {extra}");
                }
            }
        }
    }
}

/// A length no multiple of eight, and the alias, which no row has.
#[test]
fn the_work_of_a_chain_is_its_additions() {
    for library in timed() {
        for symbol in ["transition_work", "transition_work_nogc"] {
            for iterations in [0, 1, 7, 8, 9, 2048, 65_537] {
                // SAFETY: the type is that of the header; any number may be asked for.
                let sum = unsafe {
                    library.function::<unsafe extern "C" fn(u32) -> u64>(symbol)(iterations)
                };
                let steps = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(iterations.into());
                assert_eq!(sum, steps.wrapping_add(1_234_567_890), "{iterations}");
            }
        }
    }
}

/// No row answers for them: a batch is the helper of a row that calls for each pair.
#[test]
fn a_batch_is_the_sum_of_its_pairs() {
    type Batch = unsafe extern "C" fn(*const i32, *const i32, usize) -> i32;
    let left: Vec<i32> = (0..1025).map(|i| i32::MAX - i * 3).collect();
    let right: Vec<i32> = (0..1025).map(|i| i * i).collect();
    for library in timed() {
        for symbol in [
            "transition_batching_batch",
            "transition_batching_batch_nogc",
        ] {
            // SAFETY: the type is that of the header, which allows null; no count exceeds the arrays.
            unsafe {
                let batch: Batch = library.function(symbol);
                for count in [0, 1, 4, 17, 1025] {
                    let pairs = left.iter().zip(&right).take(count);
                    let expected =
                        pairs.fold(0_i32, |sum, (a, b)| sum.wrapping_add(a.wrapping_add(*b)));
                    assert_eq!(batch(left.as_ptr(), right.as_ptr(), count), expected);
                }
                assert_eq!(batch(null(), right.as_ptr(), 3), 0);
                assert_eq!(batch(left.as_ptr(), null(), 3), 0);
            }
        }
    }
}

#[test]
fn values_at_their_ends_are_answered_as_declared() {
    for library in timed() {
        // SAFETY: the types are those of the header, which allows null, whatever the count.
        unsafe {
            let bool_4: unsafe extern "C" fn(i32) -> i32 = library.function("blittable_bool_4");
            assert_eq!([0, 1, -1, 0x100].map(|flag| bool_4(flag)), [1, 0, 0, 0]);
            let bool_1: unsafe extern "C" fn(u8) -> u8 = library.function("blittable_bool_1");
            assert_eq!([0, 1, 255].map(|flag| bool_1(flag)), [1, 0, 0]);
            let unit: unsafe extern "C" fn(u16) -> u16 = library.function("blittable_char");
            assert_eq!(unit(u16::MAX), 0);
            let units: unsafe extern "C" fn(*const u16, usize) -> u64 =
                library.function("blittable_char_array");
            assert_eq!(units([1, u16::MAX].as_ptr(), 2), 0x1_0000);
            assert_eq!((units(null(), 0), units(null(), 8)), (0, 0));
            let nint: unsafe extern "C" fn(isize) -> isize =
                library.function("blittable_native_int_nint");
            assert_eq!(nint(isize::MAX), isize::MIN);
            let guid: unsafe extern "C" fn(*const c_void) -> u64 =
                library.function("blittable_converted_guid");
            assert_eq!(guid(null()), 0);
        }
    }
}
