//! What is going to be measured: catalogue, profile, filter and engines to row keys.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use regex::Regex;

use crate::build::layouts;
use crate::build::runtimes::Named;
use crate::catalogue::{Case, Catalogue, MANAGED, NATIVE, Profile, Tuple, Variant};
use crate::claims::{Relation, Test, deployed};
use crate::deployment::{Deployment, Target};
use crate::engine::paired::Effort;
use crate::manifest::PlannedRow;
use crate::names::{self, RowKey};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Implementation {
    Rust,
    C,
}

impl Implementation {
    pub fn name(self) -> &'static str {
        match self {
            Implementation::Rust => "rust",
            Implementation::C => "c",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Engine {
    /// Absolute tables, allocated bytes, code size.
    Bdn,
    /// The native floor.
    Criterion,
    /// Everything comparative: all variants of a group, floor and controls in one process, in rounds.
    Paired,
    /// Programs with their own end: pauses, threads, finalizers, misuse.
    Bounded,
    /// What comes before the first call and what that takes, in fresh processes.
    Startup,
}

impl Engine {
    pub const ALL: [Engine; 5] = [
        Engine::Bdn,
        Engine::Criterion,
        Engine::Paired,
        Engine::Bounded,
        Engine::Startup,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Engine::Bdn => names::BDN,
            Engine::Criterion => names::CRITERION,
            Engine::Paired => names::PAIRED,
            Engine::Bounded => names::BOUNDED,
            Engine::Startup => names::STARTUP,
        }
    }
}

/// Deployment of code that is compiled while it runs, with nothing changed; native code has `-`.
pub const JIT: &str = "jit";

/// What somebody asked for.
#[derive(Debug)]
pub struct Request {
    pub profile: Profile,
    /// Over row keys.
    pub filter: Option<Regex>,
    pub implementations: Vec<Implementation>,
    pub engines: Vec<Engine>,
    /// The lab's own cases too.
    pub internal: bool,
    /// Rows to prove, not to time: what an engine has no time for counts too.
    pub untimed: bool,
    /// Only what these need; everything where there are none.
    pub tests: Vec<Test>,
    /// How much the paired engine measures.
    pub effort: Effort,
    /// What the programs are deployed as, with which switches and runtimes.
    pub targets: Vec<Target>,
    /// The runtimes that targets name.
    pub runtimes: Vec<Named>,
}

impl Request {
    /// The rows, in the catalogue's order. Fails when the filter leaves none.
    pub fn rows(&self, catalogue: &Catalogue) -> Result<Vec<PlannedRow>> {
        let mut rows: Vec<PlannedRow> = catalogue
            .all()
            .filter(|case| self.internal || !case.internal)
            .flat_map(|case| self.rows_of(case))
            .collect();
        if !self.tests.is_empty() {
            rows.retain(|row| {
                self.tests
                    .iter()
                    .any(|test| needs(test, catalogue, &row.key))
            });
        }
        if let Some(filter) = &self.filter {
            rows.retain(|row| filter.is_match(&row.key.to_string()));
        }
        if rows.is_empty() {
            let filter = self.filter.as_ref().map_or("", Regex::as_str);
            bail!(
                "--filter '{filter}' matches no row of profile {}: ./lab list prints the keys{}",
                self.profile.name(),
                if self.internal {
                    ""
                } else {
                    ", with --internal those of the lab's own cases too"
                }
            );
        }
        Ok(rows)
    }

    /// BenchmarkDotNet takes seconds a row in `quick` and a minute and a half in `publish`: there it measures the tuples that are marked for it.
    fn tuples_of(&self, case: &Case, engine: Engine) -> Vec<usize> {
        if !self.tests.is_empty() {
            let wanted = |params: &str| {
                let mut tests = self.tests.iter();
                tests
                    .any(|test| test.case == case.id && test.params.iter().any(|one| one == params))
            };
            let all = case.tuples.iter().enumerate();
            return all
                .filter(|(_, tuple)| wanted(&tuple.params))
                .map(|(at, _)| at)
                .collect();
        }
        if self.untimed && self.profile == Profile::Publish {
            return (0..case.tuples.len()).collect();
        }
        let all = case.of_profile(self.profile);
        let marked = |at: &usize| case.bdn.contains(at);
        match (engine, self.profile) {
            (Engine::Bdn, Profile::Quick | Profile::Publish) if !self.untimed => {
                all.iter().copied().filter(marked).collect()
            }
            // The paired engine times every floor: criterion's is a second opinion.
            (Engine::Criterion, Profile::Quick) => all.iter().copied().filter(marked).collect(),
            _ => all.to_vec(),
        }
    }

    /// Orders of methods by the name of what is published, for the deployments that have several.
    pub fn layouts(&self) -> BTreeMap<String, u32> {
        let several = |target: &Target| {
            let name = target.deployment.published()?.to_string();
            let layouts = if target.deployment.is_aot() {
                layouts::of_aot(self.profile)
            } else {
                layouts::R2R_LAYOUTS
            };
            Some((name, layouts))
        };
        self.targets.iter().filter_map(several).collect()
    }

