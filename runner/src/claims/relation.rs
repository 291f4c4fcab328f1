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
//! A@jit+TieredPGO=0 < A          the same, of one way in two deployments or under two values of a switch
//! 0 = A.stubs < B.stubs         what start-up programs count or time, in a chain of < and =; times in nanoseconds
//! ```

use crate::deployment::Target;
use crate::plan::JIT;
use crate::stats::startup::TOLD;

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
    /// Each beside the next, with what stands between them.
    Told(Vec<Term>, Vec<Order>),
}

/// What a chain is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    Number(f64),
    /// What a variant's processes told: the name of an interval or of a count.
    Of {
        variant: String,
        name: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Less,
    Equal,
}

impl Term {
    fn parse(word: &str) -> Result<Term, String> {
        match word.split_once('.') {
            Some((variant, name)) if TOLD.contains(&name) => Ok(Term::Of {
                variant: variant.to_string(),
                name: name.to_string(),
            }),
            Some((_, name)) => Err(format!(
                "'{name}' is nothing that a process tells: expected one of {}",
                TOLD.join(", ")
            )),
            None => number(word).map(|number| Term::Number(number as f64)),
        }
    }
}

impl Relation {
    pub fn parse(text: &str) -> Result<Relation, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_told = |word: &&str| {
            word.starts_with(|letter: char| letter.is_ascii_alphabetic()) && word.contains('.')
        };
        let relation = if words.iter().any(is_told) {
            chain(text, &words)?
        } else {
            Relation::of_words(text, &words)?
        };
        let is_name = |name: &&str| {
            name.starts_with(|letter: char| letter.is_ascii_uppercase())
                && name.chars().all(|letter| letter.is_ascii_alphanumeric())
        };
        for side in relation.sides() {
            let (_, deployment) = deployed(side);
            deployment
                .parse::<Target>()
                .map_err(|error| format!("relation '{text}': {error}"))?;
            if side.contains(AT) && !matches!(relation, Relation::Compared(..) | Relation::Told(..))
            {
                return Err(format!(
                    "relation '{text}': only times and what start-up programs tell are compared between deployments"
                ));
            }
        }
        match relation.variants().iter().find(|name| !is_name(name)) {
            Some(bad) => Err(format!("relation '{text}': '{bad}' is no variant's name")),
            None => Ok(relation),
        }
    }

    fn of_words(text: &str, words: &[&str]) -> Result<Relation, String> {
        let name = |word: &str| word.to_string();
        Ok(match words[..] {
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
        })
    }

    /// The variants alone.
    pub fn variants(&self) -> Vec<&str> {
        self.sides()
            .into_iter()
            .map(|side| deployed(side).0)
            .collect()
    }

    /// Variants as they are written, with the deployment where one stands there.
    pub fn sides(&self) -> Vec<&str> {
        match self {
            Relation::Compared(_, all) => all.iter().map(String::as_str).collect(),
            Relation::Slopes { variants, .. } => variants.iter().map(String::as_str).collect(),
            Relation::Flat { variant, .. }
            | Relation::Step { variant, .. }
            | Relation::Allocates(variant, _)
            | Relation::Ends(variant) => vec![variant],
            Relation::Told(terms, _) => terms
                .iter()
                .filter_map(|term| match term {
                    Term::Number(_) => None,
                    Term::Of { variant, .. } => Some(variant.as_str()),
                })
                .collect(),
        }
    }

    /// Whether the floor may stand there: it is measured beside the others and never judged itself.
    pub fn takes_native(&self, name: &str) -> bool {
        match self {
            Relation::Compared(comparison, all) => {
                *comparison != Comparison::Equal && deployed(&all[1]).0 == name
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

const AT: char = '@';

/// A variant and the deployment that it is looked at in: the plain one where none is written.
pub fn deployed(side: &str) -> (&str, &str) {
    side.split_once(AT).unwrap_or((side, JIT))
}

/// `a < b = c`
fn chain(text: &str, words: &[&str]) -> Result<Relation, String> {
    let terms = words.iter().step_by(2).map(|word| Term::parse(word));
    let terms = terms.collect::<Result<Vec<Term>, String>>()?;
    let orders = words.iter().skip(1).step_by(2).map(|word| match *word {
        "<" => Ok(Order::Less),
        "=" => Ok(Order::Equal),
        _ => Err(unknown(text)),
    });
    let orders = orders.collect::<Result<Vec<Order>, String>>()?;
    if orders.is_empty() || terms.len() != orders.len() + 1 {
        return Err(unknown(text));
    }
    Ok(Relation::Told(terms, orders))
}

fn unknown(text: &str) -> String {
    format!(
        "relation '{text}': expected A < B, A <= B, N A < B, A = B, A flat in PARAM, A step at PARAM VALUE, slope of A = slope of B in PARAM, \
         A allocates 0, A allocates N managed bytes, A allocates N native blocks, A ends the process, or a chain such as 0 = A.stubs < B.stubs"
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
        is(
            "A@jit+TieredPGO=0 < A",
            Relation::Compared(Comparison::Less, vec![s("A@jit+TieredPGO=0"), s("A")]),
        );
        assert_eq!(deployed("A@aot"), ("A", "aot"));
        let of = |variant: &str, name: &str| Term::Of {
            variant: s(variant),
            name: s(name),
        };
        is(
            "0 = A.stubs < B.first_call",
            Relation::Told(
                vec![Term::Number(0.0), of("A", "stubs"), of("B", "first_call")],
                vec![Order::Equal, Order::Less],
            ),
        );
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
            "A@mono < A",
            "A@aot allocates 0",
            "A.stubs",
            "A.stubs <",
            "A.stubs < B",
            "A.stubs > 0",
            "A.stab < 1",
            "a.stubs < B.stubs",
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
