//! Linux: `/proc`, `/sys`, process groups.

use std::fs::read_to_string;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use nix::sys::time::TimeValLike;
use nix::time::{ClockId, clock_gettime};

use super::parse::{self, CpuTicks};
use super::{Counters, Limits, Probes, find_program};

const CPUS: &str = "/sys/devices/system/cpu";
const CGROUPS: &str = "/sys/fs/cgroup";

pub fn probes() -> Probes {
    let cpuinfo = read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        cpuinfo
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.trim() == name)
            .map(|(_, value)| value.trim().to_string())
    };
    let flags = field("flags").unwrap_or_default();
    Probes {
        hypervisor: (!cpuinfo.is_empty())
            .then(|| hypervisor(flags.split(' ').any(|flag| flag == "hypervisor"))),
        microcode: field("microcode"),
        governor: first_line(&format!("{CPUS}/cpu0/cpufreq/scaling_governor")),
        transparent_huge_pages: first_line("/sys/kernel/mm/transparent_hugepage/enabled")
            .and_then(|modes| parse::bracketed(&modes)),
        clock_source: first_line(
            "/sys/devices/system/clocksource/clocksource0/current_clocksource",
        ),
        boost: boost(),
        smt: first_line(&format!("{CPUS}/smt/control")),
        address_randomization: first_line("/proc/sys/kernel/randomize_va_space")
            .and_then(|level| level.parse().ok()),
        counters: Some(counters()),
        limits: limits(),
    }
}

/// CPUs this process may run on: `Cpus_allowed_list` of `/proc/self/status` (proc(5)).
pub fn allowed_cpus() -> Vec<usize> {
    let status = read_to_string("/proc/self/status").unwrap_or_default();
    let list = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    list.map(parse::cpu_list).unwrap_or_default()
}

/// The clock of `Instant`, which .NET's `Stopwatch` reads too: times of two processes can be compared.
pub fn monotonic_ns() -> Option<u64> {
    let now = clock_gettime(ClockId::CLOCK_MONOTONIC).ok()?;
    u64::try_from(now.num_nanoseconds()).ok()
}

/// Time of all CPUs since boot.
pub fn cpu_ticks() -> Option<CpuTicks> {
    parse::cpu_ticks(&read_to_string("/proc/stat").ok()?)
}

/// The hypervisor's name where the firmware tells, else `unknown`; `metal` without the CPU's hypervisor flag.
fn hypervisor(flagged: bool) -> String {
    if !flagged {
        return "metal".to_string();
    }
    let vendor = first_line("/sys/class/dmi/id/sys_vendor")
        .unwrap_or_default()
        .to_lowercase();
    let product = first_line("/sys/class/dmi/id/product_name")
        .unwrap_or_default()
        .to_lowercase();
    [
        ("qemu", "kvm"),
        ("google", "kvm"),
        ("amazon", "kvm"),
        ("microsoft", "hyperv"),
        ("vmware", "vmware"),
        ("xen", "xen"),
    ]
    .iter()
    .find(|(needle, _)| vendor.contains(needle) || product.contains(needle))
    .map_or("unknown", |(_, name)| name)
    .to_string()
}

/// Intel's driver says whether boost is off, the others whether it is on.
fn boost() -> Option<bool> {
    let switch = |path: String, on: &str| first_line(&path).map(|value| value == on);
    switch(format!("{CPUS}/intel_pstate/no_turbo"), "0")
        .or_else(|| switch(format!("{CPUS}/cpufreq/boost"), "1"))
}

fn counters() -> Counters {
    let devices = std::fs::read_dir("/sys/bus/event_source/devices");
    // `cpu`; `cpu_core` and `cpu_atom` where a processor has both kinds; `armv8_pmuv3_0` and the like.
    let is_cpu = |name: &str| name == "cpu" || name.starts_with("cpu_") || name.starts_with("armv");
    Counters {
        paranoid: first_line("/proc/sys/kernel/perf_event_paranoid")
            .and_then(|level| level.parse().ok()),
        device: devices.ok().map(|devices| {
            devices
                .flatten()
                .any(|device| is_cpu(&device.file_name().to_string_lossy()))
        }),
        counted: perf_counts(),
    }
}

/// Whether `perf` can count cycles of a program that does nothing; `None` without perf.
fn perf_counts() -> Option<bool> {
    let output = Command::new(find_program("perf")?)
        .args(["stat", "-x,", "-e", "cycles", "--", "true"])
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    parse::perf_counted(&String::from_utf8_lossy(&output.stderr))
}

/// The tightest limits of the process's control groups, both versions; `None` where there is no control group to be seen.
fn limits() -> Option<Limits> {
    let own = read_to_string("/proc/self/cgroup").ok()?;
    let mut limits = Limits::default();
    let mut seen = false;
    let mut look = |mount: &str, path: &str| {
        // A limit of a parent holds for its children. In a container the path may be the host's, and then only the root is here.
        for group in Path::new(path.trim_start_matches('/')).ancestors() {
            let folder = Path::new(CGROUPS).join(mount).join(group);
            let read = |name: &str| read_to_string(folder.join(name)).ok();
            seen |= folder.is_dir();
            let cpus = read("cpu.max")
                .and_then(|text| parse::cpu_max(&text))
                .or_else(|| {
                    parse::cpu_quota(&read("cpu.cfs_quota_us")?, &read("cpu.cfs_period_us")?)
                });
            let memory = read("memory.max")
                .or_else(|| read("memory.limit_in_bytes"))
                .and_then(|text| parse::memory_max(&text));
            limits.tighten(cpus, memory.map(|bytes| bytes / (1024 * 1024)));
        }
    };
    for (controllers, path) in parse::cgroups(&own) {
        match controllers {
            "" => ["", "unified"].iter().for_each(|mount| look(mount, path)),
            _ if controllers
                .split(',')
                .any(|one| one == "cpu" || one == "memory") =>
            {
                look(controllers, path);
            }
            _ => {}
        }
    }
    seen.then_some(limits)
}

fn first_line(path: &str) -> Option<String> {
    let text = read_to_string(path).ok()?;
    let line = text.lines().next()?.trim();
    (!line.is_empty()).then(|| line.to_string())
}

/// Ends a process that was started as the leader of its own group, with everything it has started.
pub fn stop_tree(child: &mut Child) {
    let _ = Command::new("kill")
        .args(["-KILL", "--", &format!("-{}", child.id())])
        .status();
    let _ = child.kill();
    let _ = child.wait();
}
