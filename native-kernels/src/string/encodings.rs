//! Text in the encodings that have a marshaller of their own: what Linux calls ANSI, BSTR, and UTF-32.

use std::mem::transmute;

use super::utf16::{self, floor_text16_to_u64};
use super::{
    FNV_OFFSET_BASIS, FNV_PRIME, Text, TextLoop, floor_text_to_u64, hash_to_zero, text_of,
};
use crate::driver::{Address, Params, Prepared};

/// # Safety
/// `text` is null or points to bytes that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_ansi_in(text: *const u8) -> u64 {
    entry!("string_ansi_in");
    // SAFETY: as the caller promises.
    unsafe { hash_to_zero(text) }
}

/// The hash of as many units as the length says; that of nothing for null.
///
/// # Safety
/// `text` is null or a BSTR: before its first unit stands its length in bytes, 32 bits.
#[inline(always)]
pub(crate) unsafe fn hash_bstr(text: *const u16) -> u64 {
    let mut hash = FNV_OFFSET_BASIS;
    if text.is_null() {
        return hash;
    }
    // SAFETY: the length stands there, as the caller promises; how it is aligned is not promised.
    let size_bytes = unsafe { text.cast::<u32>().sub(1).read_unaligned() };
    for i in 0..size_bytes as usize / 2 {
        // SAFETY: below the length.
        let unit = unsafe { *text.add(i) };
        hash = (hash ^ u64::from(unit)).wrapping_mul(FNV_PRIME);
    }
    hash
}

/// # Safety
/// `text` is null or a BSTR: before its first unit stands its length in bytes, 32 bits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_bstr_in(text: *const u16) -> u64 {
    entry!("string_bstr_in");
    // SAFETY: as the caller promises.
    unsafe { hash_bstr(text) }
}

/// # Safety
/// `text` is null or points to code points that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn string_utf32_in(text: *const u32) -> u64 {
    entry!("string_utf32_in");
    // SAFETY: as the caller promises.
    unsafe { hash_to_zero(text) }
}

pub type Text32 = unsafe extern "C" fn(*const u32) -> u64;

floor_loop! { fn floor_text32_to_u64 as Text32Loop: |kernel: Text32, text: *const u32| kernel(text) }

pub fn prepare_ansi(params: Params) -> Prepared {
    let mut call_text = text_of(params).into_bytes();
    call_text.push(0);
    let floor_text = call_text.clone();
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the bytes end with a 0.
    unsafe {
        Prepared::new(
            floor_of!(floor_text_to_u64),
            move |kernel| transmute::<Address, Text>(kernel.address)(call_text.as_ptr()) as i64,
            move |floor, kernel, calls| {
                transmute::<Address, TextLoop>(floor)(
                    transmute::<Address, Text>(kernel.address),
                    calls,
                    floor_text.as_ptr(),
                )
            },
        )
    }
}

/// Units before the text of a BSTR: its length in bytes, 32 bits.
pub(crate) const PREFIX: usize = 2;

/// A BSTR in memory, its prefix first and a 0 last.
pub(crate) fn bstr(text: &str) -> Vec<u16> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let size = ((units.len() * 2) as u32).to_ne_bytes();
    let prefix = [[size[0], size[1]], [size[2], size[3]]].map(u16::from_ne_bytes);
    prefix.into_iter().chain(units).chain([0]).collect()
}

pub fn prepare_bstr(params: Params) -> Prepared {
    let call_block = bstr(&text_of(params));
    let floor_block = call_block.clone();
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the text stands behind its length.
    unsafe {
        Prepared::new(
            floor_of!(floor_text16_to_u64),
            move |kernel| {
                let hash = transmute::<Address, utf16::Text>(kernel.address);
                hash(call_block.as_ptr().add(PREFIX)) as i64
            },
            move |floor, kernel, calls| {
                transmute::<Address, utf16::TextLoop>(floor)(
                    transmute::<Address, utf16::Text>(kernel.address),
                    calls,
                    floor_block.as_ptr().add(PREFIX),
                )
            },
        )
    }
}

pub fn prepare_utf32(params: Params) -> Prepared {
    let call_text: Vec<u32> = text_of(params).chars().map(u32::from).chain([0]).collect();
    let floor_text = call_text.clone();
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the code points end with a 0.
    unsafe {
        Prepared::new(
            floor_of!(floor_text32_to_u64),
            move |kernel| transmute::<Address, Text32>(kernel.address)(call_text.as_ptr()) as i64,
            move |floor, kernel, calls| {
                transmute::<Address, Text32Loop>(floor)(
                    transmute::<Address, Text32>(kernel.address),
                    calls,
                    floor_text.as_ptr(),
                )
            },
        )
    }
}
