//! What the engine calls: probes that add as often as asked, and floors that answer as the catalogue does, in both libraries.

mod common;

use std::ffi::{CStr, CString, c_char, c_void};
use std::ptr::{null, null_mut};

use common::engine::{Engine, MEASURED, Resolve, in_measured};
use common::{C, COUNTING, RUST, kernels, rows};
use kernels_rust::catalogue::SYMBOLS;

type Probe = unsafe extern "C" fn(u64) -> u64;
unsafe extern "C" fn kernels_only(symbol: *const c_char) -> *mut c_void {
    // SAFETY: as above.
    let name = unsafe { CStr::from_ptr(symbol) }.to_str().expect("ASCII");
    if name.ends_with("_free") || name.ends_with("_release") || name.ends_with("_register_call") {
        return null_mut();
    }
    // SAFETY: as above.
    unsafe { in_measured(symbol) }
}

unsafe extern "C" fn nowhere(_: *const c_char) -> *mut c_void {
    null_mut()
}

#[test]
fn probes_add_as_often_as_asked() {
    let library = kernels(RUST);
    // SAFETY: the type is that of the header.
    let (clock, wide): (Probe, Probe) = unsafe {
        (
            library.function("engine_clock"),
            library.function("engine_wide"),
        )
    };
    for iterations in [0, 1, 15, 16, 17, 1000, 123_456] {
        // SAFETY: any number may be asked for.
        unsafe {
            assert_eq!(clock(iterations), iterations);
            assert_eq!(wide(iterations), 4 * iterations);
        }
    }
}

#[test]
fn floors_of_all_rows_answer_and_sum_as_the_catalogue_says() {
    let engine = Engine::of(kernels(RUST));
    for variable in [RUST, C] {
        MEASURED.set(Some(kernels(variable)));
        for (case, row, _) in rows() {
            let name = format!("{}/{} of {variable}", case.id, row.params);
            let floor = engine.open(case.id, row.params, Some(in_measured));
            assert!(!floor.is_null(), "{name} has a floor");
            // SAFETY: the floor is open, and closed once.
            unsafe {
                assert_eq!((engine.answer)(floor), row.expected, "{name}");
                for calls in [0, 1, 3] {
                    let expected = (row.expected as u64).wrapping_mul(calls);
                    assert_eq!((engine.run)(floor, calls), expected, "{name} x {calls}");
                }
                (engine.close)(floor);
            }
        }
    }
}

#[test]
fn what_is_not_there_is_null_and_null_is_nothing() {
    let engine = Engine::of(kernels(RUST));
    MEASURED.set(Some(kernels(RUST)));
    let known = engine.open("array_sum_i32", "n=16", Some(in_measured));
    assert!(!known.is_null(), "what is there is there");
    // SAFETY: the floor is open; null may be given to all of them.
    unsafe {
        (engine.close)(known);
        (engine.close)(null_mut());
        assert_eq!((engine.run)(null(), 3), 0);
        assert_eq!((engine.answer)(null()), 0);
        assert!((engine.open)(null(), c"-".as_ptr(), Some(in_measured)).is_null());
        assert!((engine.open)(c"blittable_noop".as_ptr(), null(), Some(in_measured)).is_null());
        let no_text = c"\xff".as_ptr();
        assert!((engine.open)(no_text, no_text, Some(in_measured)).is_null());
    }
    for (case, params, resolve) in [
        ("array_sum_i33", "n=16", Some(in_measured as Resolve)),
        ("array_sum_i32", "n=17", Some(in_measured)),
        ("array_sum_i32", "-", Some(in_measured)),
        ("array_sum_i32", "n=16", Some(nowhere)),
        ("array_sum_i32", "n=16", None),
        ("handle_create", "-", Some(kernels_only)),
    ] {
        let floor = engine.open(case, params, resolve);
        assert!(floor.is_null(), "{case}/{params}");
    }
}

/// The engine's floor of the counting build drives the kernels it is given, and nothing else is counted.
#[test]
fn a_floor_calls_its_kernel_as_often_as_asked_and_probes_call_none() {
    let engine = Engine::of(kernels(COUNTING));
    let library = &engine.library;
    // SAFETY: the types are those of the header.
    let (calls_of, reset, clock, wide) = unsafe {
        (
            library.function::<unsafe extern "C" fn(*const c_char) -> u64>("kernels_calls"),
            library.function::<unsafe extern "C" fn()>("kernels_calls_reset"),
            library.function::<Probe>("engine_clock"),
            library.function::<Probe>("engine_wide"),
        )
    };
    let calls_of = |symbol: &str| {
        let symbol = CString::new(symbol).expect("no zero in a name");
        // SAFETY: the name is zero-terminated.
        unsafe { calls_of(symbol.as_ptr()) }
    };
    MEASURED.set(Some(kernels(COUNTING)));
    let floor = engine.open("blittable_add_i32", "-", Some(in_measured));
    // SAFETY: the floor is open, and closed once.
    unsafe {
        reset();
        clock(100);
        wide(100);
        (engine.run)(floor, 7);
        (engine.answer)(floor);
        (engine.close)(floor);
    }
    for symbol in SYMBOLS {
        let expected = if *symbol == "blittable_add_i32" { 8 } else { 0 };
        assert_eq!(calls_of(symbol), expected, "{symbol}");
    }
}
