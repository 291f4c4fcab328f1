//! Which params tuples a case has, and which of them a profile measures: chosen, not multiplied.

use std::ops::Range;

use anyhow::Result;
use serde::Deserialize;
use toml::Spanned;

use super::source::Fail;
use super::tuples::{Tuple, cross_product, matches, split};
use super::{Param, Profile};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRows {
    pub(super) quick: Spanned<Vec<Spanned<String>>>,
    pub(super) standard: Spanned<Vec<Spanned<String>>>,
    pub(super) publish: Spanned<RawPublish>,
    /// Which of the publish rows are timed, as patterns; all where nothing is said. The others are proved.
    pub(super) timed: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    pub(super) skip: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum RawPublish {
    Word(String),
    Rows(Vec<String>),
}

/// The values of every tuple of any profile, once, in the order of the params' values.
pub(super) fn all(raw: &RawRows, params: &[Param], fail: &Fail) -> Result<Vec<Vec<String>>> {
    let skip = raw
        .skip
        .iter()
        .map(|text| {
            split(text.get_ref(), params, true).map_err(|message| fail(text.span(), message))
        })
        .collect::<Result<Vec<_>>>()?;
    let all: Vec<Vec<String>> = cross_product(params)
        .into_iter()
        .filter(|values| !skip.iter().any(|pattern| matches(pattern, values)))
        .collect();
    let publish = match raw.publish.get_ref() {
        RawPublish::Word(word) if word == "all" => all.clone(),
        RawPublish::Word(word) => {
            return Err(fail(
                raw.publish.span(),
                format!("publish = '{word}': expected \"all\" or a list of rows"),
            ));
        }
        RawPublish::Rows(rows) => rows
            .iter()
            .map(|text| {
                split(text, params, true).map_err(|message| fail(raw.publish.span(), message))
            })
            .collect::<Result<_>>()?,
    };
    Ok(all
        .into_iter()
        .filter(|values| publish.iter().any(|pattern| matches(pattern, values)))
        .collect())
}

/// The tuple that a text names.
pub(super) fn index(
    text: &Spanned<String>,
    params: &[Param],
    tuples: &[Tuple],
    fail: &Fail,
) -> Result<usize> {
    let values =
        split(text.get_ref(), params, false).map_err(|message| fail(text.span(), message))?;
    tuples
        .iter()
        .position(|tuple| tuple.values == values)
        .ok_or_else(|| {
            fail(
                text.span(),
                format!(
                    "row '{}' is skipped or not among the publish rows",
                    text.get_ref()
                ),
            )
        })
}

/// What `quick`, `standard` and `publish` measure, as indexes into `tuples`; none of them empty, too long or with a row twice.
pub(super) fn of_profiles(
    raw: &RawRows,
    params: &[Param],
    tuples: &[Tuple],
    fail: &Fail,
) -> Result<(Vec<usize>, Vec<usize>, Vec<usize>)> {
    let indexes = |texts: &[Spanned<String>]| {
        let found = texts.iter().map(|text| index(text, params, tuples, fail));
        found.collect::<Result<Vec<usize>>>()
    };
    let quick = indexes(raw.quick.get_ref())?;
    let standard = indexes(raw.standard.get_ref())?;
    let publish: Vec<usize> = match &raw.timed {
        None => (0..tuples.len()).collect(),
        Some(timed) => {
            let patterns = timed
                .get_ref()
                .iter()
                .map(|text| split(text, params, true))
                .collect::<Result<Vec<_>, _>>()
                .map_err(|message| fail(timed.span(), message))?;
            let is_timed = |at: &usize| {
                let mut patterns = patterns.iter();
                patterns.any(|pattern| matches(pattern, &tuples[*at].values))
                    || standard.contains(at)
            };
            (0..tuples.len()).filter(is_timed).collect()
        }
    };
    check(Profile::Quick, &quick, raw.quick.span(), fail)?;
    check(Profile::Standard, &standard, raw.standard.span(), fail)?;
    check(Profile::Publish, &publish, raw.publish.span(), fail)?;
    Ok((quick, standard, publish))
}

/// Refuses a profile with no row, with too many, or with one twice.
fn check(profile: Profile, rows: &[usize], span: Range<usize>, fail: &Fail) -> Result<()> {
    let (has, most) = (rows.len(), profile.most_tuples());
    if has > most {
        return Err(fail(
            span,
            format!(
                "{has} {} rows, at most {most} are allowed: choose, do not multiply",
                profile.name()
            ),
        ));
    }
    if has == 0 {
        return Err(fail(span, format!("no {} row", profile.name())));
    }
    if (1..has).any(|at| rows[..at].contains(&rows[at])) {
        return Err(fail(
            span,
            format!("a {} row is listed twice", profile.name()),
        ));
    }
    Ok(())
}
