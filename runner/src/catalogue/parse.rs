//! TOML to a checked catalogue. Every error is one line: file, line, what is wrong.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::Result;
use serde::Deserialize;
use toml::Spanned;

use super::along::{self, RawCrossover, RawLadder};
use super::answers::{self, Answer};
use super::params::{self, RawParam};
use super::programs::{self, RawProgram};
use super::rows::{self, RawRows};
use super::source::Source;
use super::tuples::key_text;
use super::variants::{self, Context, RawVariant};
use super::{Case, Catalogue, Form, MustTie, ParamKind, Product, Tuple, Variant};
use crate::manifest::StepRecord;
use crate::names;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    family: Spanned<String>,
    #[serde(default, rename = "case")]
    cases: Vec<RawCase>,
    #[serde(default, rename = "program")]
    programs: Vec<RawProgram>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    id: Spanned<String>,
    #[serde(default)]
    internal: bool,
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
    answer: Spanned<Answer>,
    observe: Option<String>,
    symbols: Spanned<Vec<String>>,
    #[serde(default = "no_helpers")]
    helpers: Spanned<Vec<String>>,
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
    ladder: Option<RawLadder>,
    #[serde(default, rename = "crossover")]
    crossovers: Vec<RawCrossover>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    param: Spanned<String>,
    at: f64,
    why: String,
}

pub(super) fn no_helpers() -> Spanned<Vec<String>> {
    Spanned::new(0..0, Vec::new())
}

pub fn catalogue(sources: &[(String, String)]) -> Result<Catalogue> {
    let mut cases: Vec<Case> = Vec::new();
    let mut programs: Vec<Case> = Vec::new();
    let mut symbols = BTreeSet::new();
    for (name, text) in sources {
        let source = Source { name, text };
        let file: RawFile = toml::from_str(text).map_err(|error| {
            source.error(
                error.span().unwrap_or(0..0),
                error.message().replace('\n', " "),
            )
        })?;
        let family = file.family.get_ref();
        // A helper may be called by any case of its family.
        let of_family: Vec<String> = file
            .cases
            .iter()
            .flat_map(|case| case.symbols.get_ref().iter().chain(case.helpers.get_ref()))
            .cloned()
            .collect();
        let mut checked = Vec::new();
        for raw in &file.programs {
            checked.push((raw.id.span(), programs::checked(&source, family, raw)?));
        }
        for raw in file.cases {
            checked.push((
                raw.id.span(),
                checked_case(&source, family, &of_family, raw)?,
            ));
        }
        for (span, case) in checked {
            let known = cases.iter().chain(&programs);
            if known.into_iter().any(|other| other.id == case.id) {
                return Err(source.error(span, format!("case id '{}' is used twice", case.id)));
            }
            let own: BTreeSet<&String> = case
                .symbols
                .iter()
                .chain(&case.helpers)
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
            if case.is_program() {
                programs.push(case);
            } else {
                cases.push(case);
            }
        }
    }
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    programs.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Catalogue { cases, programs })
}

fn checked_case(source: &Source, family: &str, of_family: &[String], raw: RawCase) -> Result<Case> {
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
    let form = match raw.form.get_ref().as_str() {
        "call" => Form::Call,
        "loop" => Form::Loop,
        other => {
            return Err(fail(
                raw.form.span(),
                format!("form '{other}': expected call or loop"),
            ));
        }
    };
    let params = params::checked(&raw.params, &fail)?;
    let shapes = params
        .iter()
        .find(|param| param.kind == ParamKind::Shape)
        .map_or(1, |param| param.values.len());
    let symbols = variants::symbols(&raw.symbols, shapes, &fail)?;
    let helpers = variants::symbols(&raw.helpers, raw.helpers.get_ref().len(), &fail)?;
    let product = |text: &Spanned<String>| {
        Product::parse(text.get_ref(), &params).map_err(|message| fail(text.span(), message))
    };
    let (ops, calls) = (product(&raw.ops)?, product(&raw.calls)?);

    let kept = rows::all(&raw.rows, &params, &fail)?;
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

    let index = |text: &Spanned<String>| rows::index(text, &params, &tuples, &fail);
    let (quick, standard, publish) = rows::of_profiles(&raw.rows, &params, &tuples, &fail)?;

    let context = Context {
        params: &params,
        tuples: &tuples,
        shapes,
        of_family,
        nogc: raw.nogc,
        nogc_reason: &raw.nogc_reason,
        index: &index,
        fail: &fail,
    };
    let mut variants: Vec<Variant> = Vec::new();
    for variant in &raw.variants {
        let checked = context.checked(variant)?;
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

    let along = along::Parts {
        params: &params,
        tuples: &tuples,
        variants: &variants,
        fail: &fail,
    };
    let ladder = raw
        .ladder
        .as_ref()
        .map(|raw| along.ladder(raw))
        .transpose()?;
    let crossovers = raw.crossovers.iter().map(|raw| along.crossover(raw));
    let crossovers = crossovers.collect::<Result<Vec<_>>>()?;

    Ok(Case {
        ladder,
        crossovers,
        family: family.to_string(),
        internal: raw.internal,
        wave: raw.wave,
        question: raw.question,
        pages: raw.pages,
        signature: raw.signature,
        form,
        nogc: raw.nogc,
        nogc_reason: raw.nogc_reason,
        reference: raw.reference.into_inner(),
        ops,
        calls,
        answer: answer.clone(),
        observe: raw.observe,
        symbols,
        helpers,
        imports: 0,
        bdn: raw.bdn.iter().map(index).collect::<Result<_>>()?,
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
