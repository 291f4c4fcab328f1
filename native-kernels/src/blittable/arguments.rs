//! Arguments that are floating-point numbers: they have registers of their own.

use std::mem::transmute;

use super::WORDS;
use crate::driver::{Address, Params, Prepared};

/// An argument of 64 bits, made from a word and turned back into one: the bits of a double are its word, nothing is converted.
trait Argument {
    fn of(word: u64) -> Self;
    fn word(self) -> u64;
}

impl Argument for u64 {
    fn of(word: u64) -> Self {
        word
    }

    fn word(self) -> u64 {
        self
    }
}

impl Argument for f64 {
    fn of(word: u64) -> Self {
        f64::from_bits(word)
    }

    fn word(self) -> u64 {
        self.to_bits()
    }
}

/// The kernel, its floor loop and the row that drives them; the kernel is the wrapping sum of `bits_i ^ i`.
macro_rules! arguments {
    ($name:literal $symbol:ident as $kernel:ident, $floor:ident as $loop:ident, $prepare:ident: $($argument:ident: $type:ty = $at:literal),*) => {
        #[unsafe(no_mangle)]
        #[allow(clippy::too_many_arguments, reason = "what an argument costs is the question")]
        pub extern "C" fn $symbol($($argument: $type),*) -> u64 {
            entry!($name);
            0_u64$(.wrapping_add($argument.word() ^ $at))*
        }

        type $kernel = unsafe extern "C" fn($($type),*) -> u64;

        floor_loop! { fn $floor as $loop: |kernel: $kernel, words: *const u64| kernel($(<$type>::of(*words.add($at))),*) }

        fn $prepare() -> Prepared {
            // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; there are as many words as arguments.
            unsafe {
                Prepared::new(
                    floor_of!($floor),
                    |kernel| transmute::<Address, $kernel>(kernel.address)($(<$type>::of(WORDS[$at])),*) as i64,
                    |floor, kernel, calls| {
                        transmute::<Address, $loop>(floor)(
                            transmute::<Address, $kernel>(kernel.address),
                            calls,
                            WORDS.as_ptr(),
                        )
                    },
                )
            }
        }
    };
}

arguments! { "blittable_args_f64_x2" blittable_args_f64_x2 as F64x2, floor_f64_2 as F64Loop2, prepare_2: a0: f64 = 0, a1: f64 = 1 }
arguments! { "blittable_args_f64_x8" blittable_args_f64_x8 as F64x8, floor_f64_8 as F64Loop8, prepare_8: a0: f64 = 0, a1: f64 = 1, a2: f64 = 2, a3: f64 = 3, a4: f64 = 4, a5: f64 = 5, a6: f64 = 6, a7: f64 = 7 }
arguments! { "blittable_args_f64_x9" blittable_args_f64_x9 as F64x9, floor_f64_9 as F64Loop9, prepare_9: a0: f64 = 0, a1: f64 = 1, a2: f64 = 2, a3: f64 = 3, a4: f64 = 4, a5: f64 = 5, a6: f64 = 6, a7: f64 = 7, a8: f64 = 8 }
arguments! { "blittable_args_f64_x12" blittable_args_f64_x12 as F64x12, floor_f64_12 as F64Loop12, prepare_12: a0: f64 = 0, a1: f64 = 1, a2: f64 = 2, a3: f64 = 3, a4: f64 = 4, a5: f64 = 5, a6: f64 = 6, a7: f64 = 7, a8: f64 = 8, a9: f64 = 9, a10: f64 = 10, a11: f64 = 11 }
arguments! { "blittable_args_f64_mixed12" blittable_args_f64_mixed12 as Mixed12, floor_mixed_12 as MixedLoop12, prepare_mixed: a0: u64 = 0, a1: f64 = 1, a2: u64 = 2, a3: f64 = 3, a4: u64 = 4, a5: f64 = 5, a6: u64 = 6, a7: f64 = 7, a8: u64 = 8, a9: f64 = 9, a10: u64 = 10, a11: f64 = 11 }

pub(super) fn prepare(params: Params) -> Prepared {
    match params.text("arguments") {
        "f64x2" => prepare_2(),
        "f64x8" => prepare_8(),
        "f64x9" => prepare_9(),
        "f64x12" => prepare_12(),
        "mixed12" => prepare_mixed(),
        other => panic!("params {:?}: no kernel has {other}", params.0),
    }
}
