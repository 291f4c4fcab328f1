//! Structs that native code fills behind a pointer, or returns.

use std::mem::transmute;

use super::{
    StructWords8, StructWords16, StructWords24, StructWords32, StructWords64, StructWords256,
};
use crate::driver::{Address, Params, Prepared, Scratch};

macro_rules! out {
    ($name:literal $out:ident, $type:ident) => {
        /// # Safety
        /// `words` is null or may be written.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $out(words: *mut $type) {
            entry!($name);
            if !words.is_null() {
                // SAFETY: not null, and writable as the caller promises.
                unsafe { words.write($type::new()) };
            }
        }
    };
}

out! { "struct_out_16" struct_out_16, StructWords16 }
out! { "struct_out_64" struct_out_64, StructWords64 }
out! { "struct_out_256" struct_out_256, StructWords256 }

/// `last` is the last field: what an answer is.
macro_rules! returned {
    ($name:literal $returned:ident, $type:ident, $kernel:ident, $floor:ident as $loop:ident: $last:ident) => {
        #[unsafe(no_mangle)]
        pub extern "C" fn $returned() -> $type {
            entry!($name);
            $type::new()
        }

        type $kernel = unsafe extern "C" fn() -> $type;

        floor_loop! { fn $floor as $loop: |kernel: $kernel| kernel().$last }
    };
}

returned! { "struct_returned_8" struct_returned_8, StructWords8, Returned8, floor_returned_8 as ReturnedLoop8: w0 }
returned! { "struct_returned_16" struct_returned_16, StructWords16, Returned16, floor_returned_16 as ReturnedLoop16: w1 }
returned! { "struct_returned_24" struct_returned_24, StructWords24, Returned24, floor_returned_24 as ReturnedLoop24: w2 }
returned! { "struct_returned_32" struct_returned_32, StructWords32, Returned32, floor_returned_32 as ReturnedLoop32: w3 }
returned! { "struct_returned_64" struct_returned_64, StructWords64, Returned64, floor_returned_64 as ReturnedLoop64: w7 }

type Out = unsafe extern "C" fn(*mut u64);

floor_loop! {
    fn floor_words_out as OutLoop: |kernel: Out, words: *mut u64, last: usize| {
        kernel(words);
        words.add(last).read()
    }
}

pub fn prepare_out(params: Params) -> Prepared {
    let count = params.number::<usize>("size") / size_of::<u64>();
    let words = Scratch::<u64>::new(count);
    let floor_words = Scratch::<u64>::new(count);
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; there is room for the struct.
    unsafe {
        Prepared::new(
            floor_of!(floor_words_out),
            move |kernel| {
                transmute::<Address, Out>(kernel.address)(words.get());
                words.get().add(count - 1).read() as i64
            },
            move |floor, kernel, calls| {
                transmute::<Address, OutLoop>(floor)(
                    transmute::<Address, Out>(kernel.address),
                    calls,
                    floor_words.get(),
                    count - 1,
                )
            },
        )
    }
}

/// An arm of `prepare_returned`.
macro_rules! prepared_returned {
    ($floor:ident, $kernel:ident, $loop:ident, $last:ident) => {
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
        unsafe {
            Prepared::new(
                floor_of!($floor),
                |kernel| transmute::<Address, $kernel>(kernel.address)().$last as i64,
                |floor, kernel, calls| {
                    transmute::<Address, $loop>(floor)(
                        transmute::<Address, $kernel>(kernel.address),
                        calls,
                    )
                },
            )
        }
    };
}

pub fn prepare_returned(params: Params) -> Prepared {
    match params.text("size") {
        "8" => prepared_returned!(floor_returned_8, Returned8, ReturnedLoop8, w0),
        "16" => prepared_returned!(floor_returned_16, Returned16, ReturnedLoop16, w1),
        "24" => prepared_returned!(floor_returned_24, Returned24, ReturnedLoop24, w2),
        "32" => prepared_returned!(floor_returned_32, Returned32, ReturnedLoop32, w3),
        "64" => prepared_returned!(floor_returned_64, Returned64, ReturnedLoop64, w7),
        other => panic!(
            "params {:?}: no returned struct has {other} bytes",
            params.0
        ),
    }
}
