//! How tests and the floor benchmark call a kernel: each family states, for each of its cases, the inputs of a params tuple
//! and how its kernel and its floor loop are called with them. Kernels and loops come as addresses, because what is tested
//! and timed is a loaded library, never this crate linked in.

use std::ffi::c_void;
use std::str::FromStr;

/// The address of a kernel or of a floor loop in a loaded library.
pub type Address = *const c_void;

/// One case's way from params to calls.
#[derive(Debug)]
pub struct Driver {
    pub case: &'static str,
    pub prepare: fn(Params) -> Prepared,
}

/// The driver of a case; each has exactly one, which a test holds.
pub fn driver_of(case: &str) -> Option<&'static Driver> {
    crate::DRIVERS
        .iter()
        .copied()
        .flatten()
        .find(|driver| driver.case == case)
}

/// A params tuple of the catalogue, `name=value,name=value` or `-`.
///
/// The getters panic on what is not there: params are generated data, and a driver that asks for another name is a mistake
/// in its family file. No kernel and no floor loop comes near them.
#[derive(Clone, Copy, Debug)]
pub struct Params(pub &'static str);

impl Params {
    pub fn text(self, name: &str) -> &'static str {
        self.0
            .split(',')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
            .unwrap_or_else(|| panic!("params {:?} have no {name}", self.0))
    }

    pub fn number<T: FromStr>(self, name: &str) -> T {
        let text = self.text(name);
        text.parse()
            .unwrap_or_else(|_| panic!("params {:?}: {name} is not a number", self.0))
    }
}

/// A row ready to run; it owns the inputs.
pub struct Prepared {
    /// The floor loop of the row's signature.
    pub floor_symbol: &'static str,
    call: Box<dyn Fn(Address) -> i64>,
    floor: Box<dyn Fn(Address, Address, u64) -> u64>,
}

impl Prepared {
    /// `call(kernel)` calls a kernel once; `floor(loop, kernel, calls)` runs the loop of that symbol.
    ///
    /// # Safety
    /// Both are sound wherever the addresses they get are what [`Prepared::call`] and [`Prepared::floor`] ask for.
    pub unsafe fn new(
        floor_symbol: &'static str,
        call: impl Fn(Address) -> i64 + 'static,
        floor: impl Fn(Address, Address, u64) -> u64 + 'static,
    ) -> Self {
        Prepared {
            floor_symbol,
            call: Box::new(call),
            floor: Box::new(floor),
        }
    }

    /// Calls the kernel once and returns its answer, as the catalogue states it.
    ///
    /// # Safety
    /// `kernel` is the row's symbol, or an alias of it, in a library of this contract.
    pub unsafe fn call(&self, kernel: Address) -> i64 {
        (self.call)(kernel)
    }

    /// Runs the floor loop: `calls` calls of the kernel, and the wrapping sum of their answers.
    ///
    /// # Safety
    /// `floor` is `floor_symbol` in the Rust library of this contract; `kernel` as for [`Prepared::call`].
    pub unsafe fn floor(&self, floor: Address, kernel: Address, calls: u64) -> u64 {
        (self.floor)(floor, kernel, calls)
    }
}
