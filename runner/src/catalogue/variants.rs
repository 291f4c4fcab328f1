//! Variants as a file has them, checked: names, symbols, helpers, bytes.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Deserialize;
use toml::Spanned;

use super::source::Fail;
use super::tuples::{Tuple, matches, split};
use super::{NATIVE, Param, Product, Refusal, Variant};
use crate::names;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVariant {
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) what: String,
    pub(super) na: Option<String>,
    pub(super) symbols: Option<Spanned<Vec<String>>>,
    pub(super) rows: Option<Vec<Spanned<String>>>,
    pub(super) calls: Option<Spanned<String>>,
    /// Calls of helpers, by symbol.
    #[serde(default)]
    pub(super) also: BTreeMap<String, Spanned<PerTuple>>,
    pub(super) managed_bytes: Option<Spanned<PerTuple>>,
    pub(super) nogc_over_limit: Option<String>,
    pub(super) frees_elsewhere: Option<String>,
    pub(super) body: Option<String>,
    pub(super) refusal: Option<Refusal>,
}

/// One number, or one per pattern of tuples: `{ "len,*" = 1, "z,*" = 0 }`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum PerTuple {
    Number(u64),
    Patterns(BTreeMap<String, u64>),
}

pub(super) fn symbols(
    raw: &Spanned<Vec<String>>,
    shapes: usize,
    fail: &Fail,
) -> Result<Vec<String>> {
    let symbols = raw.get_ref();
    if let Some(bad) = symbols.iter().find(|symbol| !names::is_symbol(symbol)) {
        return Err(fail(raw.span(), format!("bad symbol '{bad}'")));
    }
    if symbols.len() != shapes {
        return Err(fail(
            raw.span(),
            format!("{} symbols for {shapes} shapes: one each", symbols.len()),
        ));
    }
    Ok(symbols.clone())
}

/// What a variant is checked against.
pub(super) struct Context<'a> {
    pub params: &'a [Param],
    pub tuples: &'a [Tuple],
    pub shapes: usize,
    /// Symbols and helpers of the family.
    pub of_family: &'a [String],
    pub nogc: bool,
    pub nogc_reason: &'a str,
    /// The tuple that a text names.
    pub index: &'a dyn Fn(&Spanned<String>) -> Result<usize>,
    pub fail: &'a Fail<'a>,
}

impl Context<'_> {
    pub fn checked(&self, raw: &RawVariant) -> Result<Variant> {
        let name = raw.name.get_ref().clone();
        let wrong =
            |message: &str| (self.fail)(raw.name.span(), format!("variant '{name}': {message}"));
        if !names::is_variant(&name) || name == NATIVE {
            return Err(wrong(
                "the name must be a C# method name, and Native is the floor's",
            ));
        }
        let nogc = name.ends_with("NoGc");
        if nogc && !self.nogc {
            return Err(wrong(&format!(
                "a suppressed transition is not allowed here: {}",
                self.nogc_reason
            )));
        }
        if raw.nogc_over_limit.is_some() && !nogc {
            return Err(wrong("nogc_over_limit belongs to a NoGc variant"));
        }
        if nogc && raw.symbols.is_none() && raw.na.is_none() {
            return Err(wrong("a NoGc variant calls an alias: name it in symbols"));
        }
        if raw.na.is_none() && (raw.what.is_empty() || raw.managed_bytes.is_none()) {
            return Err(wrong("what and managed_bytes must be stated"));
        }
        if let Some(refusal) = &raw.refusal
            && (raw.na.is_none() || refusal.diagnostic.is_some() == refusal.throws.is_some())
        {
            return Err(wrong(
                "a refusal proves an na, by a diagnostic of the compiler or by what it throws",
            ));
        }
        let own = raw.symbols.as_ref();
        let rows = raw.rows.as_ref();
        let tuples = rows
            .map(|rows| rows.iter().map(self.index).collect::<Result<Vec<usize>>>())
            .transpose()?;
        Ok(Variant {
            what: raw.what.clone(),
            na: raw.na.clone(),
            symbols: own
                .map(|raw| symbols(raw, self.shapes, self.fail))
                .transpose()?,
            calls: raw
                .calls
                .as_ref()
                .map(|text| self.product(text))
                .transpose()?,
            also: self.also(raw, tuples.as_deref())?,
            managed_bytes: match &raw.managed_bytes {
                Some(bytes) => self.per_tuple(bytes, tuples.as_deref())?,
                None => vec![0; self.tuples.len()],
            },
            na_aot: None,
            na_linked: None,
            tuples,
            nogc_over_limit: raw.nogc_over_limit.clone(),
            frees_elsewhere: raw.frees_elsewhere.clone(),
            body: raw.body.clone(),
            refusal: raw.refusal.clone(),
            name,
        })
    }

    fn product(&self, text: &Spanned<String>) -> Result<Product> {
        Product::parse(text.get_ref(), self.params)
            .map_err(|message| (self.fail)(text.span(), message))
    }

    fn also(&self, raw: &RawVariant, own: Option<&[usize]>) -> Result<BTreeMap<String, Vec<u64>>> {
        raw.also
            .iter()
            .map(|(symbol, calls)| {
                if !self.of_family.contains(symbol) {
                    return Err((self.fail)(
                        calls.span(),
                        format!("also: '{symbol}' is not a symbol of the family"),
                    ));
                }
                Ok((symbol.clone(), self.per_tuple(calls, own)?))
            })
            .collect()
    }

    /// A number per tuple of the case. With patterns, every tuple of the variant fits exactly one.
    fn per_tuple(&self, stated: &Spanned<PerTuple>, own: Option<&[usize]>) -> Result<Vec<u64>> {
        let fail = |message: String| (self.fail)(stated.span(), message);
        let patterns = match stated.get_ref() {
            PerTuple::Number(number) => return Ok(vec![*number; self.tuples.len()]),
            PerTuple::Patterns(patterns) => patterns,
        };
        let patterns = patterns
            .iter()
            .map(|(text, number)| Ok((split(text, self.params, true).map_err(&fail)?, *number)))
            .collect::<Result<Vec<_>>>()?;
        let of = |(at, tuple): (usize, &Tuple)| {
            if own.is_some_and(|own| !own.contains(&at)) {
                return Ok(0);
            }
            let mut fitting = patterns
                .iter()
                .filter(|(pattern, _)| matches(pattern, &tuple.values));
            match (fitting.next(), fitting.next()) {
                (Some((_, number)), None) => Ok(*number),
                (None, _) => Err(fail(format!("no pattern fits {}", tuple.params))),
                _ => Err(fail(format!("more than one pattern fits {}", tuple.params))),
            }
        };
        self.tuples.iter().enumerate().map(of).collect()
    }
}
