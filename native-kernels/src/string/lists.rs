//! Text that is exchanged in place, and lists of texts.

use std::ffi::c_void;
use std::mem::transmute;

use super::{FNV_OFFSET_BASIS, FNV_PRIME, letter};
use crate::abi::{free, malloc};
use crate::driver::{Address, Params, Prepared};

/// # Safety
/// `text` is null or points to a pointer, which is null or came from malloc and points to bytes that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_by_ref(text: *mut *mut u8) {
    entry!("string_by_ref");
    // SAFETY: as the caller promises.
    if text.is_null() || unsafe { *text }.is_null() {
        return;
    }
    // SAFETY: as the caller promises.
    let old = unsafe { *text };
    let mut length = 0;
    // SAFETY: up to the 0 that the caller promises.
    while unsafe { *old.add(length) } != 0 {
        length += 1;
    }
    // SAFETY: any size may be asked for.
    let new = unsafe { malloc(length.wrapping_add(1)) }.cast::<u8>();
    if !new.is_null() {
        for i in 0..length {
            // SAFETY: both have `length` bytes and a 0.
            unsafe { new.add(i).write((*old.add(i)).wrapping_add(1)) };
        }
        // SAFETY: the last byte.
        unsafe { new.add(length).write(0) };
    }
    // SAFETY: from malloc, as the caller promises; nobody has it any more.
    unsafe {
        free(old.cast::<c_void>());
        *text = new;
    }
}

/// One text after the other, each with its 0, into the hash.
///
/// # Safety
/// `texts` is null or points to `count` pointers to bytes that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_argv(texts: *const *const u8, count: i32) -> u64 {
    entry!("string_argv");
    let mut hash = FNV_OFFSET_BASIS;
    if texts.is_null() {
        return hash;
    }
    for i in 0..count.max(0) as usize {
        // SAFETY: below the count.
        let mut next = unsafe { *texts.add(i) };
        loop {
            // SAFETY: `next` has not passed the 0 that the caller promises.
            let byte = unsafe { *next };
            hash = (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
            if byte == 0 {
                break;
            }
            // SAFETY: at least the 0 follows a byte that is none.
            next = unsafe { next.add(1) };
        }
    }
    hash
}

/// The same over one block: `count` texts one behind the other, each with its 0.
///
/// # Safety
/// `block` is null or points to `count` texts, each ending with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_argv_packed(block: *const u8, count: i32) -> u64 {
    entry!("string_argv_packed");
    let mut hash = FNV_OFFSET_BASIS;
    if block.is_null() {
        return hash;
    }
    let mut next = block;
    for _ in 0..count.max(0) {
        loop {
            // SAFETY: `next` has not passed the last 0 that the caller promises.
            let byte = unsafe { *next };
            hash = (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
            // SAFETY: at most one past the last 0.
            next = unsafe { next.add(1) };
            if byte == 0 {
                break;
            }
        }
    }
    hash
}

type ByRef = unsafe extern "C" fn(*mut *mut u8);
type Argv = unsafe extern "C" fn(*const *const u8, i32) -> u64;

floor_loop! {
    fn floor_text_by_ref as ByRefLoop: |kernel: ByRef, text: *const u8, length: usize|
        exchanged(kernel, text, length)
}
floor_loop! { fn floor_texts_to_u64 as ArgvLoop: |kernel: Argv, texts: *const *const u8, count: i32| kernel(texts, count) }

/// Hands a copy of the text over and frees what comes back: length plus last byte.
///
/// # Safety
/// `text` points to `length` bytes.
unsafe fn exchanged(kernel: ByRef, text: *const u8, length: usize) -> i64 {
    // SAFETY: any size may be asked for.
    let mut exchanged = unsafe { malloc(length + 1) }.cast::<u8>();
    if exchanged.is_null() {
        return 0;
    }
    // SAFETY: the copy has a byte more, for the 0; what comes back is as long, or null.
    unsafe {
        text.copy_to_nonoverlapping(exchanged, length);
        exchanged.add(length).write(0);
        kernel(&raw mut exchanged);
        if exchanged.is_null() || length == 0 {
            return 0;
        }
        let last = exchanged.add(length - 1).read_volatile();
        free(exchanged.cast::<c_void>());
        length as i64 + i64::from(last)
    }
}

pub fn prepare_by_ref(params: Params) -> Prepared {
    let length: usize = params.number("length");
    let call_text = vec![b'a'; length];
    let floor_text = call_text.clone();
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the text has this length.
    unsafe {
        Prepared::new(
            floor_of!(floor_text_by_ref),
            move |kernel| {
                let kernel = transmute::<Address, ByRef>(kernel.address);
                exchanged(kernel, call_text.as_ptr(), length)
            },
            move |floor, kernel, calls| {
                transmute::<Address, ByRefLoop>(floor)(
                    transmute::<Address, ByRef>(kernel.address),
                    calls,
                    floor_text.as_ptr(),
                    length,
                )
            },
        )
    }
}

/// Texts that stay where they are while their addresses are used.
struct Texts {
    _bytes: Vec<[u8; 9]>,
    pointers: Vec<*const u8>,
}

impl Texts {
    /// Text `i` is eight letters of the alphabet from letter `i` on, and a 0.
    fn new(count: usize) -> Texts {
        let bytes: Vec<[u8; 9]> = (0..count)
            .map(|i| std::array::from_fn(|at| if at < 8 { letter(i + at) } else { 0 }))
            .collect();
        Texts {
            pointers: bytes.iter().map(|text| text.as_ptr()).collect(),
            _bytes: bytes,
        }
    }

    /// A method, so that a closure takes the bytes along with their addresses.
    fn list(&self) -> *const *const u8 {
        self.pointers.as_ptr()
    }
}

pub fn prepare_argv(params: Params) -> Prepared {
    let count: usize = params.number("n");
    let call_texts = Texts::new(count);
    let floor_texts = Texts::new(count);
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the closures own the texts.
    unsafe {
        Prepared::new(
            floor_of!(floor_texts_to_u64),
            move |kernel| {
                let hash = transmute::<Address, Argv>(kernel.address);
                hash(call_texts.list(), count as i32) as i64
            },
            move |floor, kernel, calls| {
                transmute::<Address, ArgvLoop>(floor)(
                    transmute::<Address, Argv>(kernel.address),
                    calls,
                    floor_texts.list(),
                    count as i32,
                )
            },
        )
    }
}
