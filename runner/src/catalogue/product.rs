//! `ops` and `calls`: a product of whole numbers and numeric params, such as `1`, `k` or `2 * n`.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Param;

#[derive(Clone, Debug, PartialEq)]
enum Factor {
    Number(u64),
    Param(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Product(Vec<Factor>);

impl Product {
    /// What is counted one at a time.
    pub fn one() -> Product {
        Product(vec![Factor::Number(1)])
    }

    pub fn parse(text: &str, params: &[Param]) -> Result<Product, String> {
        text.split('*')
            .map(str::trim)
            .map(|factor| {
                if let Ok(number) = factor.parse() {
                    return Ok(Factor::Number(number));
                }
                match params.iter().find(|param| param.name == factor) {
                    None => Err(format!(
                        "'{factor}' in '{text}' is neither a whole number nor a param of the case"
                    )),
                    Some(param)
                        if param
                            .values
                            .iter()
                            .any(|value| value.parse::<u64>().is_err()) =>
                    {
                        Err(format!(
                            "param '{factor}' in '{text}' has values that are not whole numbers"
                        ))
                    }
                    Some(_) => Ok(Factor::Param(factor.to_string())),
                }
            })
            .collect::<Result<_, _>>()
            .map(Product)
    }

    /// `values` in the order of `params`, as checked by [`Product::parse`].
    pub fn evaluate(&self, params: &[Param], values: &[String]) -> u64 {
        self.0
            .iter()
            .map(|factor| match factor {
                Factor::Number(number) => *number,
                Factor::Param(name) => params
                    .iter()
                    .zip(values)
                    .find(|(param, _)| param.name == *name)
                    .and_then(|(_, value)| value.parse().ok())
                    .expect("parse has checked that the param exists and is numeric"),
            })
            .product()
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let factors: Vec<String> = self
            .0
            .iter()
            .map(|factor| match factor {
                Factor::Number(number) => number.to_string(),
                Factor::Param(name) => name.clone(),
            })
            .collect();
        f.write_str(&factors.join(" * "))
    }
}

impl Serialize for Product {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
