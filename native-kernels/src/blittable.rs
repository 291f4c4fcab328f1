//! Blittable calls: nothing is converted, so what is left is the border itself.

mod arguments;
mod values;

use std::mem::transmute;

use crate::abi::LayoutEntry;
use crate::driver::{Address, Driver, Params, Prepared, word};

#[unsafe(no_mangle)]
pub extern "C" fn blittable_add_i32(a: i32, b: i32) -> i32 {
    entry!("blittable_add_i32");
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_add_i32_nogc(a: i32, b: i32) -> i32 {
    entry!("blittable_add_i32_nogc");
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_noop() {
    entry!("blittable_noop");
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_noop_nogc() {
    entry!("blittable_noop_nogc");
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_convention(a: i32, b: i32) -> i32 {
    entry!("blittable_convention");
    a.wrapping_add(b)
}

/// `arity!("symbol" symbol: a0 ^ 0, a1 ^ 1, ...)`: a kernel of so many words, the wrapping sum of `a_i ^ i`.
macro_rules! arity {
    ($name:literal $symbol:ident: $($argument:ident ^ $at:literal),*) => {
        #[unsafe(no_mangle)]
        #[allow(clippy::too_many_arguments, reason = "what an argument costs is the question")]
        pub extern "C" fn $symbol($($argument: u64),*) -> u64 {
            entry!($name);
            0_u64$(.wrapping_add($argument ^ $at))*
        }
    };
}

arity! { "blittable_arity_0" blittable_arity_0:  }
arity! { "blittable_arity_0_nogc" blittable_arity_0_nogc:  }
arity! { "blittable_arity_2" blittable_arity_2: a0 ^ 0, a1 ^ 1 }
arity! { "blittable_arity_2_nogc" blittable_arity_2_nogc: a0 ^ 0, a1 ^ 1 }
arity! { "blittable_arity_4" blittable_arity_4: a0 ^ 0, a1 ^ 1, a2 ^ 2, a3 ^ 3 }
arity! { "blittable_arity_4_nogc" blittable_arity_4_nogc: a0 ^ 0, a1 ^ 1, a2 ^ 2, a3 ^ 3 }
arity! { "blittable_arity_6" blittable_arity_6: a0 ^ 0, a1 ^ 1, a2 ^ 2, a3 ^ 3, a4 ^ 4, a5 ^ 5 }
arity! { "blittable_arity_6_nogc" blittable_arity_6_nogc: a0 ^ 0, a1 ^ 1, a2 ^ 2, a3 ^ 3, a4 ^ 4, a5 ^ 5 }
arity! { "blittable_arity_7" blittable_arity_7: a0 ^ 0, a1 ^ 1, a2 ^ 2, a3 ^ 3, a4 ^ 4, a5 ^ 5, a6 ^ 6 }
arity! { "blittable_arity_7_nogc" blittable_arity_7_nogc: a0 ^ 0, a1 ^ 1, a2 ^ 2, a3 ^ 3, a4 ^ 4, a5 ^ 5, a6 ^ 6 }
arity! { "blittable_arity_8" blittable_arity_8: a0 ^ 0, a1 ^ 1, a2 ^ 2, a3 ^ 3, a4 ^ 4, a5 ^ 5, a6 ^ 6, a7 ^ 7 }
arity! { "blittable_arity_8_nogc" blittable_arity_8_nogc: a0 ^ 0, a1 ^ 1, a2 ^ 2, a3 ^ 3, a4 ^ 4, a5 ^ 5, a6 ^ 6, a7 ^ 7 }
arity! { "blittable_arity_12" blittable_arity_12: a0 ^ 0, a1 ^ 1, a2 ^ 2, a3 ^ 3, a4 ^ 4, a5 ^ 5, a6 ^ 6, a7 ^ 7, a8 ^ 8, a9 ^ 9, a10 ^ 10, a11 ^ 11 }
arity! { "blittable_arity_12_nogc" blittable_arity_12_nogc: a0 ^ 0, a1 ^ 1, a2 ^ 2, a3 ^ 3, a4 ^ 4, a5 ^ 5, a6 ^ 6, a7 ^ 7, a8 ^ 8, a9 ^ 9, a10 ^ 10, a11 ^ 11 }

type Arity0 = unsafe extern "C" fn() -> u64;
type Arity2 = unsafe extern "C" fn(u64, u64) -> u64;
type Arity4 = unsafe extern "C" fn(u64, u64, u64, u64) -> u64;
type Arity6 = unsafe extern "C" fn(u64, u64, u64, u64, u64, u64) -> u64;
type Arity7 = unsafe extern "C" fn(u64, u64, u64, u64, u64, u64, u64) -> u64;
type Arity8 = unsafe extern "C" fn(u64, u64, u64, u64, u64, u64, u64, u64) -> u64;
type Arity12 =
    unsafe extern "C" fn(u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64) -> u64;

type Noop = unsafe extern "C" fn();

floor_loop! { fn floor_noop as NoopLoop: |kernel: Noop| { kernel(); 0 } }
floor_loop! { fn floor_arity_0 as ArityLoop0: |kernel: Arity0| kernel() }
floor_loop! { fn floor_arity_2 as ArityLoop2: |kernel: Arity2, words: *const u64| kernel(*words, *words.add(1)) }
floor_loop! { fn floor_arity_4 as ArityLoop4: |kernel: Arity4, words: *const u64| kernel(*words, *words.add(1), *words.add(2), *words.add(3)) }
floor_loop! { fn floor_arity_6 as ArityLoop6: |kernel: Arity6, words: *const u64| kernel(*words, *words.add(1), *words.add(2), *words.add(3), *words.add(4), *words.add(5)) }
floor_loop! { fn floor_arity_7 as ArityLoop7: |kernel: Arity7, words: *const u64| kernel(*words, *words.add(1), *words.add(2), *words.add(3), *words.add(4), *words.add(5), *words.add(6)) }
floor_loop! { fn floor_arity_8 as ArityLoop8: |kernel: Arity8, words: *const u64| kernel(*words, *words.add(1), *words.add(2), *words.add(3), *words.add(4), *words.add(5), *words.add(6), *words.add(7)) }
floor_loop! { fn floor_arity_12 as ArityLoop12: |kernel: Arity12, words: *const u64| kernel(*words, *words.add(1), *words.add(2), *words.add(3), *words.add(4), *words.add(5), *words.add(6), *words.add(7), *words.add(8), *words.add(9), *words.add(10), *words.add(11)) }

type AddI32 = unsafe extern "C" fn(i32, i32) -> i32;

floor_loop! { fn floor_i32_i32_to_i32 as AddI32Loop: |kernel: AddI32, a: i32, b: i32| kernel(a, b) }

/// Their sum wraps: an answer made with wider integers would differ.
pub(crate) const A: i32 = 1_234_567_890;
pub(crate) const B: i32 = 987_654_321;

fn prepare_noop(_: Params) -> Prepared {
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_noop),
            |kernel| {
                transmute::<Address, Noop>(kernel.address)();
                0
            },
            |floor, kernel, calls| {
                transmute::<Address, NoopLoop>(floor)(
                    transmute::<Address, Noop>(kernel.address),
                    calls,
                )
            },
        )
    }
}

/// The words that every arity takes its arguments from.
static WORDS: [u64; 12] = {
    let mut words = [0; 12];
    let mut at = 0;
    while at < words.len() {
        words[at] = word(at);
        at += 1;
    }
    words
};

/// An arm of `prepare_arity`.
macro_rules! prepared_arity {
    ($floor:ident, $kernel:ident($($at:literal),*), $loop:ident $(, $words:ident)?) => {
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; there are as many words as arguments.
        unsafe {
            Prepared::new(
                floor_of!($floor),
                |kernel| transmute::<Address, $kernel>(kernel.address)($(WORDS[$at]),*) as i64,
                |floor, kernel, calls| {
                    transmute::<Address, $loop>(floor)(
                        transmute::<Address, $kernel>(kernel.address),
                        calls
                        $(, $words.as_ptr())?
                    )
                },
            )
        }
    };
}

fn prepare_arity(params: Params) -> Prepared {
    match params.text("n") {
        "0" => prepared_arity!(floor_arity_0, Arity0(), ArityLoop0),
        "2" => prepared_arity!(floor_arity_2, Arity2(0, 1), ArityLoop2, WORDS),
        "4" => prepared_arity!(floor_arity_4, Arity4(0, 1, 2, 3), ArityLoop4, WORDS),
        "6" => prepared_arity!(floor_arity_6, Arity6(0, 1, 2, 3, 4, 5), ArityLoop6, WORDS),
        "7" => prepared_arity!(
            floor_arity_7,
            Arity7(0, 1, 2, 3, 4, 5, 6),
            ArityLoop7,
            WORDS
        ),
        "8" => prepared_arity!(
            floor_arity_8,
            Arity8(0, 1, 2, 3, 4, 5, 6, 7),
            ArityLoop8,
            WORDS
        ),
        "12" => prepared_arity!(
            floor_arity_12,
            Arity12(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            ArityLoop12,
            WORDS
        ),
        other => panic!("params {:?}: no kernel has {other} arguments", params.0),
    }
}

pub(crate) fn prepare_add(_: Params) -> Prepared {
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_i32_i32_to_i32),
            |kernel| transmute::<Address, AddI32>(kernel.address)(A, B).into(),
            |floor, kernel, calls| {
                transmute::<Address, AddI32Loop>(floor)(
                    transmute::<Address, AddI32>(kernel.address),
                    calls,
                    A,
                    B,
                )
            },
        )
    }
}

pub const LAYOUTS: &[&[LayoutEntry]] = &[values::DECIMAL_LAYOUT];

pub const DRIVERS: &[Driver] = &[
    Driver {
        case: "blittable_noop",
        prepare: prepare_noop,
    },
    Driver {
        case: "blittable_arity",
        prepare: prepare_arity,
    },
    Driver {
        case: "blittable_add_i32",
        prepare: prepare_add,
    },
    Driver {
        case: "blittable_args_f64",
        prepare: arguments::prepare,
    },
    Driver {
        case: "blittable_bool",
        prepare: values::prepare_bool,
    },
    Driver {
        case: "blittable_native_int",
        prepare: values::prepare_native_int,
    },
    Driver {
        case: "blittable_char",
        prepare: values::prepare_char,
    },
    Driver {
        case: "blittable_converted",
        prepare: values::prepare_converted,
    },
    Driver {
        case: "blittable_convention",
        prepare: prepare_add,
    },
];
