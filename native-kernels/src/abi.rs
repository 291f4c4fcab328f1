//! What the library says about itself: contract, compiler, layouts, live objects. `c/abi.c` says the same of the twin.

use std::ffi::{CStr, c_char, c_void};
use std::mem::{align_of, offset_of, size_of};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::catalogue::CONTRACT;

/// What both libraries export beside the kernels, sorted.
pub const ABOUT_SYMBOLS: &[&str] = &[
    "kernels_compiler",
    "kernels_contract",
    "kernels_impl",
    "kernels_layout",
    "kernels_live",
];

/// What the counting build exports beside that.
pub const COUNTING_SYMBOLS: &[&str] = &["kernels_calls", "kernels_calls_reset"];

#[unsafe(no_mangle)]
pub extern "C" fn kernels_contract() -> u64 {
    CONTRACT
}

#[unsafe(no_mangle)]
pub extern "C" fn kernels_impl() -> *const c_char {
    c"rust".as_ptr()
}

#[unsafe(no_mangle)]
pub extern "C" fn kernels_compiler() -> *const c_char {
    concat!(env!("KERNELS_COMPILER"), "\0").as_ptr().cast()
}

/// `kernels_layout_entry`: a struct that crosses the border, or one field of it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct LayoutEntry {
    pub r#type: *const c_char,
    /// Empty for the type itself, whose fields follow.
    pub field: *const c_char,
    pub size: u32,
    pub align: u32,
    pub offset: u32,
}

// SAFETY: the pointers are to string literals, which nothing writes and nothing frees.
unsafe impl Sync for LayoutEntry {}
// SAFETY: as above.
unsafe impl Send for LayoutEntry {}

pub(crate) const fn type_entry<T>(name: &'static CStr) -> LayoutEntry {
    LayoutEntry {
        r#type: name.as_ptr(),
        field: c"".as_ptr(),
        size: size_of::<T>() as u32,
        align: align_of::<T>() as u32,
        offset: 0,
    }
}

/// The projection is never called: it tells the field's type.
pub(crate) const fn field_entry<T, F>(
    name: &'static CStr,
    field: &'static CStr,
    offset: usize,
    _: fn(&T) -> &F,
) -> LayoutEntry {
    LayoutEntry {
        r#type: name.as_ptr(),
        field: field.as_ptr(),
        size: size_of::<F>() as u32,
        align: align_of::<F>() as u32,
        offset: offset as u32,
    }
}

/// The entries of one struct: its C name, then each field with its C name. Leaving a field out does not compile.
macro_rules! layout_of {
    ($type:ident as $c_name:literal { $($field:ident as $c_field:literal),* $(,)? }) => {{
        const _: fn(&$type) = |$type { $($field: _),* }| ();
        &[
            type_entry::<$type>($c_name),
            $(field_entry::<$type, _>($c_name, $c_field, offset_of!($type, $field), |it| &it.$field)),*
        ]
    }};
}

const OWN: &[LayoutEntry] = layout_of!(LayoutEntry as c"kernels_layout_entry" {
    r#type as c"type",
    field as c"field",
    size as c"size",
    align as c"align",
    offset as c"offset",
});

/// The entry type first, then the families' structs, as the header lists them.
static LAYOUT: LazyLock<Vec<LayoutEntry>> = LazyLock::new(|| {
    let families = crate::LAYOUTS.iter().copied().flatten();
    [&OWN]
        .into_iter()
        .chain(families)
        .copied()
        .flatten()
        .copied()
        .collect()
});

/// # Safety
/// `count` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kernels_layout(count: *mut u32) -> *const LayoutEntry {
    if !count.is_null() {
        // SAFETY: not null, and writable as the caller promises.
        unsafe { count.write(LAYOUT.len() as u32) };
    }
    LAYOUT.as_ptr()
}

// What the other side frees with `free`, and what is counted: by the C library's name, never Rust's allocator.
unsafe extern "C" {
    pub(crate) fn malloc(size: usize) -> *mut c_void;
    pub(crate) fn free(memory: *mut c_void);
}

/// Places in [`LIVE`].
pub(crate) const HANDLES: usize = 0;
pub(crate) const STRINGS: usize = 1;
pub(crate) const BLOCKS: usize = 2;
pub(crate) const OBJECTS: usize = 3;

/// Handles, strings, blocks, objects: a kernel that creates or frees one counts it here, relaxed, in every build. It is part of its work.
pub(crate) static LIVE: [AtomicI64; 4] = [const { AtomicI64::new(0) }; 4];

#[unsafe(no_mangle)]
pub extern "C" fn kernels_live(kind: u32) -> i64 {
    LIVE.get(kind as usize)
        .map_or(-1, |live| live.load(Ordering::Relaxed))
}
