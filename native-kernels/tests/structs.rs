//! What the kernels of structs and errors answer to inputs that no row has: null, odd flags, every kind of a union, too large a count;
//! and what the helpers answer, which no row asks for alone.

mod common;

use std::ffi::{CStr, c_char, c_void};
use std::ptr::{null, null_mut};

use common::timed;

type Pointer = unsafe extern "C" fn(*const c_void) -> u64;

const READING: &[&str] = &[
    "struct_flags_ref",
    "struct_union_ref",
    "struct_text_fields",
    "struct_text_fields_utf16",
    "struct_inline_array",
];
const WRITING: &[&str] = &["struct_out_16", "struct_out_64", "struct_out_256"];

#[test]
fn no_struct_is_0_and_nothing_is_written_to_none() {
    for library in timed() {
        for symbol in READING {
            // SAFETY: the header allows null; the results are all of 64 bits.
            let answer = unsafe { library.function::<Pointer>(symbol)(null()) };
            assert_eq!(answer, 0, "{symbol}");
        }
        for symbol in WRITING {
            // SAFETY: the type is that of the header, which allows null.
            unsafe { library.function::<unsafe extern "C" fn(*mut u64)>(symbol)(null_mut()) };
        }
    }
}

#[test]
fn a_flag_is_set_where_it_is_not_0() {
    for library in timed() {
        for (flags, bits) in [
            ([0, 0, 0, 0], 0),
            ([1, 0, 0, 0], 1),
            ([0, 255, 0, 2], 0b1010),
            ([0, 0, 128, 0], 0b100),
        ] {
            let flags: [u8; 4] = flags;
            // SAFETY: the struct is four bytes.
            let answer =
                unsafe { library.function::<Pointer>("struct_flags_ref")(flags.as_ptr().cast()) };
            assert_eq!(answer, bits, "{flags:?}");
        }
        // SAFETY: four bytes come back as the integer that they are.
        let returned = |bits| unsafe {
            library.function::<unsafe extern "C" fn(u64) -> u32>("struct_flags_returned")(bits)
                .to_le_bytes()
        };
        assert_eq!(returned(0b0110), [0, 1, 1, 0]);
        assert_eq!(returned(u64::MAX), [1, 1, 1, 1]);
        assert_eq!(returned(0b1_0000), [0, 0, 0, 0]);
    }
}

#[test]
fn the_tag_says_what_the_union_holds() {
    for library in timed() {
        // SAFETY: the struct is a tag, four bytes that nothing looks at, and 24 bytes.
        let answer = |kind: u32, words: [u64; 3]| unsafe {
            let tagged = [kind.into(), words[0], words[1], words[2]];
            library.function::<Pointer>("struct_union_ref")(tagged.as_ptr().cast())
        };
        assert_eq!(answer(0, [7, 8, 9]), 7);
        assert_eq!(answer(1, [0.5_f64.to_bits(), 8, 9]), 1);
        for real in [0.0, -0.0, -3.5, f64::NAN] {
            assert_eq!(answer(1, [real.to_bits(), 8, 9]), 0);
        }
        assert_eq!(answer(2, [7, 8, 9]), 7 + 9 + 11);
        assert_eq!(answer(u32::MAX, [u64::MAX, 1, 2]), u64::MAX);
    }
}

