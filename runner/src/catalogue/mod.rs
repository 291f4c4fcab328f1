//! The catalogue: every case, its params, answers, variants and question, from `cases/<family>.toml`. Its only parser.
//!
//! What leaves this module is checked: ids are unique and well-formed, every row fits the params, every answer is computed.

mod along;
pub mod answers;
mod params;
mod parse;
mod product;
mod programs;
mod rows;
mod source;
mod tuples;
mod variants;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::deployment::{Binding, Target};
pub use crate::manifest::MustTie;
use crate::manifest::{
    CaseRecord, CrossoverRecord, LadderRecord, ParamRecord, StepRecord, VariantRecord,
};
use crate::plan::Engine;
pub use answers::Answer;
pub use product::Product;
pub use programs::import_symbol;
pub use tuples::Tuple;

/// Profiles of `lab run`, from short to long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// About a second per benchmark, few rows.
    Quick,
    /// About three seconds per benchmark.
    Standard,
    /// BenchmarkDotNet's own defaults, on the rows the catalogue marks for it.
    Publish,
}

impl Profile {
    pub fn name(self) -> &'static str {
        match self {
            Profile::Quick => "quick",
            Profile::Standard => "standard",
            Profile::Publish => "publish",
        }
    }

    /// Most params tuples a case may have: rows are chosen, not multiplied.
    fn most_tuples(self) -> usize {
        match self {
            Profile::Quick => 8,
            Profile::Standard => 30,
            Profile::Publish => 150,
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct Catalogue {
    /// Sorted by id.
    pub cases: Vec<Case>,
    /// What is a program of its own, sorted by id; no id is also a case's.
    pub programs: Vec<Case>,
}

/// How a case is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// One native call per method body.
    Call,
    /// Calls in a loop of the body.
    Loop,
    /// A program of its own in a process of its own, which tells of events.
    Bounded,
    /// The same, and expected to be ended by the runtime or the system.
    Misuse,
    /// A program of its own that tells of its own start, in many fresh processes.
    Startup,
}

#[derive(Clone, Debug, Serialize)]
pub struct Case {
    pub id: String,
    pub family: String,
    /// A case about the lab itself: proved like every other, listed and measured only when asked for.
    pub internal: bool,
    pub wave: u8,
    pub question: String,
    pub pages: Vec<String>,
    /// As C would say it, for people; of a program what one event is.
    pub signature: String,
    pub form: Form,
    /// Whether the transition may be suppressed, and why (not).
    pub nogc: bool,
    pub nogc_reason: String,
    /// The variant the others are compared with.
    pub reference: String,
    pub ops: Product,
    pub calls: Product,
    /// A recipe of [`answers`], or the integer itself.
    pub answer: Answer,
    /// What proves a kernel without a result: the class's `Observe()`, called after the variant and never timed. Says what it looks at.
    pub observe: Option<String>,
    /// The kernel, one symbol per value of the shape param, or one.
    pub symbols: Vec<String>,
    /// Exports that belong to the case and answer no row: what frees, releases or observes.
    pub helpers: Vec<String>,
    /// How many exports with signatures of their own are generated for it.
    pub imports: u32,
    pub params: Vec<Param>,
    /// Every tuple of any profile, in the order of the params' values.
    pub tuples: Vec<Tuple>,
    /// Indexes into `tuples`.
    pub quick: Vec<usize>,
    pub standard: Vec<usize>,
    pub publish: Vec<usize>,
    /// What BenchmarkDotNet measures in `quick` (of its rows) and `publish`; in `standard` it measures all.
    pub bdn: Vec<usize>,
    pub variants: Vec<Variant>,
    pub must_tie: Vec<MustTie>,
    pub steps: Vec<StepRecord>,
    pub ladder: Option<LadderRecord>,
    pub crossovers: Vec<CrossoverRecord>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Param {
    pub name: String,
    /// `value`: a property with `[Params]`; `shape`: one class per value, because the signature changes.
    pub kind: ParamKind,
    pub what: String,
    pub values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParamKind {
    Value,
    Shape,
}

#[derive(Clone, Debug, Serialize)]
pub struct Variant {
    pub name: String,
    pub what: String,
    /// Why the mechanism cannot express the case.
    pub na: Option<String>,
    /// Why it does not exist where a compiler has made the machine code before.
    pub na_aot: Option<String>,
    /// The same where the library is bound or linked before the program starts.
    pub na_linked: Option<String>,
    /// Its own symbols where it has some: an alias, one per value of the shape param, or one.
    pub symbols: Option<Vec<String>>,
    /// Indexes into the case's tuples, where it exists only for some.
    pub tuples: Option<Vec<usize>>,
    pub calls: Option<Product>,
    /// Calls of the case's helpers that one call of the body makes, beside those of its symbol: by symbol, one number per tuple
    /// of the case.
    pub also: BTreeMap<String, Vec<u64>>,
    /// Bytes on the managed heap per call, stated for every variant: one number per tuple of the case (0 where it has no row).
    pub managed_bytes: Vec<u64>,
    /// Why it is measured beyond the limit for suppressed transitions.
    pub nogc_over_limit: Option<String>,
    /// Why native memory that a call takes is not freed on its thread, where it is not: a finalizer's work.
    pub frees_elsewhere: Option<String>,
    /// Why its body holds a try or a frame of its own that a test would otherwise refuse.
    pub body: Option<String>,
    /// The proof that the mechanism cannot express the case.
    pub refusal: Option<Refusal>,
}

/// A declaration that the compiler or the runtime refuses; a test of the .NET half compiles it, and calls its `Run` where it must throw.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Members of a static unsafe partial class; with `throws`, a `static void Run()` among them.
    pub source: String,
    /// What the compiler says, such as `SYSLIB1051`.
    pub diagnostic: Option<String>,
    /// The exception's full name.
    pub throws: Option<String>,
    /// In an assembly with `DisableRuntimeMarshalling`.
    #[serde(default)]
    pub raw: bool,
}

/// Native calls nobody makes: the `Managed` variant crosses no border.
pub const MANAGED: &str = "Managed";
/// The floor: the kernel called by native code.
pub const NATIVE: &str = "Native";

impl Catalogue {
    /// Reads every `*.toml` of `folder`. An error is one line that names file and line.
    pub fn load(folder: &Path) -> Result<Catalogue> {
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .with_context(|| format!("cannot read the catalogue folder {}", folder.display()))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "toml")
            })
            .collect();
        files.sort();
        let mut sources = Vec::new();
        for path in &files {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            sources.push((format!("cases/{name}"), text));
        }
        if sources.is_empty() {
            bail!("no catalogue: {} has no *.toml file", folder.display());
        }
        Catalogue::parse(&sources)
    }

    /// `sources`: (file name for errors, text).
    pub fn parse(sources: &[(String, String)]) -> Result<Catalogue> {
        parse::catalogue(sources)
    }

    /// A case or a program.
    pub fn case(&self, id: &str) -> Option<&Case> {
        self.all().find(|case| case.id == id)
    }

    /// Cases, then programs.
    pub fn all(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().chain(&self.programs)
    }
}

