//! Handles: a native object that somebody must free exactly once.

use std::ffi::c_void;
use std::mem::{offset_of, size_of, transmute};
use std::ptr::null_mut;
use std::sync::atomic::Ordering;

use crate::abi::{HANDLES, LIVE, LayoutEntry, field_entry, free, malloc, type_entry};
use crate::driver::{Address, Driver, Params, Prepared};
use crate::struct_::floor_pointer_to_u64;

/// What a handle stands for.
#[repr(C)]
#[derive(Debug)]
pub struct HandleCounter {
    pub value: u64,
}

pub const LAYOUTS: &[&[LayoutEntry]] =
    &[layout_of!(HandleCounter as c"handle_counter" { value as c"value" })];

const VALUE: u64 = 42;

/// # Safety
/// `counter` is null or points to a counter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn handle_call(counter: *const HandleCounter) -> u64 {
    entry!("handle_call");
    // SAFETY: null or valid, as the caller promises.
    unsafe { counter.as_ref() }.map_or(0, |counter| counter.value)
}

/// # Safety
/// `counter` is null or points to a counter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn handle_legacy(counter: *const HandleCounter) -> u64 {
    entry!("handle_legacy");
    // SAFETY: null or valid, as the caller promises.
    unsafe { counter.as_ref() }.map_or(0, |counter| counter.value)
}

/// One new counter, counted.
#[inline(always)]
fn make() -> *mut HandleCounter {
    // SAFETY: any size may be asked for.
    let counter = unsafe { malloc(size_of::<HandleCounter>()) }.cast::<HandleCounter>();
    if counter.is_null() {
        return null_mut();
    }
    // SAFETY: not null, and of the size of a counter.
    unsafe { counter.write(HandleCounter { value: VALUE }) };
    LIVE[HANDLES].fetch_add(1, Ordering::Relaxed);
    counter
}

#[unsafe(no_mangle)]
pub extern "C" fn handle_create() -> *mut HandleCounter {
    entry!("handle_create");
    make()
}

/// # Safety
/// `counter` may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn handle_create_out(counter: *mut *mut HandleCounter) {
    entry!("handle_create_out");
    // SAFETY: writable, as the caller promises.
    unsafe { counter.write(make()) };
}

/// # Safety
/// `counter` is null or was made here and not freed since.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn handle_create_release(counter: *mut HandleCounter) {
    entry!("handle_create_release");
    if counter.is_null() {
        return;
    }
    LIVE[HANDLES].fetch_sub(1, Ordering::Relaxed);
    // SAFETY: from malloc, as the caller promises.
    unsafe { free(counter.cast()) };
}

type Call = unsafe extern "C" fn(*const c_void) -> u64;
type Create = unsafe extern "C" fn() -> *mut HandleCounter;
type Release = unsafe extern "C" fn(*mut HandleCounter);

floor_loop! {
    fn floor_create_release as CreateLoop: |kernel: Create, release: Release| {
        let counter = kernel();
        release(counter);
        u64::from(!counter.is_null())
    }
}

type CallLoop = unsafe extern "C" fn(Call, u64, *const c_void) -> u64;

/// Of a kernel that reads a counter.
fn prepare_call(_: Params) -> Prepared {
    let counter = HandleCounter { value: VALUE };
    let floor_counter = HandleCounter { value: VALUE };
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_pointer_to_u64),
            move |kernel| {
                transmute::<Address, Call>(kernel.address)((&raw const counter).cast()) as i64
            },
            move |floor, kernel, calls| {
                transmute::<Address, CallLoop>(floor)(
                    transmute::<Address, Call>(kernel.address),
                    calls,
                    (&raw const floor_counter).cast(),
                )
            },
        )
    }
}

pub const DRIVERS: &[Driver] = &[
    Driver {
        case: "handle_call",
        prepare: prepare_call,
    },
    Driver {
        case: "handle_legacy",
        prepare: prepare_call,
    },
    Driver {
        case: "handle_create",
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; a counter is released by the library that made it.
        prepare: |_| unsafe {
            Prepared::new(
                floor_of!(floor_create_release),
                |kernel| {
                    let counter = transmute::<Address, Create>(kernel.address)();
                    transmute::<Address, Release>(kernel.companions[0])(counter);
                    i64::from(!counter.is_null())
                },
                |floor, kernel, calls| {
                    transmute::<Address, CreateLoop>(floor)(
                        transmute::<Address, Create>(kernel.address),
                        calls,
                        transmute::<Address, Release>(kernel.companions[0]),
                    )
                },
            )
            .with(&["handle_create_release"])
        },
    },
];
