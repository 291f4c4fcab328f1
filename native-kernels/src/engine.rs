//! What the paired engine needs from native code beside the kernels: two probes of the processor, and the floor of any row with
//! the inputs that its driver prepares. Only the Rust library has it, and it serves both: the engine passes the addresses of
//! the library being measured. Nothing here is a kernel, and the counting build counts none of it.

use std::arch::asm;
use std::ffi::{CStr, CString, c_char, c_void};
use std::hint::black_box;

use crate::catalogue::CASES;
use crate::driver::{Address, Kernel, Params, Prepared, driver_of};

/// What the Rust library exports beside kernels, floor loops and [`crate::abi::ABOUT_SYMBOLS`], sorted.
pub const ENGINE_SYMBOLS: &[&str] = &[
    "engine_clock",
    "engine_floor_answer",
    "engine_floor_close",
    "engine_floor_open",
    "engine_floor_run",
    "engine_wide",
];

/// Adds `$step` once to each chain. The empty template may read and write the register for all the compiler knows, so it can
/// neither fold two additions into one nor move them into vectors.
macro_rules! add {
    ($step:ident to $($chain:ident)*) => {
        $(
            $chain = $chain.wrapping_add($step);
            // SAFETY: the template is empty.
            unsafe { asm!("/* {0} */", inout(reg) $chain, options(nomem, nostack, preserves_flags)) };
        )*
    };
}

/// 16 times per turn of the loop, whose counter and branch then hide in the cycles that the chain leaves unused.
macro_rules! sixteen_times {
    ($($work:tt)*) => {
        $($work)* $($work)* $($work)* $($work)* $($work)* $($work)* $($work)* $($work)*
        $($work)* $($work)* $($work)* $($work)* $($work)* $($work)* $($work)* $($work)*
    };
}

/// The clock probe: one chain of `iterations` additions, each waiting for the one before, a cycle each. It tells the clock
/// frequency and does not see a neighbour on the same core, who can only take what the chain leaves unused. Returns `iterations`.
///
/// The step is a register: some processors add a small constant while renaming, in no time.
#[unsafe(no_mangle)]
pub extern "C" fn engine_clock(iterations: u64) -> u64 {
    let step = black_box(1_u64);
    let mut sum = 0_u64;
    for _ in 0..iterations / 16 {
        sixteen_times! { add!(step to sum); }
    }
    for _ in 0..iterations % 16 {
        add!(step to sum);
    }
    sum
}

/// The wide probe: four independent chains, so that it needs most of what the core can do in a cycle, and a busy neighbour on the
/// same core slows it. An iteration adds once to each; returns the sum of all, 4 times `iterations`, wrapping.
#[unsafe(no_mangle)]
pub extern "C" fn engine_wide(iterations: u64) -> u64 {
    let step = black_box(1_u64);
    let (mut a, mut b, mut c, mut d) = (0_u64, 0_u64, 0_u64, 0_u64);
    for _ in 0..iterations / 16 {
        sixteen_times! { add!(step to a b c d); }
    }
    for _ in 0..iterations % 16 {
        add!(step to a b c d);
    }
    a.wrapping_add(b).wrapping_add(c).wrapping_add(d)
}

/// A row of the catalogue with its inputs and its kernel.
pub struct Floor {
    row: Prepared,
    kernel: Kernel,
}

/// Finds a function of the library being measured by its zero-terminated name; null where there is none.
pub type Resolve = unsafe extern "C" fn(symbol: *const c_char) -> *mut c_void;

/// The floor of a row: `case` and `params` as the catalogue writes them, its kernel and that kernel's helpers as `resolve` finds
/// them. Null where the catalogue has no such row, where `resolve` is null or finds nothing; otherwise to be closed.
///
/// # Safety
/// `case` and `params` are null or zero-terminated strings; `resolve` finds functions of a library of this contract.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_floor_open(
    case: *const c_char,
    params: *const c_char,
    resolve: Option<Resolve>,
) -> *mut Floor {
    // SAFETY: what the caller promises.
    unsafe { open(case, params, resolve) }
        .map_or(std::ptr::null_mut(), |floor| Box::into_raw(Box::new(floor)))
}

/// As [`engine_floor_open`].
unsafe fn open(
    case: *const c_char,
    params: *const c_char,
    resolve: Option<Resolve>,
) -> Option<Floor> {
    if case.is_null() || params.is_null() {
        return None;
    }
    // SAFETY: not null, and zero-terminated as the caller promises.
    let (case, params) = unsafe { (CStr::from_ptr(case), CStr::from_ptr(params)) };
    let (case, params) = (case.to_str().ok()?, params.to_str().ok()?);
    let resolve = resolve?;
    let address_of = |symbol: &str| -> Option<Address> {
        let symbol = CString::new(symbol).ok()?;
        // SAFETY: the name is zero-terminated.
        let found = unsafe { resolve(symbol.as_ptr()) };
        (!found.is_null()).then_some(found.cast_const())
    };
    let known = CASES.iter().find(|known| known.id == case)?;
    let row = known.rows.iter().find(|row| row.params == params)?;
    let prepared = (driver_of(known.id)?.prepare)(Params(row.params));
    let kernel = Kernel {
        address: address_of(row.symbol)?,
        companions: prepared
            .companions
            .iter()
            .map(|symbol| address_of(symbol))
            .collect::<Option<_>>()?,
    };
    Some(Floor {
        row: prepared,
        kernel,
    })
}

/// Runs the row's floor loop: `calls` calls of the kernel. Returns the wrapping sum of their answers; 0 for null.
///
/// # Safety
/// `floor` is null or came from [`engine_floor_open`] and is not closed; no other thread uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_floor_run(floor: *const Floor, calls: u64) -> u64 {
    // SAFETY: null or open, as the caller promises; the kernel is the row's, and the loop this library's.
    unsafe { floor.as_ref() }.map_or(0, |it| unsafe {
        it.row.run(it.row.floor.address, &it.kernel, calls)
    })
}

/// Calls the kernel once and returns its answer, as the catalogue states it; 0 for null.
///
/// # Safety
/// As for [`engine_floor_run`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_floor_answer(floor: *const Floor) -> i64 {
    // SAFETY: null or open, as the caller promises; the kernel is the row's.
    unsafe { floor.as_ref() }.map_or(0, |it| unsafe { it.row.call(&it.kernel) })
}

/// Frees what [`engine_floor_open`] made; null is nothing.
///
/// # Safety
/// As for [`engine_floor_run`], and it is closed once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_floor_close(floor: *mut Floor) {
    if !floor.is_null() {
        // SAFETY: made by `Box::into_raw`, closed once.
        drop(unsafe { Box::from_raw(floor) });
    }
}
