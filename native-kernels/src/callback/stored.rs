//! Callbacks that outlive the call that brought them, that call down again, and functions that only their address tells of.

use std::ffi::c_void;
use std::mem::{size_of, transmute};
use std::sync::atomic::Ordering;

use super::{Callback, Each, add_context, context};
use crate::abi::{HANDLES, LIVE, free, malloc};
use crate::driver::{Address, Params, Prepared};

#[unsafe(no_mangle)]
pub extern "C" fn callback_reentrant(k: i64, callback: Callback, context: *mut c_void) -> i64 {
    entry!("callback_reentrant");
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
pub extern "C" fn callback_reentrant_add(value: i64, added: i64) -> i64 {
    entry!("callback_reentrant_add");
    value.wrapping_add(added)
}

/// A callback that is kept, with its context.
#[derive(Debug)]
pub struct CallbackSubscription {
    callback: Callback,
    context: *mut c_void,
}

/// # Safety
/// `subscription` is null or was made by `callback_stored_new` and not freed since; its callback may be called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn callback_stored(subscription: *const CallbackSubscription, k: i64) -> i64 {
    entry!("callback_stored");
    // SAFETY: null or valid, as the caller promises.
    let Some(subscription) = (unsafe { subscription.as_ref() }) else {
        return 0;
    };
    let Some(callback) = subscription.callback else {
        return 0;
    };
    let mut sum = 0_i64;
    for i in 0..k {
        sum = sum.wrapping_add(callback(i, subscription.context));
    }
    sum
}

#[unsafe(no_mangle)]
pub extern "C" fn callback_stored_new(
    callback: Callback,
    context: *mut c_void,
) -> *mut CallbackSubscription {
    entry!("callback_stored_new");
    // SAFETY: any size may be asked for.
    let subscription =
        unsafe { malloc(size_of::<CallbackSubscription>()) }.cast::<CallbackSubscription>();
    if subscription.is_null() {
        return subscription;
    }
    // SAFETY: not null, and of the size of a subscription.
    unsafe { subscription.write(CallbackSubscription { callback, context }) };
    LIVE[HANDLES].fetch_add(1, Ordering::Relaxed);
    subscription
}

/// # Safety
/// `subscription` is null or was made by `callback_stored_new` and not freed since.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn callback_stored_free(subscription: *mut CallbackSubscription) {
    entry!("callback_stored_free");
    if subscription.is_null() {
        return;
    }
    LIVE[HANDLES].fetch_sub(1, Ordering::Relaxed);
    // SAFETY: from malloc, as the caller promises.
    unsafe { free(subscription.cast()) };
}

#[unsafe(no_mangle)]
pub extern "C" fn callback_from_address(a: i32, b: i32) -> i32 {
    entry!("callback_from_address");
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn callback_from_address_get() -> extern "C" fn(i32, i32) -> i32 {
    entry!("callback_from_address_get");
    callback_from_address
}

type Down = unsafe extern "C" fn(value: i64, added: i64) -> i64;
type Stored = unsafe extern "C" fn(*const CallbackSubscription, i64) -> i64;
type New = unsafe extern "C" fn(Callback, *mut c_void) -> *mut CallbackSubscription;
type Free = unsafe extern "C" fn(*mut CallbackSubscription);

floor_loop! {
    fn floor_reentrant as ReentrantLoop: |kernel: Each, k: i64, down: Down| kernel(k, Some(call_down), down as *mut c_void)
}
floor_loop! {
    fn floor_stored as StoredLoop: |kernel: Stored, subscription: *const CallbackSubscription, k: i64| kernel(subscription, k)
}

/// What the managed callbacks do, done by Rust: the context is the function to call.
extern "C" fn call_down(value: i64, context: *mut c_void) -> i64 {
    // SAFETY: the context is such a function, given by `floor_reentrant` and `prepare_reentrant`.
    unsafe { transmute::<*mut c_void, Down>(context)(value, 1) }
}

pub fn prepare_reentrant(params: Params) -> Prepared {
    let k: i64 = params.number("k");
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_reentrant),
            move |kernel| {
                let down = kernel.companions[0].cast_mut();
                transmute::<Address, Each>(kernel.address)(k, Some(call_down), down)
            },
            move |floor, kernel, calls| {
                transmute::<Address, ReentrantLoop>(floor)(
                    transmute::<Address, Each>(kernel.address),
                    calls,
                    k,
                    transmute::<Address, Down>(kernel.companions[0]),
                )
            },
        )
    }
    .with(&["callback_reentrant_add"])
}

pub fn prepare_stored(params: Params) -> Prepared {
    let k: i64 = params.number("k");
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; what a library made is freed there.
    unsafe {
        Prepared::new(
            floor_of!(floor_stored),
            move |kernel| {
                let new = transmute::<Address, New>(kernel.companions[0]);
                let subscription = new(Some(add_context), context());
                let sum = transmute::<Address, Stored>(kernel.address)(subscription, k);
                transmute::<Address, Free>(kernel.companions[1])(subscription);
                sum
            },
            move |floor, kernel, calls| {
                let new = transmute::<Address, New>(kernel.companions[0]);
                let subscription = new(Some(add_context), context());
                let sum = transmute::<Address, StoredLoop>(floor)(
                    transmute::<Address, Stored>(kernel.address),
                    calls,
                    subscription,
                    k,
                );
                transmute::<Address, Free>(kernel.companions[1])(subscription);
                sum
            },
        )
    }
    .with(&["callback_stored_new", "callback_stored_free"])
}
