//! What explains a row beside its numbers.

use std::collections::BTreeMap;

use crate::names::RowKey;

/// What explains a row beside its numbers: generated sources and machine code, read from a run's `raw/`.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Case id -> what the source generator wrote for its LibraryImports, in order of declaration.
    pub generated: BTreeMap<String, Vec<Generated>>,
    /// Row -> disassembly of its compiled body, as text.
    pub disassembly: BTreeMap<RowKey, String>,
}

#[derive(Clone, Debug)]
pub struct Generated {
    /// `StringUtf8InImports.LibraryImport(string)`
    pub declaration: String,
    /// C#.
    pub text: String,
}
