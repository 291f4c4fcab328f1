//! Floor loops: native code that calls a kernel as often as asked, so that what is left is the kernel and a native call.
//!
//! A loop is exported by the Rust library and takes the kernel's address: one loop drives the Rust and the C library, and an
//! engine pays for one call of the loop per block. A loop belongs to a signature, not to a case; it stands in the family
//! file that first needs it.

/// `fn floor_x as Loop: |kernel: Kernel, inputs...| call` writes the exported loop `floor_x(kernel, calls, inputs...)` and its type.
///
/// The address goes through `black_box`, so the compiler can neither inline the kernel nor move a call out of the loop; no call
/// takes the result of the one before, so calls may overlap as far as the processor lets them; all results go into the
/// wrapping sum that is returned, so none can be dropped.
macro_rules! floor_loop {
    (fn $name:ident as $loop:ident: |$kernel:ident: $kernel_type:ty $(, $input:ident: $type:ty)*| $call:expr) => {
        pub type $loop = unsafe extern "C" fn($kernel_type, u64 $(, $type)*) -> u64;

        /// # Safety
        /// `kernel` is a function of this type, and may be called with these inputs.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name($kernel: $kernel_type, calls: u64 $(, $input: $type)*) -> u64 {
            let $kernel = ::std::hint::black_box($kernel);
            let mut sum = 0_u64;
            for _ in 0..calls {
                // SAFETY: the caller vouches for the kernel and its inputs.
                sum = sum.wrapping_add(unsafe { $call } as u64);
            }
            sum
        }
    };
}

/// `floor_of!(floor_x)`: the loop of that name, as [`crate::driver::Prepared`] keeps it.
macro_rules! floor_of {
    ($name:ident) => {
        $crate::driver::FloorLoop {
            symbol: stringify!($name),
            address: $name as $crate::driver::Address,
        }
    };
}
