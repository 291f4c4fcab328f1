//! Linux's own files as text: parsers without a file system, so that every form of them can be tested on any machine.

use serde::{Deserialize, Serialize};

/// Time of all CPUs since boot, in clock ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CpuTicks {
    pub total: u64,
    /// Given to others by the hypervisor while a CPU here had work.
    pub stolen: u64,
}

impl CpuTicks {
    /// Share of stolen time in percent; `None` when no time has passed.
    pub fn steal_percent(self) -> Option<f64> {
        (self.total > 0).then(|| 100.0 * self.stolen as f64 / self.total as f64)
    }

    /// What has passed since `earlier`; `None` when the counters began again in between (another boot).
    pub fn since(self, earlier: CpuTicks) -> Option<CpuTicks> {
        Some(CpuTicks {
            total: self.total.checked_sub(earlier.total)?,
            stolen: self.stolen.checked_sub(earlier.stolen)?,
        })
    }
}

/// The `cpu` line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal; guest time, which follows, is in user
/// already (proc(5)).
pub fn cpu_ticks(stat: &str) -> Option<CpuTicks> {
    let line = stat.lines().find_map(|line| line.strip_prefix("cpu "))?;
    let ticks: Vec<u64> = line
        .split_whitespace()
        .map_while(|number| number.parse().ok())
        .collect();
    Some(CpuTicks {
        total: ticks.get(..8)?.iter().sum(),
        stolen: ticks[7],
    })
}

/// `0-2,7` -> 0, 1, 2, 7.
pub fn cpu_list(text: &str) -> Vec<usize> {
    let range = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to): (usize, usize) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        Some(from..=to)
    };
    text.split(',').filter_map(range).flatten().collect()
}

/// `always [madvise] never` -> `madvise`.
pub fn bracketed(modes: &str) -> Option<String> {
    Some(modes.split_once('[')?.1.split_once(']')?.0.to_string())
}

/// `/proc/self/cgroup` -> (controllers, path); version 2 has one line, without controllers (cgroups(7)).
pub fn cgroups(text: &str) -> Vec<(&str, &str)> {
    text.lines()
        .filter_map(|line| {
            let mut parts = line.splitn(3, ':').skip(1);
            Some((parts.next()?, parts.next()?))
        })
        .collect()
}

/// CPUs' worth of time that `cpu.max` allows: `200000 100000` -> 2; `None` for `max`.
pub fn cpu_max(text: &str) -> Option<f64> {
    let (quota, period) = text.trim().split_once(' ')?;
    cpu_quota(quota, period)
}

/// The same from version 1's two files; a quota of -1 is no limit.
pub fn cpu_quota(quota: &str, period: &str) -> Option<f64> {
    let (quota, period): (f64, f64) = (quota.trim().parse().ok()?, period.trim().parse().ok()?);
    (quota > 0.0 && period > 0.0).then(|| quota / period)
}

/// Bytes that `memory.max` or version 1's `memory.limit_in_bytes` allow; `None` for `max`, and for version 1's way to say the
/// same, the largest number of whole pages.
pub fn memory_max(text: &str) -> Option<u64> {
    const NO_LIMIT: u64 = 1 << 62;
    text.trim()
        .parse()
        .ok()
        .filter(|bytes: &u64| *bytes < NO_LIMIT)
}

/// Whether `perf stat -x, -e cycles` counted: its line begins with the count, `<not supported>` or `<not counted>`. `None` when
/// it says something else, as it does when it may not look.
pub fn perf_counted(output: &str) -> Option<bool> {
    // count, unit, event: `cycles`, `cycles:u`, `cpu_core/cycles/`.
    let count = output.lines().find_map(|line| {
        let mut fields = line.split(',');
        let count = fields.next()?;
        fields.nth(1)?.contains("cycles").then_some(count)
    })?;
    if count.starts_with("<not ") {
        return Some(false);
    }
    count.parse::<u64>().ok().map(|cycles| cycles > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steal_is_the_eighth_number_and_guest_time_is_not_counted_twice() {
        let stat = "cpu  10 0 10 60 0 0 0 20 5 5\ncpu0 1 2 3\n";
        let ticks = cpu_ticks(stat).unwrap();
        assert_eq!((ticks.total, ticks.stolen), (100, 20));
        assert_eq!(ticks.steal_percent(), Some(20.0));
        assert_eq!(cpu_ticks("cpu  1 2\n"), None);
        assert_eq!(cpu_ticks("cpu  1 2 3 4 5 x 7 8\n"), None);
        assert_eq!(cpu_ticks(""), None);
    }

    #[test]
    fn steal_between_two_looks() {
        let ticks = |total, stolen| CpuTicks { total, stolen };
        let passed = ticks(1200, 15).since(ticks(1000, 5)).unwrap();
        assert_eq!(passed.steal_percent(), Some(5.0));
        assert_eq!(
            ticks(100, 0).since(ticks(1000, 5)),
            None,
            "booted in between"
        );
        assert_eq!(ticks(0, 0).steal_percent(), None);
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

    #[test]
    fn control_groups_of_both_versions() {
        assert_eq!(
            cgroups("0::/user.slice/a:b\n"),
            [("", "/user.slice/a:b")],
            "a path may hold colons"
        );
        assert_eq!(
            cgroups("4:cpu,cpuacct:/docker/1\n3:name=systemd:/\n"),
            [("cpu,cpuacct", "/docker/1"), ("name=systemd", "/")]
        );
        assert!(cgroups("nonsense\n").is_empty());
    }

    #[test]
    fn limits_of_control_groups() {
        assert_eq!(cpu_max("150000 100000\n"), Some(1.5));
        assert_eq!(cpu_max("max 100000\n"), None);
        assert_eq!(cpu_max(""), None);
        assert_eq!(cpu_quota("-1\n", "100000\n"), None);
        assert_eq!(cpu_quota("50000\n", "100000\n"), Some(0.5));
        assert_eq!(memory_max("536870912\n"), Some(536_870_912));
        assert_eq!(memory_max("max\n"), None);
        assert_eq!(memory_max("9223372036854771712\n"), None);
    }

    #[test]
    fn what_perf_says_of_cycles() {
        assert_eq!(
            perf_counted("1234567,,cycles,500000,100.00,,\n"),
            Some(true)
        );
        assert_eq!(perf_counted("812,,cycles:u,500000,100.00,,\n"), Some(true));
        assert_eq!(
            perf_counted("99,,cpu_core/cycles/,500000,100.00,,\n"),
            Some(true)
        );
        assert_eq!(
            perf_counted("<not supported>,,cycles,0,100.00,,\n"),
            Some(false)
        );
        assert_eq!(
            perf_counted("<not counted>,,cycles:u,0,0.00,,\n"),
            Some(false)
        );
        assert_eq!(
            perf_counted("Error: Access to performance monitoring is limited\n"),
            None
        );
    }
}
