//! Text as UTF-16 code units: read, or written into a buffer of the caller.

use std::mem::transmute;
use std::rc::Rc;

use super::{FNV_OFFSET_BASIS, FNV_PRIME, hash_to_zero, letter, text_of};
use crate::driver::{Address, Params, Prepared, Scratch};

/// # Safety
/// `text` is null or points to units that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_utf16_in(text: *const u16) -> u64 {
    entry!("string_utf16_in");
    // SAFETY: as the caller promises.
    unsafe { hash_to_zero(text) }
}

/// # Safety
/// `text` is null or points to `length` units.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_utf16_in_len(text: *const u16, length: usize) -> u64 {
    entry!("string_utf16_in_len");
    let mut hash = FNV_OFFSET_BASIS;
    if text.is_null() {
        return hash;
    }
    for i in 0..length {
        // SAFETY: below the length that the caller promises.
        let unit = unsafe { *text.add(i) };
        hash = (hash ^ u64::from(unit)).wrapping_mul(FNV_PRIME);
    }
    hash
}

/// # Safety
/// `buffer` is null or points to `capacity` units that may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_fill(buffer: *mut u16, capacity: i32) -> i32 {
    entry!("string_fill");
    if buffer.is_null() || capacity <= 0 {
        return 0;
    }
    let length = capacity as usize - 1;
    for i in 0..length {
        // SAFETY: below the capacity that the caller promises.
        unsafe { buffer.add(i).write(letter(i).into()) };
    }
    // SAFETY: the last unit of the buffer.
    unsafe { buffer.add(length).write(0) };
    length as i32
}

pub(super) type Text = unsafe extern "C" fn(*const u16) -> u64;
type TextLength = unsafe extern "C" fn(*const u16, usize) -> u64;
type Fill = unsafe extern "C" fn(*mut u16, i32) -> i32;

floor_loop! { fn floor_text16_to_u64 as TextLoop: |kernel: Text, text: *const u16| kernel(text) }
floor_loop! {
    fn floor_text16_length_to_u64 as TextLengthLoop: |kernel: TextLength, text: *const u16, length: usize|
        kernel(text, length)
}
floor_loop! {
    fn floor_fill_text16 as FillLoop: |kernel: Fill, buffer: *mut u16, capacity: i32| {
        let length = kernel(buffer, capacity);
        i64::from(length) + last(buffer, length)
    }
}

/// 0 without any.
///
/// # Safety
/// `buffer` points to `length` units.
unsafe fn last(buffer: *const u16, length: i32) -> i64 {
    if length <= 0 {
        return 0;
    }
    // SAFETY: below the length.
    unsafe { buffer.add(length as usize - 1).read_volatile() }.into()
}

pub fn prepare_in(params: Params) -> Prepared {
    let call_text: Vec<u16> = text_of(params).encode_utf16().chain([0]).collect();
    let floor_text = call_text.clone();
    let length = call_text.len() - 1;
    match params.text("entry") {
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the units end with a 0.
        "z" => unsafe {
            Prepared::new(
                floor_of!(floor_text16_to_u64),
                move |kernel| transmute::<Address, Text>(kernel.address)(call_text.as_ptr()) as i64,
                move |floor, kernel, calls| {
                    transmute::<Address, TextLoop>(floor)(
                        transmute::<Address, Text>(kernel.address),
                        calls,
                        floor_text.as_ptr(),
                    )
                },
            )
        },
        // SAFETY: as above; the 0 is not part of the length.
        "len" => unsafe {
            Prepared::new(
                floor_of!(floor_text16_length_to_u64),
                move |kernel| {
                    let hash = transmute::<Address, TextLength>(kernel.address);
                    hash(call_text.as_ptr(), length) as i64
                },
                move |floor, kernel, calls| {
                    transmute::<Address, TextLengthLoop>(floor)(
                        transmute::<Address, TextLength>(kernel.address),
                        calls,
                        floor_text.as_ptr(),
                        length,
                    )
                },
            )
        },
        other => panic!("params {:?}: no entry is called {other}", params.0),
    }
}

pub fn prepare_fill(params: Params) -> Prepared {
    let capacity: i32 = params.number("capacity");
    let buffer = Rc::new(Scratch::<u16>::new(capacity as usize));
    let floor_buffer = Rc::clone(&buffer);
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the memory is the row's own.
    unsafe {
        Prepared::new(
            floor_of!(floor_fill_text16),
            move |kernel| {
                let length = transmute::<Address, Fill>(kernel.address)(buffer.get(), capacity);
                i64::from(length) + last(buffer.get(), length)
            },
            move |floor, kernel, calls| {
                transmute::<Address, FillLoop>(floor)(
                    transmute::<Address, Fill>(kernel.address),
                    calls,
                    floor_buffer.get(),
                    capacity,
                )
            },
        )
    }
}
