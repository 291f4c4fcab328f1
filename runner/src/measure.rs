//! A measuring run from proof to seal: what `lab run` composes, engine by engine, so that an interruption loses nothing and a
//! resumed run measures nothing twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail, ensure};
use jiff::Timestamp;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::agreement::{self, Finding, Hello};
use crate::allocations;
use crate::build::{self, Library, Products};
use crate::catalogue::{Case, Catalogue, Profile};
use crate::costs::Costs;
use crate::engine::{Outcome, bdn, criterion};
use crate::environment::Environment;
use crate::evidence;
use crate::manifest::{Manifest, Origin, PlanRecord, PlannedRow, Provenance, SCHEMA};
use crate::names::RowKey;
use crate::plan::{Engine, Implementation, JIT, Request};
use crate::progress;
use crate::provenance;
use crate::run_folder::Draft;
use crate::sample::{Count, Measured};
use crate::system;
use crate::workspace::Workspace;

/// What was proved before any timing.
#[derive(Debug)]
pub struct Proved {
    /// What the program says with each library that will be timed.
    pub hello: BTreeMap<Library, Hello>,
    pub findings: Vec<Finding>,
}

fn library(implementation: Implementation) -> Library {
    match implementation {
        Implementation::Rust => Library::Rust,
        Implementation::C => Library::C,
    }
}

/// The library a managed row's process loads. `Managed` calls none, and is measured beside the first one's rows.
fn library_of(key: &RowKey, implementations: &[String]) -> Result<Library> {
    let name = if key.implementation == "-" {
        implementations.first().map_or("rust", String::as_str)
    } else {
        &key.implementation
    };
    match name {
        "rust" => Ok(Library::Rust),
        "c" => Ok(Library::C),
        _ => Err(anyhow!("{key}: unknown implementation '{name}'")),
    }
}

/// Proves every planned managed row with the library it will be timed with, and counts its calls with the counting one. A floor
/// row stands or falls with the reference variant at the same params, whether that is planned or not.
pub fn prove(
    workspace: &Workspace,
    products: &Products,
    catalogue: &Catalogue,
    request: &Request,
    planned: &[PlannedRow],
) -> Result<Proved> {
    let implementations: Vec<String> = request
        .implementations
        .iter()
        .map(|one| one.name().to_string())
        .collect();
    let mut managed: BTreeSet<RowKey> = BTreeSet::new();
    for row in planned.iter().filter(|row| row.not_applicable.is_none()) {
        if row.key.engine == Engine::Bdn.name() {
            managed.insert(row.key.clone());
        } else if let Some(case) = catalogue.case(&row.key.case) {
            managed.insert(reference_row(case, &row.key));
        }
    }
    let mut proved = Proved {
        hello: BTreeMap::new(),
        findings: Vec::new(),
    };
    for one in &request.implementations {
        let library = library(*one);
        let own: Vec<RowKey> = managed
            .iter()
            .filter(|key| library_of(key, &implementations).is_ok_and(|of| of == library))
            .cloned()
            .collect();
        let what = format!(
            "checking {} rows with library {}",
            own.len(),
            library.name()
        );
        let proof = progress::step(&what, || {
            agreement::prove(workspace, products, catalogue, library, &own)
        })?;
        proved.hello.insert(library, proof.hello);
        proved.findings.extend(proof.findings);
    }
    let all: Vec<RowKey> = managed.into_iter().collect();
    let proof = progress::step("counting native calls", || {
        agreement::prove(workspace, products, catalogue, Library::Count, &all)
    })?;
    proved.findings.extend(proof.findings);
    Ok(proved)
}

/// The managed row that calls what a floor row calls.
fn reference_row(case: &Case, floor: &RowKey) -> RowKey {
    RowKey {
        variant: case.reference.clone(),
        deployment: JIT.to_string(),
        engine: Engine::Bdn.name().to_string(),
        ..floor.clone()
    }
}

