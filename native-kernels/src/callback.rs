//! Native code calls back.

mod foreign_thread;
mod sort;
mod stored;
mod text;

use std::ffi::c_void;
use std::mem::transmute;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicPtr, Ordering};

use crate::blittable::prepare_add;
use crate::driver::{Address, Driver, Params, Prepared};

/// Null is `None`, which Rust's plain function pointer could not hold.
type Callback = Option<extern "C" fn(value: i64, context: *mut c_void) -> i64>;

#[unsafe(no_mangle)]
pub extern "C" fn callback_each(k: i64, callback: Callback, context: *mut c_void) -> i64 {
    entry!("callback_each");
    let Some(callback) = callback else {
        return 0;
    };
    let mut sum = 0_i64;
    for i in 0..k {
        sum = sum.wrapping_add(callback(i, context));
    }
    sum
}

#[unsafe(no_mangle)]
pub extern "C" fn callback_state(k: i64, callback: Callback, context: *mut c_void) -> i64 {
    entry!("callback_state");
    let Some(callback) = callback else {
        return 0;
    };
    let mut sum = 0_i64;
    for i in 0..k {
        sum = sum.wrapping_add(callback(i, context));
    }
    sum
}

type Each = unsafe extern "C" fn(i64, Callback, *mut c_void) -> i64;

floor_loop! {
    fn floor_k_callback_to_i64 as EachLoop: |kernel: Each, k: i64, context: *mut c_void|
        kernel(k, Some(add_context), context)
}

/// What the managed callbacks do, done by Rust: the context is the number to add.
extern "C" fn add_context(value: i64, context: *mut c_void) -> i64 {
    value.wrapping_add(context.addr() as i64)
}

fn context() -> *mut c_void {
    without_provenance_mut(1)
}

/// What was registered last; registration and call come from one thread at a time.
static REGISTERED: AtomicPtr<c_void> = AtomicPtr::new(null_mut());
static CONTEXT: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

#[unsafe(no_mangle)]
pub extern "C" fn callback_register(callback: Callback, context: *mut c_void) {
    entry!("callback_register");
    let address = callback.map_or(null_mut(), |callback| callback as *mut c_void);
    CONTEXT.store(context, Ordering::Relaxed);
    REGISTERED.store(address, Ordering::Release);
}

#[unsafe(no_mangle)]
pub extern "C" fn callback_register_call(value: i64) -> i64 {
    entry!("callback_register_call");
    let address = REGISTERED.load(Ordering::Acquire);
    // SAFETY: what is stored is null, which is `None`, or a callback of this type.
    let callback = unsafe { transmute::<*mut c_void, Callback>(address) };
    callback.map_or(0, |callback| {
        callback(value, CONTEXT.load(Ordering::Relaxed))
    })
}

type Register = unsafe extern "C" fn(Callback, *mut c_void);
type RegisterCall = unsafe extern "C" fn(i64) -> i64;

/// What the observer asks the registered callback for.
const ASKED: i64 = 5;

floor_loop! {
    fn floor_register as RegisterLoop: |kernel: Register, context: *mut c_void| {
        kernel(Some(add_context), context);
        ASKED.wrapping_add(context.addr() as i64)
    }
}

fn prepare_register(_: Params) -> Prepared {
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_register),
            |kernel| {
                transmute::<Address, Register>(kernel.address)(Some(add_context), context());
                transmute::<Address, RegisterCall>(kernel.companions[0])(ASKED)
            },
            |floor, kernel, calls| {
                transmute::<Address, RegisterLoop>(floor)(
                    transmute::<Address, Register>(kernel.address),
                    calls,
                    context(),
                )
            },
        )
    }
    .with(&["callback_register_call"])
}

/// Of a kernel that calls back k times.
fn prepare_each(params: Params) -> Prepared {
    let k: i64 = params.number("k");
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_k_callback_to_i64),
            move |kernel| {
                transmute::<Address, Each>(kernel.address)(k, Some(add_context), context())
            },
            move |floor, kernel, calls| {
                transmute::<Address, EachLoop>(floor)(
                    transmute::<Address, Each>(kernel.address),
                    calls,
                    k,
                    context(),
                )
            },
        )
    }
}

pub use text::LAYOUTS;

pub const DRIVERS: &[Driver] = &[
    Driver {
        case: "callback_register",
        prepare: prepare_register,
    },
    Driver {
        case: "callback_each",
        prepare: prepare_each,
    },
    Driver {
        case: "callback_state",
        prepare: prepare_each,
    },
    Driver {
        case: "callback_reentrant",
        prepare: stored::prepare_reentrant,
    },
    Driver {
        case: "callback_stored",
        prepare: stored::prepare_stored,
    },
    Driver {
        case: "callback_from_address",
        prepare: prepare_add,
    },
    Driver {
        case: "callback_sort",
        prepare: sort::prepare,
    },
    Driver {
        case: "callback_text_item",
        prepare: text::prepare,
    },
];