impl Variant {
    /// Why it has no value under a deployment, where it has none.
    pub fn not_applicable(&self, deployment: &str) -> Option<&String> {
        if self.na.is_some() {
            return self.na.as_ref();
        }
        let deployment = deployment.parse::<Target>().ok()?.deployment;
        let ahead = self.na_aot.as_ref().filter(|_| deployment.is_aot());
        let is_linked = deployment.binding() != Binding::Lazy;
        let linked = self.na_linked.as_ref().filter(|_| is_linked);
        ahead.or(linked)
    }

    /// One that calls what its case calls, and allocates nothing on the managed heap.
    fn plain(name: &str, what: &str, tuples: usize) -> Variant {
        Variant {
            name: name.to_string(),
            what: what.to_string(),
            na: None,
            na_aot: None,
            na_linked: None,
            symbols: None,
            tuples: None,
            calls: None,
            also: BTreeMap::new(),
            managed_bytes: vec![0; tuples],
            nogc_over_limit: None,
            frees_elsewhere: None,
            body: None,
            refusal: None,
        }
    }
}

impl Case {
    /// A program of its own, not a method that an engine calls in a loop.
    pub fn is_program(&self) -> bool {
        self.program_engine().is_some()
    }

    /// The only engine that measures it, where it is a program.
    pub fn program_engine(&self) -> Option<Engine> {
        match self.form {
            Form::Call | Form::Loop => None,
            Form::Bounded | Form::Misuse => Some(Engine::Bounded),
            Form::Startup => Some(Engine::Startup),
        }
    }

