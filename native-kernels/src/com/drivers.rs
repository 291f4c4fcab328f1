//! Inputs and floor loops of the family.

use std::ffi::c_void;
use std::mem::transmute;
use std::ptr::null_mut;

use super::methods::{Each, Unknown};
use super::{ComPart, Hresult, IID_CALC, IID_EACH, Iid, NO_INTERFACE, OK, POINTER};
use crate::blittable::{A, B};
use crate::driver::{Address, Kernel, Params, Prepared};
use crate::string::encodings::{PREFIX, bstr};

type Add = unsafe extern "C" fn(*mut ComPart, i32, i32, *mut i32) -> Hresult;

floor_loop! {
    fn floor_com_add as AddLoop: |kernel: Add, this: *mut ComPart, a: i32, b: i32| {
        let mut sum = 0;
        let status = kernel(this, a, b, &raw mut sum);
        if status < 0 { status } else { sum }
    }
}

/// Of a method that adds: it never looks at its object.
pub(super) fn prepare_add(right: i32) -> Prepared {
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_com_add),
            move |kernel| {
                let mut sum = 0;
                let add = transmute::<Address, Add>(kernel.address);
                let status = add(null_mut(), A, right, &raw mut sum);
                i64::from(if status < 0 { status } else { sum })
            },
            move |floor, kernel, calls| {
                transmute::<Address, AddLoop>(floor)(
                    transmute::<Address, Add>(kernel.address),
                    calls,
                    null_mut(),
                    A,
                    right,
                )
            },
        )
    }
}

pub(super) fn prepare_error(params: Params) -> Prepared {
    prepare_add(match params.text("outcome") {
        "ok" => 1,
        _ => B,
    })
}

type Cast = unsafe extern "C" fn(*mut ComPart, *const Iid, *mut *mut ComPart) -> Hresult;
type Count = unsafe extern "C" fn(*mut ComPart) -> u32;

floor_loop! {
    fn floor_com_cast as CastLoop: |kernel: Cast, this: *mut ComPart, asked: *const Iid, release: Count| {
        let mut found = null_mut();
        let status = kernel(this, asked, &raw mut found);
        release(found);
        status >= 0
    }
}

type Create = unsafe extern "C" fn() -> *mut ComPart;

/// What every row with an object needs, in this order: the object is of the library that is measured.
const MADE: &[&str] = &["com_call_release", "com_call_create"];
/// The same where the kernel itself calls AddRef.
const MADE_AND_COUNTED: &[&str] = &["com_call_release", "com_call_create", "com_call_add_ref"];

/// Release and the object it is for, fresh.
///
/// # Safety
/// The companions begin with [`MADE`].
unsafe fn object(kernel: &Kernel) -> (Count, *mut ComPart) {
    // SAFETY: the addresses are of these types, as the caller promises.
    unsafe {
        let create = transmute::<Address, Create>(kernel.companions[1]);
        (transmute::<Address, Count>(kernel.companions[0]), create())
    }
}

// An object is made for each call and for each block of the floor, where it is one of thousands of calls.
pub(super) fn prepare_cast(_: Params) -> Prepared {
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_com_cast),
            |kernel| {
                let (release, this) = object(kernel);
                let mut found = null_mut();
                let cast = transmute::<Address, Cast>(kernel.address);
                let status = cast(this, &IID_CALC, &raw mut found);
                release(found);
                release(this);
                i64::from(status >= 0)
            },
            |floor, kernel, calls| {
                let (release, this) = object(kernel);
                let cast = transmute::<Address, Cast>(kernel.address);
                let run = transmute::<Address, CastLoop>(floor);
                let sum = run(cast, calls, this, &IID_CALC, release);
                release(this);
                sum
            },
        )
    }
    .with(MADE)
}

type Wrap = unsafe extern "C" fn(*mut ComPart) -> *mut ComPart;

floor_loop! {
    fn floor_com_wrap as WrapLoop: |kernel: Wrap, this: *mut ComPart, release: Count| {
        let handed = kernel(this);
        release(handed);
        handed == this
    }
}

