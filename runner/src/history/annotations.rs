//! What people know about changes, as text in the repository: `annotations.toml`.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use regex::Regex;
use serde::{Deserialize, Serialize};

/// Name of the file, in the checkout.
pub const FILE: &str = "annotations.toml";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is slower, and stays so: it was worth it.
    Accepted,
    /// It was slower, and what made it so is gone.
    Fixed,
    /// The machine changed.
    Environment,
    /// There was no change.
    Wrong,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Accepted => "accepted",
            Kind::Fixed => "fixed",
            Kind::Environment => "environment",
            Kind::Wrong => "wrong",
        })
    }
}

/// Explains changes of the series it matches that may have happened at its run.
#[derive(Clone, Debug, Serialize)]
pub struct Annotation {
    pub kind: Kind,
    /// Over row keys, or names of series; all where it is not given.
    #[serde(serialize_with = "as_text")]
    pub series: Option<Regex>,
    /// The beginning of the id of the first run after the change.
    pub run: String,
    pub reason: String,
    pub who: String,
    /// From that run on the series start anew.
    pub epoch: bool,
}

fn as_text<S: serde::Serializer>(
    regex: &Option<Regex>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    match regex {
        Some(regex) => serializer.serialize_str(regex.as_str()),
        None => serializer.serialize_none(),
    }
}

impl Annotation {
    pub fn is_about(&self, series: &str) -> bool {
        self.series
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(series))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    annotation: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: Kind,
    series: Option<String>,
    run: String,
    reason: String,
    who: String,
    #[serde(default)]
    epoch: bool,
}

/// Reads the file; none is no error.
pub fn read(path: &Path) -> Result<Vec<Annotation>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let name = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    parse(&text).with_context(|| name.to_string())
}

fn parse(text: &str) -> Result<Vec<Annotation>> {
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| 1 + text[..span.start].matches('\n').count());
        anyhow::anyhow!("line {line}: {}", error.message())
    })?;
    let entries = file.annotation.into_iter().enumerate();
    entries
        .map(|(at, entry)| {
            let number = at + 1;
            for (name, value) in [
                ("run", &entry.run),
                ("reason", &entry.reason),
                ("who", &entry.who),
            ] {
                ensure!(
                    !value.trim().is_empty(),
                    "annotation {number}: `{name}` is empty"
                );
            }
            let series = entry.series.as_deref().map(Regex::new).transpose();
            Ok(Annotation {
                kind: entry.kind,
                series: series.map_err(|error| {
                    let error = error.to_string();
                    let last = error.lines().last().unwrap_or_default();
                    anyhow::anyhow!(
                        "annotation {number}: `series` is no regular expression: {last}"
                    )
                })?,
                run: entry.run,
                reason: entry.reason,
                who: entry.who,
                epoch: entry.epoch,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_says_what_why_and_who() {
        let all = parse(
            "[[annotation]]\nkind = \"accepted\"\nseries = \"^string_\"\nrun = \"20261101\"\nreason = \"a check more\"\nwho = \"A\"\nepoch = true\n",
        )
        .unwrap();
        assert!(all[0].is_about("string_utf8_in/x") && !all[0].is_about("array_x"));
        assert!(all[0].epoch && all[0].kind == Kind::Accepted);
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let error = |text: &str| format!("{:#}", parse(text).unwrap_err());
        let entry = |more: &str| {
            format!(
                "[[annotation]]\nkind = \"wrong\"\nrun = \"1\"\nreason = \"r\"\nwho = \"w\"\n{more}"
            )
        };
        assert!(
            error("[[annotation]]\nkind = \"odd\"\n").starts_with("line 2: unknown variant `odd`")
        );
        assert!(error(&entry("until = 3")).contains("unknown field `until`"));
        assert!(
            error(&entry("series = \"(\"")).starts_with("annotation 1: `series` is no regular")
        );
        let empty = entry("").replace("who = \"w\"", "who = \" \"");
        assert_eq!(error(&empty), "annotation 1: `who` is empty");
    }
}
