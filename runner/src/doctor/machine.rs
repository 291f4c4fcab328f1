//! Facts about neighbours, memory, limits and the kernel.

use super::{Fact, Level};
use crate::environment::{Environment, limit};

pub fn facts(environment: &Environment) -> Vec<Fact> {
    vec![
        hypervisor(environment),
        steal("Steal since boot", environment.steal_percent, environment),
        steal("Steal now", environment.steal_sample_percent, environment),
        load(environment),
        memory(environment),
        limits(environment),
        huge_pages(environment),
        address_randomization(environment),
        kernel(environment),
    ]
}

/// Why a fact is missing: no file of it on Linux, no probe elsewhere.
pub fn missing(environment: &Environment, file: &str) -> String {
    if environment.os == "linux" {
        format!("{file} is not there, or says nothing")
    } else {
        format!("the lab has no probe for it on {} yet", environment.os)
    }
}

/// Two significant digits are enough for a size.
pub fn short(value: f64) -> String {
    if value >= 10.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.1}").trim_end_matches(".0").to_string()
    }
}

fn hypervisor(environment: &Environment) -> Fact {
    const NAME: &str = "Machine";
    match environment.host() {
        None => Fact::unknown(
            NAME,
            missing(environment, "/proc/cpuinfo"),
            "A virtual machine shares caches, frequency and sometimes the CPU with neighbours nobody sees.",
        ),
        Some(host) if host == "metal" => Fact::new(
            NAME,
            Level::Fine,
            host,
            "No hypervisor takes time away or moves this system between CPUs.",
        ),
        Some(host) => Fact::new(
            NAME,
            Level::Note,
            host,
            "Neighbours share caches, memory and frequency, and the host may move the CPUs: two runs an hour apart may \
             differ for a reason that nothing in here can see.",
        )
        .helped_by("compare within one run; for a series, a machine of its own or metal"),
    }
}

fn steal(name: &'static str, percent: Option<f64>, environment: &Environment) -> Fact {
    const MEANS: &str = "Time in which a CPU here had work and the hypervisor ran others: a sample it falls into is longer by it.";
    let Some(percent) = percent else {
        return Fact::unknown(name, missing(environment, "/proc/stat"), MEANS);
    };
    let value = format!("{percent:.2} %");
    let level = match percent {
        _ if percent >= 1.0 => Level::Warning,
        _ if percent >= 0.1 => Level::Note,
        _ => Level::Fine,
    };
    match level {
        Level::Fine if environment.hypervisor.as_deref() == Some("metal") => {
            Fact::new(name, level, value, "There is no hypervisor to steal time.")
        }
        Level::Fine => Fact::new(
            name,
            level,
            value,
            "None to speak of, as far as the hypervisor tells; some do not count it.",
        ),
        _ => Fact::new(name, level, value, MEANS).helped_by(
            "another time of day, dedicated CPUs, or metal; more launches make the interval honest",
        ),
    }
}

fn load(environment: &Environment) -> Fact {
    const NAME: &str = "Load";
    let Some(load) = environment.load_1m else {
        return Fact::unknown(
            NAME,
            missing(environment, "/proc/loadavg"),
            "Other work competes for CPU, caches and frequency.",
        );
    };
    let value = format!(
        "{load:.2} over the last minute, on {} CPUs",
        environment.logical_cpus
    );
    let share = load / environment.logical_cpus.max(1) as f64;
    if share <= 0.1 {
        return Fact::new(NAME, Level::Fine, value, "Next to nothing else runs here.");
    }
    let level = if share > 0.5 {
        Level::Warning
    } else {
        Level::Note
    };
    Fact::new(
        NAME,
        level,
        value,
        "Other work runs here, or did a moment ago (a build counts): it takes CPU, cache and frequency from what is measured.",
    )
    .helped_by("stop other work, wait a minute after a build")
}

