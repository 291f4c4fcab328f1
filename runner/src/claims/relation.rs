//! The grammar of relations. Names are variants of one case; `Native` is its floor.
//!
//! ```text
//! A < B                         A takes less time than B
//! A <= B                        A takes no more time than B
//! 3 A < B                       B takes more than three times as long as A
//! A = B = C                     they take the same time
//! A flat in n                   its time over the floor does not depend on n
//! A step at n 86                its time over the floor jumps between the row before and that of 86
//! slope of A = slope of B in n  both grow alike
//! A allocates 0                 neither managed bytes nor native blocks per call
//! A allocates 32 managed bytes
//! A allocates 1 native blocks   calls of malloc
//! A ends the process
//! ```

/// What a variant takes per call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Managed bytes and native blocks; only for none of either.
    Nothing,
    ManagedBytes(u64),
    NativeBlocks(u64),
}

/// How the time of one variant stands to that of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparison {
    Less,
    NotMore,
    Equal,
    /// So many times it is still less.
    Times(f64),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Relation {
    /// The first beside each of the others.
    Compared(Comparison, Vec<String>),
    Flat {
        variant: String,
        param: String,
    },
    Step {
        variant: String,
        param: String,
        at: String,
    },
    Slopes {
        variants: [String; 2],
        param: String,
    },
    Allocates(String, Memory),
    Ends(String),
}

impl Relation {
    pub fn parse(text: &str) -> Result<Relation, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let name = |word: &str| word.to_string();
        let relation = match words[..] {
            [a, "<", b] => Relation::Compared(Comparison::Less, vec![name(a), name(b)]),
            [a, "<=", b] => Relation::Compared(Comparison::NotMore, vec![name(a), name(b)]),
            [factor, a, "<", b] => {
                Relation::Compared(Comparison::Times(times(factor)?), vec![name(a), name(b)])
            }
            ["slope", "of", a, "=", "slope", "of", b, "in", param] => Relation::Slopes {
                variants: [name(a), name(b)],
                param: name(param),
            },
            [a, "flat", "in", param] => Relation::Flat {
                variant: name(a),
                param: name(param),
            },
            [a, "step", "at", param, at] => Relation::Step {
                variant: name(a),
                param: name(param),
                at: name(at),
            },
            [a, "allocates", "0"] => Relation::Allocates(name(a), Memory::Nothing),
            [a, "allocates", count, "managed", "bytes"] => {
                Relation::Allocates(name(a), Memory::ManagedBytes(number(count)?))
            }
            [a, "allocates", count, "native", "blocks"] => {
                Relation::Allocates(name(a), Memory::NativeBlocks(number(count)?))
            }
            [a, "ends", "the", "process"] => Relation::Ends(name(a)),
            [_, "=", _, ..] if words.len() % 2 == 1 => {
                if words.iter().skip(1).step_by(2).any(|word| *word != "=") {
                    return Err(unknown(text));
                }
                let names = words.iter().step_by(2).map(|word| name(word)).collect();
                Relation::Compared(Comparison::Equal, names)
            }
            _ => return Err(unknown(text)),
        };
        let is_name = |name: &&str| {
            name.starts_with(|letter: char| letter.is_ascii_uppercase())
                && name.chars().all(|letter| letter.is_ascii_alphanumeric())
        };
        match relation.variants().iter().find(|name| !is_name(name)) {
            Some(bad) => Err(format!("relation '{text}': '{bad}' is no variant's name")),
            None => Ok(relation),
        }
    }

    pub fn variants(&self) -> Vec<&str> {
        match self {
            Relation::Compared(_, all) => all.iter().map(String::as_str).collect(),
            Relation::Slopes { variants, .. } => variants.iter().map(String::as_str).collect(),
            Relation::Flat { variant, .. }
            | Relation::Step { variant, .. }
            | Relation::Allocates(variant, _)
            | Relation::Ends(variant) => vec![variant],
        }
    }

    /// Whether the floor may stand there: it is measured beside the others and never judged itself.
    pub fn takes_native(&self, name: &str) -> bool {
        match self {
            Relation::Compared(comparison, all) => {
                *comparison != Comparison::Equal && all[1] == name
            }
            Relation::Slopes { variants, .. } => variants[1] == name,
            _ => false,
        }
    }

    /// The param that rows are compared over.
    pub fn param(&self) -> Option<&str> {
        match self {
            Relation::Flat { param, .. }
            | Relation::Step { param, .. }
            | Relation::Slopes { param, .. } => Some(param),
            _ => None,
        }
    }
}

fn unknown(text: &str) -> String {
    format!(
        "relation '{text}': expected A < B, A <= B, N A < B, A = B, A flat in PARAM, A step at PARAM VALUE, slope of A = slope of B in PARAM, \
         A allocates 0, A allocates N managed bytes, A allocates N native blocks, or A ends the process"
    )
}

fn times(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(factor) if factor.is_finite() && factor > 1.0 => Ok(factor),
        _ => Err(format!("'{text}' is no number above 1")),
    }
}

fn number(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| format!("'{text}' is not a whole number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        let is = |text: &str, expected: Relation| assert_eq!(Relation::parse(text), Ok(expected));
        let s = str::to_string;
        let two = || vec![s("A"), s("B")];
        is("A < B", Relation::Compared(Comparison::Less, two()));
        is("A <= B", Relation::Compared(Comparison::NotMore, two()));
        is(
            "1.5 A < B",
            Relation::Compared(Comparison::Times(1.5), two()),
        );
        is(
            "A = B = C",
            Relation::Compared(Comparison::Equal, vec![s("A"), s("B"), s("C")]),
        );
        is(
            "A flat in length",
            Relation::Flat {
                variant: s("A"),
                param: s("length"),
            },
        );
        is(
            "A step at n 86",
            Relation::Step {
                variant: s("A"),
                param: s("n"),
                at: s("86"),
            },
        );
        is(
            "slope of A = slope of Native in n",
            Relation::Slopes {
                variants: [s("A"), s("Native")],
                param: s("n"),
            },
        );
        is(
            "A allocates 0",
            Relation::Allocates(s("A"), Memory::Nothing),
        );
        is(
            "A allocates 32 managed bytes",
            Relation::Allocates(s("A"), Memory::ManagedBytes(32)),
        );
        is(
            "A allocates 1 native blocks",
            Relation::Allocates(s("A"), Memory::NativeBlocks(1)),
        );
        is("A ends the process", Relation::Ends(s("A")));
    }

    #[test]
    fn what_is_no_relation_is_refused() {
        for text in [
            "",
            "A",
            "A > B",
            "A = ",
            "A = B =",
            "A = B < C",
            "A < ",
            "a < B",
            "1 A < B",
            "x A < B",
            "2 A <= B",
            "A allocates",
            "A allocates x native blocks",
            "A flat n",
            "A step at n",
            "slope of A = B in n",
        ] {
            assert!(Relation::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_floor_stands_on_the_right_only() {
        let takes = |text: &str| Relation::parse(text).unwrap().takes_native("Native");
        assert!(takes("A < Native"));
        assert!(takes("slope of A = slope of Native in n"));
        assert!(!takes("Native < A"));
        assert!(!takes("A = Native"));
    }
}
