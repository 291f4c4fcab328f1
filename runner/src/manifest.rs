//! `manifest.json`: everything about a run that is not a sample. Plain data; `run_folder` reads and writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::claims::Claim;
use crate::deployment::Target;
use crate::engine::paired::Effort;
use crate::environment::Environment;
use crate::names::RowKey;

/// The only layout of a run folder this program writes; a larger number is refused on reading.
pub const SCHEMA: u32 = 1;
/// Name in `versions` of how the paired engine measures: a number that is raised whenever it would measure the same code differently.
pub const PAIRED_EPOCH: &str = "paired engine epoch";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Measured by `lab run`.
    Run,
    /// Somebody's results, read by `lab import`.
    Import,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub schema: u32,
    /// `<UTC time>-<8 hex>`, also the folder's name.
    pub id: String,
    pub origin: Origin,
    /// BLAKE3 of everything in the folder that is never rewritten; absent until the run is sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_hash: Option<String>,
    /// Bytes of each table as it lies there: what was cut is seen without reading it. Absent in older runs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, u64>,
    /// The command that made it, as typed.
    pub command: String,
    /// UTC, RFC 3339, whole seconds.
    pub started: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// Times the run was taken up again after an interruption.
    #[serde(default)]
    pub resumed: Vec<String>,
    pub plan: PlanRecord,
    pub environment: Environment,
    /// The same machine at the end of the run: what differs has changed in between. Absent for imports, and in older runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment_end: Option<Environment>,
    pub provenance: Provenance,
    /// What a reader of the report needs of the catalogue, so that a report depends on the run folder alone.
    pub cases: Vec<CaseRecord>,
    /// What the run was to say something about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// What the reader should know: one line each.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// What was asked for, fixed before anything was measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlanRecord {
    pub seed: u64,
    /// `quick`, `standard`, `publish`; `-` for an import.
    pub profile: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    pub implementations: Vec<String>,
    pub engines: Vec<String>,
    pub estimate_seconds: f64,
    /// Of the paired engine; absent where it has no rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<Effort>,
    /// CPU the measured processes are pinned to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<usize>,
    /// Deployments with their switches and runtimes; only the plain one in older runs and imports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<String>,
    /// Name -> what starts a program under that runtime.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub runtimes: BTreeMap<String, std::path::PathBuf>,
    /// Deployment -> orders of its methods that were built. Launches of a Native AOT program go through them in turn.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub layouts: BTreeMap<String, u32>,
    pub rows: Vec<PlannedRow>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlannedRow {
    pub key: RowKey,
    /// Native operations per call of the body: reports divide by it where they say so.
    pub ops: u64,
    /// Why it is not going to be measured; such a row is not handed to an engine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_applicable: Option<String>,
    /// What failed before any timing (wrong answer, wrong number of calls); such a row is not handed to an engine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// Why its deployment cannot be built here, and what would help; such a row is not handed to an engine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_permitted: Option<String>,
}

impl PlannedRow {
    pub fn is_to_be_timed(&self) -> bool {
        self.not_applicable.is_none() && self.refused.is_none() && self.not_permitted.is_none()
    }
}

impl PlanRecord {
    /// Builds that the launches of a deployment go through, because a process of it holds one placement of a body; `None` where a
    /// process holds several, or compiles them anew.
    pub fn layouts_of(&self, deployment: &str) -> Option<u32> {
        layouts_of(&self.layouts, deployment)
    }
}

pub fn layouts_of(layouts: &BTreeMap<String, u32>, deployment: &str) -> Option<u32> {
    let target: Target = deployment.parse().ok()?;
    let published = target.deployment.published()?;
    target
        .deployment
        .is_aot()
        .then(|| layouts.get(published).copied().unwrap_or(1))
}

/// Which of a deployment's layouts a launch runs, from 0.
pub fn layout_of(launch: u32, layouts: u32) -> u32 {
    launch.saturating_sub(1) % layouts.max(1)
}

/// Hashes and versions: what was measured.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Provenance {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git_commit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git_dirty: Option<bool>,
    /// Contract hash of libraries and catalogue.
    #[serde(default)]
    pub contract: String,
    /// Tool -> version, in one line each: rustc, cargo, cc, dotnet SDK, runtime, BenchmarkDotNet, criterion.
    #[serde(default)]
    pub versions: BTreeMap<String, String>,
    /// Where the sources of the Rust crates came from: `crates-io`, `debian`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crates_source: Option<String>,
    /// Resolved versions of the Rust crates.
    #[serde(default)]
    pub crates: BTreeMap<String, String>,
    /// Implementation -> the library measured.
    #[serde(default)]
    pub libraries: BTreeMap<String, LibraryRecord>,
    /// `family/implementation` -> BLAKE3 of kernel sources, compiler version and flags.
    #[serde(default)]
    pub kernel_hashes: BTreeMap<String, String>,
    /// BLAKE3 of all sources of the managed programs, inputs and settings of the engine among them.
    #[serde(default)]
    pub programs_hash: String,
    /// Case -> BLAKE3 of its C# files.
    #[serde(default)]
    pub body_hashes: BTreeMap<String, String>,
    /// BenchmarkDotNet's settings of the profile, or what an imported file says of its jobs.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LibraryRecord {
    /// BLAKE3 of the file.
    pub hash: String,
    pub size_bytes: u64,
    /// What the library says of its own compiler and flags.
    pub compiler: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseRecord {
    pub id: String,
    pub family: String,
    pub question: String,
    pub signature: String,
    /// Variant the others are compared with; empty for an import.
    pub reference: String,
    /// As written in the catalogue; `1` when a call is one operation.
    pub ops: String,
    pub pages: Vec<String>,
    pub params: Vec<ParamRecord>,
    pub variants: Vec<VariantRecord>,
    #[serde(default)]
    pub steps: Vec<StepRecord>,
    /// Sets of variants that cost the same; each holds the reference.
    #[serde(default)]
    pub must_tie: Vec<MustTie>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder: Option<LadderRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crossovers: Vec<CrossoverRecord>,
}

/// Ways of one row, each doing what the one below does and something more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderRecord {
    /// Params as in a row key.
    pub at: String,
    /// `Native` or variants, from below; an empty managed call stands under all of them.
    pub rungs: Vec<String>,
}

/// Two ways whose order may change while a param grows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossoverRecord {
    pub between: [String; 2],
    pub param: String,
    /// Rows that both have, in order of the param.
    pub params: Vec<String>,
    /// What a change of places means.
    pub what: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ParamRecord {
    pub name: String,
    pub what: String,
    pub values: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VariantRecord {
    pub name: String,
    pub what: String,
}

/// A step that a page or a run elsewhere predicts: drawn as an expectation, never as a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepRecord {
    pub param: String,
    pub at: f64,
    pub why: String,
}

/// Variants that must cost the same under the deployments named: a run in which they do not is suspect, not news.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MustTie {
    pub variants: Vec<String>,
    pub deployments: Vec<String>,
}
