//! One measured block: what every engine's output is turned into.

pub mod table;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::names::RowKey;
use crate::row::State;

/// The untimed calls right before a block, in calls of the block; at least one call.
pub const LEAD_IN: f64 = 0.5;

/// What a sample measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Variant,
    /// The floor: the kernel called by a native loop.
    Native,
    /// An instance method without arguments that returns a field: the engine's own part of every call.
    ManagedEmpty,
    /// The reference variant's delegate a second time. Controls and probes stand under the key of their group's reference row.
    SamePointer,
    /// The reference variant compiled again in contexts of its own.
    Copy,
    /// A chain of dependent additions: sees the clock and nothing else.
    Clock,
    /// Four independent chains: sees a neighbour on the same physical core too.
    Wide,
    /// Of a bounded program: all managed threads stand still.
    Pause,
    /// Of a bounded program: from the wish to stop all managed threads until they stand.
    Wait,
    /// Of a start-up program: from the start of its process to its first line.
    Main,
    /// Of a start-up program: `NativeLibrary.Load`.
    Load,
    /// Of a start-up program: what lets a call find its symbol, by a lookup or by a resolver.
    Bind,
    /// Of a start-up program: `Marshal.Prelink`.
    Stub,
    /// Of a start-up program: what its row is about.
    FirstCall,
    /// Of a start-up program: the same once more.
    SecondCall,
}

/// Which part of a launch a sample comes from. Only [`Stage::Actual`] and [`Stage::Result`] enter an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Measured, as it came.
    Actual,
    /// What BenchmarkDotNet made of the actual iterations (overhead subtracted, outliers dropped, where a project asks for it).
    Result,
    Warmup,
    Pilot,
    Jitting,
    /// BenchmarkDotNet's empty loop, any stage of it.
    Overhead,
    /// Any other stage of a newer BenchmarkDotNet.
    Other,
}

/// One line of `samples.csv`: a BenchmarkDotNet iteration, a criterion sample or a block of the paired engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Shared: a run has a few hundred keys and half a million samples.
    pub key: Arc<RowKey>,
    pub role: Role,
    /// Number of the process, from 1.
    pub launch: u32,
    pub replica: Option<u32>,
    /// Number of the iteration or sample within its launch and stage, from 1; all entries of a group are timed once in a round.
    pub round: u32,
    /// Place within its round, from 1.
    pub position: Option<u32>,
    /// Calls of the method body.
    pub calls: u64,
    /// Of the whole block.
    pub elapsed_ns: f64,
    /// Collections during the block and its untimed lead-in of `max(1, calls / 2)` calls, and how long they paused.
    pub gc_count: Option<u64>,
    pub gc_pause_ns: Option<f64>,
    /// Involuntary context switches during the block.
    pub switches: Option<u64>,
    pub flags: Stage,
}

impl Role {
    pub const ALL: [Role; 15] = [
        Role::Variant,
        Role::Native,
        Role::ManagedEmpty,
        Role::SamePointer,
        Role::Copy,
        Role::Clock,
        Role::Wide,
        Role::Pause,
        Role::Wait,
        Role::Main,
        Role::Load,
        Role::Bind,
        Role::Stub,
        Role::FirstCall,
        Role::SecondCall,
    ];

    /// As in `samples.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Role::Variant => "variant",
            Role::Native => "native",
            Role::ManagedEmpty => "managed_empty",
            Role::SamePointer => "same_pointer",
            Role::Copy => "copy",
            Role::Clock => "clock",
            Role::Wide => "wide",
            Role::Pause => "pause",
            Role::Wait => "wait",
            Role::Main => "main",
            Role::Load => "load",
            Role::Bind => "bind",
            Role::Stub => "stub",
            Role::FirstCall => "first_call",
            Role::SecondCall => "second_call",
        }
    }
}

impl Stage {
    pub const ALL: [Stage; 7] = [
        Stage::Actual,
        Stage::Result,
        Stage::Warmup,
        Stage::Pilot,
        Stage::Jitting,
        Stage::Overhead,
        Stage::Other,
    ];

