//! The methods of the interfaces, and their vtables.

use std::ffi::c_void;

use super::returns::{words_8, words_16, words_24};
use super::{ComPart, Hresult, Iid, OK, POINTER};
use super::{com_call_add_ref, com_call_release, com_cast};
use crate::error::OVERFLOW;
use crate::string::encodings::hash_bstr;
use crate::string::hash_to_zero;
use crate::struct_::{StructWords8, StructWords16, StructWords24};

/// What every interface begins with.
#[repr(C)]
#[derive(Debug)]
pub(super) struct Unknown {
    pub(super) cast: unsafe extern "C" fn(*mut ComPart, *const Iid, *mut *mut ComPart) -> Hresult,
    pub(super) add_ref: unsafe extern "C" fn(*mut ComPart) -> u32,
    pub(super) release: unsafe extern "C" fn(*mut ComPart) -> u32,
}

const UNKNOWN: Unknown = Unknown {
    cast: com_cast,
    add_ref: com_call_add_ref,
    release: com_call_release,
};

type Add = unsafe extern "C" fn(*mut ComPart, i32, i32, *mut i32) -> Hresult;

#[repr(C)]
#[derive(Debug)]
pub(super) struct Calc {
    unknown: Unknown,
    add: Add,
    add_checked: Add,
    // Structs returned by a method: only tests call them.
    words_8: extern "C" fn(*mut ComPart) -> StructWords8,
    words_16: extern "C" fn(*mut ComPart) -> StructWords16,
    words_24: extern "C" fn(*mut ComPart) -> StructWords24,
}

pub(super) static CALC: Calc = Calc {
    unknown: UNKNOWN,
    add: com_call,
    add_checked: com_error,
    words_8,
    words_16,
    words_24,
};

/// Text in three encodings; what points to it is never typed.
#[repr(C)]
#[derive(Debug)]
pub(super) struct Text {
    unknown: Unknown,
    utf8: unsafe extern "C" fn(*mut ComPart, *const u8, *mut u64) -> Hresult,
    utf16: unsafe extern "C" fn(*mut ComPart, *const u16, *mut u64) -> Hresult,
    bstr: unsafe extern "C" fn(*mut ComPart, *const u16, *mut u64) -> Hresult,
}

pub(super) static TEXT: Text = Text {
    unknown: UNKNOWN,
    utf8: com_text_utf8,
    utf16: com_text_utf16,
    bstr: com_text_bstr,
};

/// Two methods of the base, four that derive from it, one that derives from those.
#[repr(C)]
#[derive(Debug)]
pub(super) struct Chain {
    unknown: Unknown,
    base: [Add; 2],
    derived: [Add; 4],
    leaf: [Add; 1],
}

pub(super) static CHAIN: Chain = Chain {
    unknown: UNKNOWN,
    base: [com_inheritance_base, in_slot::<4>],
    derived: [
        in_slot::<5>,
        in_slot::<6>,
        in_slot::<7>,
        com_inheritance_derived,
    ],
    leaf: [in_slot::<9>],
};

/// # Safety
/// `sum` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_call(_: *mut ComPart, a: i32, b: i32, sum: *mut i32) -> Hresult {
    entry!("com_call");
    // SAFETY: as the caller promises.
    unsafe { answer(sum, a.wrapping_add(b)) }
}

/// # Safety
/// `sum` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_error(_: *mut ComPart, a: i32, b: i32, sum: *mut i32) -> Hresult {
    entry!("com_error");
    match a.checked_add(b) {
        // SAFETY: as the caller promises.
        Some(value) => unsafe { answer(sum, value) },
        None => OVERFLOW,
    }
}

/// # Safety
/// `to` is null or may be written.
#[inline(always)]
unsafe fn answer<T>(to: *mut T, value: T) -> Hresult {
    if to.is_null() {
        return POINTER;
    }
    // SAFETY: not null, and writable as the caller promises.
    unsafe { to.write(value) };
    OK
}

/// A method that knows where it stands: a, b and its slot, added.
unsafe extern "C" fn in_slot<const SLOT: i32>(
    _: *mut ComPart,
    a: i32,
    b: i32,
    sum: *mut i32,
) -> Hresult {
    // SAFETY: as the caller promises.
    unsafe { answer(sum, a.wrapping_add(b).wrapping_add(SLOT)) }
}

/// # Safety
/// `sum` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_inheritance_base(
    _: *mut ComPart,
    a: i32,
    b: i32,
    sum: *mut i32,
) -> Hresult {
    entry!("com_inheritance_base");
    // SAFETY: as the caller promises.
    unsafe { answer(sum, a.wrapping_add(b).wrapping_add(3)) }
}

/// # Safety
/// `sum` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_inheritance_derived(
    _: *mut ComPart,
    a: i32,
    b: i32,
    sum: *mut i32,
) -> Hresult {
    entry!("com_inheritance_derived");
    // SAFETY: as the caller promises.
    unsafe { answer(sum, a.wrapping_add(b).wrapping_add(8)) }
}

/// # Safety
/// `text` is null or points to bytes that end with a 0; `hash` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_text_utf8(
    _: *mut ComPart,
    text: *const u8,
    hash: *mut u64,
) -> Hresult {
    entry!("com_text_utf8");
    // SAFETY: as the caller promises.
    unsafe { answer(hash, hash_to_zero(text)) }
}

/// # Safety
/// `text` is null or points to units that end with a 0; `hash` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_text_utf16(
    _: *mut ComPart,
    text: *const u16,
    hash: *mut u64,
) -> Hresult {
    entry!("com_text_utf16");
    // SAFETY: as the caller promises.
    unsafe { answer(hash, hash_to_zero(text)) }
}

/// # Safety
/// `text` is null or a BSTR: before its first unit stands its length in bytes, 32 bits; `hash` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_text_bstr(
    _: *mut ComPart,
    text: *const u16,
    hash: *mut u64,
) -> Hresult {
    entry!("com_text_bstr");
    // SAFETY: as the caller promises.
    unsafe { answer(hash, hash_bstr(text)) }
}

/// What an object of the other side is called back through.
#[repr(C)]
#[derive(Debug)]
pub struct Each {
    pub(super) unknown: Unknown,
    pub(super) step: unsafe extern "C" fn(*mut c_void, i64, *mut i64) -> Hresult,
}

/// # Safety
/// `each` is null or an interface whose first method after IUnknown's is a step.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_callback(k: i64, each: *mut *const Each) -> i64 {
    entry!("com_callback");
    if each.is_null() {
        return 0;
    }
    let mut sum = 0_i64;
    for i in 0..k {
        let mut result = 0_i64;
        // SAFETY: as the caller promises; the vtable is looked up at each call, as a C++ compiler does.
        let status = unsafe { ((**each).step)(each.cast(), i, &raw mut result) };
        if status < 0 {
            return i64::from(status);
        }
        sum = sum.wrapping_add(result);
    }
    sum
}

/// # Safety
/// `object` is null or an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_wrap(object: *mut *const Unknown) -> *mut *const Unknown {
    entry!("com_wrap");
    if !object.is_null() {
        // SAFETY: as the caller promises.
        unsafe { ((**object).add_ref)(object.cast()) };
    }
    object
}
