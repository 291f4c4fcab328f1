//! Tables generated from the catalogue: committed, and checked against it by `lab check`, `lab run` and the tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::catalogue::{Case, Catalogue, Param, ParamKind, Variant};
use crate::names;
use crate::run_folder::write_atomically;

const HEADER: &str = "native-kernels/include/kernels.h";
const RUST_TABLE: &str = "native-kernels/src/catalogue.rs";
const C_CONTRACT: &str = "native-kernels/include/contract.h";
const CS_TABLE: &str = "managed-bench/src/InteropLab.Inputs/Catalogue.g.cs";
const CS_ENTRIES: &str = "managed-bench/src/InteropLab.Cases/Entries.g.cs";
const ORIGIN: &str = "from the catalogue and include/kernels.h by `./lab generate`; do not edit";

/// Writes what differs; returns the paths written.
pub fn write(root: &Path, catalogue: &Catalogue) -> Result<Vec<String>> {
    let stale = stale(root, catalogue)?;
    for (path, text) in &stale {
        write_atomically(&root.join(path), text.as_bytes())?;
    }
    Ok(stale.into_iter().map(|(path, _)| path).collect())
}

/// Fails with the command to run when a generated file is not what the catalogue says.
pub fn check(root: &Path, catalogue: &Catalogue) -> Result<()> {
    let stale = stale(root, catalogue)?;
    if let Some((path, _)) = stale.first() {
        bail!(
            "{path} does not match the catalogue ({} generated files differ): run ./lab generate",
            stale.len()
        );
    }
    Ok(())
}

/// The generated files that differ from what is on disk, with what they should hold.
fn stale(root: &Path, catalogue: &Catalogue) -> Result<Vec<(String, String)>> {
    let header = std::fs::read_to_string(root.join(HEADER))
        .with_context(|| format!("cannot read {HEADER}"))?;
    let contract = contract(catalogue, &header);
    let files = [
        (RUST_TABLE, rust_table(catalogue, contract)),
        (C_CONTRACT, c_contract(contract)),
        (CS_TABLE, cs_table(catalogue, contract)),
        (CS_ENTRIES, cs_entries(catalogue)),
    ];
    Ok(files
        .into_iter()
        .filter(|(path, text)| std::fs::read_to_string(root.join(path)).ok().as_ref() != Some(text))
        .map(|(path, text)| (path.to_string(), text))
        .collect())
}

/// What libraries and programs must agree on: the first eight bytes of BLAKE3 over the header and every row's symbol and answer.
pub fn contract(catalogue: &Catalogue, header: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(header.as_bytes());
    for case in &catalogue.cases {
        for tuple in &case.tuples {
            let symbol = &case.symbols[tuple.shape];
            hasher.update(
                format!("{}/{}/{symbol}={}\n", case.id, tuple.params, tuple.expected).as_bytes(),
            );
        }
        for (alias, of) in aliases(case) {
            hasher.update(format!("{alias}={of}\n").as_bytes());
        }
        for helper in &case.helpers {
            hasher.update(format!("{helper}\n").as_bytes());
        }
    }
    let bytes = hasher.finalize();
    u64::from_le_bytes(
        bytes.as_bytes()[..8]
            .try_into()
            .expect("a hash has 32 bytes"),
    )
}

/// (alias, symbol whose code it repeats) of the case.
fn aliases(case: &Case) -> BTreeMap<&str, &str> {
    case.variants
        .iter()
        .filter_map(|variant| variant.symbols.as_ref())
        .flat_map(|symbols| {
            symbols
                .iter()
                .map(String::as_str)
                .zip(case.symbols.iter().map(String::as_str))
        })
        .filter(|(alias, of)| alias != of)
        .collect()
}

