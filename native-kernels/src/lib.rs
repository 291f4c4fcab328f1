//! Rust kernels behind a C ABI; `c/` holds their twins under the same names.
//!
//! One file per family. A family file owns its kernels, the floor loops of the signatures it brings, and the drivers that
//! build the inputs of its cases. The rules a kernel obeys:
//!
//! - Its name is the case's id, with a suffix where the case has several entry points, and stands in the catalogue. `entry!`
//!   is its first line; a name that is not in the catalogue does not compile.
//! - It is declared in `include/kernels.h` and written in C with the same steps: what is compared is the border, never two
//!   algorithms.
//! - Integers of stated width cross the border, no `bool` and no `char`; a struct that crosses it stands in the layout table.
//! - It never panics: arithmetic wraps, null and empty inputs are answered as the header says.
//! - It keeps nothing and allocates nothing, except kernels whose case is about that; those count what lives (`abi::LIVE`).
//! - An alias exists only where a declaration needs an address of its own; its code is that of the original.

#[macro_use]
mod counting;
#[macro_use]
mod floor;

#[macro_use]
pub mod abi;
pub mod array;
pub mod blittable;
pub mod callback;
pub mod com;
#[rustfmt::skip]
pub mod catalogue;
pub mod control;
pub mod driver;
pub mod engine;
pub mod error;
pub mod handle;
pub mod loading;
pub mod marshaller;
pub mod string;
pub mod struct_;
pub mod table;
pub mod transition;

/// The drivers of all families; every case of the catalogue has exactly one.
pub const DRIVERS: &[&[driver::Driver]] = &[
    array::DRIVERS,
    blittable::DRIVERS,
    callback::DRIVERS,
    com::DRIVERS,
    control::DRIVERS,
    error::DRIVERS,
    handle::DRIVERS,
    marshaller::DRIVERS,
    string::DRIVERS,
    struct_::DRIVERS,
    transition::DRIVERS,
];

/// The structs of all families that cross the border.
pub const LAYOUTS: &[&[&[abi::LayoutEntry]]] = &[
    array::LAYOUTS,
    blittable::LAYOUTS,
    callback::LAYOUTS,
    com::LAYOUTS,
    error::LAYOUTS,
    handle::LAYOUTS,
    marshaller::LAYOUTS,
    struct_::LAYOUTS,
];