    pub fn of_profile(&self, profile: Profile) -> &[usize] {
        match profile {
            Profile::Quick => &self.quick,
            Profile::Standard => &self.standard,
            Profile::Publish => &self.publish,
        }
    }

    /// Native calls that one call of the variant's body makes.
    pub fn calls_of(&self, variant: &Variant, tuple: &Tuple) -> u64 {
        if variant.name == MANAGED {
            return 0;
        }
        variant
            .calls
            .as_ref()
            .unwrap_or(&self.calls)
            .evaluate(&self.params, &tuple.values)
    }

    /// The symbol the variant calls.
    pub fn symbol_of<'a>(&'a self, variant: &'a Variant, tuple: &Tuple) -> &'a str {
        let symbols = variant.symbols.as_ref().unwrap_or(&self.symbols);
        &symbols[tuple.shape.min(symbols.len() - 1)]
    }

    /// Helpers that the variant calls, and how often.
    pub fn also_of<'a>(&self, variant: &'a Variant, tuple: &Tuple) -> Vec<(&'a str, u64)> {
        let at = self.index_of(tuple);
        let also = variant.also.iter();
        also.map(|(symbol, calls)| (symbol.as_str(), calls[at]))
            .collect()
    }

    /// Bytes that one call of the variant's body allocates on the managed heap, as stated.
    pub fn managed_bytes_of(&self, variant: &Variant, tuple: &Tuple) -> u64 {
        variant.managed_bytes[self.index_of(tuple)]
    }

    fn index_of(&self, tuple: &Tuple) -> usize {
        let mut tuples = self.tuples.iter();
        tuples
            .position(|other| other.values == tuple.values)
            .expect("the tuple is one of this case")
    }

    /// Whether the variant exists for the tuple with this index.
    pub fn has(&self, variant: &Variant, tuple: usize) -> bool {
        variant
            .tuples
            .as_ref()
            .is_none_or(|some| some.contains(&tuple))
    }

    /// What a report needs to know of the case.
    pub fn record(&self) -> CaseRecord {
        let native = (!self.is_program()).then(|| VariantRecord {
            name: NATIVE.to_string(),
            what: "the kernel called by native code through its exported symbol: the floor"
                .to_string(),
        });
        CaseRecord {
            id: self.id.clone(),
            family: self.family.clone(),
            question: self.question.clone(),
            signature: self.signature.clone(),
            reference: self.reference.clone(),
            ops: self.ops.to_string(),
            pages: self.pages.clone(),
            params: self
                .params
                .iter()
                .map(|param| ParamRecord {
                    name: param.name.clone(),
                    what: param.what.clone(),
                    values: param.values.clone(),
                })
                .collect(),
            variants: self
                .variants
                .iter()
                .map(|variant| VariantRecord {
                    name: variant.name.clone(),
                    what: match &variant.nogc_over_limit {
                        Some(why) => format!("{} – unsafe: {why}", variant.what),
                        None => variant.what.clone(),
                    },
                })
                .chain(native)
                .collect(),
            steps: self.steps.clone(),
            must_tie: self.must_tie.clone(),
            ladder: self.ladder.clone(),
            crossovers: self.crossovers.clone(),
        }
    }
}
