//! The pages: templates filled from the view. Everything is inlined, so they open from a disk without a network.

use anyhow::{Context, Result};
use minijinja::{Environment, Error, ErrorKind, Output, State, Value, context};

use super::chart;
use super::view::Page;

const TEMPLATES: [(&str, &str); 12] = [
    ("layout.html", include_str!("templates/layout.html")),
    ("landing.html", include_str!("templates/landing.html")),
    ("case.html", include_str!("templates/case.html")),
    (
        "certificate.html",
        include_str!("templates/certificate.html"),
    ),
    ("changes.html", include_str!("templates/changes.html")),
    ("claims.html", include_str!("templates/claims.html")),
    ("figure.html", include_str!("templates/figure.html")),
    ("history.html", include_str!("templates/history.html")),
    ("macros.html", include_str!("templates/macros.html")),
    ("series.html", include_str!("templates/series.html")),
    ("startup.html", include_str!("templates/startup.html")),
    ("table.html", include_str!("templates/table.html")),
];
const STYLE: &str = include_str!("templates/page.css");

fn environment() -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    environment.set_formatter(write_escaped);
    for (name, source) in TEMPLATES {
        environment
            .add_template(name, source)
            .with_context(|| format!("template {name}"))?;
    }
    Ok(environment)
}

fn style() -> String {
    STYLE.to_string() + chart::CSS
}

/// One template, filled again and again; `page` is all that it sees beside the style.
pub struct Filler {
    environment: Environment<'static>,
    style: String,
}

impl Filler {
    pub fn new() -> Result<Filler> {
        Ok(Filler {
            environment: environment()?,
            style: style(),
        })
    }

    pub fn fill(&self, template: &str, page: &impl serde::Serialize) -> Result<String> {
        let page = Value::from_serialize(page);
        let style = &self.style;
        let template = self.environment.get_template(template)?;
        Ok(template.render(context! { page, style })?)
    }
}

/// Name and text of `index.html`, of each case's page, and those of certificate, claims and start-up where there are some.
pub fn pages(page: &Page) -> Result<Vec<(String, String)>> {
    let environment = environment()?;
    let style = style();
    // Once: a page of its own would copy the cases for each of them.
    let page_value = Value::from_serialize(page);
    let fill_with = |template: &str, case: Value, claims: Value| -> Result<String> {
        Ok(environment
            .get_template(template)?
            .render(context! { page => page_value.clone(), case, claims, style })?)
    };
    let fill = |template: &str, case: Option<usize>| {
        let case = case.map(|index| Value::from_serialize(&page.cases[index]));
        fill_with(template, case.into(), ().into())
    };
    let mut pages = vec![("index.html".to_string(), fill("landing.html", None)?)];
    for (index, case) in page.cases.iter().enumerate() {
        pages.push((case.page.clone(), fill("case.html", Some(index))?));
    }
    if let Some(certificate) = &page.certificate {
        pages.push((
            certificate.page.to_string(),
            fill("certificate.html", None)?,
        ));
    }
    for claims in page.claims.iter().flat_map(|claims| &claims.pages) {
        let value = Value::from_serialize(claims);
        let text = fill_with("claims.html", ().into(), value)?;
        pages.push((claims.page.to_string(), text));
    }
    if let Some(startup) = &page.startup {
        pages.push((startup.page.clone(), fill("startup.html", None)?));
    }
    Ok(pages)
}

/// Escapes every value that is not marked safe. The engine's own escape also turns `/` into five bytes, which would make row
/// keys, that are full of them, unreadable in the source; inside a quoted attribute or text it needs none.
fn write_escaped(out: &mut Output, _: &State, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    let text = value.to_string();
    let written = if value.is_safe() {
        out.write_str(&text)
    } else {
        out.write_str(&escaped(&text))
    };
    written.map_err(Error::from)
}

pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
