//! What one launch says of two entries of a group, from its quiet rounds.

use super::blocks::{Block, Group, Launch};
use super::gate::{Gate, counts};
use super::levels::Stored;
use crate::sample::{LEAD_IN, Role};
use crate::stats::median::{mean, median_of};
use crate::stats::quantile::{ascending, quantile};

/// The best placement is this quantile over replicas: the fastest of sixteen is luck.
const BEST: f64 = 0.10;

/// Index from 0 of the replica that a round belongs to, whatever numbers the samples give it.
pub fn replica(group: &Group, launch: &Launch, round: usize) -> usize {
    launch.replicas[round].map_or(round % group.replicas, |replica| replica as usize)
}

/// One launch's view of entry A beside entry B.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// ln(A / B), the mean over placements.
    pub ln_ratio: f64,
    /// The same at the best placement of each; `None` where it has no meaning (an allocating entry, no clock probe).
    pub ln_best: Option<f64>,
    /// A - B, nanoseconds per call.
    pub difference_ns: f64,
    /// The same in cycles of the clock probe.
    pub difference_cycles: Option<f64>,
}

impl Pair {
    /// What launches of one build say together.
    pub fn together(pairs: &[Pair]) -> Option<Pair> {
        let of = |value: fn(&Pair) -> f64| mean(&pairs.iter().map(value).collect::<Vec<_>>());
        let all = |value: fn(&Pair) -> Option<f64>| {
            let values: Option<Vec<f64>> = pairs.iter().map(value).collect();
            mean(&values?)
        };
        Some(Pair {
            ln_ratio: of(|pair| pair.ln_ratio)?,
            ln_best: all(|pair| pair.ln_best),
            difference_ns: of(|pair| pair.difference_ns)?,
            difference_cycles: all(|pair| pair.difference_cycles),
        })
    }
}

/// View of one launch.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub group: &'a Group,
    pub launch: &'a Launch,
    pub gate: &'a Gate,
    /// One replica instead of all of them.
    pub only: Option<usize>,
}

impl View<'_> {
    /// Medians over the quiet rounds of each replica that has enough of them of what `value` makes of a round.
    fn per_replica(&self, value: impl Fn(usize) -> Option<f64>) -> Vec<f64> {
        let mut values: Vec<Vec<f64>> = vec![Vec::new(); self.group.replicas];
        for round in (0..self.launch.rounds()).filter(|round| self.gate.quiet[*round]) {
            if let Some(value) = value(round).filter(|value| value.is_finite()) {
                values[replica(self.group, self.launch, round)].push(value);
            }
        }
        let only = |at: &usize| self.only.is_none_or(|only| only == *at);
        let of = values.into_iter().enumerate();
        of.filter(|(at, _)| only(at))
            .map(|(_, values)| values)
            .filter(|values| !values.is_empty() && counts(values.len(), self.group.planned))
            .filter_map(median_of)
            .collect()
    }

    fn block(&self, entry: usize, round: usize) -> Option<Block> {
        self.launch.blocks[entry][round]
    }

    /// What is stored of one entry, where the rounds are not at hand.
    fn stored(&self, entry: usize) -> Option<Stored> {
        let levels = self.launch.levels.as_ref()?;
        Some(levels.of(entry, self.only))
    }

    /// Mean over placements of the medians of ns per call.
    pub fn ns(&self, entry: usize) -> Option<f64> {
        if let Some(stored) = self.stored(entry) {
            return stored.ns;
        }
        mean(&self.per_replica(|round| Some(self.block(entry, round)?.ns)))
    }

    /// ns per call of an allocating entry: the median over quiet blocks without a collection, and the collections' pauses over all
    /// its calls, lead-ins included. A collection falls in the block of whoever took the memory, because one thread does it all.
    pub fn allocating_ns(&self, entry: usize) -> Option<f64> {
        if let Some(stored) = self.stored(entry) {
            return stored.ns;
        }
        let blocks = || {
            (0..self.launch.rounds()).filter_map(|round| Some((round, self.block(entry, round)?)))
        };
        let free = blocks()
            .filter(|(round, block)| self.gate.quiet[*round] && block.collections == 0)
            .map(|(_, block)| block.ns);
        let undisturbed = median_of(free.collect())?;
        let (mut pause, mut calls) = (0.0, 0.0);
        for (_, block) in blocks() {
            pause += block.pause_ns;
            calls += block.calls as f64 + (block.calls as f64 * LEAD_IN).floor().max(1.0);
        }
        Some(undisturbed + pause / calls)
    }

    /// Mean over placements of the medians of ln ns.
    pub fn ln_ns(&self, entry: usize) -> Option<f64> {
        if let Some(stored) = self.stored(entry) {
            return stored.ln_ns;
        }
        mean(&self.per_replica(|round| Some(self.block(entry, round)?.ns.ln())))
    }

    /// Mean over placements of the medians of ln (ns / clock probe).
    pub fn ln_over_clock(&self, entry: usize) -> Option<f64> {
        if let Some(stored) = self.stored(entry) {
            return stored.ln_over_clock;
        }
        mean(&self.over_clock(entry)?)
    }

    fn over_clock(&self, entry: usize) -> Option<Vec<f64>> {
        let clock = self.group.entry(Role::Clock)?;
        Some(self.per_replica(|round| {
            Some((self.block(entry, round)?.ns / self.block(clock, round)?.ns).ln())
        }))
    }

    pub fn pair(&self, a: usize, b: usize) -> Option<Pair> {
        if let Some(levels) = &self.launch.levels {
            return levels.pair(a, b, self.only);
        }
        let both = |round: usize| Some((self.block(a, round)?.ns, self.block(b, round)?.ns));
        let clock = self.group.entry(Role::Clock);
        let ln_ratio = mean(&self.per_replica(|round| both(round).map(|(a, b)| a.ln() - b.ln())))?;
        let difference_ns = mean(&self.per_replica(|round| both(round).map(|(a, b)| a - b)))?;
        let difference_cycles = clock.and_then(|clock| {
            mean(&self.per_replica(|round| {
                let (a, b) = both(round)?;
                Some((a - b) / self.block(clock, round)?.ns)
            }))
        });
        let best = |entry| {
            let medians = ascending(self.over_clock(entry)?);
            (!medians.is_empty()).then(|| quantile(&medians, BEST))
        };
        Some(Pair {
            ln_ratio,
            ln_best: best(a).zip(best(b)).map(|(a, b)| a - b),
            difference_ns,
            difference_cycles,
        })
    }

    /// The same where one of both takes memory.
    pub fn allocating_pair(&self, a: usize, b: usize) -> Option<Pair> {
        if let Some(levels) = &self.launch.levels {
            return levels.pair(a, b, self.only);
        }
        let (a, b) = (self.allocating_ns(a)?, self.allocating_ns(b)?);
        Some(Pair {
            ln_ratio: (a / b).ln(),
            ln_best: None,
            difference_ns: a - b,
            difference_cycles: None,
        })
    }
}
