//! TOML to a checked catalogue. Every error is one line: file, line, what is wrong.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Result, anyhow};
use serde::Deserialize;
use toml::Spanned;

use super::tuples::{cross_product, key_text, matches, split};
use super::{
    Case, Catalogue, MustTie, Param, ParamKind, Product, Profile, Tuple, Variant, answers,
};
use crate::manifest::StepRecord;
use crate::names;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    family: Spanned<String>,
    #[serde(rename = "case")]
    cases: Vec<RawCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    id: Spanned<String>,
    wave: u8,
    question: String,
    pages: Vec<String>,
    signature: String,
    form: Spanned<String>,
    nogc: bool,
    nogc_reason: String,
    reference: Spanned<String>,
    ops: Spanned<String>,
    calls: Spanned<String>,
    answer: Spanned<String>,
    symbols: Spanned<Vec<String>>,
    bdn: Vec<Spanned<String>>,
    #[serde(default, rename = "param")]
    params: Vec<RawParam>,
    rows: RawRows,
    #[serde(default)]
    steps: Vec<RawStep>,
    #[serde(rename = "variant")]
    variants: Vec<RawVariant>,
    #[serde(default)]
    must_tie: Vec<Spanned<MustTie>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawParam {
    name: Spanned<String>,
    kind: ParamKind,
    what: String,
    values: Spanned<Vec<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRows {
    quick: Spanned<Vec<Spanned<String>>>,
    standard: Spanned<Vec<Spanned<String>>>,
    publish: Spanned<RawPublish>,
    #[serde(default)]
    skip: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawPublish {
    Word(String),
    Rows(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    param: Spanned<String>,
    at: f64,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVariant {
    name: Spanned<String>,
    #[serde(default)]
    what: String,
    na: Option<String>,
    symbols: Option<Spanned<Vec<String>>>,
    rows: Option<Vec<Spanned<String>>>,
    calls: Option<Spanned<String>>,
    managed_bytes: Option<u64>,
    nogc_over_limit: Option<String>,
}

/// A file's name and text, to turn byte offsets into lines.
struct Source<'a> {
    name: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn error(&self, span: Range<usize>, message: impl std::fmt::Display) -> anyhow::Error {
        let line = self.text.as_bytes()[..span.start.min(self.text.len())]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            + 1;
        anyhow!("{}:{line}: {message}", self.name)
    }
}

pub fn catalogue(sources: &[(String, String)]) -> Result<Catalogue> {
    let mut cases: Vec<Case> = Vec::new();
    let mut symbols = BTreeSet::new();
    for (name, text) in sources {
        let source = Source { name, text };
        let file: RawFile = toml::from_str(text).map_err(|error| {
            source.error(
                error.span().unwrap_or(0..0),
                error.message().replace('\n', " "),
            )
        })?;
        for raw in file.cases {
            let span = raw.id.span();
            let case = checked_case(&source, file.family.get_ref(), raw)?;
            if cases.iter().any(|other| other.id == case.id) {
                return Err(source.error(span, format!("case id '{}' is used twice", case.id)));
            }
            let own: BTreeSet<&String> = case
                .symbols
                .iter()
                .chain(
                    case.variants
                        .iter()
                        .flat_map(|variant| variant.symbols.iter().flatten()),
                )
                .collect();
            for symbol in own {
                if !symbols.insert(symbol.clone()) {
                    return Err(source.error(
                        span,
                        format!(
                            "symbol '{symbol}' of case '{}' belongs to another case",
                            case.id
                        ),
                    ));
                }
            }
            cases.push(case);
        }
    }
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Catalogue { cases })
}

fn checked_case(source: &Source, family: &str, raw: RawCase) -> Result<Case> {
    let id = raw.id.get_ref().clone();
    let fail = |span: Range<usize>, message: String| source.error(span, format!("{id}: {message}"));

    if !names::is_case_id(&id) {
        return Err(fail(raw.id.span(), "bad id: lower-case words joined by '_', each starting with a letter, at most 40 characters".into()));
    }
    if id.split('_').next() != Some(family) {
        return Err(fail(
            raw.id.span(),
            format!("the first word of an id is its family, here '{family}'"),
        ));
    }
    if !["call", "loop"].contains(&raw.form.get_ref().as_str()) {
        return Err(fail(
            raw.form.span(),
            format!("form '{}': expected call or loop", raw.form.get_ref()),
        ));
    }
    let params = checked_params(&raw.params, &fail)?;
    let shapes = params
        .iter()
        .find(|param| param.kind == ParamKind::Shape)
        .map_or(1, |param| param.values.len());
    let symbols = checked_symbols(&raw.symbols, shapes, &fail)?;
    let product = |text: &Spanned<String>| {
        Product::parse(text.get_ref(), &params).map_err(|message| fail(text.span(), message))
    };
    let (ops, calls) = (product(&raw.ops)?, product(&raw.calls)?);

    // Every tuple of any profile, once, in the order of the params' values.
    let skip = raw
        .rows
        .skip
        .iter()
        .map(|text| {
            split(text.get_ref(), &params, true).map_err(|message| fail(text.span(), message))
        })
        .collect::<Result<Vec<_>>>()?;
    let all: Vec<Vec<String>> = cross_product(&params)
        .into_iter()
        .filter(|values| !skip.iter().any(|pattern| matches(pattern, values)))
        .collect();
    let publish = match raw.rows.publish.get_ref() {
        RawPublish::Word(word) if word == "all" => all.clone(),
        RawPublish::Word(word) => {
            return Err(fail(
                raw.rows.publish.span(),
                format!("publish = '{word}': expected \"all\" or a list of rows"),
            ));
        }
        RawPublish::Rows(rows) => rows
            .iter()
            .map(|text| {
                split(text, &params, false)
                    .map_err(|message| fail(raw.rows.publish.span(), message))
            })
            .collect::<Result<_>>()?,
    };
    let kept: Vec<Vec<String>> = all
        .into_iter()
        .filter(|values| publish.contains(values))
        .collect();
    let answer = raw.answer.get_ref();
    let tuples = kept
        .into_iter()
        .map(|values| {
            let expected = answers::expected(answer, &params, &values)
                .map_err(|message| fail(raw.answer.span(), message))?;
            let shape = params
                .iter()
                .zip(&values)
                .find(|(param, _)| param.kind == ParamKind::Shape)
                .and_then(|(param, value)| param.values.iter().position(|other| other == value))
                .unwrap_or(0);
            let class = names::pascal(&symbols[shape.min(symbols.len() - 1)]);
            Ok(Tuple {
                params: key_text(&params, &values),
                values,
                shape,
                class,
                expected,
            })
        })
        .collect::<Result<Vec<_>>>()?;

    let index = |text: &Spanned<String>| -> Result<usize> {
        let values =
            split(text.get_ref(), &params, false).map_err(|message| fail(text.span(), message))?;
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
    };
    let indexes =
        |texts: &[Spanned<String>]| texts.iter().map(index).collect::<Result<Vec<usize>>>();
    let quick = indexes(raw.rows.quick.get_ref())?;
    let standard = indexes(raw.rows.standard.get_ref())?;
    let publish: Vec<usize> = (0..tuples.len()).collect();
    for (profile, rows, span) in [
        (Profile::Quick, &quick, raw.rows.quick.span()),
        (Profile::Standard, &standard, raw.rows.standard.span()),
        (Profile::Publish, &publish, raw.rows.publish.span()),
    ] {
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
    }

    let mut variants: Vec<Variant> = Vec::new();
    for variant in &raw.variants {
        let checked = checked_variant(variant, &raw, shapes, &indexes, &product, &fail)?;
        if variants.iter().any(|other| other.name == checked.name) {
            return Err(fail(
                variant.name.span(),
                format!("variant '{}' is listed twice", checked.name),
            ));
        }
        variants.push(checked);
    }
    let known = |name: &String| {
        variants
            .iter()
            .any(|variant| variant.name == *name && variant.na.is_none())
    };
    if !known(raw.reference.get_ref()) {
        return Err(fail(
            raw.reference.span(),
            format!(
                "reference '{}' is not a variant of the case",
                raw.reference.get_ref()
            ),
        ));
    }
    for tie in &raw.must_tie {
        let names = &tie.get_ref().variants;
        if let Some(unknown) = names.iter().find(|name| !known(name)) {
            return Err(fail(
                tie.span(),
                format!("must_tie: '{unknown}' is not a variant of the case"),
            ));
        }
        if !names.contains(raw.reference.get_ref()) {
            return Err(fail(
                tie.span(),
                format!(
                    "must_tie: the set lacks the reference '{}'",
                    raw.reference.get_ref()
                ),
            ));
        }
    }
    for step in &raw.steps {
        if !params
            .iter()
            .any(|param| param.name == *step.param.get_ref())
        {
            return Err(fail(
                step.param.span(),
                format!("steps: no param '{}'", step.param.get_ref()),
            ));
        }
    }

    Ok(Case {
        family: family.to_string(),
        wave: raw.wave,
        question: raw.question,
        pages: raw.pages,
        signature: raw.signature,
        form: raw.form.into_inner(),
        nogc: raw.nogc,
        nogc_reason: raw.nogc_reason,
        reference: raw.reference.into_inner(),
        ops,
        calls,
        answer: answer.clone(),
        symbols,
        bdn: indexes(&raw.bdn)?,
        params: params.clone(),
        tuples: tuples.clone(),
        quick,
        standard,
        publish,
        variants,
        must_tie: raw.must_tie.into_iter().map(Spanned::into_inner).collect(),
        steps: raw
            .steps
            .into_iter()
            .map(|step| StepRecord {
                param: step.param.into_inner(),
                at: step.at,
                why: step.why,
            })
            .collect(),
        id,
    })
}

fn checked_params(
    raw: &[RawParam],
    fail: &impl Fn(Range<usize>, String) -> anyhow::Error,
) -> Result<Vec<Param>> {
    let mut params: Vec<Param> = Vec::new();
    for param in raw {
        let name = param.name.get_ref().clone();
        if !names::is_symbol(&name) {
            return Err(fail(param.name.span(), format!("bad param name '{name}'")));
        }
        if params.iter().any(|other| other.name == name) {
            return Err(fail(
                param.name.span(),
                format!("param '{name}' is listed twice"),
            ));
        }
        if param.kind == ParamKind::Shape
            && params.iter().any(|other| other.kind == ParamKind::Shape)
        {
            return Err(fail(
                param.name.span(),
                format!("'{name}' is a second shape param: a case has at most one"),
            ));
        }
        let mut values = Vec::new();
        for value in param.values.get_ref() {
            let text = match value {
                toml::Value::String(text) => text.clone(),
                toml::Value::Integer(number) => number.to_string(),
                other => {
                    return Err(fail(
                        param.values.span(),
                        format!("param '{name}': {other} is neither text nor a whole number"),
                    ));
                }
            };
            if !names::is_param_value(&text) {
                return Err(fail(
                    param.values.span(),
                    format!("param '{name}': bad value '{text}', expected [a-z0-9_.]+"),
                ));
            }
            if values.contains(&text) {
                return Err(fail(
                    param.values.span(),
                    format!("param '{name}' has '{text}' twice"),
                ));
            }
            values.push(text);
        }
        params.push(Param {
            name,
            kind: param.kind,
            what: param.what.clone(),
            values,
        });
    }
    Ok(params)
}

fn checked_symbols(
    raw: &Spanned<Vec<String>>,
    shapes: usize,
    fail: &impl Fn(Range<usize>, String) -> anyhow::Error,
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

fn checked_variant(
    raw: &RawVariant,
    case: &RawCase,
    shapes: usize,
    indexes: &impl Fn(&[Spanned<String>]) -> Result<Vec<usize>>,
    product: &impl Fn(&Spanned<String>) -> Result<Product>,
    fail: &impl Fn(Range<usize>, String) -> anyhow::Error,
) -> Result<Variant> {
    let name = raw.name.get_ref().clone();
    let wrong = |message: &str| fail(raw.name.span(), format!("variant '{name}': {message}"));
    if !names::is_variant(&name) || name == super::NATIVE {
        return Err(wrong(
            "the name must be a C# method name, and Native is the floor's",
        ));
    }
    if name.ends_with("NoGc") && !case.nogc {
        return Err(wrong(&format!(
            "a suppressed transition is not allowed here: {}",
            case.nogc_reason
        )));
    }
    if raw.nogc_over_limit.is_some() && !name.ends_with("NoGc") {
        return Err(wrong("nogc_over_limit belongs to a NoGc variant"));
    }
    if name.ends_with("NoGc") && raw.symbols.is_none() && raw.na.is_none() {
        return Err(wrong("a NoGc variant calls an alias: name it in symbols"));
    }
    if raw.na.is_none() && (raw.what.is_empty() || raw.managed_bytes.is_none()) {
        return Err(wrong("what and managed_bytes must be stated"));
    }
    Ok(Variant {
        what: raw.what.clone(),
        na: raw.na.clone(),
        symbols: raw
            .symbols
            .as_ref()
            .map(|symbols| checked_symbols(symbols, shapes, fail))
            .transpose()?,
        tuples: raw.rows.as_ref().map(|rows| indexes(rows)).transpose()?,
        calls: raw.calls.as_ref().map(product).transpose()?,
        managed_bytes: raw.managed_bytes.unwrap_or(0),
        nogc_over_limit: raw.nogc_over_limit.clone(),
        name,
    })
}
