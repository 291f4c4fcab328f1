//! The machine a run was made on: what is recorded, and the class that decides which runs belong to one series.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};

use crate::system::{self, Clock, Counters, CpuTicks, Limits};

/// Steal is looked at for this long: with 100 ticks a second and CPU, half a percent is seen on two CPUs.
const STEAL_SAMPLE: Duration = Duration::from_secs(1);

/// Facts about a machine. What could not be found out is absent, and a report says "unknown".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Environment {
    /// Slug of operating system, architecture, CPU model, logical CPUs, hypervisor or metal.
    pub class: String,
    /// `linux`, `windows`, `macos`.
    pub os: String,
    /// As the system names itself: `Debian GNU/Linux 12`.
    pub os_version: Option<String>,
    pub kernel: Option<String>,
    pub arch: String,
    pub cpu: String,
    pub logical_cpus: usize,
    pub memory_mib: u64,
    /// `kvm`, `hyperv`, ...; `metal` when the CPU reports no hypervisor.
    pub hypervisor: Option<String>,
    pub microcode: Option<String>,
    pub governor: Option<String>,
    pub transparent_huge_pages: Option<String>,
    /// Mean number of runnable tasks in the minute before the run.
    pub load_1m: Option<f64>,
    /// Share of time that the hypervisor gave to others since boot, in percent.
    pub steal_percent: Option<f64>,
    /// The same over a second at the time of the probe.
    pub steal_sample_percent: Option<f64>,
    /// Counters at the time of the probe: two probes tell what was stolen in between.
    pub cpu_ticks: Option<CpuTicks>,
    /// What the kernel makes its clock from: `tsc`, `kvm-clock`.
    pub clock_source: Option<String>,
    /// The monotonic clock, measured.
    pub clock: Option<Clock>,
    /// Whether the CPU may run above its nominal frequency.
    pub boost: Option<bool>,
    /// `on`, `off`, `forceoff`, `notsupported`.
    pub smt: Option<String>,
    pub pinning: Option<Pinning>,
    pub counters: Option<Counters>,
    /// Linux's `randomize_va_space`: 0 off, 1 without the heap, 2 all.
    pub address_randomization: Option<u8>,
    /// What a container or service manager allows.
    pub limits: Option<Limits>,
    pub memory_available_mib: Option<u64>,
}

/// Where the measured processes may run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pinning {
    /// CPUs this process may use.
    pub allowed: Vec<usize>,
    /// The one it would pin to; `None` with a single CPU.
    pub cpu: Option<usize>,
    /// Whether the program that pins is installed.
    pub taskset: bool,
}

impl Environment {
    /// The machine this program runs on. Takes a second, for the sample of steal.
    pub fn probe() -> Environment {
        let before = (system::cpu_ticks(), Instant::now());
        let system = System::new_with_specifics(
            RefreshKind::new()
                .with_cpu(CpuRefreshKind::new())
                .with_memory(MemoryRefreshKind::everything()),
        );
        let probes = system::probes();
        let cpu = system.cpus().first().map_or_else(
            || "unknown cpu".to_string(),
            |cpu| cpu.brand().trim().to_string(),
        );
        let logical_cpus = system.cpus().len();
        let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
        let host = probes.hypervisor.as_deref().unwrap_or("unknown");
        let clock = system::measure_clock();
        std::thread::sleep(STEAL_SAMPLE.saturating_sub(before.1.elapsed()));
        let ticks = system::cpu_ticks();
        Environment {
            class: slug(&format!("{os} {arch} {cpu} {logical_cpus}cpu {host}")),
            os: os.to_string(),
            os_version: System::long_os_version().map(|version| version.trim().to_string()),
            kernel: System::kernel_version(),
            arch: arch.to_string(),
            cpu,
            logical_cpus,
            memory_mib: system.total_memory() / (1024 * 1024),
            hypervisor: probes.hypervisor,
            microcode: probes.microcode,
            governor: probes.governor,
            transparent_huge_pages: probes.transparent_huge_pages,
            load_1m: Some(System::load_average().one),
            steal_percent: ticks.and_then(CpuTicks::steal_percent),
            steal_sample_percent: ticks
                .zip(before.0)
                .and_then(|(now, before)| now.since(before)?.steal_percent()),
            cpu_ticks: ticks,
            clock_source: probes.clock_source,
            clock,
            boost: probes.boost,
            smt: probes.smt,
            pinning: Some(Pinning {
                allowed: system::allowed_cpus(),
                cpu: system::measuring_cpu(),
                taskset: system::find_program("taskset").is_some(),
            }),
            counters: probes.counters,
            address_randomization: probes.address_randomization,
            limits: probes.limits,
            memory_available_mib: Some(system.available_memory() / (1024 * 1024)),
        }
    }

