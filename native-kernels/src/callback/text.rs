//! Native code calls back with text: item by item, or a batch at once.

use std::mem::{MaybeUninit, offset_of, transmute};

use crate::abi::{LayoutEntry, field_entry, type_entry};
use crate::driver::{Address, Params, Prepared};

/// Text that is handed to a callback: ASCII, zero-terminated; the length does not count the 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct CallbackText {
    pub text: *const u8,
    pub length: usize,
}

pub const LAYOUTS: &[&[LayoutEntry]] =
    &[layout_of!(CallbackText as c"callback_text" { text as c"text", length as c"length" })];

/// Null is `None`, which Rust's plain function pointer could not hold.
type OnText = Option<unsafe extern "C" fn(text: *const u8, length: usize) -> i64>;
type OnTexts = Option<unsafe extern "C" fn(texts: *const CallbackText, count: usize) -> i64>;

const LENGTH: usize = 16;
const PER_BATCH: usize = 256;

static TEXTS: [&[u8; LENGTH + 1]; 8] = [
    b"abcdefghijklmnop\0",
    b"bcdefghijklmnopq\0",
    b"cdefghijklmnopqr\0",
    b"defghijklmnopqrs\0",
    b"efghijklmnopqrst\0",
    b"fghijklmnopqrstu\0",
    b"ghijklmnopqrstuv\0",
    b"hijklmnopqrstuvw\0",
];

#[inline(always)]
fn text(at: i64) -> *const u8 {
    TEXTS[(at & 7) as usize].as_ptr()
}

/// # Safety
/// `callback` is null or may be called with any of the texts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn callback_text_item(k: i64, callback: OnText) -> i64 {
    entry!("callback_text_item");
    let Some(callback) = callback else {
        return 0;
    };
    let mut sum = 0_i64;
    for i in 0..k {
        // SAFETY: as the caller promises.
        sum = sum.wrapping_add(unsafe { callback(text(i), LENGTH) });
    }
    sum
}

/// # Safety
/// `callback` is null or may be called with any of the texts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn callback_text_item_batch(k: i64, callback: OnTexts) -> i64 {
    entry!("callback_text_item_batch");
    let Some(callback) = callback else {
        return 0;
    };
    let mut batch = [const { MaybeUninit::<CallbackText>::uninit() }; PER_BATCH];
    let mut sum = 0_i64;
    let mut at = 0_i64;
    while at < k {
        let count = (k - at).min(PER_BATCH as i64);
        for (place, i) in batch.iter_mut().zip(at..at + count) {
            place.write(CallbackText {
                text: text(i),
                length: LENGTH,
            });
        }
        // SAFETY: so many were written; the rest as the caller promises.
        sum = sum.wrapping_add(unsafe { callback(batch.as_ptr().cast(), count as usize) });
        at += count;
    }
    sum
}

type Item = unsafe extern "C" fn(i64, OnText) -> i64;

floor_loop! { fn floor_text_items as ItemLoop: |kernel: Item, k: i64| kernel(k, Some(ends)) }

/// What the managed callbacks do, done by Rust.
unsafe extern "C" fn ends(text: *const u8, length: usize) -> i64 {
    // SAFETY: a kernel gives no empty text.
    let (first, last) = unsafe { (*text, *text.add(length - 1)) };
    length as i64 + i64::from(first) + i64::from(last)
}

pub fn prepare(params: Params) -> Prepared {
    let k: i64 = params.number("k");
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_text_items),
            move |kernel| transmute::<Address, Item>(kernel.address)(k, Some(ends)),
            move |floor, kernel, calls| {
                transmute::<Address, ItemLoop>(floor)(
                    transmute::<Address, Item>(kernel.address),
                    calls,
                    k,
                )
            },
        )
    }
}
