//! Changes that happened at one time are one incident, with its members and what else changed there.

use std::collections::BTreeSet;

use serde::Serialize;

use super::changes::Found;
use super::series::{Role, Series};
use super::store::StoredRun;

/// Where a change comes from, as far as the history can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// Floors or empty calls moved with it, of more than what changed: the machine.
    Environment,
    /// Sources or compilers of kernels changed there, and nothing else.
    Kernel,
    /// C# files of the cases did, and nothing else.
    Body,
    /// The runtime, the SDK or an engine did, and nothing else.
    Runtime,
    /// Several did.
    Several,
    Unknown,
}

impl Cause {
    pub fn name(self) -> &'static str {
        match self {
            Cause::Environment => "environment",
            Cause::Kernel => "kernel",
            Cause::Body => "body",
            Cause::Runtime => "runtime",
            Cause::Several => "several",
            Cause::Unknown => "unknown",
        }
    }
}

/// A change of a series: indices into the history's series and the changes found in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    pub series: usize,
    pub change: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Incident {
    /// It happened after run `from` and not after run `to`, if it was one thing.
    pub from: usize,
    pub to: usize,
    /// Largest change first.
    pub members: Vec<Member>,
    pub cause: Cause,
    /// What else changed between these runs, one line each.
    pub markers: Vec<String>,
}

impl Incident {
    fn changes<'a>(
        &'a self,
        found: &'a [Found],
    ) -> impl Iterator<Item = &'a super::changes::Change> {
        let members = self.members.iter();
        members.map(|member| &found[member.series].changes[member.change])
    }

    /// Whether nobody has explained all of it.
    pub fn is_open(&self, found: &[Found]) -> bool {
        self.changes(found).any(|change| change.explained.is_none())
    }

    /// Whether it makes something slower that nobody has explained, and is not the machine's.
    pub fn is_regression(&self, found: &[Found]) -> bool {
        self.cause != Cause::Environment
            && self
                .changes(found)
                .any(|change| change.explained.is_none() && change.is_slower())
    }
}

/// One place in twenty lies outside of its interval, and one of many series has it: so many runs beyond it still count as it.
const SLACK: usize = 2;

/// Incidents of all series, in order of time.
pub fn incidents(all: &[Series], found: &[Found], runs: &[StoredRun]) -> Vec<Incident> {
    let mut open: Vec<Member> = Vec::new();
    for (series, of) in found.iter().enumerate() {
        open.extend((0..of.changes.len()).map(|change| Member { series, change }));
    }
    let change = |member: &Member| &found[member.series].changes[member.change];
    let mut incidents = Vec::new();
    while !open.is_empty() {
        // The place that most changes may have happened at; of equal ones the first that one is reported at.
        let holds = |member: &Member, run: usize| {
            let change = change(member);
            change.from < run + SLACK && run <= change.to + SLACK && {
                let class = &all[member.series].class;
                runs[run].facts.environment.class == *class
            }
        };
        let places: BTreeSet<usize> = open.iter().map(|member| change(member).run).collect();
        let most = places
            .into_iter()
            .map(|run| (open.iter().filter(|member| holds(member, run)).count(), run))
            .max_by_key(|(count, run)| (*count, usize::MAX - run));
        let Some((_, run)) = most else { break };
        let (mut members, rest): (Vec<Member>, Vec<Member>) =
            open.into_iter().partition(|member| holds(member, run));
        open = rest;
        if members.is_empty() {
            break;
        }
        members.sort_by(|a, b| {
            let size = |member: &Member| change(member).percent.abs();
            size(b).total_cmp(&size(a))
        });
        // Where all of them may have happened; where their places only touch, from the first to the last of these.
        let from = members.iter().map(|of| change(of).from).max();
        let to = members.iter().map(|of| change(of).to).min();
        let (from, to) = (from.unwrap_or(run), to.unwrap_or(run));
        let (from, to) = if from < to {
            (from, to)
        } else {
            (to.min(run - 1), (from + 1).max(run).min(runs.len() - 1))
        };
        let (cause, markers) = cause(all, &members, &runs[from..=to], from, to);
        incidents.push(Incident {
            from,
            to,
            members,
            cause,
            markers,
        });
    }
    incidents.sort_by_key(|incident| (incident.to, incident.from));
    incidents
}