    /// The targets that an engine has rows for.
    fn targets_of(&self, engine: Engine) -> Vec<&Target> {
        let all = self.targets.iter();
        match engine {
            Engine::Paired => all.collect(),
            // It starts with the same code, whatever becomes of that later.
            Engine::Startup => all
                .filter(|target| target.deployment != Deployment::R2rTier1)
                .collect(),
            // Its programs are for the JIT: what they show is the runtime's.
            Engine::Bounded => all
                .filter(|target| target.deployment == Deployment::Jit)
                .collect(),
            // Its own way to compile ahead of time takes minutes: a second opinion, where time is no matter.
            Engine::Bdn => all
                .filter(|target| {
                    let aot = Target::plain(Deployment::Aot);
                    target.is_default() || (**target == aot && self.profile == Profile::Publish)
                })
                .collect(),
            Engine::Criterion => all.filter(|target| target.is_default()).collect(),
        }
    }

    fn rows_of(&self, case: &Case) -> Vec<PlannedRow> {
        let mut rows = Vec::new();
        let of_programs = [Engine::Bounded, Engine::Startup];
        let is_for = |engine: &&Engine| match case.program_engine() {
            Some(own) => own == **engine,
            None => !of_programs.contains(*engine),
        };
        for engine in self.engines.iter().filter(is_for) {
            let tuples = self.tuples_of(case, *engine);
            for target in self.targets_of(*engine) {
                let deployment = target.to_string();
                for at in &tuples {
                    let mut at_tuple = Place {
                        case,
                        at: *at,
                        engine: *engine,
                        deployment: &deployment,
                    };
                    for (nth, implementation) in self.implementations.iter().enumerate() {
                        match engine {
                            // What it measures is the runtime's: one library is enough.
                            Engine::Bounded | Engine::Startup if nth > 0 => {}
                            Engine::Bdn | Engine::Bounded | Engine::Startup => {
                                rows.extend(at_tuple.managed(*implementation, nth == 0));
                            }
                            Engine::Criterion => {
                                at_tuple.deployment = "-";
                                rows.push(at_tuple.floor(*implementation));
                            }
                            Engine::Paired => {
                                rows.extend(at_tuple.managed(*implementation, nth == 0));
                                rows.push(at_tuple.floor(*implementation));
                            }
                        }
                    }
                }
            }
        }
        rows
    }
}

/// Whether a test needs a row: its variants, and what every group has to have, the reference and the floor.
fn needs(test: &Test, catalogue: &Catalogue, key: &RowKey) -> bool {
    let reference = catalogue
        .case(&test.case)
        .map(|case| case.reference.as_str());
    let relation = Relation::parse(&test.relation);
    let of_group = key.variant == NATIVE || Some(key.variant.as_str()) == reference;
    let sides = relation.iter().flat_map(Relation::sides).map(deployed);
    let mut here =
        sides.filter(|(_, deployment)| [*deployment, "-"].contains(&key.deployment.as_str()));
    test.case == key.case
        && test.params.contains(&key.params)
        && here.any(|(variant, _)| of_group || variant == key.variant)
}

/// A case at one of its tuples, for one engine in one deployment.
#[derive(Clone, Copy)]
struct Place<'a> {
    case: &'a Case,
    at: usize,
    engine: Engine,
    deployment: &'a str,
}

impl Place<'_> {
    fn planned(
        &self,
        variant: &str,
        implementation: &str,
        not_applicable: Option<String>,
    ) -> PlannedRow {
        let tuple = &self.case.tuples[self.at];
        PlannedRow {
            key: RowKey {
                case: self.case.id.clone(),
                params: tuple.params.clone(),
                variant: variant.to_string(),
                implementation: implementation.to_string(),
                deployment: self.deployment.to_string(),
                engine: self.engine.name().to_string(),
            },
            ops: self.case.ops.evaluate(&self.case.params, &tuple.values),
            not_applicable,
            refused: None,
            not_permitted: None,
        }
    }

    /// The rows of the variants. `Managed` touches no library: one row, from the first implementation's programs.
    fn managed(&self, implementation: Implementation, first: bool) -> Vec<PlannedRow> {
        let here = |variant: &&Variant| {
            self.case.has(variant, self.at) && (variant.name != MANAGED || first)
        };
        let variants = self.case.variants.iter().filter(here);
        variants
            .map(|variant| {
                let implementation = if variant.name == MANAGED {
                    "-"
                } else {
                    implementation.name()
                };
                let absent = variant.not_applicable(self.deployment).cloned();
                self.planned(&variant.name, implementation, absent)
            })
            .collect()
    }

    fn floor(&self, implementation: Implementation) -> PlannedRow {
        self.planned(NATIVE, implementation.name(), None)
    }
}

/// A row of ours, found again in the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    pub case: &'a Case,
    pub tuple: &'a Tuple,
    pub variant: &'a Variant,
}

/// Finds what a managed row's key is about; `None` for `Native` rows and for keys the catalogue does not have.
pub fn find<'a>(catalogue: &'a Catalogue, key: &RowKey) -> Option<Found<'a>> {
    let case = catalogue.case(&key.case)?;
    let tuple = case
        .tuples
        .iter()
        .find(|tuple| tuple.params == key.params)?;
    let variant = case
        .variants
        .iter()
        .find(|variant| variant.name == key.variant)?;
    Some(Found {
        case,
        tuple,
        variant,
    })
}

#[cfg(test)]
mod tests;