/// The manifest of a new run. A case with a finding is refused as a whole: nothing of it is timed.
pub fn manifest(
    workspace: &Workspace,
    products: &Products,
    catalogue: &Catalogue,
    request: &Request,
    mut planned: Vec<PlannedRow>,
    proved: &Proved,
    estimate_seconds: f64,
) -> Result<Manifest> {
    for row in planned
        .iter_mut()
        .filter(|row| row.not_applicable.is_none())
    {
        row.refused = refusal(&row.key, &proved.findings);
    }
    let cases: Vec<&Case> = catalogue
        .cases
        .iter()
        .filter(|case| planned.iter().any(|row| row.key.case == case.id))
        .collect();
    let started = now();
    let (id, seed) = new_id()?;
    Ok(Manifest {
        schema: SCHEMA,
        id,
        origin: Origin::Run,
        content_hash: None,
        command: command_line(),
        started,
        ended: None,
        resumed: Vec::new(),
        plan: PlanRecord {
            seed,
            profile: request.profile.name().to_string(),
            filter: request
                .filter
                .as_ref()
                .map(|filter| filter.as_str().to_string()),
            implementations: request
                .implementations
                .iter()
                .map(|one| one.name().to_string())
                .collect(),
            engines: request
                .engines
                .iter()
                .map(|one| one.name().to_string())
                .collect(),
            estimate_seconds,
            // `publish` is BenchmarkDotNet as everybody runs it: not pinned.
            cpu: (request.profile != Profile::Publish)
                .then(system::measuring_cpu)
                .flatten(),
            rows: planned,
        },
        environment: Environment::probe(),
        environment_end: None,
        provenance: provenance_of(workspace, products, request, &cases, proved)?,
        cases: cases.iter().map(|case| case.record()).collect(),
        notes: Vec::new(),
    })
}

/// Why a row is not timed: its own finding, or that of another row of its case.
fn refusal(key: &RowKey, findings: &[Finding]) -> Option<String> {
    let of_case = |finding: &&Finding| {
        finding.key.case == key.case || ["layout", "live"].contains(&finding.key.case.as_str())
    };
    let own = findings.iter().find(|finding| finding.key == *key);
    own.map(|finding| {
        format!(
            "with library {}: {}",
            finding.library.name(),
            finding.message
        )
    })
    .or_else(|| {
        findings.iter().find(of_case).map(|finding| {
            format!(
                "not timed, because {} with library {}: {}",
                finding.key,
                finding.library.name(),
                finding.message
            )
        })
    })
}

fn provenance_of(
    workspace: &Workspace,
    products: &Products,
    request: &Request,
    cases: &[&Case],
    proved: &Proved,
) -> Result<Provenance> {
    let git = provenance::git(&workspace.root);
    let crates = provenance::crates(&workspace.cargo)?;
    let mut versions = build::versions(workspace)?;
    versions.insert(
        "BenchmarkDotNet".to_string(),
        provenance::package_version(&workspace.root, "BenchmarkDotNet")?,
    );
    if let Some(version) = crates.get("criterion") {
        versions.insert("criterion".to_string(), version.clone());
    }
    let mut libraries = BTreeMap::new();
    let mut kernel_hashes = BTreeMap::new();
    let mut contract = String::new();
    for implementation in &request.implementations {
        let library = library(*implementation);
        let hello = proved
            .hello
            .get(&library)
            .with_context(|| format!("library {} was not proved", library.name()))?;
        versions.insert("runtime".to_string(), hello.framework.clone());
        contract.clone_from(&hello.contract);
        libraries.insert(
            library.name().to_string(),
            agreement::library_record(&products.libraries[&library], hello)?,
        );
        for case in cases {
            let hash = provenance::kernel_hash(
                &workspace.root,
                &case.family,
                *implementation,
                &hello.compiler,
            )?;
            kernel_hashes.insert(format!("{}/{}", case.family, implementation.name()), hash);
        }
    }
    Ok(Provenance {
        git_commit: git.as_ref().map(|(commit, _)| commit.clone()),
        git_dirty: git.as_ref().map(|(_, dirty)| *dirty),
        contract,
        versions,
        crates_source: provenance::crates_source(),
        crates,
        libraries,
        kernel_hashes,
        programs_hash: build::managed_inputs(workspace)?,
        body_hashes: provenance::body_hashes(&workspace.root, cases)?,
        settings: BTreeMap::new(),
    })
}

