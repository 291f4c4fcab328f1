use super::*;
use crate::environment::Pinning;
use crate::system::{Clock, Counters, Limits};

/// A machine on which nothing is wrong.
fn quiet_metal() -> Environment {
    Environment {
        class: "linux-x86_64-cpu-8cpu-metal".into(),
        os: "linux".into(),
        kernel: Some("6.12".into()),
        cpu: "Some CPU".into(),
        logical_cpus: 8,
        memory_mib: 16_000,
        memory_available_mib: Some(12_000),
        hypervisor: Some("metal".into()),
        microcode: Some("0x1".into()),
        governor: Some("performance".into()),
        transparent_huge_pages: Some("madvise".into()),
        load_1m: Some(0.2),
        steal_percent: Some(0.0),
        steal_sample_percent: Some(0.0),
        clock_source: Some("tsc".into()),
        clock: Some(Clock {
            step_ns: 10.0,
            read_ns: 22.4,
        }),
        boost: Some(false),
        smt: Some("off".into()),
        pinning: Some(Pinning {
            allowed: (0..8).collect(),
            cpu: Some(7),
            taskset: true,
        }),
        counters: Some(Counters {
            paranoid: Some(1),
            device: Some(true),
            counted: Some(true),
        }),
        address_randomization: Some(2),
        limits: Some(Limits::default()),
        ..Environment::default()
    }
}

fn level(environment: &Environment, name: &str) -> Level {
    let facts = machine(environment);
    let fact = facts.iter().find(|fact| fact.name == name);
    fact.unwrap_or_else(|| panic!("no fact {name}")).level
}

#[test]
fn nothing_is_wrong_with_a_quiet_machine() {
    for fact in machine(&quiet_metal()) {
        assert_eq!(fact.level, Level::Fine, "{fact:?}");
        assert!(fact.helps.is_empty(), "{fact:?}");
    }
}

#[test]
fn what_is_not_known_is_said_to_be_unknown_and_why() {
    let nothing = Environment {
        os: "linux".into(),
        logical_cpus: 8,
        ..Environment::default()
    };
    let known = ["CPU"];
    for fact in machine(&nothing) {
        if !known.contains(&fact.name) {
            assert_eq!(fact.level, Level::Unknown, "{fact:?}");
            assert_eq!(fact.value, "unknown", "{fact:?}");
            assert!(!fact.why.is_empty() && !fact.means.is_empty(), "{fact:?}");
        }
    }
    let elsewhere = Environment {
        os: "windows".into(),
        ..nothing
    };
    let facts = machine(&elsewhere);
    let governor = facts.iter().find(|fact| fact.name == "Frequency governor");
    assert!(governor.unwrap().why.contains("windows"));
}

/// Each disturbance alone moves its own fact, and no other (but a guest cannot tell who shares its core).
#[test]
fn every_disturbance_is_seen() {
    type Change = fn(&mut Environment);
    let cases: [(&str, Level, Change); 20] = [
        ("Clock source", Level::Warning, |e| {
            e.clock_source = Some("hpet".into())
        }),
        ("Clock resolution", Level::Warning, |e| {
            e.clock = Some(Clock {
                step_ns: 15_600.0,
                read_ns: 30.0,
            });
        }),
        ("Machine", Level::Note, |e| {
            e.hypervisor = Some("kvm".into())
        }),
        ("Steal since boot", Level::Note, |e| {
            e.steal_percent = Some(0.4)
        }),
        ("Steal now", Level::Warning, |e| {
            e.steal_sample_percent = Some(2.0)
        }),
        ("Load", Level::Note, |e| e.load_1m = Some(1.0)),
        ("Load", Level::Warning, |e| e.load_1m = Some(5.0)),
        ("Memory", Level::Warning, |e| {
            e.memory_available_mib = Some(200)
        }),
        ("Container limits", Level::Warning, |e| {
            e.limits = Some(Limits {
                cpus: Some(1.5),
                memory_mib: None,
            });
        }),
        ("Container limits", Level::Note, |e| {
            e.limits = Some(Limits {
                cpus: None,
                memory_mib: Some(512),
            });
        }),
        ("Transparent huge pages", Level::Note, |e| {
            e.transparent_huge_pages = Some("always".into());
        }),
        ("Address randomization", Level::Note, |e| {
            e.address_randomization = Some(0)
        }),
        ("Frequency governor", Level::Warning, |e| {
            e.governor = Some("powersave".into())
        }),
        ("Turbo", Level::Note, |e| e.boost = Some(true)),
        ("SMT", Level::Note, |e| e.smt = Some("on".into())),
        ("Pinning", Level::Warning, |e| {
            e.pinning.as_mut().unwrap().taskset = false
        }),
        ("Pinning", Level::Warning, |e| {
            e.pinning = Some(Pinning {
                allowed: vec![3],
                cpu: None,
                taskset: true,
            });
        }),
        ("Hardware counters", Level::Note, |e| {
            e.counters = Some(Counters {
                paranoid: Some(2),
                device: Some(false),
                counted: None,
            });
        }),
        ("Hardware counters", Level::Unknown, |e| {
            e.counters = Some(Counters {
                paranoid: Some(4),
                device: Some(true),
                counted: None,
            });
        }),
        ("Microcode", Level::Unknown, |e| e.microcode = None),
    ];
    for (name, expected, change) in cases {
        let mut environment = quiet_metal();
        change(&mut environment);
        assert_eq!(level(&environment, name), expected, "{name}");
        let moved_with_it = |fact: &&Fact| (name, fact.name) == ("Machine", "SMT");
        for fact in machine(&environment)
            .iter()
            .filter(|fact| fact.name != name && !moved_with_it(fact))
        {
            assert_eq!(fact.level, Level::Fine, "{name} also moved {}", fact.name);
        }
    }
}

#[test]
fn a_guest_without_smt_of_its_own_may_share_a_core() {
    let mut guest = quiet_metal();
    guest.hypervisor = Some("kvm".into());
    guest.smt = Some("notsupported".into());
    assert_eq!(level(&guest, "SMT"), Level::Note);
}

#[test]
fn the_worst_stands_first_and_the_summary_counts() {
    let mut environment = quiet_metal();
    environment.boost = Some(true);
    environment.governor = None;
    environment.counters = None;
    environment.transparent_huge_pages = None;
    environment.load_1m = Some(7.5);
    let diagnosis = Diagnosis::of(&environment, &Tools::default(), None);
    let levels: Vec<Level> = diagnosis.facts.iter().map(|fact| fact.level).collect();
    assert!(levels.is_sorted(), "{levels:?}");
    let text = terminal(&diagnosis);
    let at = |part: &str| {
        text.find(part)
            .unwrap_or_else(|| panic!("no {part} in {text}"))
    };
    assert!(at("WARNING") < at("7.50 over the last minute"));
    assert!(at("7.50 over the last minute") < at("UNKNOWN"));
    assert!(at("UNKNOWN") < at("NOTE") && at("NOTE") < at("FINE"));
    let summary = diagnosis.summary.join(" ");
    assert!(summary.contains("Cannot measure: cycles or instructions"));
    assert!(summary.contains("whether the clock frequency changed"));
    let last = text.lines().last().unwrap();
    assert!(
        last.contains("1 warning, ") && last.contains("2 notes, "),
        "{last}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
}
