//! Controls: work whose cost is put in, so that the lab can be asked whether it finds it.

use std::arch::asm;
use std::hint::black_box;
use std::mem::transmute;

use crate::driver::{Address, Driver, Params, Prepared};

/// `2^64 / golden ratio`.
const INCREMENT: u64 = 0x9e37_79b9_7f4a_7c15;

/// A chain of `steps + extra` additions, each waiting for the one before; then the extra ones are taken off the sum again by one
/// subtraction, so that they cost what the others do and the answer is the same without them. All of it is one loop: what differs
/// between two calls is how often it turns. Eight additions a turn let the counter run ahead, so that leaving the loop is
/// decided long before the chain arrives there.
#[unsafe(no_mangle)]
pub extern "C" fn control_chain(start: u64, steps: u64, extra: u64) -> u64 {
    entry!("control_chain");
    let mut step = INCREMENT;
    // SAFETY: the template is a comment.
    unsafe { asm!("/* {0} */", inout(reg) step, options(nomem, nostack, preserves_flags)) };
    let total = steps.wrapping_add(extra);
    let mut sum = start;
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
    for _ in 0..total / 8 {
        add!(0 1 2 3 4 5 6 7);
    }
    for _ in 0..total % 8 {
        add!(0);
    }
    sum.wrapping_sub(extra.wrapping_mul(INCREMENT))
}

type Chain = unsafe extern "C" fn(u64, u64, u64) -> u64;
pub type ChainLoop = unsafe extern "C" fn(Chain, u64, u64, u64) -> u64;

/// The one loop whose calls form a chain: the start of each waits for the answer of the one before, as in the method bodies of the
/// case. Overlapping calls would hide what is put in.
///
/// # Safety
/// `kernel` is a function of this type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn floor_chain(kernel: Chain, calls: u64, start: u64, steps: u64) -> u64 {
    let kernel = black_box(kernel);
    let zero = black_box(0_u64);
    let (mut sum, mut last) = (0_u64, 0_u64);
    for _ in 0..calls {
        // SAFETY: the caller vouches for the kernel, which takes any integers.
        last = unsafe { kernel(start.wrapping_add(last & zero), steps, 0) };
        sum = sum.wrapping_add(last);
    }
    sum
}

/// Where each chain starts.
const START: u64 = 1_234_567_890;

pub const DRIVERS: &[Driver] = &[Driver {
    case: "control_chain",
    prepare: prepare_chain,
}];

fn prepare_chain(params: Params) -> Prepared {
    let steps: u64 = params.number("steps");
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_chain),
            move |kernel| transmute::<Address, Chain>(kernel.address)(START, steps, 0) as i64,
            move |floor, kernel, calls| {
                transmute::<Address, ChainLoop>(floor)(
                    transmute::<Address, Chain>(kernel.address),
                    calls,
                    START,
                    steps,
                )
            },
        )
    }
}
