//! Params as a file has them, checked: names, kinds, values.

use anyhow::Result;
use serde::Deserialize;
use toml::Spanned;

use super::source::Fail;
use super::{Param, ParamKind};
use crate::names;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawParam {
    pub(super) name: Spanned<String>,
    pub(super) kind: ParamKind,
    pub(super) what: String,
    pub(super) values: Spanned<Vec<toml::Value>>,
}

pub(super) fn checked(raw: &[RawParam], fail: &Fail) -> Result<Vec<Param>> {
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