fn memory(environment: &Environment) -> Fact {
    const NAME: &str = "Memory";
    // The .NET SDK's build is the largest thing that runs here; below this the system begins to drop its file cache.
    const SMALL_MIB: u64 = 1024;
    let total = format!("{} MiB", environment.memory_mib);
    match environment.memory_available_mib {
        None => Fact::unknown(
            NAME,
            missing(environment, "/proc/meminfo"),
            "A system short of memory swaps in mid-run.",
        ),
        Some(available) if available < SMALL_MIB => Fact::new(
            NAME,
            Level::Warning,
            format!("{total}, {available} MiB available"),
            "A system short of memory drops caches and swaps in mid-run.",
        )
        .helped_by("stop other programs, or a machine with more memory"),
        Some(available) => Fact::new(
            NAME,
            Level::Fine,
            format!("{total}, {available} MiB available"),
            "Enough that nothing is swapped out while something is measured.",
        ),
    }
}

fn limits(environment: &Environment) -> Fact {
    const NAME: &str = "Container limits";
    let Some(limits) = &environment.limits else {
        return Fact::unknown(
            NAME,
            missing(environment, "a control group below /sys/fs/cgroup"),
            "A CPU quota stops a process in the middle of a sample until the next period.",
        );
    };
    let value = format!(
        "CPU {}, memory {}",
        limit(limits.cpus, "CPUs"),
        limit(limits.memory_mib, "MiB")
    );
    match (limits.cpus, limits.memory_mib) {
        (Some(_), _) => Fact::new(
            NAME,
            Level::Warning,
            value,
            "The kernel stops the process in the middle of a sample when the quota of a period is used up.",
        )
        .helped_by("give whole CPUs instead of a quota (docker --cpuset-cpus, not --cpus)"),
        (None, Some(_)) => Fact::new(
            NAME,
            Level::Note,
            value,
            "The collector sizes its heap by the limit: collections may come at other points than elsewhere.",
        ),
        (None, None) => Fact::new(
            NAME,
            Level::Fine,
            "none",
            "No quota stops a process in the middle of a sample.",
        ),
    }
}

fn huge_pages(environment: &Environment) -> Fact {
    const NAME: &str = "Transparent huge pages";
    match environment.transparent_huge_pages.as_deref() {
        None => Fact::unknown(
            NAME,
            missing(environment, "/sys/kernel/mm/transparent_hugepage/enabled"),
            "Buffers of megabytes may or may not be put on large pages, which changes what reading them costs.",
        ),
        Some("always") => Fact::new(
            NAME,
            Level::Note,
            "always",
            "The kernel may put a large buffer on large pages in the middle of a run: rows over large arrays can have two levels.",
        )
        .helped_by("echo madvise > /sys/kernel/mm/transparent_hugepage/enabled"),
        Some(mode) => Fact::new(
            NAME,
            Level::Fine,
            mode,
            "Nobody moves a buffer to large pages unasked.",
        ),
    }
}

fn address_randomization(environment: &Environment) -> Fact {
    const NAME: &str = "Address randomization";
    match environment.address_randomization {
        None => Fact::unknown(
            NAME,
            missing(environment, "/proc/sys/kernel/randomize_va_space"),
            "Without it all launches share one placement of code and stack.",
        ),
        Some(2) => Fact::new(
            NAME,
            Level::Fine,
            "on",
            "Every launch has a placement of its own, so several launches show what placement does.",
        ),
        Some(level) => Fact::new(
            NAME,
            Level::Note,
            if level == 0 { "off" } else { "in part" },
            "Launches share their placement of code, stack or heap: they agree with each other more than they should.",
        )
        .helped_by("sysctl kernel.randomize_va_space=2"),
    }
}

fn kernel(environment: &Environment) -> Fact {
    const NAME: &str = "Kernel";
    const MEANS: &str = "Its version and its mitigations decide what entering it costs (page faults, threads, files); a plain \
                         native call does not enter it.";
    match &environment.kernel {
        Some(kernel) => Fact::new(NAME, Level::Fine, kernel, MEANS),
        None => Fact::unknown(NAME, "the system does not say", MEANS),
    }
}
