//! Imports with signatures of their own, for all languages: a text and a list of numbers that no other import has.
//!
//! Import k, from 1, has the digits of k in the bijective system of base 4 as its numbers' types: all lists of one come first, then all
//! of two. It answers the bytes of the text, and each number times its place; what is called answers `31 h + answer`, one by one.

use std::fmt::Write as _;

use super::ORIGIN;
use crate::catalogue::{Case, Catalogue, import_symbol};

/// The text that every import is given.
const TEXT: &str = "import";
const LETTERS: [char; 5] = ['a', 'b', 'c', 'd', 'e'];

#[derive(Clone, Copy)]
struct Number {
    rust: &'static str,
    c: &'static str,
    cs: &'static str,
    /// How a literal of it ends in C#.
    ending: &'static str,
}

const NUMBERS: [Number; 4] = [
    Number {
        rust: "i32",
        c: "int32_t",
        cs: "int",
        ending: "",
    },
    Number {
        rust: "i64",
        c: "int64_t",
        cs: "long",
        ending: "L",
    },
    Number {
        rust: "f32",
        c: "float",
        cs: "float",
        ending: "f",
    },
    Number {
        rust: "f64",
        c: "double",
        cs: "double",
        ending: "d",
    },
];

/// The catalogue's program whose imports these are.
fn program(catalogue: &Catalogue) -> Option<&Case> {
    catalogue.programs.iter().find(|case| case.imports > 0)
}

/// Types of the numbers of import `at`, from 1, with the letter of each and its place.
fn numbers(at: u32) -> Vec<(Number, char, usize)> {
    let base = NUMBERS.len() as u32;
    let (mut digits, mut rest) = (Vec::new(), at);
    while rest > 0 {
        digits.push(NUMBERS[((rest - 1) % base) as usize]);
        rest = (rest - 1) / base;
    }
    let places = digits.into_iter().rev().zip(LETTERS).zip(1..);
    places
        .map(|((number, letter), place)| (number, letter, place))
        .collect()
}

/// The number that import `at` is given at a place.
fn argument(at: u32, place: usize) -> i64 {
    i64::from(at) + place as i64
}

fn answer(at: u32) -> i64 {
    let parts = numbers(at).into_iter();
    let sum: i64 = parts
        .map(|(_, _, place)| argument(at, place) * place as i64)
        .sum();
    TEXT.len() as i64 + sum
}

/// What calls of the first imports answer together.
fn answer_of_first(imports: u32) -> i64 {
    (1..=imports).fold(0_i64, |hash, at| {
        hash.wrapping_mul(31).wrapping_add(answer(at))
    })
}

fn count(catalogue: &Catalogue) -> u32 {
    program(catalogue).map_or(0, |case| case.imports)
}

pub(super) fn header(catalogue: &Catalogue) -> String {
    let mut text = format!(
        "/* Generated {ORIGIN}.\n * The bytes of the text up to its 0, none for NULL, and each number times its place; the numbers are whole. */\n"
    );
    for at in 1..=count(catalogue) {
        let _ = writeln!(
            text,
            "KERNELS_API int64_t {}({});",
            import_symbol(at),
            c_arguments(at)
        );
    }
    text
}

fn c_arguments(at: u32) -> String {
    numbers(at).into_iter().fold(
        "const uint8_t *text".to_string(),
        |text, (number, letter, _)| format!("{text}, {} {letter}", number.c),
    )
}

pub(super) fn c_kernels(catalogue: &Catalogue) -> String {
    let mut text = format!("/* Generated {ORIGIN}. */\n");
    for at in 1..=count(catalogue) {
        let parts: Vec<String> = numbers(at)
            .into_iter()
            .map(|(_, letter, place)| format!("PART({letter}, {place})"))
            .collect();
        let _ = writeln!(
            text,
            "IMPORT({}, ({}), {})",
            import_symbol(at),
            c_arguments(at),
            parts.join(" ")
        );
    }
    text
}

pub(super) fn rust_kernels(catalogue: &Catalogue) -> String {
    let mut text = format!(
        "// Generated {ORIGIN}.\n#![cfg_attr(rustfmt, rustfmt_skip)]\n\nuse super::import;\n\n"
    );
    for at in 1..=count(catalogue) {
        let numbers: Vec<String> = numbers(at)
            .into_iter()
            .map(|(number, letter, place)| format!("{letter} {} {place}", number.rust))
            .collect();
        let _ = writeln!(
            text,
            "import! {{ {0} \"{0}\": {1} }}",
            import_symbol(at),
            numbers.join(", ")
        );
    }
    text
}

