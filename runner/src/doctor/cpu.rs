//! Facts about the CPU: frequency, threads of a core, pinning, counters, microcode.

use super::machine::missing;
use super::{Fact, Level};
use crate::environment::{Environment, cpus};

pub fn facts(environment: &Environment) -> Vec<Fact> {
    vec![
        cpu(environment),
        governor(environment),
        boost(environment),
        smt(environment),
        pinning(environment),
        counters(environment),
        microcode(environment),
    ]
}

fn cpu(environment: &Environment) -> Fact {
    let value = format!(
        "{}, {} logical CPUs",
        environment.cpu, environment.logical_cpus
    );
    if environment.logical_cpus == 1 {
        return Fact::new(
            "CPU",
            Level::Warning,
            format!("{}, 1 logical CPU", environment.cpu),
            "The runner, background compilation and the collector share the only CPU with what is measured.",
        )
        .helped_by("a machine with two CPUs or more");
    }
    Fact::new(
        "CPU",
        Level::Fine,
        value,
        "Part of the environment class: results of another CPU are another series.",
    )
}

fn governor(environment: &Environment) -> Fact {
    const NAME: &str = "Frequency governor";
    match environment.governor.as_deref() {
        None => Fact::unknown(
            NAME,
            missing(
                environment,
                "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
            ),
            "A clock frequency that changes between two rows changes their ratio; in a virtual machine the host decides it.",
        )
        .helped_by("in a virtual machine: compare within one run and look at more launches; on metal: load the cpufreq driver"),
        Some("performance") => Fact::new(
            NAME,
            Level::Fine,
            "performance",
            "The CPU does not slow down between two rows to save power.",
        ),
        Some(governor) => Fact::new(
            NAME,
            Level::Warning,
            governor,
            "The frequency follows the load: what is measured just after a pause runs on a slower CPU.",
        )
        .helped_by("cpupower frequency-set -g performance"),
    }
}

fn boost(environment: &Environment) -> Fact {
    const NAME: &str = "Turbo";
    match environment.boost {
        None => Fact::unknown(
            NAME,
            missing(
                environment,
                "/sys/devices/system/cpu/cpufreq/boost or intel_pstate/no_turbo",
            ),
            "With turbo the frequency depends on temperature and on how busy the other cores are.",
        ),
        Some(true) => Fact::new(
            NAME,
            Level::Note,
            "on",
            "The frequency depends on temperature and on how busy the other cores are: times fall and rise by some percent over a run.",
        )
        .helped_by("echo 0 > /sys/devices/system/cpu/cpufreq/boost, or echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo"),
        Some(false) => Fact::new(
            NAME,
            Level::Fine,
            "off",
            "The frequency does not depend on temperature or on the other cores.",
        ),
    }
}

fn smt(environment: &Environment) -> Fact {
    const NAME: &str = "SMT";
    let virtual_machine = environment
        .hypervisor
        .as_deref()
        .is_some_and(|name| name != "metal");
    match environment.smt.as_deref() {
        None => Fact::unknown(
            NAME,
            missing(environment, "/sys/devices/system/cpu/smt/control"),
            "A second thread on the same core takes half of it whenever it has work.",
        ),
        Some("on") => Fact::new(
            NAME,
            Level::Note,
            "on",
            "A second thread on the measured core takes a part of it whenever it has work, and no steal is counted.",
        )
        .helped_by("echo off > /sys/devices/system/cpu/smt/control, or keep the sibling of the measured CPU idle"),
        Some(state) if virtual_machine => Fact::new(
            NAME,
            Level::Note,
            format!("{state}, as this guest sees it"),
            "The host may still run somebody else on the other thread of the same core.",
        ),
        Some(state) => Fact::new(NAME, Level::Fine, state, "A core runs one thread."),
    }
}

fn pinning(environment: &Environment) -> Fact {
    const NAME: &str = "Pinning";
    const MEANS: &str = "A process that moves between CPUs starts again with cold caches, in the middle of a sample.";
    let Some(pinning) = &environment.pinning else {
        return Fact::unknown(NAME, "it was not recorded", MEANS);
    };
    if pinning.allowed.is_empty() {
        return Fact::unknown(NAME, missing(environment, "/proc/self/status"), MEANS);
    }
    let allowed = format!(
        "allowed CPUs {} of {}",
        cpus(&pinning.allowed),
        environment.logical_cpus
    );
    match (pinning.cpu, pinning.taskset) {
        (_, false) => Fact::new(NAME, Level::Warning, format!("{allowed}, no taskset"), MEANS)
            .helped_by("install taskset (Debian: apt-get install util-linux)"),
        (None, true) => Fact::new(
            NAME,
            Level::Warning,
            format!("{allowed}: there is nothing to choose"),
            "The runner and background compilation share the only allowed CPU with what is measured.",
        )
        .helped_by("allow two CPUs or more"),
        (Some(cpu), true) => Fact::new(
            NAME,
            Level::Fine,
            format!("{allowed}; quick and standard runs pin to CPU {cpu}"),
            "The measured process stays on one CPU, and the runner has another. The profile publish is not pinned.",
        ),
    }
}

fn counters(environment: &Environment) -> Fact {
    const NAME: &str = "Hardware counters";
    const MEANS: &str = "Cycles and instructions would tell a slower clock from more work; without them there is only time.";
    let Some(counters) = &environment.counters else {
        return Fact::unknown(NAME, missing(environment, "a list of counters"), MEANS);
    };
    let paranoid = match counters.paranoid {
        Some(level) => format!("perf_event_paranoid {level}"),
        None => "perf_event_paranoid unknown".to_string(),
    };
    match (counters.counted, counters.device) {
        (Some(true), _) => Fact::new(
            NAME,
            Level::Fine,
            format!("cycles can be counted ({paranoid})"),
            "Cycles and instructions can be had, with perf or by a program of one's own.",
        ),
        (_, Some(false)) => Fact::new(
            NAME,
            Level::Note,
            format!("none ({paranoid})"),
            MEANS,
        )
        .helped_by("in a virtual machine: ask for its performance monitoring unit, or use metal"),
        (Some(false), _) => Fact::new(
            NAME,
            Level::Note,
            format!("perf cannot count cycles ({paranoid})"),
            MEANS,
        )
        .helped_by("sysctl kernel.perf_event_paranoid=1; in a virtual machine also its performance monitoring unit"),
        (None, device) => Fact::unknown(
            NAME,
            format!(
                "{}, and perf is not installed or may not look ({paranoid})",
                if device.is_some() {
                    "the kernel lists a counter"
                } else {
                    "the kernel's list of counters cannot be read"
                }
            ),
            MEANS,
        )
        .helped_by("install perf (Debian: apt-get install linux-perf); sysctl kernel.perf_event_paranoid=1"),
    }
}

fn microcode(environment: &Environment) -> Fact {
    const NAME: &str = "Microcode";
    const MEANS: &str = "It carries mitigations that change what branches and transitions cost: a new one is a reason for a step in a series.";
    match &environment.microcode {
        Some(version) => Fact::new(NAME, Level::Fine, version, MEANS),
        None => Fact::unknown(
            NAME,
            missing(environment, "the line microcode of /proc/cpuinfo"),
            MEANS,
        ),
    }
}
