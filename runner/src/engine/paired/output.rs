//! What `InteropLab.Paired` writes, one JSON object a line; the only code that knows its layout.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::names::RowKey;
use crate::row::State;
use crate::sample::{Body, Launch, Measured, Role, Sample, Stage};

/// First line of a launch's part file, written by the runner: what was started and how it ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    pub schema: u32,
    pub batch: usize,
    pub launch: u32,
    pub seed: u64,
    /// The reference row of each group of its plan.
    pub groups: Vec<RowKey>,
    pub started: String,
    pub ended: String,
    /// Seconds from start to end.
    pub seconds: f64,
    /// Why the launch does not count; absent where it does.
    pub failure: Option<String>,
}

pub const SCHEMA: u32 = 1;
/// Of the program's own: raised there whenever it would measure the same code differently.
pub const EPOCH: u32 = 2;

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line {
    Hello(Hello),
    Unfit {
        key: RowKey,
        reason: String,
    },
    Calibrated(Calibrated),
    Group(GroupLine),
    Round(Round),
    Body(BodyLine),
    Done {},
    Invalid {
        reason: String,
    },
    #[serde(other)]
    Other,
}

/// What the program is and what it drives.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Hello {
    pub schema: u32,
    pub epoch: u32,
    pub runtime: String,
    /// Where the runtime lies; absent for a program that has it in itself.
    #[serde(default)]
    pub runtime_folder: Option<PathBuf>,
    #[serde(rename = "impl")]
    pub implementation: String,
    /// Compiled ahead of time, all of it.
    #[serde(default)]
    pub aot: bool,
    /// The image of the cases holds ReadyToRun code.
    #[serde(default)]
    pub precompiled: bool,
    /// How imports come to the library; absent where the system does not say.
    #[serde(default)]
    pub binding: Option<String>,
    /// Variables of the runtime that were set.
    #[serde(default)]
    pub settings: std::collections::BTreeMap<String, String>,
}

/// How many calls fill a block.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Calibrated {
    pub key: RowKey,
    pub role: Role,
    pub calls: u64,
    pub ns_per_call: f64,
}

#[derive(Deserialize)]
struct GroupLine {
    group: usize,
    case: String,
    params: String,
    rounds: u32,
    quiet: u32,
    usable: bool,
    wide_floor: Option<f64>,
    entries: Vec<EntryLine>,
}

#[derive(Deserialize)]
struct EntryLine {
    key: RowKey,
    role: Role,
}

#[derive(Deserialize)]
struct Round {
    group: usize,
    round: u32,
    blocks: Vec<Block>,
}

/// entry, replica, calls, elapsed_ns, gc_count, gc_pause_ns, switches
#[derive(Deserialize)]
struct Block(usize, Option<u32>, u64, f64, u64, f64, u64);

#[derive(Deserialize)]
struct BodyLine {
    key: RowKey,
    replica: u32,
    tier: String,
    address_mod64: u32,
    size_bytes: Option<u64>,
    code_hash: String,
}

/// A group's share in a launch, by the launch's own judgement.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    pub case: String,
    pub params: String,
    pub quiet_share: f64,
    pub usable: bool,
    /// 5 % quantile of wide over clock probe.
    pub wide_floor: Option<f64>,
}

/// One launch's output.
#[derive(Debug, Default)]
pub struct Output {
    pub hello: Option<Hello>,
    pub calibrated: Vec<Calibrated>,
    /// Entries that the deployment cannot do, with the reason.
    pub unfit: Vec<(RowKey, String)>,
    pub shares: Vec<Share>,
    /// The program's own reason why the launch does not count.
    pub invalid: Option<String>,
    /// Whether it reached its last line.
    pub done: bool,
    pub samples: Vec<Sample>,
    pub bodies: Vec<Body>,
}

