//! COM-shaped objects: a pointer to a vtable, a count of references, a question for other interfaces. On 64-bit platforms a method's
//! calling convention is that of any other function, but for returned structs on Windows, so that an export can stand in a vtable:
//! what is counted is one symbol.

mod drivers;
mod methods;
mod returns;

use std::ffi::c_void;
use std::mem::{offset_of, size_of};
use std::ptr::{null_mut, write};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::abi::{LIVE, LayoutEntry, OBJECTS, field_entry, free, malloc, type_entry};
use crate::blittable::B;
use crate::driver::Driver;
use methods::{CALC, CHAIN, TEXT};

/// One interface of an object: what a pointer to the interface points to.
#[repr(C)]
#[derive(Debug)]
pub struct ComPart {
    vtable: *const c_void,
    owner: *mut ComObject,
}

/// An object with three interfaces beside IUnknown, whose pointer is that of the first.
#[repr(C)]
#[derive(Debug)]
pub struct ComObject {
    calc: ComPart,
    text: ComPart,
    chain: ComPart,
    references: AtomicU32,
}

pub const LAYOUTS: &[&[LayoutEntry]] = &[
    layout_of!(ComPart as c"com_part" { vtable as c"vtable", owner as c"owner" }),
    layout_of!(ComObject as c"com_object" {
        calc as c"calc",
        text as c"text",
        chain as c"chain",
        references as c"references",
    }),
];

pub(crate) type Hresult = i32;
pub(crate) const OK: Hresult = 0;
pub(crate) const NO_INTERFACE: Hresult = 0x8000_4002_u32 as i32;
pub(crate) const POINTER: Hresult = 0x8000_4003_u32 as i32;

pub(crate) type Iid = [u8; 16];

/// {00000000-0000-0000-C000-000000000046}
const UNKNOWN: Iid = [0, 0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];

/// {6C616200-0000-4C61-8000-xxxxxxxxxxxx}, as it lies in memory: what `number` ends, the interfaces of this lab are numbered by.
const fn iid(number: u8) -> Iid {
    [
        0, 0x62, 0x61, 0x6c, 0, 0, 0x61, 0x4c, 0x80, 0, 0, 0, 0, 0, 0, number,
    ]
}

pub(crate) const IID_CALC: Iid = iid(1);
const IID_TEXT: Iid = iid(2);
const IID_BASE: Iid = iid(3);
const IID_DERIVED: Iid = iid(4);
const IID_LEAF: Iid = iid(5);
/// What callbacks are made through; objects of this library have it only inside drivers.
pub(crate) const IID_EACH: Iid = iid(6);

/// The part that an interface is reached by.
#[inline(always)]
fn part_of(object: *mut ComObject, asked: Iid) -> *mut ComPart {
    // SAFETY: the caller's object is alive; only addresses of its fields are taken.
    unsafe {
        match asked {
            UNKNOWN | IID_CALC => &raw mut (*object).calc,
            IID_TEXT => &raw mut (*object).text,
            IID_BASE | IID_DERIVED | IID_LEAF => &raw mut (*object).chain,
            _ => null_mut(),
        }
    }
}

/// # Safety
/// `this` is an interface of a living object; `asked` points to 16 bytes; `found` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_cast(
    this: *mut ComPart,
    asked: *const Iid,
    found: *mut *mut ComPart,
) -> Hresult {
    entry!("com_cast");
    if found.is_null() {
        return POINTER;
    }
    // SAFETY: as the caller promises.
    unsafe {
        let object = (*this).owner;
        let part = part_of(object, asked.read_unaligned());
        found.write(part);
        if part.is_null() {
            return NO_INTERFACE;
        }
        (*object).references.fetch_add(1, Ordering::Relaxed);
    }
    OK
}

/// # Safety
/// `this` is an interface of a living object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_call_add_ref(this: *mut ComPart) -> u32 {
    entry!("com_call_add_ref");
    // SAFETY: as the caller promises.
    let references = unsafe { &(*(*this).owner).references };
    references.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
}

/// # Safety
/// `this` is an interface of a living object, on which the caller has a reference; it is gone afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn com_call_release(this: *mut ComPart) -> u32 {
    entry!("com_call_release");
    // SAFETY: as the caller promises; whoever takes the last reference is alone with the object.
    unsafe {
        let object = (*this).owner;
        let left = (*object)
            .references
            .fetch_sub(1, Ordering::AcqRel)
            .wrapping_sub(1);
        if left == 0 {
            LIVE[OBJECTS].fetch_sub(1, Ordering::Relaxed);
            free(object.cast());
        }
        left
    }
}

/// Writes an object with one reference into memory of its own size.
///
/// # Safety
/// `object` may be written, and stays where it is.
unsafe fn place(object: *mut ComObject) {
    let part = |vtable| ComPart {
        vtable,
        owner: object,
    };
    let made = ComObject {
        calc: part((&raw const CALC).cast()),
        text: part((&raw const TEXT).cast()),
        chain: part((&raw const CHAIN).cast()),
        references: AtomicU32::new(1),
    };
    // SAFETY: as the caller promises.
    unsafe { write(object, made) };
}

#[unsafe(no_mangle)]
pub extern "C" fn com_call_create() -> *mut ComPart {
    entry!("com_call_create");
    // SAFETY: any size may be asked for.
    let object = unsafe { malloc(size_of::<ComObject>()) }.cast::<ComObject>();
    if object.is_null() {
        return null_mut();
    }
    // SAFETY: not null, and of the size of an object.
    unsafe { place(object) };
    LIVE[OBJECTS].fetch_add(1, Ordering::Relaxed);
    // SAFETY: the first field of a living object.
    unsafe { &raw mut (*object).calc }
}

pub const DRIVERS: &[Driver] = &[
    Driver {
        case: "com_call",
        prepare: |_| drivers::prepare_add(B),
    },
    Driver {
        case: "com_callback",
        prepare: drivers::prepare_callback,
    },
    Driver {
        case: "com_cast",
        prepare: drivers::prepare_cast,
    },
    Driver {
        case: "com_error",
        prepare: drivers::prepare_error,
    },
    Driver {
        case: "com_inheritance",
        prepare: |_| drivers::prepare_add(B),
    },
    Driver {
        case: "com_text",
        prepare: drivers::prepare_text,
    },
    Driver {
        case: "com_wrap",
        prepare: drivers::prepare_wrap,
    },
];