    /// `metal`, or `virtual` and by whom; `None` where that is not known. A guest of KVM may not say so, but its clock does.
    pub fn host(&self) -> Option<String> {
        let name = self.hypervisor.as_deref()?;
        Some(match (name, self.clock_source.as_deref()) {
            ("metal", _) => "metal".to_string(),
            ("unknown", Some("kvm-clock")) => "virtual, kvm by its clock".to_string(),
            ("unknown", _) => "virtual, hypervisor unknown".to_string(),
            (name, _) => format!("virtual, {name}"),
        })
    }

    /// What should not change while a run goes on: name and value. Load, steal, free memory and the clock's cost are noise.
    pub fn steady(&self) -> Vec<(&'static str, String)> {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".to_string());
        let limits = self.limits.as_ref();
        vec![
            ("environment class", self.class.clone()),
            ("system", text(&self.os_version)),
            ("kernel", text(&self.kernel)),
            ("microcode", text(&self.microcode)),
            ("memory", format!("{} MiB", self.memory_mib)),
            ("frequency governor", text(&self.governor)),
            ("boost", text(&self.boost.map(on_off))),
            ("SMT", text(&self.smt)),
            ("clock source", text(&self.clock_source)),
            ("transparent huge pages", text(&self.transparent_huge_pages)),
            (
                "address randomization",
                text(&self.address_randomization.map(|level| level.to_string())),
            ),
            (
                "allowed CPUs",
                text(&self.pinning.as_ref().map(|pinning| cpus(&pinning.allowed))),
            ),
            (
                "CPU limit",
                text(&limits.map(|limits| limit(limits.cpus, "CPUs"))),
            ),
            (
                "memory limit",
                text(&limits.map(|limits| limit(limits.memory_mib, "MiB"))),
            ),
        ]
    }

    /// What differs in `later`: name, value before, value after.
    pub fn changes(&self, later: &Environment) -> Vec<(&'static str, String, String)> {
        self.steady()
            .into_iter()
            .zip(later.steady())
            .filter(|(before, after)| before != after)
            .map(|((name, before), (_, after))| (name, before, after))
            .collect()
    }

    /// Share of stolen time between this probe and a later one of the same boot, in percent.
    pub fn steal_until(&self, later: &Environment) -> Option<f64> {
        later.cpu_ticks?.since(self.cpu_ticks?)?.steal_percent()
    }
}

pub fn on_off(on: bool) -> String {
    if on { "on" } else { "off" }.to_string()
}

/// A limit of a container; `none` where there is none.
pub fn limit<T: std::fmt::Display>(limit: Option<T>, unit: &str) -> String {
    limit.map_or_else(|| "none".to_string(), |limit| format!("{limit} {unit}"))
}

/// 0, 1, 2, 7 -> `0-2,7`.
pub fn cpus(list: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for cpu in list {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *cpu => *last = *cpu,
            _ => ranges.push((*cpu, *cpu)),
        }
    }
    let ranges = ranges.iter().map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    });
    ranges.collect::<Vec<String>>().join(",")
}

impl Environment {
    /// What an imported file says of its machine; the rest is unknown.
    pub fn imported(host: &BTreeMap<String, String>) -> Environment {
        let get = |name: &str| host.get(name).cloned();
        Environment {
            class: "imported".to_string(),
            os: get("OsVersion").unwrap_or_else(|| "unknown".to_string()),
            arch: get("Architecture").unwrap_or_else(|| "unknown".to_string()),
            cpu: get("ProcessorName").unwrap_or_else(|| "unknown cpu".to_string()),
            logical_cpus: get("LogicalCoreCount")
                .and_then(|count| count.parse().ok())
                .unwrap_or(0),
            hypervisor: get("HypervisorName"),
            ..Environment::default()
        }
    }
}

/// Lower-case words joined by `-`.
pub fn slug(text: &str) -> String {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_string)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests;
