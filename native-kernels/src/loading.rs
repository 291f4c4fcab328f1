//! Loading: exports that are called for the first time in a process. What they do is the least that has an answer.

mod imports;

use crate::struct_::StructWords16;

/// Bytes before the first 0; none for null.
///
/// # Safety
/// `text` is null or points to bytes that end with a 0.
unsafe fn bytes(text: *const u8) -> u64 {
    if text.is_null() {
        return 0;
    }
    let mut count = 0;
    // SAFETY: what is read has not passed the 0 that the caller promises.
    while unsafe { *text.add(count) } != 0 {
        count += 1;
    }
    count as u64
}

/// An import with a signature of its own: the bytes of the text, and each number times its place.
macro_rules! import {
    ($name:ident $symbol:literal: $($argument:ident $type:ident $place:literal),*) => {
        /// # Safety
        /// `text` is null or points to bytes that end with a 0.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(text: *const u8, $($argument: $type),*) -> i64 {
            entry!($symbol);
            // SAFETY: as the caller promises.
            let bytes = unsafe { super::bytes(text) } as i64;
            bytes$(.wrapping_add(($argument as i64).wrapping_mul($place)))*
        }
    };
}
pub(crate) use import;

#[unsafe(no_mangle)]
pub extern "C" fn loading_first_call(a: i32, b: i32) -> i32 {
    entry!("loading_first_call");
    a.wrapping_add(b)
}

/// # Safety
/// `text` is null or points to bytes that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn loading_first_call_text(text: *const u8) -> u64 {
    entry!("loading_first_call_text");
    // SAFETY: as the caller promises.
    unsafe { bytes(text) }
}

/// # Safety
/// `words` is null or points to the struct.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn loading_first_call_struct(words: *const StructWords16) -> u64 {
    entry!("loading_first_call_struct");
    // SAFETY: null or valid, as the caller promises.
    unsafe { words.as_ref() }.map_or(0, StructWords16::sum)
}
