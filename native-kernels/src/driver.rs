//! How tests and the floor benchmark call a kernel: each family states, for each of its cases, the inputs of a params tuple
//! and how its kernel and its floor loop are called with them. Kernels and loops come as addresses, because what is tested
//! and timed is a loaded library, never this crate linked in.

use std::cell::UnsafeCell;
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

/// Memory that a kernel writes to; calls of one row come one after another.
#[derive(Debug)]
pub struct Scratch<T>(UnsafeCell<Box<[T]>>);

impl<T: Clone + Default> Scratch<T> {
    pub fn new(length: usize) -> Self {
        Scratch(UnsafeCell::new(vec![T::default(); length].into()))
    }

    pub fn get(&self) -> *mut T {
        // SAFETY: no reference to the slice outlives this expression.
        unsafe { (*self.0.get()).as_mut_ptr() }
    }
}

/// Word `at` of every struct and argument list: `(at + 1) * 2^64 / golden ratio`, which fills all bytes.
pub const fn word(at: usize) -> u64 {
    (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
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

/// A kernel of a loaded library, with the helpers of the same library that its row needs.
#[derive(Clone, Debug)]
pub struct Kernel {
    pub address: Address,
    /// In the order of [`Prepared::companions`].
    pub companions: Vec<Address>,
}

/// A floor loop of this crate.
#[derive(Clone, Copy, Debug)]
pub struct FloorLoop {
    pub symbol: &'static str,
    /// In the code that this driver is part of: the engine's exports run it. Who loads a library asks that for the symbol.
    pub address: Address,
}

/// A row ready to run; it owns the inputs.
pub struct Prepared {
    /// The floor loop of the row's signature.
    pub floor: FloorLoop,
    /// Helpers that must come from the kernel's own library: what it made is freed there.
    pub companions: &'static [&'static str],
    call: Box<dyn Fn(&Kernel) -> i64>,
    run: Box<RunLoop>,
}

/// Runs a floor loop over a kernel so many times.
type RunLoop = dyn Fn(Address, &Kernel, u64) -> u64;

impl Prepared {
    /// `call(kernel)` calls a kernel once; `run(loop, kernel, calls)` runs the loop, this one or that symbol of a library.
    ///
    /// # Safety
    /// Both are sound wherever the addresses they get are what [`Prepared::call`] and [`Prepared::run`] ask for.
    pub unsafe fn new(
        floor: FloorLoop,
        call: impl Fn(&Kernel) -> i64 + 'static,
        run: impl Fn(Address, &Kernel, u64) -> u64 + 'static,
    ) -> Self {
        Prepared {
            floor,
            companions: &[],
            call: Box::new(call),
            run: Box::new(run),
        }
    }

    /// The same with helpers of the kernel's library.
    pub fn with(self, companions: &'static [&'static str]) -> Self {
        Prepared { companions, ..self }
    }

    /// Calls the kernel once and returns its answer, as the catalogue states it.
    ///
    /// # Safety
    /// `kernel` is the row's symbol, or an alias of it, in a library of this contract, with the row's companions from there.
    pub unsafe fn call(&self, kernel: &Kernel) -> i64 {
        (self.call)(kernel)
    }

    /// Runs the floor loop: `calls` calls of the kernel, and the wrapping sum of their answers.
    ///
    /// # Safety
    /// `floor` is the loop of that symbol in a Rust library of this contract; `kernel` as for [`Prepared::call`].
    pub unsafe fn run(&self, floor: Address, kernel: &Kernel, calls: u64) -> u64 {
        (self.run)(floor, kernel, calls)
    }
}
