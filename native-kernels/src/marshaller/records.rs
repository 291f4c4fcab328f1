//! Records of an error: one of them or many, read, made, or changed in place. Messages that are made belong to the caller, who frees
//! them with `free`, as marshallers do; so nothing here is counted as alive.

use std::ffi::c_void;
use std::mem::offset_of;
use std::ptr::{null, null_mut};

use crate::abi::{LayoutEntry, field_entry, free, malloc, type_entry};
use crate::string::letter;

/// `marshaller_error`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Record {
    pub code: i32,
    pub is_fatal: i32,
    /// Ends with a 0; null is the empty text.
    pub message: *const u8,
}

impl Default for Record {
    fn default() -> Self {
        Record {
            code: 0,
            is_fatal: 0,
            message: null(),
        }
    }
}

pub const LAYOUTS: &[&[LayoutEntry]] = &[layout_of!(Record as c"marshaller_error" {
    code as c"code",
    is_fatal as c"is_fatal",
    message as c"message"
})];

/// The code of every single record.
pub const CODE: i32 = 42;
/// Letters of each message in an array.
pub const LETTERS: usize = 8;

/// Length plus last byte; 0 for null.
///
/// # Safety
/// `text` is null or points to bytes that end with a 0.
#[inline(always)]
unsafe fn mark(text: *const u8) -> i64 {
    if text.is_null() {
        return 0;
    }
    // The last byte is carried along, so that no compiler makes the loop a call of strlen: it is the same work in both languages.
    let (mut length, mut last, mut next) = (0_i64, 0_u8, text);
    loop {
        // SAFETY: `next` has not passed the 0 that the caller promises.
        let byte = unsafe { *next };
        if byte == 0 {
            return length + i64::from(last);
        }
        (length, last) = (length + 1, byte);
        // SAFETY: at least the 0 follows a byte that is none.
        next = unsafe { next.add(1) };
    }
}

/// `length` letters from letter `first` on and a 0, by malloc.
#[inline(always)]
fn make(first: usize, length: usize) -> *mut u8 {
    // SAFETY: any size may be asked for.
    let text = unsafe { malloc(length.wrapping_add(1)) }.cast::<u8>();
    if text.is_null() {
        return null_mut();
    }
    for i in 0..length {
        // SAFETY: below the size asked for.
        unsafe { text.add(i).write(letter(first + i)) };
    }
    // SAFETY: the last byte.
    unsafe { text.add(length).write(0) };
    text
}

/// # Safety
/// `error` is null or points to the record; its message is null or points to bytes that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn marshaller_struct(error: *const Record) -> i64 {
    entry!("marshaller_struct");
    // SAFETY: null or valid, as the caller promises.
    unsafe { error.as_ref() }.map_or(0, |error| i64::from(error.code) + content(error))
}

/// What a record holds beside its code.
#[inline(always)]
fn content(error: &Record) -> i64 {
    // SAFETY: whoever hands over a record promises it for its message.
    i64::from(error.is_fatal != 0) + unsafe { mark(error.message) }
}

#[inline(always)]
fn fatal(length: usize) -> Record {
    Record {
        code: CODE,
        is_fatal: 1,
        message: make(0, length),
    }
}

/// # Safety
/// `error` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn marshaller_struct_out(length: usize, error: *mut Record) {
    entry!("marshaller_struct_out");
    if !error.is_null() {
        // SAFETY: not null, and writable as the caller promises.
        unsafe { error.write(fatal(length)) };
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn marshaller_struct_returned(length: usize) -> Record {
    entry!("marshaller_struct_returned");
    fatal(length)
}

/// # Safety
/// `errors` is null or points to `count` records, each message null or bytes that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn marshaller_elements(errors: *const Record, count: usize) -> i64 {
    entry!("marshaller_elements");
    if errors.is_null() {
        return 0;
    }
    let (mut sum, mut code) = (0, 0);
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        let error = unsafe { &*errors.add(i) };
        sum += content(error);
        code = error.code;
    }
    sum + i64::from(code)
}

