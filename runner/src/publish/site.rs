//! The files of a publication: data of each run, tables, and pages over all of them. A pure function of what was published, so that
//! `--verify` makes the same bytes of a downloaded one.

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use super::changes;
use crate::comparison::between;
use crate::comparison::subject::Subject;
use crate::derived::{self, Files};
use crate::evidence::Evidence;
use crate::manifest::{Manifest, Origin};
use crate::report::{self, Told};
use crate::run_folder::Run;
use crate::stats::Assessment;

/// What is compared in a publication of two runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comparison {
    /// Groups of provenance that may differ, where they were named.
    pub subject: Vec<Subject>,
}

/// A run of a publication.
pub struct Part {
    /// Folder below that of the publication; empty for the first run, whose pages lead.
    pub name: String,
    pub run: Run,
    pub assessment: Assessment,
    evidence: Evidence,
}

impl Part {
    pub fn of(name: String, run: Run, assessment: Assessment) -> Result<Part> {
        Ok(Part {
            name,
            evidence: derived::evidence(&run, &assessment)?,
            run,
            assessment,
        })
    }

    /// `file`, from the folder of the publication.
    pub fn path(&self, file: &str) -> String {
        if self.name.is_empty() {
            file.to_string()
        } else {
            format!("{}/{file}", self.name)
        }
    }

    fn told(&self) -> Told<'_> {
        Told {
            manifest: &self.run.manifest,
            rows: &self.assessment.rows,
            controls: &self.assessment.controls,
            claims: &self.assessment.claims,
            evidence: &self.evidence,
        }
    }
}

/// What follows from the published data: tables and pages, by path. Of a comparison there are two parts, before and after.
pub fn derived_files(parts: &[Part], comparison: Option<&Comparison>) -> Result<Files> {
    let mut files = Files::new();
    for part in parts {
        for (name, bytes) in derived::tables(&part.assessment)? {
            files.insert(part.path(&name), bytes);
        }
    }
    if let (Some(comparison), [before, after]) = (comparison, parts) {
        let outcome = between(&before.run, &after.run, &comparison.subject, None)?;
        let manifests = (&before.run.manifest, &after.run.manifest);
        files.extend(changes::files(manifests.0, manifests.1, &outcome)?);
        for part in parts {
            files.extend(derived::by_path(report::inner(&part.name, part.told())?));
        }
        return Ok(files);
    }
    let Some((first, others)) = parts.split_first() else {
        return Ok(files);
    };
    let others: Vec<(String, Told)> = others
        .iter()
        .map(|part| (part.name.clone(), part.told()))
        .collect();
    files.extend(derived::by_path(report::site(first.told(), &others)?));
    Ok(files)
}

/// Names for the folders of further runs, by what is in them that the first does not have: `deployments`, `kernels`, `start-up`, ...
/// Of a comparison `before` and `after`.
pub fn names(manifests: &[&Manifest], compares: bool) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for (at, manifest) in manifests.iter().enumerate() {
        let same = manifests[..at].iter().any(|other| other.id == manifest.id);
        ensure!(!same, "run {} is named twice", manifest.id);
        let name = match at {
            _ if compares => ["before", "after"][at.min(1)].to_string(),
            0 => String::new(),
            _ => name(manifest).to_string(),
        };
        let taken = |name: &String| names.contains(name);
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let free = std::iter::once(name.clone())
            .chain(numbered)
            .find(|name| !taken(name));
        names.extend(free);
    }
    Ok(names)
}

fn name(manifest: &Manifest) -> &'static str {
    let plan = &manifest.plan;
    let only = |engine: &str| plan.rows.iter().all(|row| row.key.engine == engine);
    if manifest.origin == Origin::Import {
        "import"
    } else if only(crate::names::STARTUP) {
        "start-up"
    } else if plan.targets.len() > 1 {
        "deployments"
    } else if plan.implementations.len() > 1 {
        "kernels"
    } else if only(crate::names::BDN) {
        "benchmarkdotnet"
    } else if only(crate::names::BOUNDED) {
        "programs"
    } else {
        "run"
    }
}
