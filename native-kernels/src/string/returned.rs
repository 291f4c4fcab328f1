//! Text that native code returns: allocated for the caller, static, or freed by an export.

use std::ffi::c_void;
use std::mem::transmute;
use std::ptr::null_mut;
use std::sync::atomic::Ordering;

use super::letter;
use crate::abi::{LIVE, STRINGS, free, malloc};
use crate::driver::{Address, Params, Prepared};

/// `N` - 1 letters and a 0.
const fn letters<const N: usize>() -> [u8; N] {
    let mut text = [0; N];
    let mut at = 0;
    while at + 1 < N {
        text[at] = letter(at);
        at += 1;
    }
    text
}

static TEXT_OF_16: [u8; 17] = letters();
static TEXT_OF_256: [u8; 257] = letters();

/// `length` letters and a 0, by malloc.
#[inline(always)]
fn make(length: usize) -> *mut u8 {
    // SAFETY: any size may be asked for.
    let text = unsafe { malloc(length.wrapping_add(1)) }.cast::<u8>();
    if text.is_null() {
        return null_mut();
    }
    for i in 0..length {
        // SAFETY: below the size asked for.
        unsafe { text.add(i).write(letter(i)) };
    }
    // SAFETY: the last byte.
    unsafe { text.add(length).write(0) };
    text
}

#[unsafe(no_mangle)]
pub extern "C" fn string_returned(length: usize) -> *mut u8 {
    entry!("string_returned");
    make(length)
}

#[unsafe(no_mangle)]
pub extern "C" fn string_returned_static(length: usize) -> *const u8 {
    entry!("string_returned_static");
    if length <= 16 {
        TEXT_OF_16.as_ptr()
    } else {
        TEXT_OF_256.as_ptr()
    }
}

/// # Safety
/// `written` may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_returned_len(length: usize, written: *mut usize) -> *mut u8 {
    entry!("string_returned_len");
    let text = make(length);
    if !text.is_null() {
        LIVE[STRINGS].fetch_add(1, Ordering::Relaxed);
    }
    // SAFETY: writable, as the caller promises.
    unsafe { written.write(if text.is_null() { 0 } else { length }) };
    text
}

/// # Safety
/// `text` is null or came from `string_returned_len` and was not freed since.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_returned_free(text: *mut u8) {
    entry!("string_returned_free");
    if text.is_null() {
        return;
    }
    LIVE[STRINGS].fetch_sub(1, Ordering::Relaxed);
    // SAFETY: from malloc, as the caller promises.
    unsafe { free(text.cast()) };
}

type Owned = unsafe extern "C" fn(usize) -> *mut u8;
type Static = unsafe extern "C" fn(usize) -> *const u8;
type Counted = unsafe extern "C" fn(usize, *mut usize) -> *mut u8;
type Release = unsafe extern "C" fn(*mut u8);

floor_loop! {
    fn floor_text_owned as OwnedLoop: |kernel: Owned, length: usize| {
        let text = kernel(length);
        let mark = mark(text, length);
        free(text.cast::<c_void>());
        mark
    }
}
floor_loop! { fn floor_text_static as StaticLoop: |kernel: Static, length: usize| mark(kernel(length), length) }
floor_loop! {
    fn floor_text_len as CountedLoop: |kernel: Counted, release: Release, length: usize| {
        let mut written = 0;
        let text = kernel(length, &raw mut written);
        let mark = mark(text, written);
        release(text);
        mark
    }
}

/// Length plus last byte.
///
/// # Safety
/// `text` is null or points to `length` bytes.
unsafe fn mark(text: *const u8, length: usize) -> i64 {
    if text.is_null() || length == 0 {
        return 0;
    }
    // SAFETY: below the length.
    length as i64 + i64::from(unsafe { text.add(length - 1).read_volatile() })
}

pub fn prepare(params: Params) -> Prepared {
    let length: usize = params.number("length");
    match params.text("entry") {
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; what is made is freed as the header says.
        "owned" => unsafe {
            Prepared::new(
                floor_of!(floor_text_owned),
                move |kernel| {
                    let text = transmute::<Address, Owned>(kernel.address)(length);
                    let mark = mark(text, length);
                    free(text.cast());
                    mark
                },
                move |floor, kernel, calls| {
                    transmute::<Address, OwnedLoop>(floor)(
                        transmute::<Address, Owned>(kernel.address),
                        calls,
                        length,
                    )
                },
            )
        },
        // SAFETY: as above.
        "static" => unsafe {
            Prepared::new(
                floor_of!(floor_text_static),
                move |kernel| {
                    let text = transmute::<Address, Static>(kernel.address)(length);
                    mark(text, length)
                },
                move |floor, kernel, calls| {
                    transmute::<Address, StaticLoop>(floor)(
                        transmute::<Address, Static>(kernel.address),
                        calls,
                        length,
                    )
                },
            )
        },
        // SAFETY: as above; the text is freed by the library that made it.
        "len" => unsafe {
            Prepared::new(
                floor_of!(floor_text_len),
                move |kernel| {
                    let mut written = 0;
                    let make = transmute::<Address, Counted>(kernel.address);
                    let text = make(length, &raw mut written);
                    let mark = mark(text, written);
                    transmute::<Address, Release>(kernel.companions[0])(text);
                    mark
                },
                move |floor, kernel, calls| {
                    transmute::<Address, CountedLoop>(floor)(
                        transmute::<Address, Counted>(kernel.address),
                        calls,
                        transmute::<Address, Release>(kernel.companions[0]),
                        length,
                    )
                },
            )
            .with(&["string_returned_free"])
        },
        other => panic!("params {:?}: no entry is called {other}", params.0),
    }
}