/// # Safety
/// `errors` is null or points to `count` records that may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn marshaller_elements_out(errors: *mut Record, count: usize) {
    entry!("marshaller_elements_out");
    if errors.is_null() {
        return;
    }
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        unsafe {
            errors.add(i).write(Record {
                code: i as i32 + 1,
                is_fatal: (i % 2) as i32,
                message: make(i, LETTERS),
            });
        }
    }
}

/// # Safety
/// `errors` is null or points to `count` records that may be written, each message null or bytes that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn marshaller_elements_ref(errors: *mut Record, count: usize) -> i64 {
    entry!("marshaller_elements_ref");
    if errors.is_null() {
        return 0;
    }
    let mut sum = 0;
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        let error = unsafe { &mut *errors.add(i) };
        sum += content(error);
        error.code = i as i32 + 1;
    }
    sum
}

pub type In = unsafe extern "C" fn(*const Record) -> i64;
pub type Out = unsafe extern "C" fn(usize, *mut Record);
pub type Returned = unsafe extern "C" fn(usize) -> Record;
pub type ElementsIn = unsafe extern "C" fn(*const Record, usize) -> i64;
pub type ElementsOut = unsafe extern "C" fn(*mut Record, usize);
pub type ElementsRef = unsafe extern "C" fn(*mut Record, usize) -> i64;

floor_loop! { fn floor_error_in as InLoop: |kernel: In, error: *const Record| kernel(error) }
floor_loop! {
    fn floor_error_out as OutLoop: |kernel: Out, length: usize| {
        let mut error = Record::default();
        kernel(length, &raw mut error);
        taken(&error)
    }
}
floor_loop! { fn floor_error_returned as ReturnedLoop: |kernel: Returned, length: usize| taken(&kernel(length)) }
floor_loop! {
    fn floor_errors_in as ElementsInLoop: |kernel: ElementsIn, errors: *const Record, count: usize| kernel(errors, count)
}
floor_loop! {
    fn floor_errors_out as ElementsOutLoop: |kernel: ElementsOut, errors: *mut Record, count: usize| {
        kernel(errors, count);
        all_taken(errors, count)
    }
}
floor_loop! {
    fn floor_errors_ref as ElementsRefLoop: |kernel: ElementsRef, errors: *mut Record, count: usize|
        changed(kernel, errors, count)
}

/// What is in the record; its message is freed.
pub fn taken(error: &Record) -> i64 {
    let answer = i64::from(error.code) + content(error);
    // SAFETY: the message came from the kernel, by malloc, and is not used any more.
    unsafe { free(error.message.cast_mut().cast::<c_void>()) };
    answer
}

/// What is in the last record; all messages are freed.
///
/// # Safety
/// `errors` points to `count` records that the kernel has filled.
pub unsafe fn all_taken(errors: *const Record, count: usize) -> i64 {
    let mut answer = 0;
    for i in 0..count {
        // SAFETY: below the count.
        let error = unsafe { &*errors.add(i) };
        if i + 1 == count {
            answer = i64::from(error.code) + content(error);
        }
        // SAFETY: the message came from the kernel, by malloc, and is not used any more.
        unsafe { free(error.message.cast_mut().cast::<c_void>()) };
    }
    answer
}

/// The answer and the last code, which is cleared before, so that one that is not written shows.
///
/// # Safety
/// `errors` points to `count` records that may be written; the kernel may be called with them.
pub unsafe fn changed(kernel: ElementsRef, errors: *mut Record, count: usize) -> i64 {
    let Some(last) = count.checked_sub(1) else {
        return 0;
    };
    // SAFETY: below the count; the kernel as the caller promises.
    unsafe {
        (*errors.add(last)).code = 0;
        let sum = kernel(errors, count);
        sum + i64::from((&raw const (*errors.add(last)).code).read_volatile())
    }
}
