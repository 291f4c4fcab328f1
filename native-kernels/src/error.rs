//! Errors: how a failure comes back.

use std::mem::{offset_of, transmute};

use crate::abi::{LayoutEntry, field_entry, type_entry};
use crate::driver::{Address, Driver, Params, Prepared};

/// Sets what the platform calls the thread's last error.
#[cfg(not(windows))]
fn set_last_error(code: i32) {
    unsafe extern "C" {
        #[cfg_attr(target_os = "macos", link_name = "__error")]
        fn __errno_location() -> *mut i32;
    }
    // SAFETY: the C library gives the address of this thread's errno.
    unsafe { *__errno_location() = code };
}

#[cfg(windows)]
fn set_last_error(code: i32) {
    unsafe extern "system" {
        fn SetLastError(code: u32);
    }
    // SAFETY: any code may be set.
    unsafe { SetLastError(code as u32) };
}

#[unsafe(no_mangle)]
pub extern "C" fn error_last_error(code: i32) -> i32 {
    entry!("error_last_error");
    if code != 0 {
        set_last_error(code);
    }
    code
}

/// COR_E_OVERFLOW: .NET makes an OverflowException of it.
pub(crate) const OVERFLOW: i32 = 0x8013_1516_u32 as i32;
/// E_INVALIDARG: .NET makes an ArgumentException of it.
const INVALID: i32 = 0x8007_0057_u32 as i32;

/// # Safety
/// `sum` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn error_hresult(a: i32, b: i32, sum: *mut i32) -> i32 {
    entry!("error_hresult");
    let Some(value) = a.checked_add(b) else {
        return OVERFLOW;
    };
    if !sum.is_null() {
        // SAFETY: not null, and writable as the caller promises.
        unsafe { sum.write(value) };
    }
    0
}

/// Status and result in one.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    pub status: i32,
    pub value: i32,
}

pub const LAYOUTS: &[&[LayoutEntry]] =
    &[layout_of!(Outcome as c"error_outcome" { status as c"status", value as c"value" })];

/// # Safety
/// `result` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn error_signal(value: i32, result: *mut i32) -> i32 {
    entry!("error_signal");
    if value < 0 {
        return INVALID;
    }
    if !result.is_null() {
        // SAFETY: not null, and writable as the caller promises.
        unsafe { result.write(value.wrapping_mul(2)) };
    }
    0
}

#[unsafe(no_mangle)]
pub extern "C" fn error_signal_outcome(value: i32) -> Outcome {
    entry!("error_signal_outcome");
    if value < 0 {
        return Outcome {
            status: INVALID,
            value: 0,
        };
    }
    Outcome {
        status: 0,
        value: value.wrapping_mul(2),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn error_signal_text(status: i32) -> *const u8 {
    entry!("error_signal_text");
    if status == INVALID {
        c"value is negative".as_ptr().cast()
    } else {
        c"".as_ptr().cast()
    }
}

type LastError = unsafe extern "C" fn(i32) -> i32;

floor_loop! { fn floor_i32_to_i32 as LastErrorLoop: |kernel: LastError, code: i32| kernel(code) }

type Hresult = unsafe extern "C" fn(i32, i32, *mut i32) -> i32;
type Signal = unsafe extern "C" fn(i32, *mut i32) -> i32;

floor_loop! {
    fn floor_hresult as HresultLoop: |kernel: Hresult, a: i32, b: i32| {
        let mut sum = 0;
        let status = kernel(a, b, &raw mut sum);
        if status == 0 { sum } else { status }
    }
}
floor_loop! {
    fn floor_signals as SignalsLoop: |kernel: Signal, values: *const i32, count: usize, failure: i64| {
        let mut answer = 0_i64;
        for at in 0..count {
            let mut result = 0;
            let status = kernel(values.add(at).read(), &raw mut result);
            answer += if status == 0 { i64::from(result) } else { failure };
        }
        answer
    }
}

pub const DRIVERS: &[Driver] = &[
    Driver {
        case: "error_last_error",
        prepare: prepare_last_error,
    },
    Driver {
        case: "error_hresult",
        prepare: prepare_hresult,
    },
    Driver {
        case: "error_signal",
        prepare: prepare_signal,
    },
];

fn prepare_last_error(params: Params) -> Prepared {
    let code: i32 = params.number("code");
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_i32_to_i32),
            move |kernel| transmute::<Address, LastError>(kernel.address)(code).into(),
            move |floor, kernel, calls| {
                transmute::<Address, LastErrorLoop>(floor)(
                    transmute::<Address, LastError>(kernel.address),
                    calls,
                    code,
                )
            },
        )
    }
}

fn prepare_hresult(params: Params) -> Prepared {
    let a = 1_234_567_890;
    let b = match params.text("outcome") {
        "ok" => 1,
        "overflow" => 987_654_321,
        other => panic!("params {:?}: no outcome is called {other}", params.0),
    };
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_hresult),
            move |kernel| {
                let mut sum = 0;
                let add = transmute::<Address, Hresult>(kernel.address);
                let status = add(a, b, &raw mut sum);
                i64::from(if status == 0 { sum } else { status })
            },
            move |floor, kernel, calls| {
                transmute::<Address, HresultLoop>(floor)(
                    transmute::<Address, Hresult>(kernel.address),
                    calls,
                    a,
                    b,
                )
            },
        )
    }
}

/// What a failure counts as: the length of its text.
const FAILURE: i64 = 17;

/// Call i fails where i * percent leaves less than percent of a hundred: as many of them as it says, evenly spread.
fn signals(percent: i32) -> [i32; 100] {
    std::array::from_fn(|at| {
        let at = at as i32;
        if at * percent % 100 < percent {
            -1 - at
        } else {
            at
        }
    })
}

fn prepare_signal(params: Params) -> Prepared {
    let values = signals(params.number("percent"));
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_signals),
            move |kernel| {
                let signal = transmute::<Address, Signal>(kernel.address);
                let answer = |value| {
                    let mut result = 0;
                    match signal(value, &raw mut result) {
                        0 => i64::from(result),
                        _ => FAILURE,
                    }
                };
                values.into_iter().map(answer).sum()
            },
            move |floor, kernel, calls| {
                transmute::<Address, SignalsLoop>(floor)(
                    transmute::<Address, Signal>(kernel.address),
                    calls,
                    values.as_ptr(),
                    values.len(),
                    FAILURE,
                )
            },
        )
    }
}
