//! What custom marshallers hand over: text as code points, and records of an error with its message.

mod drivers;
mod records;

use std::mem::transmute;

use crate::driver::{Address, Driver, Params, Prepared};
use crate::string::encodings::{Text32, Text32Loop, floor_text32_to_u64};
use crate::string::hash_to_zero;

/// # Safety
/// `text` is null or points to code points that end with a 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn marshaller_shapes(text: *const u32) -> u64 {
    entry!("marshaller_shapes");
    // SAFETY: as the caller promises.
    unsafe { hash_to_zero(text) }
}

pub use records::LAYOUTS;

pub const DRIVERS: &[Driver] = &[
    Driver {
        case: "marshaller_shapes",
        prepare: prepare_shapes,
    },
    Driver {
        case: "marshaller_struct",
        prepare: drivers::prepare_struct,
    },
    Driver {
        case: "marshaller_elements",
        prepare: drivers::prepare_elements,
    },
];

fn prepare_shapes(params: Params) -> Prepared {
    let mut call_text = vec![u32::from(b'a'); params.number("length")];
    call_text.push(0);
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
