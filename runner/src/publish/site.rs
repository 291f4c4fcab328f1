//! The files of a publication: data of each run, tables, and pages over all of them. A pure function of what was published, so that
//! `--verify` makes the same bytes of a downloaded one.

use anyhow::{Result, ensure};

use crate::derived::{self, Files};
use crate::evidence::Evidence;
use crate::manifest::{Manifest, Origin};
use crate::report::{self, Told};
use crate::run_folder::Run;
use crate::stats::Assessment;

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

/// What follows from the published data: tables and pages, by path.
pub fn derived_files(parts: &[Part]) -> Result<Files> {
    let mut files = Files::new();
    for part in parts {
        for (name, bytes) in derived::tables(&part.assessment)? {
            files.insert(part.path(&name), bytes);
        }
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
pub fn names(manifests: &[&Manifest]) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for (at, manifest) in manifests.iter().enumerate() {
        let same = manifests[..at].iter().any(|other| other.id == manifest.id);
        ensure!(!same, "run {} is named twice", manifest.id);
        let name = match at {
            0 => String::new(),
            _ => name(manifest).to_string(),
        };
        let taken = |name: &String| at > 0 && names.contains(name);
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
