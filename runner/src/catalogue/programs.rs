//! Programs: what no loop around a call can time, and what comes before any loop. An entry is a case without kernel, answer and calls of its own.

use std::ops::Range;

use anyhow::Result;
use serde::Deserialize;
use toml::Spanned;

use super::answers::Answer;
use super::params::{self, RawParam};
use super::rows::{self, RawRows};
use super::source::Source;
use super::tuples::key_text;
use super::variants;
use super::{Case, Form, Product, Tuple, Variant};
use crate::names;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProgram {
    pub(super) id: Spanned<String>,
    wave: u8,
    question: String,
    pages: Vec<String>,
    /// What one event is: a pause, a wait, so many calls.
    event: String,
    /// Every variant is expected to end its process.
    #[serde(default)]
    misuse: bool,
    /// It tells of its own start.
    #[serde(default)]
    startup: bool,
    /// Operations of an event, for those who want its time for each.
    ops: Option<Spanned<String>>,
    /// Exports with signatures of their own that are generated for it.
    #[serde(default)]
    imports: u32,
    reference: Spanned<String>,
    /// Why it says nothing of a program whose library is bound or linked before it starts.
    na_linked: Option<String>,
    /// Exports that are there for this program alone.
    #[serde(default = "super::parse::no_helpers")]
    symbols: Spanned<Vec<String>>,
    #[serde(default, rename = "param")]
    params: Vec<RawParam>,
    rows: RawRows,
    #[serde(rename = "variant")]
    variants: Vec<RawVariant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVariant {
    name: Spanned<String>,
    #[serde(default)]
    what: String,
    /// Params tuples that it exists for; all where there are none.
    rows: Option<Vec<Spanned<String>>>,
    na: Option<String>,
    na_aot: Option<String>,
}

/// The export that import `at`, from 1, of a program calls.
pub fn import_symbol(at: u32) -> String {
    format!("loading_import_n{at}")
}

pub(super) fn checked(source: &Source, family: &str, raw: &RawProgram) -> Result<Case> {
    let id = raw.id.get_ref().clone();
    let fail = |span: Range<usize>, message: String| source.error(span, format!("{id}: {message}"));
    if !names::is_case_id(&id) || id.split('_').next() != Some(family) {
        return Err(fail(
            raw.id.span(),
            format!(
                "bad id: lower-case words joined by '_', the first of them its family {family}"
            ),
        ));
    }
    let params = params::checked(&raw.params, &fail)?;
    let mut helpers = variants::symbols(&raw.symbols, raw.symbols.get_ref().len(), &fail)?;
    helpers.extend((1..=raw.imports).map(import_symbol));
    if raw.misuse && raw.startup {
        return Err(fail(
            raw.id.span(),
            "misuse and startup exclude each other".into(),
        ));
    }
    let ops = raw.ops.as_ref().map(|text| {
        Product::parse(text.get_ref(), &params).map_err(|message| fail(text.span(), message))
    });
    let tuples: Vec<Tuple> = rows::all(&raw.rows, &params, &fail)?
        .into_iter()
        .map(|values| Tuple {
            params: key_text(&params, &values),
            values,
            shape: 0,
            class: names::pascal(&id),
            expected: 0,
        })
        .collect();
    let (quick, standard, publish) = rows::of_profiles(&raw.rows, &params, &tuples, &fail)?;
    let mut variants: Vec<Variant> = Vec::new();
    for variant in &raw.variants {
        let name = variant.name.get_ref();
        let wrong =
            |message: &str| fail(variant.name.span(), format!("variant '{name}': {message}"));
        if !names::is_variant(name) {
            return Err(wrong("the name must be a C# name"));
        }
        if variants.iter().any(|other| other.name == *name) {
            return Err(wrong("it is listed twice"));
        }
        if variant.na.is_none() && variant.what.is_empty() {
            return Err(wrong("what must be stated"));
        }
        let rows = variant.rows.as_ref().map(|rows| {
            let rows = rows.iter();
            rows.map(|text| rows::index(text, &params, &tuples, &fail))
                .collect::<Result<Vec<usize>>>()
        });
        variants.push(Variant {
            na: variant.na.clone(),
            na_aot: variant.na_aot.clone(),
            na_linked: raw.na_linked.clone(),
            tuples: rows.transpose()?,
            ..Variant::plain(name, &variant.what, tuples.len())
        });
    }
    let reference = raw.reference.get_ref().clone();
    // Where nothing applies, nothing is compared.
    let nothing = variants.iter().all(|one| one.na.is_some());
    let stands = |one: &Variant| one.name == reference && (nothing || one.na.is_none());
    if !variants.iter().any(stands) {
        return Err(fail(
            raw.reference.span(),
            format!("reference '{reference}' is not a variant of the program"),
        ));
    }
    Ok(Case {
        family: family.to_string(),
        internal: false,
        wave: raw.wave,
        question: raw.question.clone(),
        pages: raw.pages.clone(),
        signature: raw.event.clone(),
        form: match (raw.misuse, raw.startup) {
            (true, _) => Form::Misuse,
            (false, true) => Form::Startup,
            (false, false) => Form::Bounded,
        },
        nogc: false,
        nogc_reason: String::new(),
        reference,
        ops: ops.transpose()?.unwrap_or_else(Product::one),
        calls: Product::one(),
        answer: Answer::Number(0),
        observe: None,
        symbols: Vec::new(),
        helpers,
        imports: raw.imports,
        bdn: Vec::new(),
        quick,
        standard,
        publish,
        params,
        tuples,
        variants,
        must_tie: Vec::new(),
        steps: Vec::new(),
        ladder: None,
        crossovers: Vec::new(),
        id,
    })
}
