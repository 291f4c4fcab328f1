//! What differs between operating systems: library names, pinning, stopping a process with its children, machine probes.
//! One small module per system; Linux x64 is the one that is tested.

#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod current;
#[cfg(not(target_os = "linux"))]
#[path = "other.rs"]
mod current;

mod clock;
#[cfg_attr(
    not(target_os = "linux"),
    allow(
        dead_code,
        reason = "only Linux has these files; the parsers are tested everywhere"
    )
)]
mod parse;

pub use clock::Clock;
pub use clock::measure as measure_clock;
pub use current::{allowed_cpus, cpu_ticks, monotonic_ns, probes, stop_tree};
pub use parse::CpuTicks;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

/// Facts that only the operating system's own files tell; absent when unknown.
#[derive(Debug, Default)]
pub struct Probes {
    pub hypervisor: Option<String>,
    pub microcode: Option<String>,
    pub governor: Option<String>,
    pub transparent_huge_pages: Option<String>,
    pub clock_source: Option<String>,
    pub boost: Option<bool>,
    pub smt: Option<String>,
    pub address_randomization: Option<u8>,
    pub counters: Option<Counters>,
    pub limits: Option<Limits>,
}

/// Whether hardware counters (cycles, instructions) can be had.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counters {
    /// Linux's `perf_event_paranoid`: from 3 on (Debian's patch) only root may count, from 2 on others not the kernel.
    pub paranoid: Option<i32>,
    /// Whether the kernel has found a CPU counter to drive.
    pub device: Option<bool>,
    /// Whether `perf stat` counted cycles; `None` without perf.
    pub counted: Option<bool>,
}

/// What a container or service manager allows; `None` is no limit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// CPUs' worth of time.
    pub cpus: Option<f64>,
    pub memory_mib: Option<u64>,
}

impl Limits {
    /// Takes over what is tighter.
    #[cfg(target_os = "linux")]
    fn tighten(&mut self, cpus: Option<f64>, memory_mib: Option<u64>) {
        self.cpus = self.cpus.into_iter().chain(cpus).reduce(f64::min);
        self.memory_mib = self.memory_mib.into_iter().chain(memory_mib).min();
    }
}

/// File name of a shared library as the system's linker makes it.
pub fn library_file(name: &str) -> String {
    format!(
        "{}{name}{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    )
}

/// A command for `program`, pinned to `cpu` where the system has a tool for it. Says whether it is pinned.
pub fn pinned(program: &Path, cpu: Option<usize>) -> (Command, bool) {
    if let Some((cpu, taskset)) = cpu.zip(find_program("taskset")) {
        let mut command = Command::new(taskset);
        command.arg("-c").arg(cpu.to_string()).arg(program);
        return (command, true);
    }
    (Command::new(program), false)
}

/// The CPU that measured processes are pinned to: the last one this process may use, because the first serves most interrupts.
/// `None` with a single CPU. Affinity masks of 64 bits end at 63.
pub fn measuring_cpu() -> Option<usize> {
    let allowed = allowed_cpus();
    (allowed.len() > 1)
        .then(|| allowed.into_iter().filter(|cpu| *cpu < 64).max())
        .flatten()
}

/// The full path of a program on PATH.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}
