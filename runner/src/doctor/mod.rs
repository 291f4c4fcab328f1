//! What this machine can and cannot measure: facts, each with what it means for a result and what would help.
//!
//! Facts are computed from what was probed (`environment`, `tools`), so a report can say the same of the machine of any run.

mod certificate;
mod clock;
mod cpu;
mod machine;
mod text;
mod tools;

use serde::Serialize;

use crate::environment::Environment;
use crate::validation::Certificate;

pub use text::terminal;
pub use tools::Tools;

/// How much a fact matters, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Distorts results, or keeps something from being measured; mostly something can be done.
    Warning,
    /// Could not be found out.
    Unknown,
    /// Nothing is wrong, and a reader should know it.
    Note,
    Fine,
}

impl Level {
    const ALL: [Level; 4] = [Level::Warning, Level::Unknown, Level::Note, Level::Fine];
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    pub name: &'static str,
    pub level: Level,
    /// `unknown` where it could not be found out.
    pub value: String,
    /// Why it is not known; empty otherwise.
    pub why: String,
    /// What it means for a result.
    pub means: String,
    /// What would help; empty where nothing needs help.
    pub helps: String,
}

impl Fact {
    fn new(name: &'static str, level: Level, value: impl Into<String>, means: &str) -> Fact {
        Fact {
            name,
            level,
            value: value.into(),
            why: String::new(),
            means: means.to_string(),
            helps: String::new(),
        }
    }

    fn unknown(name: &'static str, why: impl Into<String>, means: &str) -> Fact {
        Fact {
            why: why.into(),
            ..Fact::new(name, Level::Unknown, "unknown", means)
        }
    }

    fn helped_by(self, helps: &str) -> Fact {
        Fact {
            helps: helps.to_string(),
            ..self
        }
    }
}

/// What `lab doctor` answers.
#[derive(Clone, Debug, Serialize)]
pub struct Diagnosis {
    /// The environment class a run here would have.
    pub class: String,
    /// The worst first.
    pub facts: Vec<Fact>,
    /// What can be measured here, what cannot, and how many facts there are of each level: one sentence each.
    pub summary: Vec<String>,
}

impl Diagnosis {
    /// `certificate`: the newest of this machine's class.
    pub fn of(
        environment: &Environment,
        tools: &Tools,
        certificate: Option<&Certificate>,
    ) -> Diagnosis {
        let mut facts = machine(environment);
        facts.push(certificate::fact(certificate));
        facts.extend(tools.facts());
        // Stable: within a level in the order above.
        facts.sort_by_key(|fact| fact.level);
        Diagnosis {
            class: environment.class.clone(),
            summary: summary(environment, &facts),
            facts,
        }
    }
}

/// Facts about a machine, from what a run recorded of it.
pub fn machine(environment: &Environment) -> Vec<Fact> {
    let mut facts = clock::facts(environment);
    facts.extend(machine::facts(environment));
    facts.extend(cpu::facts(environment));
    facts
}

fn summary(environment: &Environment, facts: &[Fact]) -> Vec<String> {
    let can = match &environment.clock {
        Some(clock) => format!(
            "Can measure: time per call (clock step {} ns), bytes allocated, calls made{}.",
            machine::short(clock.step_ns),
            match environment
                .pinning
                .as_ref()
                .filter(|pinning| pinning.taskset)
            {
                Some(pinning) => pinning
                    .cpu
                    .map(|cpu| format!("; pinned to CPU {cpu}"))
                    .unwrap_or_default(),
                None => String::new(),
            }
        ),
        None => "Cannot measure time: the clock gave no step.".to_string(),
    };
    let mut cannot = Vec::new();
    if environment
        .counters
        .as_ref()
        .is_none_or(|counters| counters.counted != Some(true))
    {
        cannot.push("cycles or instructions (no hardware counter was seen to count)");
    }
    if environment.governor.is_none() {
        cannot.push("whether the clock frequency changed");
    }
    let mut lines = vec![can];
    if !cannot.is_empty() {
        lines.push(format!("Cannot measure: {}.", cannot.join("; ")));
    }
    let count = |level| facts.iter().filter(|fact| fact.level == level).count();
    let plural =
        |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    lines.push(format!(
        "{}: {}, {} unknown, {}, {} fine.",
        plural(facts.len(), "fact"),
        plural(count(Level::Warning), "warning"),
        count(Level::Unknown),
        plural(count(Level::Note), "note"),
        count(Level::Fine)
    ));
    lines
}

#[cfg(test)]
mod tests;
