//! Params tuples: `z,8,ascii` in the catalogue, `entry=z,length=8,text=ascii` in a row key.

use serde::Serialize;

use super::{Param, ParamKind};

/// One value per param, in the order of the params.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tuple {
    pub values: Vec<String>,
    /// As it stands in a row key; `-` when the case has no params.
    pub params: String,
    /// Index of the value of the shape param; 0 when there is none.
    pub shape: usize,
    /// C# class that measures it.
    pub class: String,
    /// The answer every variant must give, as 64 bits.
    pub expected: i64,
}

impl Tuple {
    /// The value params, as the C# class has them.
    pub fn value_params<'a>(
        &'a self,
        params: &'a [Param],
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        params
            .iter()
            .zip(&self.values)
            .filter(|(param, _)| param.kind == ParamKind::Value)
            .map(|(param, value)| (param.name.as_str(), value.as_str()))
    }
}

/// All combinations, the last param changing fastest; one empty combination when there are no params.
pub fn cross_product(params: &[Param]) -> Vec<Vec<String>> {
    params.iter().fold(vec![vec![]], |combinations, param| {
        combinations
            .iter()
            .flat_map(|combination| {
                param
                    .values
                    .iter()
                    .map(move |value| combination.iter().chain([value]).cloned().collect())
            })
            .collect()
    })
}

/// Takes `z,8,ascii` apart; `-` means no params. With `wildcards`, `*` stands for any value.
pub fn split(text: &str, params: &[Param], wildcards: bool) -> Result<Vec<String>, String> {
    let values: Vec<String> = if text == "-" {
        vec![]
    } else {
        text.split(',')
            .map(|value| value.trim().to_string())
            .collect()
    };
    if values.len() != params.len() {
        let names: Vec<&str> = params.iter().map(|param| param.name.as_str()).collect();
        let expected = if names.is_empty() {
            "'-'".to_string()
        } else {
            names.join(",")
        };
        return Err(format!(
            "row '{text}' does not fit the params: expected {expected}"
        ));
    }
    for (param, value) in params.iter().zip(&values) {
        let any = wildcards && value == "*";
        if !any && !param.values.contains(value) {
            return Err(format!(
                "row '{text}': param '{}' has no value '{value}'",
                param.name
            ));
        }
    }
    Ok(values)
}

pub fn matches(pattern: &[String], values: &[String]) -> bool {
    pattern
        .iter()
        .zip(values)
        .all(|(pattern, value)| pattern == "*" || pattern == value)
}

pub fn key_text(params: &[Param], values: &[String]) -> String {
    if params.is_empty() {
        return "-".to_string();
    }
    let parts: Vec<String> = params
        .iter()
        .zip(values)
        .map(|(param, value)| format!("{}={value}", param.name))
        .collect();
    parts.join(",")
}
