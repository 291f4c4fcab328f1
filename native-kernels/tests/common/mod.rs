//! The libraries under test, as the runner names them: the release builds that are timed and shipped, loaded as anybody loads them.
//! What cargo leaves in `deps/` is another build; a test of it would prove something about another build.

// Each test program and the benchmark take what they need.
#![allow(dead_code)]

pub mod engine;

use std::env;
use std::ffi::{CStr, c_char};
use std::path::{Path, PathBuf};

use kernels_rust::catalogue::CASES;
use kernels_rust::driver::{Address, Kernel, Params, Prepared, driver_of};
use kernels_rust::table::{Case, Row};
use libloading::Library;

pub const RUST: &str = "LAB_LIB_RUST";
pub const C: &str = "LAB_LIB_C";
pub const COUNTING: &str = "LAB_LIB_COUNT";

/// A loaded kernel library; it stays loaded.
pub struct Kernels {
    pub path: PathBuf,
    library: Library,
}

/// The library that `variable` names, or one line that says what to do.
pub fn open(variable: &str) -> Result<Kernels, String> {
    let Some(path) = env::var_os(variable).map(PathBuf::from) else {
        return Err(format!(
            "{variable} is not set: run ./lab test, or ./lab cargo test"
        ));
    };
    if path
        .parent()
        .and_then(Path::file_name)
        .is_some_and(|folder| folder == "deps")
    {
        return Err(format!(
            "{variable}={}: this is not the release library",
            path.display()
        ));
    }
    // SAFETY: the library runs no code when it is loaded.
    let library = unsafe { Library::new(&path) }.map_err(|error| format!("{variable}: {error}"))?;
    Ok(Kernels { path, library })
}

pub fn kernels(variable: &str) -> Kernels {
    open(variable).unwrap_or_else(|message| panic!("{message}"))
}

/// The libraries that are timed.
pub fn timed() -> [Kernels; 2] {
    [kernels(RUST), kernels(C)]
}

impl Kernels {
    pub fn find(&self, symbol: &str) -> Option<Address> {
        // SAFETY: an address is made of the symbol, nothing more; whoever calls it vouches for its type.
        unsafe { self.library.get::<Address>(symbol.as_bytes()) }
            .ok()
            .map(|found| *found)
    }

    pub fn address(&self, symbol: &str) -> Address {
        self.find(symbol)
            .unwrap_or_else(|| panic!("{} does not export {symbol}", self.path.display()))
    }

    /// A kernel with the helpers that the row needs, all of this library.
    pub fn kernel(&self, symbol: &str, prepared: &Prepared) -> Kernel {
        let companions = prepared.companions.iter();
        Kernel {
            address: self.address(symbol),
            companions: companions.map(|name| self.address(name)).collect(),
        }
    }

    /// # Safety
    /// `F` is the type of that function in `kernels.h`.
    pub unsafe fn function<F: Copy>(&self, symbol: &str) -> F {
        // SAFETY: the caller vouches for the type.
        let found = unsafe { self.library.get::<F>(symbol.as_bytes()) };
        *found.unwrap_or_else(|error| panic!("{}: {symbol}: {error}", self.path.display()))
    }

    pub fn implementation(&self) -> &str {
        self.text("kernels_impl")
    }

    /// What one of the functions without arguments says that return a string.
    pub fn text(&self, symbol: &str) -> &str {
        // SAFETY: `kernels.h` declares these functions so; the string is a literal of the library, zero-terminated.
        unsafe {
            let function: unsafe extern "C" fn() -> *const c_char = self.function(symbol);
            CStr::from_ptr(function()).to_str().expect("ASCII")
        }
    }
}

/// Every row of the catalogue, its inputs ready.
pub fn rows() -> impl Iterator<Item = (&'static Case, &'static Row, Prepared)> {
    CASES.iter().flat_map(|case| {
        let driver =
            driver_of(case.id).unwrap_or_else(|| panic!("no family has a driver for {}", case.id));
        case.rows
            .iter()
            .map(move |row| (case, row, (driver.prepare)(Params(row.params))))
    })
}
