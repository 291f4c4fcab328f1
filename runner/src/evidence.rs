//! What explains a row beside its numbers: what the source generator wrote for its LibraryImports, and the machine code of its
//! body. Kept in a run's `raw/` while it is measured, read back for the report.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use regex::Regex;

use crate::catalogue::Case;
use crate::manifest::CaseRecord;
use crate::names::{RowKey, pascal};
use crate::run_folder::{files_below, write_atomically};
use crate::standalone;
use crate::stats::along::{Crossover, Ladder};
use crate::stats::beside::Beside;
use crate::stats::events::Events;
use crate::stats::startup::Startup;
use crate::validation::{self, Certificate};
use crate::workspace::Workspace;

/// What explains a run's numbers: generated sources, machine code and what is known of the machine, read from its `raw/`, and the
/// events of its programs, rows of one deployment beside those of another.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Case id -> what the source generator wrote for its LibraryImports, in order of declaration.
    pub generated: BTreeMap<String, Vec<Generated>>,
    /// Case id -> its C# as one file, as measured.
    pub sources: BTreeMap<String, String>,
    /// Row -> disassembly of its compiled body, as text.
    pub disassembly: BTreeMap<RowKey, String>,
    /// The machine's newest certificate when the run began.
    pub certificate: Option<Certificate>,
    /// Percentiles behind the rows of bounded programs.
    pub events: Vec<Events>,
    /// In key order.
    pub beside: Vec<Beside>,
    /// Of cases that have them.
    pub ladders: Vec<Ladder>,
    pub crossovers: Vec<Crossover>,
    /// Intervals and counts behind the rows of start-up programs, in key order.
    pub startups: Vec<Startup>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Generated {
    /// `StringUtf8InImports.LibraryImport(string)`
    pub declaration: String,
    /// C#
    pub text: String,
}

/// What begins a declaration in a file of `raw/generated`; no line of C# begins so by chance.
const DECLARATION: &str = "//// ";
const GENERATED: &str = "generated";
const SOURCE: &str = "source";
const CERTIFICATE: &str = "certificate.json";

impl Evidence {
    /// The row beside that of the deployment which it is compared with.
    pub fn beside(&self, key: &RowKey) -> Option<&Beside> {
        let at = self.beside.binary_search_by(|one| one.key.cmp(key));
        at.ok().map(|at| &self.beside[at])
    }

    /// What the processes of a start-up program's row told.
    pub fn startup(&self, key: &RowKey) -> Option<&Startup> {
        let at = self.startups.binary_search_by(|one| one.key.cmp(key));
        at.ok().map(|at| &self.startups[at])
    }

    /// Reads what a run kept; a run of another kind, or from before this was kept, has none.
    pub fn read(raw: &Path, cases: &[CaseRecord]) -> Result<Evidence> {
        let mut evidence = Evidence {
            certificate: validation::store::read(&raw.join(CERTIFICATE))?,
            ..Evidence::default()
        };
        for case in cases {
            let path = raw.join(SOURCE).join(format!("{}.cs", case.id));
            if path.exists() {
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("cannot read {}", path.display()))?;
                evidence.sources.insert(case.id.clone(), text);
            }
            let path = raw.join(GENERATED).join(format!("{}.cs", case.id));
            if path.exists() {
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("cannot read {}", path.display()))?;
                evidence
                    .generated
                    .insert(case.id.clone(), declarations(&text));
            }
        }
        for path in files_below(&raw.join("bdn"))? {
            if path.extension().is_some_and(|extension| extension == "asm")
                && let Some(key) = path
                    .file_stem()
                    .and_then(|name| RowKey::from_file_name(&name.to_string_lossy()))
            {
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("cannot read {}", path.display()))?;
                evidence.disassembly.insert(key, text);
            }
        }
        Ok(evidence)
    }
}

/// The file of a case, taken apart again.
fn declarations(text: &str) -> Vec<Generated> {
    let mut found: Vec<Generated> = Vec::new();
    for line in text.lines() {
        if let Some(declaration) = line.strip_prefix(DECLARATION) {
            found.push(Generated {
                declaration: declaration.to_string(),
                text: String::new(),
            });
        } else if let Some(last) = found.last_mut() {
            last.text.push_str(line);
            last.text.push('\n');
        }
    }
    found
}

/// What the source generator left in the last build of the assemblies that hold cases.
pub fn generated_files(workspace: &Workspace) -> [PathBuf; 2] {
    ["InteropLab.Cases", "InteropLab.Cases.Raw"].map(|project| {
        workspace
            .target
            .join("dotnet/obj")
            .join(project)
            .join("release/generated/Microsoft.Interop.LibraryImportGenerator/Microsoft.Interop.LibraryImportGenerator")
            .join("LibraryImports.g.cs")
    })
}