pub(super) fn prepare_wrap(_: Params) -> Prepared {
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {
        Prepared::new(
            floor_of!(floor_com_wrap),
            |kernel| {
                let (release, this) = object(kernel);
                let handed = transmute::<Address, Wrap>(kernel.address)(this);
                release(handed);
                release(this);
                i64::from(handed == this)
            },
            |floor, kernel, calls| {
                let (release, this) = object(kernel);
                let wrap = transmute::<Address, Wrap>(kernel.address);
                let sum = transmute::<Address, WrapLoop>(floor)(wrap, calls, this, release);
                release(this);
                sum
            },
        )
    }
    .with(MADE_AND_COUNTED)
}

type Callback = unsafe extern "C" fn(i64, *mut c_void) -> i64;

floor_loop! {
    fn floor_com_callback as CallbackLoop: |kernel: Callback, k: i64, each: *mut c_void| kernel(k, each)
}

/// What the managed objects are, done by Rust: it lives as long as its driver, and nobody counts its references.
#[repr(C)]
struct Adder {
    vtable: *const Each,
    context: i64,
}

static ADDER: Each = Each {
    unknown: Unknown {
        cast: adder_cast,
        add_ref: adder_count,
        release: adder_count,
    },
    step: adder_step,
};

unsafe extern "C" fn adder_cast(
    this: *mut ComPart,
    asked: *const Iid,
    found: *mut *mut ComPart,
) -> Hresult {
    if found.is_null() {
        return POINTER;
    }
    // SAFETY: as every caller of QueryInterface promises.
    unsafe {
        let is = asked.read_unaligned() == IID_EACH;
        found.write(if is { this } else { null_mut() });
        if is { OK } else { NO_INTERFACE }
    }
}

extern "C" fn adder_count(_: *mut ComPart) -> u32 {
    1
}

unsafe extern "C" fn adder_step(this: *mut c_void, value: i64, result: *mut i64) -> Hresult {
    // SAFETY: only an adder has this method; the result may be written, as every caller promises.
    unsafe { result.write(value.wrapping_add((*this.cast::<Adder>()).context)) };
    OK
}

pub(super) fn prepare_callback(params: Params) -> Prepared {
    let k: i64 = params.number("k");
    let adder = || {
        Box::new(Adder {
            vtable: &raw const ADDER,
            context: 1,
        })
    };
    let each = |adder: &Adder| (&raw const *adder).cast_mut().cast::<c_void>();
    let (called, looped) = (adder(), adder());
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; an adder begins with its vtable.
    unsafe {
        Prepared::new(
            floor_of!(floor_com_callback),
            move |kernel| transmute::<Address, Callback>(kernel.address)(k, each(&called)),
            move |floor, kernel, calls| {
                transmute::<Address, CallbackLoop>(floor)(
                    transmute::<Address, Callback>(kernel.address),
                    calls,
                    k,
                    each(&looped),
                )
            },
        )
    }
}

type Text = unsafe extern "C" fn(*mut ComPart, *const c_void, *mut u64) -> Hresult;

floor_loop! {
    fn floor_com_text as TextLoop: |kernel: Text, this: *mut ComPart, text: *const c_void| {
        let mut hash = 0;
        kernel(this, text, &raw mut hash);
        hash
    }
}

/// The bytes of a text in the encoding of the params, and where in them it begins.
fn encoded(params: Params) -> (Box<[u16]>, usize) {
    let text = "a".repeat(params.number("length"));
    match params.text("encoding") {
        "utf8" => {
            let pairs = text.as_bytes().chunks(2);
            let pairs = pairs.map(|pair| u16::from_ne_bytes([pair[0], *pair.get(1).unwrap_or(&0)]));
            (pairs.chain([0]).collect(), 0)
        }
        "utf16" => (text.encode_utf16().chain([0]).collect(), 0),
        _ => (bstr(&text).into(), PREFIX),
    }
}

pub(super) fn prepare_text(params: Params) -> Prepared {
    let (called, at) = encoded(params);
    let looped = called.clone();
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the text is encoded as the kernel reads it.
    unsafe {
        Prepared::new(
            floor_of!(floor_com_text),
            move |kernel| {
                let mut hash = 0;
                let text = called.as_ptr().add(at).cast();
                transmute::<Address, Text>(kernel.address)(null_mut(), text, &raw mut hash);
                hash as i64
            },
            move |floor, kernel, calls| {
                transmute::<Address, TextLoop>(floor)(
                    transmute::<Address, Text>(kernel.address),
                    calls,
                    null_mut(),
                    looped.as_ptr().add(at).cast(),
                )
            },
        )
    }
}
