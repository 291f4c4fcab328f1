//! The shape of the generated catalogue.

/// A symbol whose code is that of another one, at an address of its own.
#[derive(Debug)]
pub struct Alias {
    pub alias: &'static str,
    pub of: &'static str,
}

#[derive(Debug)]
pub struct Case {
    pub id: &'static str,
    pub family: &'static str,
    pub rows: &'static [Row],
}

/// One params tuple of a case.
#[derive(Debug)]
pub struct Row {
    /// `name=value,name=value` in catalogue order, `-` for none.
    pub params: &'static str,
    /// The kernel that answers it.
    pub symbol: &'static str,
    /// Calls of the kernel that give one answer: 64 where a body loops.
    pub calls: u64,
    /// The answer: a smaller integer sign-extended, an unsigned one as the same 64 bits.
    pub expected: i64,
}