/// The contract, and what the calls of the first so many imports answer.
pub(super) fn cs_facts(catalogue: &Catalogue, contract: u64) -> String {
    let mut text = cs_head("what the program and the kernels agree on");
    let _ = writeln!(text, "internal static class Agreed\n{{");
    let _ = writeln!(
        text,
        "    public const ulong Contract = 0x{contract:016x}UL;\n"
    );
    let _ = writeln!(
        text,
        "    /// <summary>What calls of the first imports answer together; null where no method calls so many.</summary>"
    );
    let _ = writeln!(
        text,
        "    public static long? AnswerOfFirst(int imports) => imports switch\n    {{"
    );
    for imports in counts(catalogue) {
        let _ = writeln!(text, "        {imports} => {}L,", answer_of_first(imports));
    }
    text.push_str("        _ => null,\n    };\n}\n");
    text
}

/// How many imports one method calls: the values of the programs' params.
fn counts(catalogue: &Catalogue) -> Vec<u32> {
    let values = program(catalogue).into_iter().flat_map(|case| &case.params);
    let values = values.flat_map(|param| &param.values);
    values.filter_map(|value| value.parse().ok()).collect()
}

fn cs_head(what: &str) -> String {
    format!(
        "// <auto-generated>{ORIGIN}: {what}</auto-generated>\n#nullable enable\nusing System.Runtime.InteropServices;\n\nnamespace InteropLab.Startup;\n\n"
    )
}

/// The imports by one mechanism, and methods that call the first of them, each once.
pub(super) fn cs_imports(catalogue: &Catalogue, mechanism: &str) -> String {
    let generated = mechanism == "LibraryImport";
    let mut text = cs_head(mechanism);
    let partial = if generated { "partial " } else { "" };
    let _ = writeln!(
        text,
        "internal static unsafe {partial}class Many{mechanism}s\n{{"
    );
    let _ = writeln!(
        text,
        "    /// <summary>The method that calls so many imports; null where there is none.</summary>"
    );
    let _ = writeln!(
        text,
        "    public static delegate*<long> First(int imports) => imports switch\n    {{"
    );
    for imports in counts(catalogue) {
        let _ = writeln!(text, "        {imports} => &First{imports},");
    }
    text.push_str("        _ => null,\n    };\n\n");
    for imports in counts(catalogue) {
        let _ = writeln!(
            text,
            "    private static long First{imports}()\n    {{\n        long hash = 0;"
        );
        for at in 1..=imports {
            let arguments =
                numbers(at)
                    .into_iter()
                    .fold(format!("{TEXT:?}"), |text, (number, _, place)| {
                        format!("{text}, {}{}", argument(at, place), number.ending)
                    });
            let _ = writeln!(text, "        hash = (hash * 31) + N{at}({arguments});");
        }
        text.push_str("        return hash;\n    }\n\n");
    }
    for at in 1..=count(catalogue) {
        let (attribute, modifier, marshalling) = if generated {
            (
                ", StringMarshalling = StringMarshalling.Utf8",
                "partial",
                "",
            )
        } else {
            ("", "extern", "[MarshalAs(UnmanagedType.LPUTF8Str)] ")
        };
        let parameters = numbers(at).into_iter().fold(
            format!("{marshalling}string text"),
            |text, (number, letter, _)| format!("{text}, {} {letter}", number.cs),
        );
        let _ = writeln!(
            text,
            "    [{mechanism}(Kernels.Name, EntryPoint = {:?}{attribute})]\n    private static {modifier} long N{at}({parameters});",
            import_symbol(at)
        );
    }
    text.push_str("}\n");
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_imports_have_the_same_list() {
        let list = |at| -> Vec<&str> { numbers(at).iter().map(|(one, ..)| one.rust).collect() };
        assert_eq!(list(1), ["i32"]);
        assert_eq!(list(4), ["f64"]);
        assert_eq!(list(5), ["i32", "i32"]);
        assert_eq!(list(8), ["i32", "f64"]);
        assert_eq!(list(9), ["i64", "i32"]);
        assert_eq!((1..=500).map(list).collect::<BTreeSet<_>>().len(), 500);
        // More letters than there are would be cut off.
        assert!((1..=500).all(|at| list(at).len() <= LETTERS.len()));
    }

    #[test]
    fn answers_by_hand() {
        // Import 1: six bytes and 1 * (1 + 1). Import 5: six bytes, 1 * 6 and 2 * 7.
        assert_eq!((answer(1), answer(5)), (8, 26));
        assert_eq!(answer_of_first(2), 31 * 8 + 9);
    }
}
