//! Agreement: every variant gives the catalogue's answer and makes the stated number of native calls, proved before any timing
//! by `InteropLab.Bench verify`.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::build::{Library, Products};
use crate::catalogue::Catalogue;
use crate::managed;
use crate::names::RowKey;
use crate::plan::{Found, find};
use crate::workspace::Workspace;

#[derive(Serialize)]
struct Plan<'a> {
    schema: u32,
    entries: Vec<Entry<'a>>,
}

/// One row as the managed programs need it.
#[derive(Serialize)]
struct Entry<'a> {
    key: &'a RowKey,
    #[serde(rename = "type")]
    class: &'a str,
    method: &'a str,
    params: BTreeMap<&'a str, &'a str>,
    symbol: &'a str,
    expected: i64,
    calls: u64,
    /// Calls of helpers beside those.
    also: BTreeMap<&'a str, u64>,
}

/// What the program says of itself and of the library it drives.
#[derive(Clone, Debug, Deserialize)]
pub struct Hello {
    pub runtime: String,
    pub framework: String,
    pub rid: String,
    #[serde(rename = "impl")]
    pub implementation: String,
    pub contract: String,
    pub compiler: String,
}

/// Something that does not agree: one line for people.
#[derive(Clone, Debug)]
pub struct Finding {
    pub key: RowKey,
    pub library: Library,
    pub message: String,
}

