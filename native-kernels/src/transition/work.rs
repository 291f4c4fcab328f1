//! Work whose length is asked for, so that a call can be set beside it.

use std::arch::asm;
use std::mem::transmute;

use crate::driver::{Address, Params, Prepared};

/// `2^64 / golden ratio`.
const INCREMENT: u64 = 0x9e37_79b9_7f4a_7c15;

/// Where each chain starts.
const START: u64 = 1_234_567_890;

/// A chain of additions, each waiting for the one before. Eight of them a turn let the counter run ahead: a turn takes as long
/// as its additions.
#[inline(always)]
fn chain(iterations: u32) -> u64 {
    let mut step = INCREMENT;
    // SAFETY: the template is a comment.
    unsafe { asm!("/* {0} */", inout(reg) step, options(nomem, nostack, preserves_flags)) };
    let mut sum = START;
    macro_rules! add {
        ($($_:literal)*) => {
            $(
                let _ = $_;
                sum = sum.wrapping_add(step);
                // SAFETY: the template is a comment. It may change the sum for all the compiler knows: no two additions become one.
                unsafe { asm!("/* {0} */", inout(reg) sum, options(nomem, nostack, preserves_flags)) };
            )*
        };
    }
    for _ in 0..iterations / 8 {
        add!(0 1 2 3 4 5 6 7);
    }
    for _ in 0..iterations % 8 {
        add!(0);
    }
    sum
}

#[unsafe(no_mangle)]
pub extern "C" fn transition_work(iterations: u32) -> u64 {
    entry!("transition_work");
    chain(iterations)
}

#[unsafe(no_mangle)]
pub extern "C" fn transition_work_nogc(iterations: u32) -> u64 {
    entry!("transition_work_nogc");
    chain(iterations)
}

type Work = unsafe extern "C" fn(u32) -> u64;

floor_loop! { fn floor_u32_to_u64 as WorkLoop: |kernel: Work, iterations: u32| kernel(iterations) }

pub(super) fn prepare(params: Params) -> Prepared {
    let iterations: u32 = params.number("iterations");
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_u32_to_u64),
            move |kernel| transmute::<Address, Work>(kernel.address)(iterations) as i64,
            move |floor, kernel, calls| {
                transmute::<Address, WorkLoop>(floor)(
                    transmute::<Address, Work>(kernel.address),
                    calls,
                    iterations,
                )
            },
        )
    }
}
