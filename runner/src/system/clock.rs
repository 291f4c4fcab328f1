//! The monotonic clock, measured: the one both engines read (`CLOCK_MONOTONIC` on Linux, the performance counter on Windows).

use std::time::Instant;

use serde::{Deserialize, Serialize};

/// How finely the clock tells time, and what looking at it costs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// Smallest difference of two reads that was not zero.
    pub step_ns: f64,
    /// One read and keeping what it gave; the median over batches, so that an interrupted one does not count.
    pub read_ns: f64,
}

const READS: usize = 1000;
const BATCHES: usize = 21;

/// Takes a few milliseconds.
pub fn measure() -> Option<Clock> {
    let mut batches = [0.0; BATCHES];
    let mut step_ns = f64::INFINITY;
    let mut reads = Vec::with_capacity(READS);
    for batch in &mut batches {
        reads.clear();
        let start = Instant::now();
        for _ in 0..READS {
            reads.push(Instant::now());
        }
        let end = reads.last()?.duration_since(start).as_nanos() as f64;
        *batch = end / READS as f64;
        if let Some(step) =
            smallest_step(reads.iter().map(|at| at.duration_since(start).as_nanos()))
        {
            step_ns = step_ns.min(step as f64);
        }
    }
    batches.sort_by(f64::total_cmp);
    step_ns.is_finite().then_some(Clock {
        step_ns,
        read_ns: batches[BATCHES / 2],
    })
}

/// The smallest difference of neighbours that is not zero.
fn smallest_step(times: impl Iterator<Item = u128> + Clone) -> Option<u128> {
    times
        .clone()
        .zip(times.skip(1))
        .map(|(earlier, later)| later.saturating_sub(earlier))
        .filter(|step| *step > 0)
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_step_is_not_zero() {
        let step = |times: &[u128]| smallest_step(times.iter().copied());
        assert_eq!(step(&[0, 0, 40, 40, 60, 160]), Some(20));
        assert_eq!(step(&[7, 7, 7]), None);
        assert_eq!(step(&[]), None);
    }

    #[test]
    fn the_clock_of_this_machine_has_a_step() {
        assert!(measure().is_some_and(|clock| clock.step_ns > 0.0));
    }
}
