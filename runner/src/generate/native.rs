//! What the kernels are built with: a table in Rust, the contract in C.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{ORIGIN, aliases};
use crate::catalogue::Catalogue;

/// Every symbol, alias and helper, and each row with its answer.
pub(super) fn rust_table(catalogue: &Catalogue, contract: u64) -> String {
    let aliases: BTreeMap<&str, &str> = catalogue.cases.iter().flat_map(aliases).collect();
    let mut symbols: Vec<&str> = catalogue
        .cases
        .iter()
        .flat_map(|case| case.symbols.iter().map(String::as_str))
        .collect();
    let helpers = || catalogue.all().flat_map(|case| &case.helpers);
    symbols.extend(helpers().map(String::as_str));
    symbols.extend(aliases.keys());
    symbols.sort_unstable();
    let mut text = format!(
        "// Generated {ORIGIN}.\n#![cfg_attr(rustfmt, rustfmt_skip)]\n\nuse crate::table::{{Alias, Case, Row}};\n\n"
    );
    let _ = writeln!(text, "pub const CONTRACT: u64 = 0x{contract:016x};\n");
    text.push_str("/// Every kernel symbol, sorted: what the libraries must export, no more and no less.\npub const SYMBOLS: &[&str] = &[\n");
    for symbol in symbols {
        let _ = writeln!(text, "    {symbol:?},");
    }
    text.push_str("];\n\npub const ALIASES: &[Alias] = &[\n");
    for (alias, of) in aliases {
        let _ = writeln!(text, "    Alias {{ alias: {alias:?}, of: {of:?} }},");
    }
    text.push_str("];\n\n/// Kernels that answer no row: what frees, releases or observes.\npub const HELPERS: &[&str] = &[\n");
    for helper in helpers() {
        let _ = writeln!(text, "    {helper:?},");
    }
    text.push_str("];\n\npub const CASES: &[Case] = &[\n");
    for case in &catalogue.cases {
        let _ = writeln!(
            text,
            "    Case {{ id: {:?}, family: {:?}, rows: &[",
            case.id, case.family
        );
        for tuple in &case.tuples {
            let symbol = &case.symbols[tuple.shape];
            let _ = writeln!(
                text,
                "        Row {{ params: {:?}, symbol: {symbol:?}, calls: {}, expected: {} }},",
                tuple.params,
                case.calls.evaluate(&case.params, &tuple.values),
                tuple.expected
            );
        }
        text.push_str("    ] },\n");
    }
    text.push_str("];\n");
    text
}

/// The contract hash that a C library carries.
pub(super) fn c_contract(contract: u64) -> String {
    format!("/* Generated {ORIGIN}. */\n#define KERNELS_CONTRACT 0x{contract:016x}ULL\n")
}
