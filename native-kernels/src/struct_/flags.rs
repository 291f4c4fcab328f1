//! Four flags in a struct: what .NET may spell as `bool` is a byte here.

use std::mem::{offset_of, transmute};

use super::prepare_pointer;
use crate::abi::{LayoutEntry, field_entry, type_entry};
use crate::driver::{Address, Params, Prepared};

/// Each is set where it is not 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct FourFlags {
    pub first: u8,
    pub second: u8,
    pub third: u8,
    pub fourth: u8,
}

impl FourFlags {
    pub const LAYOUT: &[LayoutEntry] = layout_of!(FourFlags as c"struct_four_flags" {
        first as c"first",
        second as c"second",
        third as c"third",
        fourth as c"fourth",
    });

    /// What every case passes: 1, 0, 1, 1.
    pub const SOME: FourFlags = FourFlags::from_bits(0b1101);

    #[inline(always)]
    const fn from_bits(bits: u64) -> Self {
        FourFlags {
            first: (bits & 1) as u8,
            second: (bits >> 1 & 1) as u8,
            third: (bits >> 2 & 1) as u8,
            fourth: (bits >> 3 & 1) as u8,
        }
    }

    #[inline(always)]
    pub fn bits(&self) -> u64 {
        u64::from(self.first != 0)
            | u64::from(self.second != 0) << 1
            | u64::from(self.third != 0) << 2
            | u64::from(self.fourth != 0) << 3
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn struct_flags(flags: FourFlags) -> u64 {
    entry!("struct_flags");
    flags.bits()
}

/// # Safety
/// `flags` is null or points to the struct.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn struct_flags_ref(flags: *const FourFlags) -> u64 {
    entry!("struct_flags_ref");
    // SAFETY: null or valid, as the caller promises.
    unsafe { flags.as_ref() }.map_or(0, FourFlags::bits)
}

#[unsafe(no_mangle)]
pub extern "C" fn struct_flags_returned(bits: u64) -> FourFlags {
    entry!("struct_flags_returned");
    FourFlags::from_bits(bits)
}

type Flags = unsafe extern "C" fn(FourFlags) -> u64;
type Returned = unsafe extern "C" fn(u64) -> FourFlags;

floor_loop! { fn floor_flags as FlagsLoop: |kernel: Flags, flags: *const FourFlags| kernel(*flags) }
floor_loop! { fn floor_flags_returned as ReturnedLoop: |kernel: Returned, bits: u64| kernel(bits).bits() }

pub fn prepare(params: Params) -> Prepared {
    let flags = FourFlags::SOME;
    match params.text("passing") {
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
        "value" => unsafe {
            Prepared::new(
                floor_of!(floor_flags),
                move |kernel| transmute::<Address, Flags>(kernel.address)(flags) as i64,
                move |floor, kernel, calls| {
                    transmute::<Address, FlagsLoop>(floor)(
                        transmute::<Address, Flags>(kernel.address),
                        calls,
                        &raw const flags,
                    )
                },
            )
        },
        // SAFETY: the kernel reads these flags.
        "ref" => unsafe { prepare_pointer(flags) },
        // SAFETY: as above.
        "returned" => unsafe {
            Prepared::new(
                floor_of!(floor_flags_returned),
                move |kernel| {
                    transmute::<Address, Returned>(kernel.address)(flags.bits()).bits() as i64
                },
                move |floor, kernel, calls| {
                    transmute::<Address, ReturnedLoop>(floor)(
                        transmute::<Address, Returned>(kernel.address),
                        calls,
                        flags.bits(),
                    )
                },
            )
        },
        other => panic!("params {:?}: flags are not passed by {other}", params.0),
    }
}