/// The plan of a stored run as a request.
pub fn request_of(manifest: &Manifest) -> Result<Request> {
    fn named<T: clap::ValueEnum>(names: &[String]) -> Result<Vec<T>> {
        names
            .iter()
            .map(|name| {
                T::from_str(name, false).map_err(|error| anyhow!("the run's plan: {error}"))
            })
            .collect()
    }
    let profile: Vec<Profile> = named(std::slice::from_ref(&manifest.plan.profile))?;
    Ok(Request {
        profile: profile[0],
        filter: None,
        implementations: named(&manifest.plan.implementations)?,
        engines: named(&manifest.plan.engines)?,
        untimed: false,
    })
}

/// The planned rows that an interrupted run does not have yet.
pub fn open_rows(draft: &Draft) -> Vec<PlannedRow> {
    let implementations = &draft.manifest.plan.implementations;
    let floor = criterion::done(&draft.raw());
    let is_measured = |key: &RowKey| {
        floor.contains(key)
            || library_of(key, implementations)
                .is_ok_and(|library| bdn::is_done(&draft.raw(), library, key))
    };
    let rows = draft.manifest.plan.rows.iter();
    rows.filter(|row| !is_measured(&row.key)).cloned().collect()
}

/// Takes up an interrupted run, if what it measures is still the same.
pub fn take_up(
    mut draft: Draft,
    workspace: &Workspace,
    products: &Products,
    proved: &Proved,
) -> Result<Draft> {
    let id = draft.manifest.id.clone();
    let stored = &draft.manifest.provenance;
    let findings = proved.findings.iter().filter(|finding| {
        let rows = draft.manifest.plan.rows.iter();
        // What disagreed when the run was begun is refused there and stays refused.
        rows.filter(|row| row.refused.is_some())
            .all(|row| row.key.case != finding.key.case)
    });
    if let Some(finding) = findings.into_iter().next() {
        bail!(
            "{} with library {}: {}: run {id} is not continued",
            finding.key,
            finding.library.name(),
            finding.message
        );
    }
    ensure!(
        stored.programs_hash == build::managed_inputs(workspace)?,
        "run {id} was measured by another version of managed-bench: start a new run"
    );
    for (tool, version) in build::versions(workspace)? {
        let before = stored.versions.get(&tool);
        ensure!(
            before == Some(&version),
            "run {id} was begun with another {tool} ({}): start a new run",
            before.map_or("unknown", String::as_str)
        );
    }
    let class = Environment::probe().class;
    ensure!(
        draft.manifest.environment.class == class,
        "run {id} was begun on another machine ({}): start a new run",
        draft.manifest.environment.class
    );
    for (name, record) in &draft.manifest.provenance.libraries {
        let library = if name == Library::C.name() {
            Library::C
        } else {
            Library::Rust
        };
        let path = &products.libraries[&library];
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        ensure!(
            blake3::hash(&bytes).to_hex().to_string() == record.hash,
            "run {id} measured another build of library {name}: start a new run"
        );
    }
    let catalogue = Catalogue::load(&workspace.cases())?;
    for (case, hash) in &draft.manifest.provenance.body_hashes {
        let now = catalogue
            .case(case)
            .map(|case| provenance::body_hash(&workspace.root, case))
            .transpose()?;
        ensure!(
            now.as_ref() == Some(hash),
            "run {id} measured another version of case {case}: start a new run"
        );
    }
    draft.manifest.resumed.push(now());
    draft.save()?;
    Ok(draft)
}