fn cause(
    all: &[Series],
    members: &[Member],
    between: &[StoredRun],
    from: usize,
    to: usize,
) -> (Cause, Vec<String>) {
    let class = members
        .first()
        .map(|member| all[member.series].class.as_str());
    let runs = between
        .iter()
        .filter(|run| Some(run.facts.environment.class.as_str()) == class);
    let runs: Vec<&StoredRun> = runs.collect();
    let mut kinds = BTreeSet::new();
    let mut markers = Vec::new();
    for pair in runs.windows(2) {
        for (kind, text) in differences(pair[0], pair[1]) {
            if !markers.contains(&text) {
                markers.push(text);
            }
            kinds.extend(kind);
        }
    }
    let what = match kinds.iter().copied().collect::<Vec<&str>>()[..] {
        [] => Cause::Unknown,
        ["kernel"] => Cause::Kernel,
        ["body"] => Cause::Body,
        ["runtime"] => Cause::Runtime,
        ["environment"] => Cause::Environment,
        _ => Cause::Several,
    };
    // Controls that exist on both sides of the incident, but for those of families whose kernels changed there.
    let changed: BTreeSet<&str> = runs
        .windows(2)
        .flat_map(|pair| families(pair[0], pair[1]))
        .collect();
    let is_control = |series: &Series| {
        series.role != Role::Row
            && Some(series.class.as_str()) == class
            && series.points.iter().any(|point| point.run <= from)
            && series.points.iter().any(|point| point.run >= to)
            && !(series.role == Role::Floor
                && changed.iter().any(|family| is_of(&series.key.case, family)))
    };
    let controls = all.iter().filter(|series| is_control(series)).count();
    let moved = members
        .iter()
        .filter(|member| is_control(&all[member.series]))
        .count();
    if controls > 0 && 2 * moved >= controls && moved > 0 {
        return (Cause::Environment, markers);
    }
    (what, markers)
}

fn is_of(case: &str, family: &str) -> bool {
    case.strip_prefix(family)
        .is_some_and(|rest| rest.starts_with('_') || rest.is_empty())
}

/// Families whose kernels differ.
fn families<'a>(before: &'a StoredRun, after: &'a StoredRun) -> Vec<&'a str> {
    let [old, new] = [before, after].map(|run| &run.facts.provenance.kernel_hashes);
    let differing = new
        .iter()
        .filter(|(name, hash)| old.get(*name).is_some_and(|other| other != *hash));
    differing
        .filter_map(|(name, _)| name.split('/').next())
        .collect()
}

/// What differs between two runs, by the kind of cause it may be; without a kind where it only helps to find the place.
pub fn differences(before: &StoredRun, after: &StoredRun) -> Vec<(Option<&'static str>, String)> {
    let (old, new) = (&before.facts, &after.facts);
    let mut found = Vec::new();
    let commit = |run: &StoredRun| {
        let provenance = &run.facts.provenance;
        provenance.git_commit.as_ref().map(|commit| {
            let dirty = if provenance.git_dirty == Some(true) {
                " with local changes"
            } else {
                ""
            };
            format!("{}{dirty}", commit.chars().take(12).collect::<String>())
        })
    };
    if let (Some(old), Some(new)) = (commit(before), commit(after)) {
        if old != new {
            found.push((None, format!("commit {old} -> {new}")));
        }
    }
    for family in families(before, after) {
        found.push((Some("kernel"), format!("kernels of {family}")));
    }
    let bodies = new.provenance.body_hashes.iter().filter(|(case, hash)| {
        let other = old.provenance.body_hashes.get(*case);
        other.is_some_and(|other| other != *hash)
    });
    for (case, _) in bodies {
        found.push((Some("body"), format!("C# files of {case}")));
    }
    for (name, version) in &new.provenance.versions {
        let kind = match name.as_str() {
            "rustc" | "cc" => "kernel",
            "runtime" | "dotnet SDK" | "BenchmarkDotNet" => "runtime",
            _ => continue,
        };
        if let Some(other) = old.provenance.versions.get(name) {
            if other != version {
                found.push((Some(kind), format!("{name}: {other} -> {version}")));
            }
        }
    }
    let machine = |facts: &super::store::Facts| {
        let environment = &facts.environment;
        [
            ("OS kernel", environment.kernel.clone()),
            ("microcode", environment.microcode.clone()),
            ("governor", environment.governor.clone()),
        ]
    };
    for ((name, old), (_, new)) in machine(old).into_iter().zip(machine(new)) {
        if let (Some(old), Some(new)) = (old, new) {
            if old != new {
                found.push((Some("environment"), format!("{name}: {old} -> {new}")));
            }
        }
    }
    found
}
