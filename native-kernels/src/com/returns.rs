//! Methods that return a struct: only tests call them.

use super::ComPart;
use crate::struct_::{StructWords8, StructWords16, StructWords24};

pub(super) extern "C" fn words_8(_: *mut ComPart) -> StructWords8 {
    StructWords8::new()
}

pub(super) extern "C" fn words_16(_: *mut ComPart) -> StructWords16 {
    StructWords16::new()
}

pub(super) extern "C" fn words_24(_: *mut ComPart) -> StructWords24 {
    StructWords24::new()
}
