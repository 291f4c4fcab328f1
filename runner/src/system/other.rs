//! Systems without probes of their own yet: what is not known is said to be unknown.

use std::process::Child;

use super::{CpuTicks, Probes};

pub fn probes() -> Probes {
    Probes::default()
}

/// All CPUs there are: affinity is not known here.
pub fn allowed_cpus() -> Vec<usize> {
    (0..std::thread::available_parallelism().map_or(1, usize::from)).collect()
}

/// Not known to be that of another process.
pub fn monotonic_ns() -> Option<u64> {
    None
}

pub fn cpu_ticks() -> Option<CpuTicks> {
    None
}

/// Ends the process; its children end when their pipes close.
pub fn stop_tree(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}
