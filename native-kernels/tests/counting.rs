//! The counting build counts every call of every kernel, and nothing else; the libraries that are timed do not count.

mod common;

use std::ffi::{CString, c_char};
use std::ptr::null;

use common::{COUNTING, Kernels, kernels, rows, timed};
use kernels_rust::abi::COUNTING_SYMBOLS;
use kernels_rust::catalogue::{ALIASES, SYMBOLS};
use kernels_rust::driver::Prepared;
use kernels_rust::table::Row;

fn reset(library: &Kernels) {
    // SAFETY: the type is that of the header.
    unsafe { library.function::<unsafe extern "C" fn()>("kernels_calls_reset")() }
}

fn calls_of(library: &Kernels, symbol: Option<&str>) -> u64 {
    let symbol = symbol.map(|name| CString::new(name).expect("a symbol has no 0"));
    // SAFETY: the type is that of the header; the name is zero-terminated or null.
    unsafe {
        let calls: unsafe extern "C" fn(*const c_char) -> u64 = library.function("kernels_calls");
        calls(symbol.as_deref().map_or(null(), |name| name.as_ptr()))
    }
}

/// After a reset: five calls by hand and three by the loop are eight of this symbol, five of each helper at least (the loop may need
/// it once for all, and a callback calls it once an item: `also` of the catalogue states how often), and none of any other.
fn count_one(library: &Kernels, symbol: &str, row: &Row, prepared: &Prepared) {
    let kernel = library.kernel(symbol, prepared);
    reset(library);
    for _ in 0..5 {
        // SAFETY: the address is the row's symbol or an alias of it.
        let answer = unsafe { prepared.call(&kernel) };
        assert_eq!(
            answer, row.expected,
            "counting changed the answer of {symbol} for {}",
            row.params
        );
    }
    // SAFETY: the addresses are the row's loop and the same kernel.
    unsafe { prepared.run(library.address(prepared.floor.symbol), &kernel, 3) };
    for other in SYMBOLS {
        let expected = if *other == symbol {
            8 * row.calls..=8 * row.calls
        } else if prepared.companions.contains(other) {
            5..=u64::MAX
        } else {
            0..=0
        };
        let calls = calls_of(library, Some(other));
        assert!(
            expected.contains(&calls),
            "{calls} calls of {other} after calls of {symbol}, expected {expected:?}"
        );
    }
}

/// The only test that calls anything: the counters belong to the process, and tests run side by side.
#[test]
fn every_call_is_counted_under_its_own_symbol() {
    let library = kernels(COUNTING);
    for (_, row, prepared) in rows() {
        count_one(&library, row.symbol, row, &prepared);
        for alias in ALIASES.iter().filter(|alias| alias.of == row.symbol) {
            count_one(&library, alias.alias, row, &prepared);
        }
    }
    reset(&library);
    for symbol in SYMBOLS {
        assert_eq!(calls_of(&library, Some(symbol)), 0);
    }
    for unknown in ["", "blittable_add", "blittable_add_i32 ", "kernels_calls"] {
        assert_eq!(
            calls_of(&library, Some(unknown)),
            u64::MAX,
            "{unknown:?} is not a kernel"
        );
    }
    assert_eq!(calls_of(&library, None), u64::MAX);
}

#[test]
fn a_timed_library_counts_nothing() {
    for library in timed() {
        for symbol in COUNTING_SYMBOLS {
            assert!(
                library.find(symbol).is_none(),
                "{} exports {symbol}",
                library.path.display()
            );
        }
    }
}
