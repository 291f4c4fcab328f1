//! The machine a run was made on: what is recorded, and the class that decides which runs belong to one series.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};

use crate::system;

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
}

impl Environment {
    /// The machine this program runs on.
    pub fn probe() -> Environment {
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
            steal_percent: probes.steal_percent,
        }
    }
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
fn slug(text: &str) -> String {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_string)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_what_makes_runs_comparable() {
        let environment = Environment::probe();
        assert!(
            environment
                .class
                .starts_with(&format!("{}-", environment.os)),
            "{}",
            environment.class
        );
        assert!(
            environment
                .class
                .contains(&format!("{}cpu", environment.logical_cpus)),
            "{}",
            environment.class
        );
        assert_eq!(slug("AMD EPYC(tm) 7B13  2cpu"), "amd-epyc-tm-7b13-2cpu");
    }
}