/// One run's engines.
#[derive(Debug)]
pub struct Campaign<'a> {
    pub workspace: &'a Workspace,
    pub products: &'a Products,
    pub catalogue: &'a Catalogue,
    /// The criterion bench, where the plan needs it.
    pub floor: Option<PathBuf>,
    pub profile: Profile,
}

impl Campaign<'_> {
    /// Measures what is not there yet and returns all of it. An engine that fails leaves error rows, and the rest goes on.
    pub fn measure(&self, draft: &Draft, costs: &mut Costs) -> Result<Measured> {
        let mut measured = Measured::default();
        let rows = &draft.manifest.plan.rows;
        let cases: Vec<&Case> = self
            .catalogue
            .cases
            .iter()
            .filter(|case| rows.iter().any(|row| row.key.case == case.id))
            .collect();
        evidence::keep_generated(self.workspace, &cases, &draft.raw())?;
        for implementation in request_of(&draft.manifest)?.implementations {
            measured
                .counts
                .extend(self.allocations(draft, library(implementation)));
        }
        if let Some(program) = &self.floor {
            measured.extend(self.criterion(draft, program, costs)?);
        }
        for implementation in request_of(&draft.manifest)?.implementations {
            measured.extend(self.bdn(draft, library(implementation), costs)?);
        }
        Ok(measured)
    }

    fn criterion(
        &self,
        draft: &Draft,
        program: &std::path::Path,
        costs: &mut Costs,
    ) -> Result<Measured> {
        let keys = timed(draft, |key| key.engine == Engine::Criterion.name());
        let done = criterion::done(&draft.raw());
        let open = shuffled(&keys, &|key| !done.contains(key), draft);
        let mut failure = None;
        if !open.is_empty() {
            let bar = progress::bar(
                "criterion",
                open.len() as u64,
                costs.get(Engine::Criterion, self.profile).of(open.len()),
            );
            let cpu = draft.manifest.plan.cpu;
            let outcome = criterion::run(
                &criterion::Job {
                    workspace: self.workspace,
                    products: self.products,
                    program,
                    profile: self.profile,
                    cpu,
                    keys: &open,
                    raw: &draft.raw(),
                },
                |rows| bar.set_position(rows as u64),
            )?;
            bar.finish_and_clear();
            failure = self.learn(Engine::Criterion, open.len(), outcome, costs);
        }
        criterion::collect(&draft.raw(), &keys, failure.as_deref())
    }

    /// What the rows of a library allocate, in a process that times nothing. A run is worth having without it.
    fn allocations(&self, draft: &Draft, library: Library) -> Vec<Count> {
        let keys = bdn_rows(draft, library);
        if keys.is_empty() {
            return Vec::new();
        }
        let what = format!(
            "counting allocations of {} rows with library {}",
            keys.len(),
            library.name()
        );
        let counted = progress::step(&what, || {
            allocations::record(
                self.workspace,
                self.products,
                self.catalogue,
                library,
                &keys,
                &draft.raw(),
            )
        });
        match counted {
            Ok(counted) => {
                let findings = counted.findings(self.catalogue, library).len();
                if findings > 0 {
                    eprintln!(
                        "lab: {findings} findings about allocations with library {}: ./lab check --allocations names them",
                        library.name()
                    );
                }
                counted.counts()
            }
            Err(error) => {
                eprintln!("lab: allocations are not in this run: {error:#}");
                Vec::new()
            }
        }
    }

    fn bdn(&self, draft: &Draft, library: Library, costs: &mut Costs) -> Result<Measured> {
        let keys = bdn_rows(draft, library);
        let open = shuffled(
            &keys,
            &|key| !bdn::is_done(&draft.raw(), library, key),
            draft,
        );
        let mut failure = None;
        if !open.is_empty() {
            let bar = progress::bar(
                &format!("bdn {}", library.name()),
                open.len() as u64,
                costs.get(Engine::Bdn, self.profile).of(open.len()),
            );
            let job = bdn::Job {
                library,
                profile: self.profile.name(),
                cpu: draft.manifest.plan.cpu,
                keys: &open,
                raw: &draft.raw(),
            };
            let outcome = bdn::run(
                self.workspace,
                self.products,
                self.catalogue,
                &job,
                |rows| bar.set_position(rows as u64),
            )?;
            bar.finish_and_clear();
            failure = self.learn(Engine::Bdn, open.len(), outcome, costs);
        }
        bdn::collect(&draft.raw(), library, &keys, failure.as_deref())
    }

    fn learn(
        &self,
        engine: Engine,
        rows: usize,
        outcome: Outcome,
        costs: &mut Costs,
    ) -> Option<String> {
        match (&outcome.failure, outcome.first_row_seconds) {
            (Some(failure), _) => eprintln!("lab: {failure}"),
            (None, Some(first)) => {
                costs.learn(engine, self.profile, rows, first, outcome.total_seconds)
            }
            (None, None) => {}
        }
        outcome.failure
    }
}

