//! Which rounds count: decided by the probes, never by a variant's own value.

use super::blocks::{Group, Launch};
use crate::sample::Role;
use crate::stats::quantile::{ascending, quantile};

/// The probes' floor is this quantile: what they take undisturbed, but for luck.
const FLOOR: f64 = 0.05;
/// Wide probe over clock probe, by its floor over the whole run: a neighbour on the same core slows independent work.
const QUIET: f64 = 1.05;
/// Clock probe by its own floor in the launch: beyond it the CPU was taken away, from both probes.
const ON_CLOCK: f64 = 1.1;
/// Rounds are hit one by one, too (a timer tick): the median of fewer is not that of the code.
const QUIET_PER_REPLICA: usize = 8;
const USABLE_REPLICAS: f64 = 0.75;
const QUIET_ENOUGH: usize = 30;

/// The quiet rounds of a launch, and whether they suffice.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    pub quiet: Vec<bool>,
    pub usable: bool,
}

impl Gate {
    pub fn quiet_rounds(&self) -> usize {
        self.quiet.iter().filter(|quiet| **quiet).count()
    }
}

/// Per round: whether the clock probe was on its floor, and wide over clock.
type Probed = Vec<(bool, f64)>;

fn probes(group: &Group, launch: &Launch) -> Option<Probed> {
    let (clock, wide) = (group.entry(Role::Clock)?, group.entry(Role::Wide)?);
    let of = |entry: usize| {
        let blocks = launch.blocks[entry].iter();
        blocks
            .map(|block| block.map_or(f64::INFINITY, |block| block.ns))
            .collect::<Vec<f64>>()
    };
    let (clock, wide) = (of(clock), of(wide));
    let sorted = ascending(clock.clone());
    let bound = ON_CLOCK * quantile(&sorted, FLOOR);
    let rounds = clock.iter().zip(&wide);
    Some(
        rounds
            .map(|(clock, wide)| (*clock < bound, wide / clock))
            .collect(),
    )
}

/// Gates of every launch of every group, `[group][launch]`; the floor is that of the whole run. Without probes every round counts.
pub fn gates(groups: &[Group]) -> Vec<Vec<Gate>> {
    let probed: Vec<Vec<Option<Probed>>> = groups
        .iter()
        .map(|group| {
            let launches = group.launches.iter();
            launches
                .map(|launch| {
                    (launch.rounds() > 0)
                        .then(|| probes(group, launch))
                        .flatten()
                })
                .collect()
        })
        .collect();
    let quotients: Vec<f64> = probed
        .iter()
        .flatten()
        .flatten()
        .flatten()
        .filter(|(on_clock, quotient)| *on_clock && quotient.is_finite())
        .map(|(_, quotient)| *quotient)
        .collect();
    let bound = if quotients.is_empty() {
        f64::INFINITY
    } else {
        QUIET * quantile(&ascending(quotients), FLOOR)
    };
    groups
        .iter()
        .zip(&probed)
        .map(|(group, launches)| {
            let pairs = group.launches.iter().zip(launches);
            pairs
                .map(|(launch, probes)| gate(group, launch, probes.as_deref(), bound))
                .collect()
        })
        .collect()
}

fn gate(group: &Group, launch: &Launch, probes: Option<&[(bool, f64)]>, bound: f64) -> Gate {
    let calm = |round: usize| {
        probes.is_none_or(|probes| {
            let (on_clock, quotient) = probes[round];
            on_clock && quotient < bound
        })
    };
    let rounds = launch.rounds();
    // A quiet round has quiet neighbours: what disturbs lasts longer than a round.
    let quiet: Vec<bool> = (0..rounds)
        .map(|round| {
            let from = round.saturating_sub(1);
            let to = (round + 2).min(rounds);
            (from..to).all(calm)
        })
        .collect();
    let mut per_replica = vec![0; group.replicas];
    for (round, _) in quiet.iter().enumerate().filter(|(_, quiet)| **quiet) {
        per_replica[super::launch::replica(group, launch, round)] += 1;
    }
    let count: usize = per_replica.iter().sum();
    let enough = per_replica
        .iter()
        .filter(|count| counts(**count, group.planned))
        .count();
    let usable = count > 0
        && count >= QUIET_ENOUGH.min(group.planned / 2)
        && enough as f64 >= USABLE_REPLICAS * group.replicas as f64;
    Gate { quiet, usable }
}

/// A replica counts in an estimate with so many quiet rounds.
pub fn counts(quiet_rounds: usize, planned: usize) -> bool {
    quiet_rounds >= QUIET_PER_REPLICA.min(planned.max(1))
}
