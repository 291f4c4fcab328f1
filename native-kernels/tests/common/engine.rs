//! The engine's exports, as the engine calls them.

use std::cell::RefCell;
use std::ffi::{CStr, CString, c_char, c_void};
use std::ptr::null_mut;

use super::Kernels;

pub type Resolve = unsafe extern "C" fn(*const c_char) -> *mut c_void;
pub type Open = unsafe extern "C" fn(*const c_char, *const c_char, Option<Resolve>) -> *mut c_void;
pub type Run = unsafe extern "C" fn(*const c_void, u64) -> u64;
pub type Answer = unsafe extern "C" fn(*const c_void) -> i64;
pub type Close = unsafe extern "C" fn(*mut c_void);

/// The engine's exports of a library, which it keeps loaded.
pub struct Engine {
    pub library: Kernels,
    pub open: Open,
    pub run: Run,
    pub answer: Answer,
    pub close: Close,
}

impl Engine {
    pub fn of(library: Kernels) -> Self {
        // SAFETY: the types are those of the header.
        unsafe {
            Engine {
                open: library.function("engine_floor_open"),
                run: library.function("engine_floor_run"),
                answer: library.function("engine_floor_answer"),
                close: library.function("engine_floor_close"),
                library,
            }
        }
    }

    pub fn open(&self, case: &str, params: &str, resolve: Option<Resolve>) -> *mut c_void {
        let text = |text| CString::new(text).expect("no zero in a name");
        // SAFETY: the strings are zero-terminated, and `resolve` finds functions of a kernel library.
        unsafe { (self.open)(text(case).as_ptr(), text(params).as_ptr(), resolve) }
    }
}

thread_local! {
    /// The library being measured.
    pub static MEASURED: RefCell<Option<Kernels>> = const { RefCell::new(None) };
}

pub unsafe extern "C" fn in_measured(symbol: *const c_char) -> *mut c_void {
    // SAFETY: the engine passes a zero-terminated name.
    let symbol = unsafe { CStr::from_ptr(symbol) }.to_str().expect("ASCII");
    MEASURED.with_borrow(|library| {
        let library = library.as_ref().expect("set by the test");
        library
            .find(symbol)
            .map_or(null_mut(), |address| address.cast_mut())
    })
}
