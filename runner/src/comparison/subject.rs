//! What differs between two runs beside the times: provenance, in groups, of which one may be what a comparison is about.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::catalogue::NATIVE;
use crate::manifest::Manifest;
use crate::names::RowKey;

/// A group of provenance.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// Sources of the native kernels, compilers and flags
    Kernel,
    /// C# files of the cases
    Body,
    /// .NET runtime, SDK, versions of the engines
    Runtime,
    /// Settings of the runtime
    Env,
    /// Environment class, CPU, host, OS kernel, microcode, governor
    Machine,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Subject::Kernel => "kernel",
            Subject::Body => "body",
            Subject::Runtime => "runtime",
            Subject::Env => "env",
            Subject::Machine => "machine",
        })
    }
}

/// One field that is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub subject: Subject,
    pub field: String,
    pub before: String,
    pub after: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference {
            subject,
            field,
            before,
            after,
        } = self;
        write!(f, "{subject} differs: {field}: {before} -> {after}")
    }
}

/// The groups that differ, in order.
pub fn subjects(differences: &[Difference]) -> BTreeSet<Subject> {
    let groups = differences.iter().map(|difference| difference.subject);
    groups.collect()
}

/// The name under which a row is found in both runs: its key, without the axes of its deployment that are named as the subject.
pub fn shared_key(key: &RowKey, named: &[Subject]) -> RowKey {
    let mut parts = key.deployment.split('+');
    let mut deployment = parts.next().unwrap_or_default().to_string();
    for axis in parts.filter(|axis| !named.contains(&subject_of(axis))) {
        deployment.push('+');
        deployment.push_str(axis);
    }
    RowKey {
        deployment,
        ..key.clone()
    }
}

/// Of an axis that follows the deployment: `runtime=NAME`, or a variable.
fn subject_of(axis: &str) -> Subject {
    if axis.starts_with("runtime=") {
        Subject::Runtime
    } else {
        Subject::Env
    }
}

/// Where the two runs differ, as far as it concerns the rows compared: their keys in each.
pub fn differences(
    (before, old): (&Manifest, &[RowKey]),
    (after, new): (&Manifest, &[RowKey]),
) -> Vec<Difference> {
    let (before, after) = (fields(before, old), fields(after, new));
    let names: BTreeSet<&(Subject, String)> = before.keys().chain(after.keys()).collect();
    let shown = |value: Option<&String>| value.cloned().unwrap_or_else(|| "unknown".to_string());
    names
        .into_iter()
        .map(|name| (name, before.get(name), after.get(name)))
        .filter(|(_, before, after)| before != after)
        .map(|((subject, field), before, after)| Difference {
            subject: *subject,
            field: field.clone(),
            before: shown(before),
            after: shown(after),
        })
        .collect()
}

type Fields = BTreeMap<(Subject, String), String>;

fn fields(manifest: &Manifest, keys: &[RowKey]) -> Fields {
    let mut fields = Fields::new();
    for key in keys {
        of_row(manifest, key, &mut fields);
    }
    let has_engine = |name: &str| keys.iter().any(|key| key.engine == name);
    let engines = [("bdn", "BenchmarkDotNet"), ("criterion", "criterion")];
    let engines = engines
        .into_iter()
        .filter(|(engine, _)| has_engine(engine))
        .map(|(_, version)| version);
    let versions = ["runtime", "dotnet SDK"].into_iter().chain(engines);
    for name in versions {
        if let Some(version) = manifest.provenance.versions.get(name) {
            fields.insert((Subject::Runtime, name.to_string()), version.clone());
        }
    }
    let environment = &manifest.environment;
    let machine = [
        ("environment class", Some(environment.class.clone())),
        ("CPU", Some(environment.cpu.clone())),
        ("host", environment.host()),
        ("OS kernel", environment.kernel.clone()),
        ("microcode", environment.microcode.clone()),
        ("governor", environment.governor.clone()),
    ];
    for (name, value) in machine {
        if let Some(value) = value {
            fields.insert((Subject::Machine, name.to_string()), value);
        }
    }
    fields
}

/// What concerns one row: its kernel, its C# files, the axes of its deployment, the settings of an imported job.
fn of_row(manifest: &Manifest, key: &RowKey, fields: &mut Fields) {
    let provenance = &manifest.provenance;
    let case = manifest.cases.iter().find(|case| case.id == key.case);
    if let Some(case) = case.filter(|_| key.implementation != "-") {
        let kernel = format!("{}/{}", case.family, key.implementation);
        if let Some(hash) = provenance.kernel_hashes.get(&kernel) {
            fields.insert((Subject::Kernel, kernel), short(hash));
        }
        let compiler = match key.implementation.as_str() {
            "c" => "cc",
            _ => "rustc",
        };
        if let Some(version) = provenance.versions.get(compiler) {
            fields.insert((Subject::Kernel, compiler.to_string()), version.clone());
        }
        if let Some(library) = provenance.libraries.get(&key.implementation) {
            let name = format!("compiler and flags of library {}", key.implementation);
            fields.insert((Subject::Kernel, name), library.compiler.clone());
        }
    }
    // A floor has no C# body.
    if let Some(hash) = provenance.body_hashes.get(&key.case) {
        if key.variant != NATIVE {
            fields.insert((Subject::Body, key.case.clone()), short(hash));
        }
    }
    for axis in key.deployment.split('+').skip(1) {
        let (name, value) = axis.split_once('=').unwrap_or((axis, "on"));
        fields.insert((subject_of(axis), name.to_string()), value.to_string());
    }
    if let Some(settings) = provenance.settings.get(&key.deployment) {
        let name = format!("job {}", key.deployment);
        fields.insert((Subject::Env, name), settings.clone());
    }
}

/// Enough of a hash to see that it differs.
fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