/// Keeps what was generated for `cases` in a run's `raw/`: one file per case that has a LibraryImport.
pub fn keep_generated(workspace: &Workspace, cases: &[&Case], raw: &Path) -> Result<()> {
    let mut sources = Vec::new();
    for path in generated_files(workspace) {
        sources.push(fs::read_to_string(&path).with_context(|| {
            format!(
                "the build left no {}: build again after removing target/lab/managed.stamp",
                path.display()
            )
        })?);
    }
    let all: Vec<(String, Generated)> = sources.iter().flat_map(|source| split(source)).collect();
    for case in cases {
        let classes = classes(case);
        let text: String = all
            .iter()
            .filter(|(class, _)| classes.contains(class))
            .map(|(_, part)| format!("{DECLARATION}{}\n{}", part.declaration, part.text))
            .collect();
        if !text.is_empty() {
            let path = raw.join(GENERATED).join(format!("{}.cs", case.id));
            write_atomically(&path, text.as_bytes())?;
        }
    }
    Ok(())
}

/// Keeps the C# of `cases` in a run's `raw/`, each as one file.
pub fn keep_sources(workspace: &Workspace, cases: &[&Case], raw: &Path) -> Result<()> {
    let managed = workspace.root.join("managed-bench");
    for case in cases.iter().filter(|case| !case.is_program()) {
        let text = standalone::of(&managed, case)?;
        let path = raw.join(SOURCE).join(format!("{}.cs", case.id));
        write_atomically(&path, text.as_bytes())?;
    }
    Ok(())
}

/// Keeps the machine's newest certificate in a run's `raw/`, once: a run that goes on later keeps what it began with.
pub fn keep_certificate(runs: &Path, class: &str, raw: &Path) -> Result<()> {
    let path = raw.join(CERTIFICATE);
    if path.exists() {
        return Ok(());
    }
    match validation::store::newest(runs, class)? {
        Some(certificate) => validation::store::write(&path, &certificate),
        None => Ok(()),
    }
}

/// The classes that hold a case's declarations: `<symbol or class>Imports` and, in the assembly without marshalling, `...Raw`.
fn classes(case: &Case) -> Vec<String> {
    let mut names: Vec<String> = case.symbols.iter().map(|symbol| pascal(symbol)).collect();
    names.push(pascal(&case.id));
    names.extend(case.tuples.iter().map(|tuple| tuple.class.clone()));
    names.sort();
    names.dedup();
    names
        .iter()
        .flat_map(|name| [format!("{name}Imports"), format!("{name}Raw")])
        .collect()
}

/// Takes the generator's file apart: it writes one `namespace` per declaration, flush left. Returns class and declaration.
fn split(source: &str) -> Vec<(String, Generated)> {
    let mut found = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for line in source.lines() {
        match line {
            _ if line.starts_with("namespace ") => block.clear(),
            "}" => found.extend(declaration(&block)),
            "{" => {}
            _ => block.push(line),
        }
    }
    found
}

/// What stands in one `namespace`: a class around one method.
fn declaration(block: &[&str]) -> Option<(String, Generated)> {
    let class_line = block.iter().position(|line| line.contains(" class "))?;
    let class = block[class_line]
        .split_whitespace()
        .last()
        .unwrap_or_default();
    let members = block.get(class_line + 2..block.len() - 1)?;
    let indent = indent_of(members.first()?);
    let signature = members
        .iter()
        .map(|line| line.trim())
        .find(|line| line.contains(" partial ") && line.contains('('))?;
    let text = members.iter().fold(String::new(), |text, line| {
        // A blank line has no indent to take away.
        text + line.get(indent..).unwrap_or_default().trim_end() + "\n"
    });
    let declaration = format!("{class}.{}", method(signature)?);
    Some((class.to_string(), Generated { declaration, text }))
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Name and parameter types of a signature, namespaces left out: `LibraryImport(string, delegate* unmanaged[Cdecl]<long, nint>)`.
fn method(signature: &str) -> Option<String> {
    let name = Regex::new(r"(\w+)\s*\(").expect("the pattern is right");
    let found = name.captures(signature)?;
    let (whole, name) = (found.get(0)?, found.get(1)?);
    let inner = signature
        .get(whole.end()..)?
        .trim_end_matches(';')
        .strip_suffix(')')?;
    let namespaces = Regex::new(r"global::(?:\w+\.)*").expect("the pattern is right");
    let types: Vec<String> = parameters(inner)
        .iter()
        .map(|parameter| {
            let kind = parameter
                .trim()
                .rsplit_once(' ')
                .map_or(*parameter, |(kind, _)| kind);
            namespaces.replace_all(kind, "").into_owned()
        })
        .collect();
    Some(format!("{}({})", name.as_str(), types.join(", ")))
}

/// Parts at the commas that stand in no bracket.
fn parameters(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let mut start = 0;
    let mut parts = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !text.trim().is_empty() {
        parts.push(&text[start..]);
    }
    parts
}

#[cfg(test)]
mod tests;
