//! Errors: how a failure comes back.

use std::mem::transmute;

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

type LastError = unsafe extern "C" fn(i32) -> i32;

floor_loop! { fn floor_i32_to_i32 as LastErrorLoop: |kernel: LastError, code: i32| kernel(code) }

pub const DRIVERS: &[Driver] = &[Driver {
    case: "error_last_error",
    prepare: prepare_last_error,
}];

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
