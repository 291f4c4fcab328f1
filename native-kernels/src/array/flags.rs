//! Flags of four bytes, which a `bool[]` becomes, and records with such a flag.

use std::mem::{offset_of, transmute};
use std::rc::Rc;

use super::last;
use crate::abi::{LayoutEntry, field_entry, type_entry};
use crate::driver::{Address, Params, Prepared, Scratch};

/// Whether flag `at` of every input is set.
fn is_set(at: usize) -> bool {
    at % 3 == 0
}

/// # Safety
/// `flags` is null or points to `count` integers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_bool(flags: *const i32, count: usize) -> i32 {
    entry!("array_bool");
    if flags.is_null() {
        return 0;
    }
    let mut set = 0;
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        set += i32::from(unsafe { *flags.add(i) } != 0);
    }
    set
}

/// # Safety
/// `flags` is null or points to `count` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_bool_bytes(flags: *const u8, count: usize) -> i32 {
    entry!("array_bool_bytes");
    if flags.is_null() {
        return 0;
    }
    let mut set = 0;
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        set += i32::from(unsafe { *flags.add(i) } != 0);
    }
    set
}

/// # Safety
/// `flags` is null or points to `count` integers that may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_bool_out(flags: *mut i32, count: usize) {
    entry!("array_bool_out");
    if flags.is_null() {
        return;
    }
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        unsafe { flags.add(i).write(i32::from(is_set(count - 1 - i))) };
    }
}

/// A number with a flag.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct ArrayRecord {
    pub id: i32,
    pub active: i32,
}

pub const LAYOUTS: &[&[LayoutEntry]] = &[layout_of!(ArrayRecord as c"array_record" {
    id as c"id",
    active as c"active"
})];

/// # Safety
/// `records` is null or points to `count` records.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_records(records: *const ArrayRecord, count: usize) -> i64 {
    entry!("array_records");
    if records.is_null() {
        return 0;
    }
    let mut sum = 0_i64;
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        let record = unsafe { *records.add(i) };
        if record.active != 0 {
            sum = sum.wrapping_add(record.id.into());
        }
    }
    sum
}

/// # Safety
/// `records` is null or points to `count` records that may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn array_records_out(records: *mut ArrayRecord, count: usize) -> i64 {
    entry!("array_records_out");
    if records.is_null() {
        return 0;
    }
    let mut sum = 0_i64;
    for i in 0..count {
        let record = record(i);
        // SAFETY: below the count that the caller promises.
        unsafe { records.add(i).write(record) };
        if record.active != 0 {
            sum = sum.wrapping_add(record.id.into());
        }
    }
    sum
}

/// Record `at` of every input.
fn record(at: usize) -> ArrayRecord {
    ArrayRecord {
        id: at as i32 + 1,
        active: is_set(at).into(),
    }
}

type Count = unsafe extern "C" fn(*const i32, usize) -> i32;
type Out = unsafe extern "C" fn(*mut i32, usize);
type Records = unsafe extern "C" fn(*const ArrayRecord, usize) -> i64;

floor_loop! { fn floor_flags_to_i32 as CountLoop: |kernel: Count, flags: *const i32, count: usize| kernel(flags, count) }
floor_loop! {
    fn floor_fill_flags as OutLoop: |kernel: Out, flags: *mut i32, count: usize| {
        kernel(flags, count);
        last(flags, count)
    }
}
floor_loop! {
    fn floor_records_to_i64 as RecordsLoop: |kernel: Records, records: *const ArrayRecord, count: usize|
        kernel(records, count)
}

pub fn prepare_bool(params: Params) -> Prepared {
    let count: usize = params.number("n");
    let flags: Vec<i32> = (0..count).map(|at| is_set(at).into()).collect();
    let floor_flags = flags.clone();
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_flags_to_i32),
            move |kernel| transmute::<Address, Count>(kernel.address)(flags.as_ptr(), count).into(),
            move |floor, kernel, calls| {
                transmute::<Address, CountLoop>(floor)(
                    transmute::<Address, Count>(kernel.address),
                    calls,
                    floor_flags.as_ptr(),
                    count,
                )
            },
        )
    }
}

pub fn prepare_bool_out(params: Params) -> Prepared {
    let count: usize = params.number("n");
    let flags = Rc::new(Scratch::<i32>::new(count));
    let floor_flags = Rc::clone(&flags);
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the memory is the row's own.
    unsafe {
        Prepared::new(
            floor_of!(floor_fill_flags),
            move |kernel| {
                transmute::<Address, Out>(kernel.address)(flags.get(), count);
                last(flags.get(), count).into()
            },
            move |floor, kernel, calls| {
                transmute::<Address, OutLoop>(floor)(
                    transmute::<Address, Out>(kernel.address),
                    calls,
                    floor_flags.get(),
                    count,
                )
            },
        )
    }
}

pub fn prepare_records(params: Params) -> Prepared {
    let count: usize = params.number("n");
    let records: Vec<ArrayRecord> = (0..count).map(record).collect();
    let floor_records = records.clone();
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_records_to_i64),
            move |kernel| transmute::<Address, Records>(kernel.address)(records.as_ptr(), count),
            move |floor, kernel, calls| {
                transmute::<Address, RecordsLoop>(floor)(
                    transmute::<Address, Records>(kernel.address),
                    calls,
                    floor_records.as_ptr(),
                    count,
                )
            },
        )
    }
}
