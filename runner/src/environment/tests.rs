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

#[test]
fn what_changes_in_mid_run_is_named_and_noise_is_not() {
    let before = Environment {
        governor: Some("performance".into()),
        load_1m: Some(0.1),
        steal_percent: Some(0.0),
        memory_available_mib: Some(100),
        ..Environment::default()
    };
    let mut after = Environment {
        load_1m: Some(3.0),
        steal_percent: Some(9.0),
        memory_available_mib: Some(7),
        ..before.clone()
    };
    assert!(before.changes(&after).is_empty());
    after.governor = Some("powersave".into());
    after.boost = Some(false);
    after.limits = Some(Limits {
        cpus: Some(1.5),
        memory_mib: None,
    });
    let changed = |name, before: &str, after: &str| (name, before.into(), after.into());
    assert_eq!(
        before.changes(&after),
        [
            changed("frequency governor", "performance", "powersave"),
            changed("boost", "unknown", "off"),
            changed("CPU limit", "unknown", "1.5 CPUs"),
            changed("memory limit", "unknown", "none"),
        ]
    );
}

#[test]
fn a_manifest_written_before_these_facts_is_read() {
    let old = r#"{"class":"c","os":"linux","os_version":null,"kernel":null,"arch":"x86_64","cpu":"x",
        "logical_cpus":2,"memory_mib":1,"hypervisor":null,"microcode":null,"governor":null,
        "transparent_huge_pages":null,"load_1m":null,"steal_percent":null}"#;
    let environment: Environment = serde_json::from_str(old).unwrap();
    assert_eq!((environment.clock, environment.limits), (None, None));
}

#[test]
fn the_host_is_named_as_far_as_it_is_known() {
    let host = |hypervisor: Option<&str>, clock: Option<&str>| {
        let environment = Environment {
            hypervisor: hypervisor.map(str::to_string),
            clock_source: clock.map(str::to_string),
            ..Environment::default()
        };
        environment.host().unwrap_or_default()
    };
    assert_eq!(host(None, Some("kvm-clock")), "");
    assert_eq!(host(Some("metal"), Some("tsc")), "metal");
    assert_eq!(host(Some("hyperv"), None), "virtual, hyperv");
    assert_eq!(
        host(Some("unknown"), Some("kvm-clock")),
        "virtual, kvm by its clock"
    );
    assert_eq!(
        host(Some("unknown"), Some("tsc")),
        "virtual, hypervisor unknown"
    );
}

#[test]
fn lists_of_cpus() {
    assert_eq!(cpus(&[0, 1, 2, 7]), "0-2,7");
    assert_eq!(cpus(&[3]), "3");
    assert_eq!(cpus(&[]), "");
}
