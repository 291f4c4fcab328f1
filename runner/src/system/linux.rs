//! Linux: `/proc`, `/sys`, process groups.

use std::fs::read_to_string;
use std::process::{Child, Command};

use super::Probes;

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
        governor: first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        transparent_huge_pages: first_line("/sys/kernel/mm/transparent_hugepage/enabled")
            .and_then(|modes| bracketed(&modes)),
        steal_percent: read_to_string("/proc/stat")
            .ok()
            .and_then(|stat| steal_percent(&stat)),
    }
}

/// CPUs this process may run on: `Cpus_allowed_list` of `/proc/self/status` (proc(5)).
pub fn allowed_cpus() -> Vec<usize> {
    let status = read_to_string("/proc/self/status").unwrap_or_default();
    let list = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    list.map(cpu_list).unwrap_or_default()
}

/// `0-2,7` -> 0, 1, 2, 7.
fn cpu_list(text: &str) -> Vec<usize> {
    let range = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to): (usize, usize) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        Some(from..=to)
    };
    text.split(',').filter_map(range).flatten().collect()
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

fn first_line(path: &str) -> Option<String> {
    let text = read_to_string(path).ok()?;
    let line = text.lines().next()?.trim();
    (!line.is_empty()).then(|| line.to_string())
}

/// `always [madvise] never` -> `madvise`.
fn bracketed(modes: &str) -> Option<String> {
    Some(modes.split_once('[')?.1.split_once(']')?.0.to_string())
}

/// Share of all CPU time since boot that was stolen: eighth number of the `cpu` line of `/proc/stat` (proc(5)).
fn steal_percent(stat: &str) -> Option<f64> {
    let line = stat.lines().find_map(|line| line.strip_prefix("cpu "))?;
    let ticks: Vec<f64> = line
        .split_whitespace()
        .filter_map(|number| number.parse().ok())
        .collect();
    let total: f64 = ticks.get(..8)?.iter().sum();
    (total > 0.0).then(|| 100.0 * ticks[7] / total)
}

/// Ends a process that was started as the leader of its own group, with everything it has started.
pub fn stop_tree(child: &mut Child) {
    let _ = Command::new("kill")
        .args(["-KILL", "--", &format!("-{}", child.id())])
        .status();
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steal_is_the_eighth_number() {
        let stat = "cpu  10 0 10 60 0 0 0 20 5 0\ncpu0 1 2 3\n";
        assert_eq!(steal_percent(stat), Some(20.0));
        assert_eq!(steal_percent("cpu  1 2\n"), None);
        assert_eq!(steal_percent(""), None);
    }

    #[test]
    fn cpu_lists() {
        assert_eq!(cpu_list("\t0-2,7\n"), [0, 1, 2, 7]);
        assert_eq!(cpu_list("3"), [3]);
        assert!(cpu_list("").is_empty());
    }

    #[test]
    fn huge_page_mode() {
        assert_eq!(
            bracketed("always [madvise] never").as_deref(),
            Some("madvise")
        );
        assert_eq!(bracketed("madvise"), None);
    }
}