#[test]
fn every_word_is_written_and_returned() {
    for library in timed() {
        for symbol in WRITING {
            let count: usize = symbol.rsplit('_').next().unwrap().parse().unwrap();
            let mut words = vec![0_u64; count / 8 + 1];
            // SAFETY: there is room for the struct and a word more.
            unsafe {
                library.function::<unsafe extern "C" fn(*mut u64)>(symbol)(words.as_mut_ptr())
            };
            for (at, word) in words[..count / 8].iter().enumerate() {
                assert_eq!(*word, (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            }
            assert_eq!(words[count / 8], 0, "{symbol} wrote too far");
        }
        #[repr(C)]
        struct Words([u64; 8]);
        // SAFETY: the struct is eight words.
        let Words(words) =
            unsafe { library.function::<unsafe extern "C" fn() -> Words>("struct_returned_64")() };
        for (at, word) in words.iter().enumerate() {
            assert_eq!(*word, (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        }
    }
}

#[test]
fn an_array_in_place_is_summed_as_far_as_it_is_used_and_has_room() {
    for library in timed() {
        for (count, sum) in [
            (0_u32, 0_u64),
            (3, 6),
            (16, 136),
            (17, 136),
            (u32::MAX, 136),
        ] {
            let record: Vec<u32> = [count].into_iter().chain(1..=16).collect();
            // SAFETY: the struct is a count and sixteen integers.
            let answer = unsafe {
                library.function::<Pointer>("struct_inline_array")(record.as_ptr().cast())
            };
            assert_eq!(answer, sum, "{count}");
        }
    }
}

#[test]
fn text_in_place_ends_at_its_0_or_where_its_room_does() {
    #[repr(C)]
    struct Record {
        id: i32,
        name: *const u8,
        tag: [u8; 32],
    }
    let fnv = |units: &[u8]| {
        units.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &unit| {
            (hash ^ u64::from(unit)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    for library in timed() {
        // SAFETY: the struct is that of the header, its name null or zero-terminated.
        let hash = |id, name: *const u8, tag| unsafe {
            let record = Record { id, name, tag };
            library.function::<Pointer>("struct_text_fields")((&raw const record).cast())
        };
        let mut tag = [b'x'; 32];
        assert_eq!(
            hash(7, c"ab".as_ptr().cast(), tag),
            fnv(&[b"ab".as_slice(), &tag, &[7]].concat())
        );
        assert_eq!(hash(7, null(), tag), fnv(&[tag.as_slice(), &[7]].concat()));
        tag[1] = 0;
        assert_eq!(hash(7, c"".as_ptr().cast(), tag), fnv(b"x\x07"));
    }
}

#[test]
fn failures_are_said_in_every_way() {
    type Hresult = unsafe extern "C" fn(i32, i32, *mut i32) -> i32;
    type Signal = unsafe extern "C" fn(i32, *mut i32) -> i32;
    type Outcome = unsafe extern "C" fn(i32) -> u64;
    type Text = unsafe extern "C" fn(i32) -> *const c_char;
    let overflow = 0x8013_1516_u32 as i32;
    let invalid = 0x8007_0057_u32 as i32;
    for library in timed() {
        // SAFETY: the types are those of the header, which allows null; status and value of the struct are the halves of an integer.
        unsafe {
            let add: Hresult = library.function("error_hresult");
            let mut sum = 5;
            assert_eq!((add(2, -3, &raw mut sum), sum), (0, -1));
            for (a, b) in [(i32::MAX, 1), (i32::MIN, -1)] {
                assert_eq!((add(a, b, &raw mut sum), sum), (overflow, -1));
            }
            assert_eq!(
                (add(1, 1, null_mut()), add(i32::MAX, 1, null_mut())),
                (0, overflow)
            );

            let signal: Signal = library.function("error_signal");
            let mut result = 5;
            assert_eq!((signal(-1, &raw mut result), result), (invalid, 5));
            assert_eq!((signal(21, &raw mut result), result), (0, 42));
            assert_eq!((signal(i32::MAX, &raw mut result), result), (0, -2));
            assert_eq!(
                (signal(1, null_mut()), signal(i32::MIN, null_mut())),
                (0, invalid)
            );

            let outcome: Outcome = library.function("error_signal_outcome");
            let halves = |value| (outcome(value) as i32, (outcome(value) >> 32) as i32);
            assert_eq!(halves(-1), (invalid, 0));
            assert_eq!(halves(i32::MAX), (0, -2));

            let text: Text = library.function("error_signal_text");
            assert_eq!(CStr::from_ptr(text(invalid)), c"value is negative");
            assert_eq!(CStr::from_ptr(text(0)), c"");
        }
    }
}