fn rust_table(catalogue: &Catalogue, contract: u64) -> String {
    let aliases: BTreeMap<&str, &str> = catalogue.cases.iter().flat_map(aliases).collect();
    let mut symbols: Vec<&str> = catalogue
        .cases
        .iter()
        .flat_map(|case| case.symbols.iter().chain(&case.helpers).map(String::as_str))
        .collect();
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
    for helper in catalogue.cases.iter().flat_map(|case| &case.helpers) {
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

fn c_contract(contract: u64) -> String {
    format!("/* Generated {ORIGIN}. */\n#define KERNELS_CONTRACT 0x{contract:016x}ULL\n")
}

fn cs_table(catalogue: &Catalogue, contract: u64) -> String {
    let mut text = format!(
        "// <auto-generated>{ORIGIN}</auto-generated>\n#nullable enable\nnamespace InteropLab;\n\n"
    );
    text.push_str("public static partial class Catalogue\n{\n");
    let _ = writeln!(
        text,
        "    public const ulong Contract = 0x{contract:016x}UL;\n"
    );
    text.push_str("    public static readonly CatalogueCase[] Cases =\n    [\n");
    for case in &catalogue.cases {
        let _ = writeln!(
            text,
            "        new({:?}, {:?}, NoGc: {},\n            Params:\n            [",
            case.id, case.family, case.nogc
        );
        for param in &case.params {
            let kind = match param.kind {
                ParamKind::Value => "value",
                ParamKind::Shape => "shape",
            };
            let _ = writeln!(
                text,
                "                new({:?}, {kind:?}, {}),",
                param.name,
                strings(&param.values)
            );
        }
        text.push_str("            ],\n            Tuples:\n            [\n");
        for tuple in &case.tuples {
            let _ = writeln!(
                text,
                "                new({:?}, {:?}, {}L),",
                tuple.params, tuple.class, tuple.expected
            );
        }
        text.push_str("            ],\n            Variants:\n            [\n");
        for variant in case.variants.iter().filter(|variant| variant.na.is_none()) {
            let _ = writeln!(text, "                {},", cs_variant(case, variant));
        }
        text.push_str("            ]),\n");
    }
    text.push_str("    ];\n}\n");
    text
}

fn cs_variant(case: &Case, variant: &Variant) -> String {
    let own: Vec<usize> = variant
        .tuples
        .clone()
        .unwrap_or_else(|| (0..case.tuples.len()).collect());
    let calls = one_or_each(
        own.iter()
            .map(|at| case.calls_of(variant, &case.tuples[*at])),
    );
    let bytes = one_or_each(own.iter().map(|at| variant.managed_bytes[*at]));
    let also: Vec<String> = variant
        .also
        .iter()
        .map(|(symbol, calls)| {
            let calls = own.iter().map(|at| calls[*at]);
            format!("new({symbol:?}, [{}])", one_or_each(calls))
        })
        .collect();
    let managed = variant.name == crate::catalogue::MANAGED;
    let symbols = if managed {
        "[]".to_string()
    } else {
        strings(variant.symbols.as_ref().unwrap_or(&case.symbols))
    };
    let tuples = variant.tuples.as_ref().map_or("null".to_string(), |some| {
        format!(
            "[{}]",
            some.iter()
                .map(usize::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        )
    });
    format!(
        "new({:?}, Calls: [{calls}], Symbols: {symbols}, Also: [{}], Tuples: {tuples}, ManagedBytes: [{bytes}])",
        variant.name,
        also.join(", "),
    )
}

/// One value where all are the same, otherwise each.
fn one_or_each(values: impl Iterator<Item = u64>) -> String {
    let mut texts: Vec<String> = values.map(|value| value.to_string()).collect();
    if texts.iter().all(|text| *text == texts[0]) {
        texts.truncate(1);
    }
    texts.join(", ")
}

fn strings(values: &[String]) -> String {
    format!(
        "[{}]",
        values
            .iter()
            .map(|value| format!("{value:?}"))
            .collect::<Vec<_>>()
            .join(", ")
    )
}

fn cs_entries(catalogue: &Catalogue) -> String {
    let mut text = format!(
        "// <auto-generated>{ORIGIN}</auto-generated>\n#nullable enable\nnamespace InteropLab.Cases;\n\n"
    );
    text.push_str(
        "public static partial class Entries\n{\n    public static readonly Entry[] All =\n    [\n",
    );
    for case in &catalogue.cases {
        for (shape, symbol) in case.symbols.iter().enumerate() {
            let class = names::pascal(symbol);
            let setters: String = case
                .params
                .iter()
                .filter(|param| param.kind == ParamKind::Value)
                .map(cs_setter)
                .collect();
            let set = if setters.is_empty() {
                "static (_, _) => { }".to_string()
            } else {
                format!("static (o, p) => {{ {class} c = ({class})o; {setters}}}")
            };
            let observe = if case.observe.is_some() {
                format!("static o => (({class})o).Observe()")
            } else {
                "null".to_string()
            };
            let _ = writeln!(
                text,
                "        new({class:?}, typeof({class}), static () => new {class}(),\n            {set},\n            static o => (({class})o).Setup(),\n            {observe},\n            ["
            );
            for variant in case.variants.iter().filter(|variant| variant.na.is_none()) {
                let here = |at: usize| case.tuples[at].shape == shape && case.has(variant, at);
                if (0..case.tuples.len()).any(here) {
                    let call = format!("(({class})o).{}()", variant.name);
                    let body = match case.observe {
                        Some(_) => format!("{{ {call}; return 0; }}"),
                        None => format!("(long){call}"),
                    };
                    let _ = writeln!(
                        text,
                        "                new({:?}, static o => {body}),",
                        variant.name
                    );
                }
            }
            text.push_str("            ]),\n");
        }
    }
    text.push_str("    ];\n}\n");
    text
}

fn cs_setter(param: &Param) -> String {
    let numeric = param
        .values
        .iter()
        .all(|value| value.parse::<i64>().is_ok());
    let getter = if numeric { "Int" } else { "Text" };
    format!(
        "c.{} = p.{getter}({:?}); ",
        names::pascal(&param.name),
        param.name
    )
}
