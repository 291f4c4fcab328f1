//! What of a case is read along its rows: the rungs of its ladder, and the pairs whose order may change while a param grows.

use anyhow::Result;
use serde::Deserialize;
use toml::Spanned;

use super::source::Fail;
use super::tuples::{Tuple, matches, split};
use super::{NATIVE, Param, Variant};
use crate::manifest::{CrossoverRecord, LadderRecord};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLadder {
    at: Spanned<String>,
    rungs: Spanned<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCrossover {
    between: Spanned<[String; 2]>,
    param: Spanned<String>,
    /// The params that stay fixed, `*` for the one that grows; may be absent where there is no other.
    at: Option<Spanned<String>>,
    what: String,
}

/// What a case's checked parts are, for what refers to them.
pub(super) struct Parts<'a> {
    pub params: &'a [Param],
    pub tuples: &'a [Tuple],
    pub variants: &'a [Variant],
    pub fail: &'a Fail<'a>,
}

impl Parts<'_> {
    /// Whether a variant, or the floor, has a row at a tuple.
    fn has(&self, name: &str, tuple: usize) -> bool {
        let exists = |variant: &&Variant| {
            let tuples = variant.tuples.as_ref();
            variant.name == name
                && variant.na.is_none()
                && tuples.is_none_or(|some| some.contains(&tuple))
        };
        name == NATIVE || self.variants.iter().find(exists).is_some()
    }

    pub fn ladder(&self, raw: &RawLadder) -> Result<LadderRecord> {
        let fail = |message: String| (self.fail)(raw.rungs.span(), message);
        let values = split(raw.at.get_ref(), self.params, false)
            .map_err(|message| (self.fail)(raw.at.span(), format!("ladder: {message}")))?;
        let tuple = self.tuples.iter().position(|tuple| tuple.values == values);
        let Some(tuple) = tuple else {
            let text = raw.at.get_ref();
            return Err((self.fail)(
                raw.at.span(),
                format!("ladder: row '{text}' is none of the case"),
            ));
        };
        let rungs = raw.rungs.get_ref();
        if rungs.len() < 2 {
            return Err(fail("ladder: at least two rungs".to_string()));
        }
        if let Some(unknown) = rungs.iter().find(|rung| !self.has(rung, tuple)) {
            return Err(fail(format!(
                "ladder: '{unknown}' has no row at {}",
                self.tuples[tuple].params
            )));
        }
        Ok(LadderRecord {
            at: self.tuples[tuple].params.clone(),
            rungs: rungs.clone(),
        })
    }

    pub fn crossover(&self, raw: &RawCrossover) -> Result<CrossoverRecord> {
        let name = raw.param.get_ref();
        let fail = |span, message: String| (self.fail)(span, format!("crossover: {message}"));
        let param = self.params.iter().position(|param| param.name == *name);
        let Some(param) = param else {
            return Err(fail(raw.param.span(), format!("no param '{name}'")));
        };
        let pattern = match &raw.at {
            Some(at) => split(at.get_ref(), self.params, true)
                .map_err(|message| fail(at.span(), message))?,
            None => vec!["*".to_string(); self.params.len()],
        };
        let at = raw.at.as_ref().map_or(raw.param.span(), Spanned::span);
        let is_open = |(index, value): (usize, &String)| (value == "*") == (index == param);
        if !pattern.iter().enumerate().all(is_open) {
            return Err(fail(at, format!("'*' stands for {name} and nothing else")));
        }
        let between = raw.between.get_ref();
        let here = |(index, tuple): (usize, &Tuple)| {
            matches(&pattern, &tuple.values) && between.iter().all(|name| self.has(name, index))
        };
        let mut params: Vec<(f64, String)> = Vec::new();
        for (_, tuple) in self
            .tuples
            .iter()
            .enumerate()
            .filter(|(index, tuple)| here((*index, tuple)))
        {
            let value: f64 = tuple.values[param]
                .parse()
                .map_err(|_| fail(raw.param.span(), format!("{name} is no number")))?;
            params.push((value, tuple.params.clone()));
        }
        params.sort_by(|a, b| a.0.total_cmp(&b.0));
        if params.len() < 2 {
            return Err(fail(
                raw.between.span(),
                format!(
                    "{} have fewer than two rows together",
                    between.join(" and ")
                ),
            ));
        }
        Ok(CrossoverRecord {
            between: between.clone(),
            param: name.clone(),
            params: params.into_iter().map(|(_, params)| params).collect(),
            what: raw.what.clone(),
        })
    }
}