/// The managed rows that a library's processes are to measure.
fn bdn_rows(draft: &Draft, library: Library) -> Vec<RowKey> {
    let implementations = &draft.manifest.plan.implementations;
    timed(draft, |key| {
        key.engine == Engine::Bdn.name()
            && library_of(key, implementations).is_ok_and(|of| of == library)
    })
}

/// Planned rows that are to be timed and that `which` accepts, in key order.
fn timed(draft: &Draft, which: impl Fn(&RowKey) -> bool) -> Vec<RowKey> {
    let rows = draft.manifest.plan.rows.iter();
    rows.filter(|row| row.not_applicable.is_none() && row.refused.is_none() && which(&row.key))
        .map(|row| row.key.clone())
        .collect()
}

/// Those that `open` accepts, in the run's random order: a drift of the machine must not fall on one variant.
fn shuffled(keys: &[RowKey], open: &dyn Fn(&RowKey) -> bool, draft: &Draft) -> Vec<RowKey> {
    let mut keys: Vec<RowKey> = keys.to_vec();
    keys.shuffle(&mut ChaCha8Rng::seed_from_u64(draft.manifest.plan.seed));
    keys.retain(open);
    keys
}

/// Ends the run: the manifest gets its end and the machine as it is then, the folder its final name.
pub fn seal(mut draft: Draft, measured: Measured) -> Result<PathBuf> {
    draft.manifest.ended = Some(now());
    draft.manifest.environment_end = Some(Environment::probe());
    draft.seal(measured)
}

/// A fresh run id, `<UTC time>-<8 hex>`, and a seed.
pub fn new_id() -> Result<(String, u64)> {
    let source = format!(
        "{} {}",
        Timestamp::now().as_nanosecond(),
        std::process::id()
    );
    let hash = blake3::hash(source.as_bytes());
    let seed = u64::from_le_bytes(
        hash.as_bytes()[..8]
            .try_into()
            .context("a hash has 32 bytes")?,
    );
    let time = now().replace(['-', ':'], "");
    // 53 bits: exact as a JSON number everywhere.
    Ok((format!("{time}-{}", &hash.to_hex()[..8]), seed >> 11))
}

/// UTC, RFC 3339, whole seconds.
pub fn now() -> String {
    Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}

/// The command as typed, so that a reader can repeat it.
pub fn command_line() -> String {
    let arguments = std::env::args().skip(1).map(|argument| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_=.,/:".contains(c);
        if !argument.is_empty() && argument.chars().all(plain) {
            argument
        } else {
            format!("'{}'", argument.replace('\'', "'\\''"))
        }
    });
    ["./lab".to_string()]
        .into_iter()
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}