#[derive(Debug)]
pub struct Proof {
    pub hello: Hello,
    /// Rows that were checked.
    pub rows: usize,
    pub findings: Vec<Finding>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line {
    Hello(Hello),
    Verified(Verified),
    Done {
        live: BTreeMap<String, i64>,
        layout: String,
    },
}

#[derive(Deserialize)]
struct Verified {
    key: RowKey,
    expected: i64,
    got: Option<i64>,
    calls_expected: u64,
    calls: Option<u64>,
    error: Option<String>,
}

/// Checks `keys` (managed rows) with one library. Errors are failures to check; disagreements are findings.
pub fn prove(
    workspace: &Workspace,
    products: &Products,
    catalogue: &Catalogue,
    library: Library,
    keys: &[RowKey],
) -> Result<Proof> {
    let entries = keys
        .iter()
        .map(|key| {
            let Found {
                case,
                tuple,
                variant,
            } = find(catalogue, key).with_context(|| format!("{key} is not in the catalogue"))?;
            Ok(Entry {
                key,
                class: &tuple.class,
                method: &variant.name,
                params: tuple.value_params(&case.params).collect(),
                symbol: case.symbol_of(variant, tuple),
                expected: tuple.expected,
                calls: case.calls_of(variant, tuple),
                also: case.also_of(variant, tuple).into_iter().collect(),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let plan = serde_json::to_vec(&Plan { schema: 1, entries })?;
    let text = managed::ask(workspace, products, "verify", library, &[], &plan)?;
    read_proof(&text, library, keys)
}

/// Reads the program's lines; a row it left out is an error, not agreement.
fn read_proof(text: &str, library: Library, keys: &[RowKey]) -> Result<Proof> {
    let mut hello = None;
    let mut seen = Vec::new();
    let mut findings = Vec::new();
    let mut done = false;
    for line in text.lines() {
        match serde_json::from_str(line)
            .map_err(|error| anyhow!("verify wrote '{line}': {error}"))?
        {
            Line::Hello(words) => hello = Some(words),
            Line::Verified(row) => {
                if let Some(message) = disagreement(&row, library) {
                    findings.push(Finding {
                        key: row.key.clone(),
                        library,
                        message,
                    });
                }
                seen.push(row.key);
            }
            Line::Done { live, layout } => {
                done = true;
                let about = |what: &str| RowKey {
                    case: what.to_string(),
                    params: "-".into(),
                    variant: "-".into(),
                    implementation: library.name().into(),
                    deployment: "-".into(),
                    engine: "-".into(),
                };
                if layout != "ok" {
                    findings.push(Finding {
                        key: about("layout"),
                        library,
                        message: layout,
                    });
                }
                for (kind, count) in live.iter().filter(|(_, count)| **count != 0) {
                    findings.push(Finding {
                        key: about("live"),
                        library,
                        message: format!("{count} {kind} are still alive after the last row"),
                    });
                }
            }
        }
    }
    let hello = hello.context("verify did not say what it is")?;
    if !done {
        bail!("verify ended before its last line");
    }
    if let Some(missing) = keys.iter().find(|key| !seen.contains(key)) {
        bail!("verify left out {missing}");
    }
    Ok(Proof {
        hello,
        rows: seen.len(),
        findings,
    })
}

fn disagreement(row: &Verified, library: Library) -> Option<String> {
    if let Some(error) = &row.error {
        return Some(match row.got {
            Some(_) => error.clone(),
            None => format!("expected {}, threw {error}", row.expected),
        });
    }
    match row.got {
        None => return Some(format!("expected {}, got nothing", row.expected)),
        Some(got) if got != row.expected => {
            return Some(format!("expected {}, got {got}", row.expected));
        }
        Some(_) => {}
    }
    match (library, row.calls) {
        (Library::Count, None) => Some("the counting library did not count".to_string()),
        (_, Some(calls)) if calls != row.calls_expected => Some(format!(
            "expected {} native calls, made {calls}",
            row.calls_expected
        )),
        _ => None,
    }
}

/// BLAKE3 and size of the library file, and what it says of its compiler.
pub fn library_record(path: &Path, hello: &Hello) -> Result<crate::manifest::LibraryRecord> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(crate::manifest::LibraryRecord {
        hash: blake3::hash(&bytes).to_hex().to_string(),
        size_bytes: bytes.len() as u64,
        compiler: hello.compiler.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "blittable_add_i32/-/DllImport/rust/jit/bdn";
    const HELLO: &str = r#"{"kind":"hello","schema":1,"runtime":"10.0.12","framework":".NET 10","rid":"linux-x64","impl":"rust","contract":"00","compiler":"rustc"}"#;
    const DONE: &str = r#"{"kind":"done","live":{"handles":0},"layout":"ok"}"#;

    fn verified(got: &str, calls: &str, error: &str) -> String {
        format!(
            r#"{{"kind":"verified","key":"{KEY}","expected":3,"got":{got},"calls_expected":1,"calls":{calls},"error":{error}}}"#
        )
    }

    fn proof(library: Library, lines: &[&str]) -> Result<Proof> {
        read_proof(&lines.join("\n"), library, &[KEY.parse().unwrap()])
    }

    #[test]
    fn agreement_has_no_findings() {
        let proof = proof(Library::Count, &[HELLO, &verified("3", "1", "null"), DONE]).unwrap();
        assert_eq!((proof.rows, proof.findings.len()), (1, 0));
    }

    #[test]
    fn every_kind_of_disagreement_is_found() {
        for (library, row, part) in [
            (
                Library::Rust,
                verified("4", "null", "null"),
                "expected 3, got 4",
            ),
            (
                Library::Rust,
                verified("null", "null", "\"boom\""),
                "threw boom",
            ),
            (
                Library::Count,
                verified("3", "2", "null"),
                "expected 1 native calls, made 2",
            ),
            (
                Library::Count,
                verified("3", "null", "null"),
                "did not count",
            ),
        ] {
            let proof = proof(library, &[HELLO, &row, DONE]).unwrap();
            assert!(
                proof.findings[0].message.contains(part),
                "{:?}",
                proof.findings
            );
        }
        let leak = r#"{"kind":"done","live":{"handles":2},"layout":"offset of x"}"#;
        let proof = proof(
            Library::Rust,
            &[HELLO, &verified("3", "null", "null"), leak],
        )
        .unwrap();
        assert_eq!(proof.findings.len(), 2);
    }

    #[test]
    fn a_missing_row_is_an_error() {
        assert!(
            proof(Library::Rust, &[HELLO, DONE])
                .unwrap_err()
                .to_string()
                .contains("left out")
        );
        assert!(proof(Library::Rust, &[HELLO, &verified("3", "null", "null")]).is_err());
        assert!(proof(Library::Rust, &["nonsense"]).is_err());
    }
}
