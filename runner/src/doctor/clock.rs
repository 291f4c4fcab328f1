//! Facts about the clock that times everything.

use super::machine::{missing, short};
use super::{Fact, Level};
use crate::environment::Environment;
use crate::system::Clock;

/// Clock sources that are read without a system call (Linux's vDSO).
const FAST_CLOCKS: [&str; 4] = [
    "tsc",
    "kvm-clock",
    "hyperv_clocksource_tsc_page",
    "arch_sys_counter",
];

pub fn facts(environment: &Environment) -> Vec<Fact> {
    vec![clock_source(environment), clock(environment.clock)]
}

fn clock_source(environment: &Environment) -> Fact {
    const NAME: &str = "Clock source";
    let Some(source) = &environment.clock_source else {
        return Fact::unknown(
            NAME,
            missing(
                environment,
                "/sys/devices/system/clocksource/clocksource0/current_clocksource",
            ),
            "A clock that is read through a system call costs as much as what is measured; see the cost of a read.",
        );
    };
    if FAST_CLOCKS.contains(&source.as_str()) {
        return Fact::new(
            NAME,
            Level::Fine,
            source,
            "Read without a system call: looking at the clock disturbs little.",
        );
    }
    Fact::new(
        NAME,
        Level::Warning,
        source,
        "Not one of the sources that are read without a system call: every look at the clock may enter the kernel.",
    )
    .helped_by("use tsc where the CPU has a constant one (kernel option clocksource=tsc), or another machine")
}

fn clock(clock: Option<Clock>) -> Fact {
    const NAME: &str = "Clock resolution";
    // Samples last a millisecond and more.
    const SAMPLE_NS: f64 = 1e6;
    let Some(clock) = clock else {
        return Fact::unknown(
            NAME,
            "thousands of reads gave the same time",
            "Nothing can be timed with a clock that stands still.",
        );
    };
    let value = format!(
        "step {} ns, a read costs {} ns",
        short(clock.step_ns),
        short(clock.read_ns)
    );
    let error_percent = 100.0 * (clock.step_ns + clock.read_ns) / SAMPLE_NS;
    if error_percent <= 0.1 {
        return Fact::new(
            NAME,
            Level::Fine,
            value,
            &format!(
                "Step and read together are {error_percent:.3} % of a sample of one millisecond. A single call can be \
                 timed only where it takes far longer than a step."
            ),
        );
    }
    Fact::new(
        NAME,
        Level::Warning,
        value,
        &format!("Step and read together are {error_percent:.2} % of a sample of one millisecond: short samples are coarse."),
    )
    .helped_by("another clock source (see above), or another machine")
}
