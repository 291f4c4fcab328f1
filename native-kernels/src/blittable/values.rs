//! One value across the border whose C# type may or may not be passed as it is: flags, integers of the platform's width,
//! characters, values that only look like numbers.

use std::ffi::{c_long, c_void};
use std::mem::{offset_of, transmute};

use crate::abi::{LayoutEntry, field_entry, type_entry};
use crate::driver::{Address, Params, Prepared};
use crate::error::{LastErrorLoop, floor_i32_to_i32};
use crate::string::utf16::{TextLengthLoop, floor_text16_length_to_u64};
use crate::struct_::{ByRefLoop, floor_pointer_to_u64};

#[unsafe(no_mangle)]
pub extern "C" fn blittable_bool_4(flag: i32) -> i32 {
    entry!("blittable_bool_4");
    i32::from(flag == 0)
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_bool_1(flag: u8) -> u8 {
    entry!("blittable_bool_1");
    u8::from(flag == 0)
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_native_int_long(value: c_long) -> c_long {
    entry!("blittable_native_int_long");
    value.wrapping_add(1)
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_native_int_nint(value: isize) -> isize {
    entry!("blittable_native_int_nint");
    value.wrapping_add(1)
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_native_int_nuint(value: usize) -> usize {
    entry!("blittable_native_int_nuint");
    value.wrapping_add(1)
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_char(unit: u16) -> u16 {
    entry!("blittable_char");
    unit.wrapping_add(1)
}

/// # Safety
/// `units` is null or points to `count` code units.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blittable_char_array(units: *const u16, count: usize) -> u64 {
    entry!("blittable_char_array");
    if units.is_null() {
        return 0;
    }
    let mut sum = 0_u64;
    for i in 0..count {
        // SAFETY: below the count that the caller promises.
        sum = sum.wrapping_add(u64::from(unsafe { *units.add(i) }));
    }
    sum
}

/// Windows' `DECIMAL`, and so .NET's `decimal`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BlittableDecimal {
    pub reserved: u16,
    pub scale: u8,
    pub sign: u8,
    pub high: u32,
    pub low: u64,
}

pub(super) const DECIMAL_LAYOUT: &[LayoutEntry] = layout_of!(BlittableDecimal as c"blittable_decimal" {
    reserved as c"reserved",
    scale as c"scale",
    sign as c"sign",
    high as c"high",
    low as c"low",
});

/// # Safety
/// `guid` is null or points to 16 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blittable_converted_guid(guid: *const c_void) -> u64 {
    entry!("blittable_converted_guid");
    if guid.is_null() {
        return 0;
    }
    let bytes: *const u8 = guid.cast();
    // SAFETY: 4 + 2 + 2 + 8 bytes, as the caller promises.
    let (data1, data2, data3, data4) = unsafe {
        (
            bytes.cast::<u32>().read_unaligned(),
            bytes.add(4).cast::<u16>().read_unaligned(),
            bytes.add(6).cast::<u16>().read_unaligned(),
            bytes.add(8).cast::<[u8; 8]>().read(),
        )
    };
    let high = u64::from(data1) << 32 | u64::from(data2) << 16 | u64::from(data3);
    high.wrapping_add(u64::from_be_bytes(data4))
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_converted_decimal(value: BlittableDecimal) -> u64 {
    entry!("blittable_converted_decimal");
    value
        .low
        .wrapping_add(value.high.into())
        .wrapping_add(value.scale.into())
        .wrapping_add(value.sign.into())
}

#[unsafe(no_mangle)]
pub extern "C" fn blittable_converted_date(days: f64) -> u64 {
    entry!("blittable_converted_date");
    days.to_bits()
}

type Bool4 = unsafe extern "C" fn(i32) -> i32;
type Bool1 = unsafe extern "C" fn(u8) -> u8;
type Long = unsafe extern "C" fn(c_long) -> c_long;
type Nint = unsafe extern "C" fn(isize) -> isize;
type Nuint = unsafe extern "C" fn(usize) -> usize;
type Unit = unsafe extern "C" fn(u16) -> u16;
type Units = unsafe extern "C" fn(*const u16, usize) -> u64;
type Guid = unsafe extern "C" fn(*const c_void) -> u64;
type Decimal = unsafe extern "C" fn(BlittableDecimal) -> u64;
type Date = unsafe extern "C" fn(f64) -> u64;

floor_loop! { fn floor_u8_to_u8 as Bool1Loop: |kernel: Bool1, flag: u8| kernel(flag) }
floor_loop! { fn floor_long_to_long as LongLoop: |kernel: Long, value: c_long| kernel(value) }
floor_loop! { fn floor_intptr_to_intptr as NintLoop: |kernel: Nint, value: isize| kernel(value) }
floor_loop! { fn floor_size_to_size as NuintLoop: |kernel: Nuint, value: usize| kernel(value) }
floor_loop! { fn floor_u16_to_u16 as UnitLoop: |kernel: Unit, unit: u16| kernel(unit) }
floor_loop! { fn floor_decimal_to_u64 as DecimalLoop: |kernel: Decimal, value: *const BlittableDecimal| kernel(*value) }
floor_loop! { fn floor_f64_to_u64 as DateLoop: |kernel: Date, value: f64| kernel(value) }

/// A row whose inputs the kernel and its floor loop take alike.
macro_rules! prepared {
    ($floor:ident as $loop:ident, $kernel:ident($($input:expr),*)) => {
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
        unsafe {
            Prepared::new(
                floor_of!($floor),
                |kernel| transmute::<Address, $kernel>(kernel.address)($($input),*) as i64,
                |floor, kernel, calls| {
                    transmute::<Address, $loop>(floor)(
                        transmute::<Address, $kernel>(kernel.address),
                        calls,
                        $($input),*
                    )
                },
            )
        }
    };
}

/// The flag that goes in is false.
pub(super) fn prepare_bool(params: Params) -> Prepared {
    match params.text("width") {
        "4" => prepared!(floor_i32_to_i32 as LastErrorLoop, Bool4(0)),
        "1" => prepared!(floor_u8_to_u8 as Bool1Loop, Bool1(0)),
        other => panic!("params {:?}: no flag has {other} bytes", params.0),
    }
}

/// Negative: what is widened without its sign is another number.
const VALUE: i32 = -1_234_567_890;

pub(super) fn prepare_native_int(params: Params) -> Prepared {
    match params.text("type") {
        "long" => prepared!(floor_long_to_long as LongLoop, Long(c_long::from(VALUE))),
        "nint" => prepared!(floor_intptr_to_intptr as NintLoop, Nint(VALUE as isize)),
        "nuint" => prepared!(floor_size_to_size as NuintLoop, Nuint(VALUE as usize)),
        other => panic!("params {:?}: no kernel takes {other}", params.0),
    }
}

/// Code unit `at` of every text: an arrow, three bytes of UTF-8.
fn arrow(at: usize) -> u16 {
    0x2190 + (at % 26) as u16
}

pub(super) fn prepare_char(params: Params) -> Prepared {
    if params.text("form") == "scalar" {
        return prepared!(floor_u16_to_u16 as UnitLoop, Unit(arrow(0)));
    }
    let units: Vec<u16> = (0..params.number("length")).map(arrow).collect();
    let floor_units = units.clone();
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; there are as many units as said.
    unsafe {
        Prepared::new(
            floor_of!(floor_text16_length_to_u64),
            move |kernel| {
                transmute::<Address, Units>(kernel.address)(units.as_ptr(), units.len()) as i64
            },
            move |floor, kernel, calls| {
                transmute::<Address, TextLengthLoop>(floor)(
                    transmute::<Address, Units>(kernel.address),
                    calls,
                    floor_units.as_ptr(),
                    floor_units.len(),
                )
            },
        )
    }
}

/// 00112233-4455-6677-8899-aabbccddeeff as it lies in memory: integers first, in the platform's order.
#[repr(C)]
#[allow(dead_code, reason = "a kernel reads it through a pointer")]
struct GuidBytes {
    data1: u32,
    data2: u16,
    data3: u16,
    data4: [u8; 8],
}

static GUID: GuidBytes = GuidBytes {
    data1: 0x0011_2233,
    data2: 0x4455,
    data3: 0x6677,
    data4: [0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff],
};

/// -123456789012345678901.2345.
static DECIMAL: BlittableDecimal = {
    let number: u128 = 1_234_567_890_123_456_789_012_345;
    BlittableDecimal {
        reserved: 0,
        scale: 4,
        sign: 0x80,
        high: (number >> 64) as u32,
        low: number as u64,
    }
};

/// 29 February 2024, 18:00.
const DATE: f64 = 45_351.75;

pub(super) fn prepare_converted(params: Params) -> Prepared {
    match params.text("type") {
        "guid" => prepared!(
            floor_pointer_to_u64 as ByRefLoop,
            Guid((&raw const GUID).cast())
        ),
        // By value to the kernel, by pointer to the loop, which passes it on by value.
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
        "decimal" => unsafe {
            Prepared::new(
                floor_of!(floor_decimal_to_u64),
                |kernel| transmute::<Address, Decimal>(kernel.address)(DECIMAL) as i64,
                |floor, kernel, calls| {
                    transmute::<Address, DecimalLoop>(floor)(
                        transmute::<Address, Decimal>(kernel.address),
                        calls,
                        &raw const DECIMAL,
                    )
                },
            )
        },
        "date" => prepared!(floor_f64_to_u64 as DateLoop, Date(DATE)),
        other => panic!("params {:?}: no kernel takes a {other}", params.0),
    }
}