/// Reads the lines of one launch; `name` is the file's name for errors.
pub fn read(text: &str, launch: u32, name: &str) -> Result<Output> {
    let mut output = Output::default();
    let mut groups: HashMap<usize, Vec<(Arc<RowKey>, Role)>> = HashMap::new();
    for (at, line) in text.lines().enumerate() {
        let line: Line =
            serde_json::from_str(line).with_context(|| format!("{name}: line {}", at + 1))?;
        match line {
            Line::Hello(hello) => output.hello = Some(hello),
            Line::Unfit { key, reason } => output.unfit.push((key, reason)),
            Line::Calibrated(one) => output.calibrated.push(one),
            Line::Group(group) => {
                output.shares.push(Share {
                    case: group.case,
                    params: group.params,
                    quiet_share: f64::from(group.quiet) / f64::from(group.rounds.max(1)),
                    usable: group.usable,
                    wide_floor: group.wide_floor,
                });
                let entries = group.entries.into_iter();
                groups.insert(
                    group.group,
                    entries
                        .map(|entry| (Arc::new(entry.key), entry.role))
                        .collect(),
                );
            }
            Line::Round(round) => {
                let Some(entries) = groups.get(&round.group) else {
                    bail!(
                        "{name}: line {}: a round of a group that is not announced",
                        at + 1
                    );
                };
                for (position, block) in (1..).zip(round.blocks) {
                    let Some((key, role)) = entries.get(block.0) else {
                        bail!("{name}: line {}: entry {} does not exist", at + 1, block.0);
                    };
                    output.samples.push(Sample {
                        key: key.clone(),
                        role: *role,
                        launch,
                        replica: block.1,
                        round: round.round,
                        position: Some(position),
                        calls: block.2,
                        elapsed_ns: block.3,
                        gc_count: Some(block.4),
                        gc_pause_ns: Some(block.5),
                        switches: Some(block.6),
                        flags: Stage::Actual,
                    });
                }
            }
            Line::Body(body) => output.bodies.push(Body {
                key: body.key,
                launch,
                replica: Some(body.replica),
                tier: Some(body.tier),
                address_mod_64: Some(body.address_mod64),
                size_bytes: body.size_bytes,
                code_hash: Some(body.code_hash).filter(|hash| !hash.is_empty()),
            }),
            Line::Done {} => output.done = true,
            Line::Invalid { reason } => output.invalid = Some(reason),
            Line::Other => {}
        }
    }
    Ok(output)
}

/// Reads a part file: the runner's header, then the program's lines.
pub fn read_part(text: &str, name: &str) -> Result<(Header, Output)> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let header: Header =
        serde_json::from_str(first).with_context(|| format!("{name}: its first line"))?;
    if header.schema != SCHEMA {
        bail!(
            "{name}: layout {}, this program reads {SCHEMA}: start a new run",
            header.schema
        );
    }
    let output = if header.failure.is_none() {
        read(rest, header.launch, name)?
    } else {
        Output::default()
    };
    Ok((header, output))
}

/// A launch as the run keeps it: samples and bodies of one that counts, and for each of its groups how it went.
pub fn measured(header: &Header, output: Output) -> Measured {
    let lines = header.groups.iter().map(|reference| {
        let share = output
            .shares
            .iter()
            .find(|share| share.case == reference.case && share.params == reference.params);
        let state = match (&header.failure, share) {
            (Some(_), _) | (None, None) => State::Error,
            (None, Some(share)) if share.usable => State::Ok,
            (None, Some(_)) => State::Contended,
        };
        let reason = match state {
            State::Error => header
                .failure
                .clone()
                .unwrap_or_else(|| "the launch ended without this group".to_string()),
            State::Contended => {
                "too few quiet rounds, even after those that were added".to_string()
            }
            _ => String::new(),
        };
        Launch {
            seed: Some(header.seed),
            started: header.started.clone(),
            ended: header.ended.clone(),
            quiet_share: share.map(|share| share.quiet_share),
            state,
            reason,
            variant: String::new(),
            ..Launch::of(reference, header.launch)
        }
    });
    Measured {
        levels: Vec::new(),
        launches: lines.collect(),
        samples: output.samples,
        bodies: output.bodies,
        counts: Vec::new(),
    }
}
