//! Pauses, threads, finalizers, misuse: what no loop around a call can time.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use super::{Job, Kind, Started, output};
use crate::build::Program;
use crate::catalogue::Profile;
use crate::names::RowKey;
use crate::plan::Engine;

pub const KIND: Kind = Kind {
    engine: Engine::Bounded,
    launches,
    start,
};

fn launches(profile: Profile) -> u32 {
    match profile {
        Profile::Quick => 5,
        Profile::Standard => 10,
        Profile::Publish => 20,
    }
}

/// What the program reads, in one line.
#[derive(Serialize)]
struct Plan<'a> {
    schema: u32,
    case: &'a str,
    params: BTreeMap<&'a str, &'a str>,
    variant: &'a str,
    seed: u64,
}

fn start(job: &Job, key: &RowKey, launch: u32) -> Result<Started> {
    let plan = Plan {
        schema: output::SCHEMA,
        case: &key.case,
        params: key
            .params
            .split(',')
            .filter_map(|pair| pair.split_once('='))
            .collect(),
        variant: &key.variant,
        seed: u64::from(launch),
    };
    let mut command = job.command(Program::Bounded, key)?;
    command.args(["run", "--end-with-stdin"]);
    Ok(Started {
        command,
        line: serde_json::to_string(&plan)?,
        sizes: BTreeMap::new(),
    })
}
