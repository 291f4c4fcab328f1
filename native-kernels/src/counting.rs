//! What stands first in every kernel, and the counters of the counting build.
//!
//! `lab check` proves with the counting build (feature `count`) that a variant makes exactly the calls its case states.
//! Nothing timed has the feature: there `entry!` leaves no instruction behind.

use crate::catalogue::SYMBOLS;

/// `entry!("symbol");` is the first line of a kernel. It refuses a symbol that is not in the catalogue, at compile time; puts a
/// comment of the kernel's own into the machine code, without which two equal functions are folded into one address; and counts
/// the call where the feature `count` is on.
macro_rules! entry {
    ($symbol:literal) => {
        const _: usize = $crate::counting::index_of($symbol);
        #[cfg(feature = "count")]
        $crate::counting::count(const { $crate::counting::index_of($symbol) });
        // SAFETY: the template is a comment: it has no instruction, no operand and no effect.
        unsafe {
            ::core::arch::asm!(
                concat!("/* ", $symbol, " */"),
                options(nomem, nostack, preserves_flags)
            )
        };
    };
}

pub(crate) const fn index_of(symbol: &str) -> usize {
    let mut index = 0;
    while index < SYMBOLS.len() {
        if equal(SYMBOLS[index].as_bytes(), symbol.as_bytes()) {
            return index;
        }
        index += 1;
    }
    panic!("this symbol is not in the catalogue")
}

/// `==` of slices is not const.
const fn equal(a: &[u8], b: &[u8]) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    a.len() == b.len()
}

#[cfg(feature = "count")]
pub(crate) use counters::count;

#[cfg(feature = "count")]
mod counters {
    use std::ffi::{CStr, c_char};
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::SYMBOLS;

    static CALLS: [AtomicU64; SYMBOLS.len()] = [const { AtomicU64::new(0) }; SYMBOLS.len()];

    #[inline(always)]
    pub(crate) fn count(index: usize) {
        CALLS[index].fetch_add(1, Ordering::Relaxed);
    }

    /// Calls of a kernel since the last reset; `u64::MAX` for null and for a name that is not a kernel.
    ///
    /// # Safety
    /// `symbol` is null or a zero-terminated string.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn kernels_calls(symbol: *const c_char) -> u64 {
        if symbol.is_null() {
            return u64::MAX;
        }
        // SAFETY: not null, and zero-terminated as the caller promises.
        let symbol = unsafe { CStr::from_ptr(symbol) }.to_bytes();
        SYMBOLS
            .iter()
            .position(|known| known.as_bytes() == symbol)
            .map_or(u64::MAX, |index| CALLS[index].load(Ordering::Relaxed))
    }

    #[unsafe(no_mangle)]
    pub extern "C" fn kernels_calls_reset() {
        for calls in &CALLS {
            calls.store(0, Ordering::Relaxed);
        }
    }
}