    /// As in `samples.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Actual => "actual",
            Stage::Result => "result",
            Stage::Warmup => "warmup",
            Stage::Pilot => "pilot",
            Stage::Jitting => "jitting",
            Stage::Overhead => "overhead",
            Stage::Other => "other",
        }
    }
}

impl Sample {
    pub fn ns_per_call(&self) -> f64 {
        self.elapsed_ns / self.calls as f64
    }
}

/// One line of `launches.csv`: a process and what it was for.
///
/// A BenchmarkDotNet process measures one row, so its line names the variant; an engine that measures a whole group leaves it
/// empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Launch {
    pub launch: u32,
    pub engine: String,
    pub case: String,
    pub params: String,
    #[serde(rename = "impl")]
    pub implementation: String,
    pub deployment: String,
    pub seed: Option<u64>,
    /// UTC, RFC 3339; empty where an import does not say.
    #[serde(default)]
    pub started: String,
    #[serde(default)]
    pub ended: String,
    pub quiet_share: Option<f64>,
    /// [`State::Ok`] or why there are no samples.
    pub state: State,
    /// One line: the engine's last words.
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub variant: String,
}

impl Launch {
    /// The row the line is about, where it is about one.
    pub fn key(&self) -> RowKey {
        RowKey {
            case: self.case.clone(),
            params: self.params.clone(),
            variant: self.variant.clone(),
            implementation: self.implementation.clone(),
            deployment: self.deployment.clone(),
            engine: self.engine.clone(),
        }
    }

    /// Whether the line tells how it went for a row: it names the row, or its whole group.
    pub fn is_about(&self, key: &RowKey) -> bool {
        if self.variant.is_empty() {
            self.engine == key.engine
                && self.case == key.case
                && self.params == key.params
                && self.deployment == key.deployment
        } else {
            self.key() == *key
        }
    }

    pub fn of(key: &RowKey, launch: u32) -> Launch {
        Launch {
            launch,
            engine: key.engine.clone(),
            case: key.case.clone(),
            params: key.params.clone(),
            implementation: key.implementation.clone(),
            deployment: key.deployment.clone(),
            seed: None,
            started: String::new(),
            ended: String::new(),
            quiet_share: None,
            state: State::Ok,
            reason: String::new(),
            variant: key.variant.clone(),
        }
    }
}

/// One line of `bodies.csv`: the machine code behind a row. Unknown parts are empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    pub key: RowKey,
    pub launch: u32,
    pub replica: Option<u32>,
    pub tier: Option<String>,
    pub address_mod_64: Option<u32>,
    pub size_bytes: Option<u64>,
    pub code_hash: Option<String>,
}

/// Launch of a count by a process that times nothing: it is none of the row's launches.
pub const UNTIMED: u32 = 0;

/// One line of `counts.csv`: what is not a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    pub key: RowKey,
    pub launch: u32,
    /// One of the `COUNT_` names.
    pub name: String,
    pub value: f64,
    pub unit: String,
}

/// Bytes allocated on the managed heap, per call of the body.
pub const COUNT_MANAGED_BYTES: &str = "managed_bytes";
/// The same, in code known to be optimised and by a process of its own.
pub const COUNT_MANAGED_BYTES_TIER1: &str = "managed_bytes_tier1";
/// Calls of malloc and its like, and of free, per call of the body.
pub const COUNT_NATIVE_ALLOCS: &str = "native_allocs";
pub const COUNT_NATIVE_FREES: &str = "native_frees";
/// Collections of any generation while the engine measured allocation.
pub const COUNT_COLLECTIONS: &str = "gc_count";

/// Everything an engine found out: what a run folder holds and what rows are computed from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    pub samples: Vec<Sample>,
    /// What the paired engine's launches say, where their samples are not at hand; otherwise none.
    pub levels: Vec<Level>,
    pub launches: Vec<Launch>,
    pub bodies: Vec<Body>,
    pub counts: Vec<Count>,
}

impl Measured {
    pub fn extend(&mut self, other: Measured) {
        self.samples.extend(other.samples);
        self.levels.extend(other.levels);
        self.launches.extend(other.launches);
        self.bodies.extend(other.bodies);
        self.counts.extend(other.counts);
    }
}
