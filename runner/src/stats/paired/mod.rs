//! The paired engine's samples: which rounds were quiet, what a launch says of two entries of a group, what all launches say,
//! and which word that deserves. Pure functions of samples.

pub mod blocks;
pub mod columns;
pub mod compare;
mod gate;
mod launch;
pub mod levels;
pub mod rows;
#[cfg(test)]
pub(crate) mod simulated;
#[cfg(test)]
mod tests;
pub mod verdicts;

/// Smallest relative effect that counts inside a run, and across runs.
pub const DELTA: f64 = 0.01;
pub const DELTA_ACROSS: f64 = 0.02;
/// Smallest difference that counts, nanoseconds: with enough placements in one run, and otherwise.
pub const EPSILON: f64 = 0.1;
pub const EPSILON_WIDE: f64 = 0.3;
/// Placements from which the narrow bound holds.
pub const REPLICAS_ENOUGH: usize = 8;
/// Level of every verdict, after Holm.
pub const LEVEL: f64 = 0.05;
